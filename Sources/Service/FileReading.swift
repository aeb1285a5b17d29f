import Glibc

/// A file that cannot be read.
struct FileError: Error, Sendable {
  let path: String
  let code: Int32
  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  var reason: String { code == EFBIG ? "too large" : String(cString: strerror(code)) }
}

/// Reads a small file of our own (settings, roster) whole.
func readFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
  defer { close(descriptor) }
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
