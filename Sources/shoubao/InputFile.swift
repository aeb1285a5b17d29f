import Digests
import Glibc

/// A file to be checked, open for as long as this lives.
final class InputFile: Sendable {
  let descriptor: Int32
  private let name: String

  private init(_ descriptor: Int32, _ name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  deinit { close(descriptor) }

  /// A regular file, or standard input as `-`.
  convenience init(opening file: String) throws {
    if file == "-" {
      self.init(try InputFile.spooled(), file)
      return
    }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw fail(
        commandLanguage.say("打不开 \(file)：\(reason)", en: "cannot open \(file): \(reason)"),
        .noInput)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw fail(
        commandLanguage.say("\(file) 不是文件", en: "\(file) is no regular file"), .noInput)
    }
    self.init(descriptor, file)
  }

  /// An empty file without a name.
  static func temporary(_ name: String) throws -> InputFile {
    guard let file = tmpfile() else {
      throw fail("tmpfile: \(String(cString: strerror(errno)))", .fault)
    }
    defer { fclose(file) }
    let descriptor = dup(fileno(file))
    guard descriptor >= 0 else { throw fail("dup: \(String(cString: strerror(errno)))", .fault) }
    return InputFile(descriptor, name)
  }

  /// Standard input in a file without a name, so that it can be read twice.
  private static func spooled() throws -> Int32 {
    let file = try temporary("-")
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      let code = errno
      if count < 0, code == EINTR { continue }
      guard count >= 0 else {
        throw fail("stdin: \(String(cString: strerror(code)))", .noInput)
      }
      if count == 0 { break }
      write(chunk[..<count], to: file.descriptor)
    }
    let descriptor = dup(file.descriptor)
    guard descriptor >= 0 else { throw fail("dup: \(String(cString: strerror(errno)))", .fault) }
    return descriptor
  }

  /// A stretch of it as a file of its own.
  func part(_ offset: Int, _ size: Int) throws -> InputFile {
    let part = try InputFile.temporary(name)
    try each(from: offset, count: size) { write($0, to: part.descriptor) }
    return part
  }

  /// All of it, as text.
  func text() throws -> String {
    var bytes: [UInt8] = []
    try each(from: 0, count: .max) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  func hash() throws -> (digest: Digest, size: Int) {
    var digest = SHA256()
    var total = 0
    try each(from: 0, count: .max) { bytes in
      bytes.withUnsafeBytes { digest.update($0) }
      total += bytes.count
    }
    return (digest.finish(), total)
  }

  private func each(from offset: Int, count: Int, _ body: (ArraySlice<UInt8>) -> Void) throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var done = 0
    while done < count {
      let got = pread(descriptor, &chunk, min(chunk.count, count - done), offset + done)
      let code = errno
      if got < 0, code == EINTR { continue }
      guard got >= 0 else { throw fail("\(name): \(String(cString: strerror(code)))", .noInput) }
      if got == 0 { return }
      body(chunk[..<got])
      done += got
    }
  }
}
