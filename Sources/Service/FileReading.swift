import Glibc

/// A file that cannot be read.
public struct FileError: Error, Sendable {
  public let path: String
  let code: Int32
  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  /// The machine's state of a moment, not the file's: another try may succeed.
  var isPassing: Bool { [EMFILE, ENFILE, ENOMEM, EINTR, EAGAIN, EIO].contains(code) }
  public var reason: String { code == EFBIG ? "too large" : String(cString: strerror(code)) }
}

/// Reads a small file of our own (settings, roster) whole. Without `links` only a regular file that stands there itself.
func readFile(_ path: String, limit: Int, links: Bool = true) throws(FileError) -> [UInt8] {
  let flags = O_RDONLY | O_CLOEXEC | (links ? 0 : O_NOFOLLOW | O_NONBLOCK)
  var descriptor: Int32
  repeat { descriptor = open(path, flags) } while descriptor < 0 && errno == EINTR
  guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
  defer { close(descriptor) }
  if !links {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, code: EINVAL)
    }
  }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    let code = errno
    if count < 0 {
      if code == EINTR { continue }
      throw FileError(path: path, code: code)
    }
    if count == 0 { return bytes }
    bytes += chunk[..<count]
    guard bytes.count <= limit else { throw FileError(path: path, code: EFBIG) }
  }
}
