import ArgumentParser
import Digests
import Glibc
import Reading

/// What no program of this kind can do without, for `make bench`: each file is read, hashed and parsed by the readers of the
/// worker, and as many bytes as the daemon writes are appended to one file, synced once a group.
@main
struct FloorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shoubao-floor",
    abstract: "Reads, hashes and parses documents, writes bytes durably, and prints the seconds.")

  @Option(help: "Documents for each sync.") var group = 64
  @Option(help: "Bytes to write for each document.") var bytes: Int
  @Option(help: "The file to write them to; it is replaced.", completion: .file()) var out: String
  @Argument(help: "Documents.", completion: .file()) var files: [String]

  func run() throws {
    let output = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard output >= 0 else { throw Failure(out) }
    defer { close(output) }
    let filler = [UInt8](repeating: 0x2E, count: bytes)
    var refused = 0
    let clock = ContinuousClock()
    let begun = clock.now
    for start in stride(from: 0, to: files.count, by: group) {
      let part = files[start..<min(start + group, files.count)]
      for path in part {
        let document = try content(of: path)
        var hash = SHA256()
        document.withUnsafeBytes { hash.update($0) }
        // The digest must be written, or nobody would have to make it.
        try write(hash.finish().hexBytes, to: output)
        if (try? readDocument(document)) == nil { refused += 1 }
        try write(filler, to: output)
      }
      guard fdatasync(output) == 0 else { throw Failure(out) }
    }
    let seconds = (clock.now - begun) / .seconds(1)
    guard refused == 0 else { throw ValidationError("\(refused) documents cannot be read") }
    print(seconds)
  }

  private func content(of path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(path) }
    var filled = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while filled < buffer.count {
        let part = read(file, buffer.baseAddress! + filled, buffer.count - filled)
        guard part > 0 else { break }
        filled += part
      }
      count = filled
    }
    guard filled == status.st_size else { throw Failure(path) }
    return bytes
  }

  private func write(_ bytes: [UInt8], to file: Int32) throws {
    var written = 0
    while written < bytes.count {
      let part = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress! + written, bytes.count - written)
      }
      guard part > 0 else { throw Failure(out) }
      written += part
    }
  }
}

/// What the system says of a file.
private struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ path: String) { description = "\(path): \(String(cString: strerror(errno)))" }
}
