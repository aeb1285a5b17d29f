/// What a worker wrote to standard error before its end. Libraries write there what they think of a document, which is
/// nobody's business and may be long; what runtime libraries say of an end is wanted in the log.
struct LastWords {
  /// The last line.
  let last: String?
  /// The last line that tells of a fault of the program.
  let fatal: String?

  init(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map(LastWords.shown)
    last = lines.last
    fatal = lines.last { line in
      ["Fatal error", "terminate called", "*** ", "malloc", "free()"].contains { line.contains($0) }
    }
  }

  /// Without a character that could do anything to a log.
  private static func shown(_ line: ArraySlice<UInt8>) -> String {
    String(
      decoding: line.prefix(200).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") },
      as: UTF8.self)
  }
}
