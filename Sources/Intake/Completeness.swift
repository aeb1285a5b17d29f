internal import CLinux

/// Whether a file's own end mark is there. Says nothing of what the file means.
enum Completeness: Equatable {
  case complete
  /// Without its end, or empty: some programs make a file, close it, and open it again to write.
  case brokenOff
  /// A format without an end mark, or none that is known here.
  case unknown

  static func of(_ file: OpenFile) -> Completeness {
    guard case .success(let status) = FileCalls().status(file.descriptor),
      let head = read(file, 1024, at: 0)
    else { return .unknown }
    if of(head: head, tail: head) == .unknown { return .unknown }
    // A zip's directory end may be followed by a comment of 65 535 bytes.
    let tailSize = 22 + 65_535
    guard let tail = read(file, tailSize, at: max(0, status.size - Int64(tailSize))) else {
      return .unknown
    }
    return of(head: head, tail: tail)
  }

  static func of(head: [UInt8], tail: [UInt8]) -> Completeness {
    if head.isEmpty { return .brokenOff }
    if head.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      return contains(tail, "PK\u{5}\u{6}") ? .complete : .brokenOff
    }
    if head.starts(with: Array("%PDF-".utf8)) {
      return contains(tail, "%%EOF") ? .complete : .brokenOff
    }
    // UTF-16 is read as its ASCII half.
    let start = fold(head)
    if contains(start, "<html") || contains(start, "<!doctype html") {
      return contains(fold(tail.suffix(8192)), "</html") ? .complete : .brokenOff
    }
    return .unknown
  }

  private static func fold(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.lazy.filter { $0 != 0 }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func contains(_ bytes: [UInt8], _ mark: String) -> Bool {
    let mark = Array(mark.utf8)
    guard bytes.count >= mark.count else { return false }
    return (0...(bytes.count - mark.count)).contains { at in
      bytes[at] == mark[0] && bytes[at..<(at + mark.count)].elementsEqual(mark)
    }
  }

  private static func read(_ file: OpenFile, _ size: Int, at offset: Int64) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      let n = linux_read_at(file.descriptor, base, size, offset)
      failed = n < 0
      count = max(0, Int(n))
    }
    return failed ? nil : bytes
  }
}
