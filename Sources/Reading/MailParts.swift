/// The leaves of a mail or a saved page, in their order. Source: RFC 2046.
struct MailParts {
  struct Leaf {
    /// `text/html`, in lower case.
    let type: String
    /// As the sender's program had it; `nil`: none is told.
    let name: String?
    let contentID: String?
    let isAttachment: Bool
    /// It stands beside a page that shows it.
    let isRelated: Bool
    private let coding: String?
    private let range: Range<Int>

    init(_ head: MailHead, _ range: Range<Int>, isRelated: Bool) {
      type = head.token("content-type") ?? "text/plain"
      name =
        head.parameter("filename", of: "content-disposition")
        ?? head.parameter("name", of: "content-type")
      contentID = head.token("content-id")
      isAttachment = head.token("content-disposition") == "attachment"
      coding = head.token("content-transfer-encoding")
      self.isRelated = isRelated
      self.range = range
    }

    /// Its bytes, of those that the mail was read from.
    func content(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
      TransferCoding.decode(UnsafeRawBufferPointer(rebasing: bytes[range]), coding)
    }
  }

  private(set) var leaves: [Leaf] = []
  /// The last line of a part that has parts is missing.
  private(set) var endsEarly = false
  /// The leaf that a saved page begins with, where it is named.
  private(set) var start: String?

  private static let depthLimit = 20
  private static let leafLimit = 20_000

  /// `nil`: no mail.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let head = MailHead(bytes) else { return nil }
    start = head.parameter("start", of: "content-type")?.lowercased()
    add(bytes, head, 0..<bytes.count, isRelated: false, depth: 1)
  }

  private mutating func add(
    _ bytes: UnsafeRawBufferPointer, _ head: MailHead, _ range: Range<Int>, isRelated: Bool,
    depth: Int
  ) {
    guard leaves.count < MailParts.leafLimit else { return }
    let body = min(range.lowerBound + head.end, range.upperBound)..<range.upperBound
    let type = head.token("content-type") ?? "text/plain"
    guard type.hasPrefix("multipart/"), depth < MailParts.depthLimit,
      let boundary = head.parameter("boundary", of: "content-type"), !boundary.isEmpty
    else {
      leaves.append(Leaf(head, body, isRelated: isRelated))
      return
    }
    let (parts, isClosed) = MailParts.split(bytes, body, boundary)
    if !isClosed { endsEarly = true }
    for part in parts {
      let content = UnsafeRawBufferPointer(rebasing: bytes[part])
      guard let inner = MailHead(content, isPart: true) else { continue }
      add(
        bytes, inner, part, isRelated: isRelated || type == "multipart/related", depth: depth + 1)
    }
  }

  /// What stands between the lines that begin with two hyphens and the boundary.
  private static func split(
    _ bytes: UnsafeRawBufferPointer, _ body: Range<Int>, _ boundary: String
  ) -> (parts: [Range<Int>], isClosed: Bool) {
    let mark = Array("--\(boundary)".utf8)
    let hyphen = UInt8(ascii: "-")
    var parts: [Range<Int>] = []
    var begin: Int?
    var position = body.lowerBound
    while position < body.upperBound {
      let line = position
      let feed = bytes[line..<body.upperBound].firstIndex(of: 0x0A) ?? body.upperBound
      position = min(feed + 1, body.upperBound)
      guard bytes[line] == hyphen, bytes.has(mark, at: line) else { continue }
      let rest = bytes[min(line + mark.count, feed)..<feed]
      let isLast = rest.starts(with: [hyphen, hyphen])
      // The boundary may be the beginning of a longer one.
      guard isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
      if let begin { parts.append(begin..<max(begin, endOfLine(bytes, before: line, from: begin))) }
      begin = position
      if isLast { return (parts, true) }
    }
    if let begin { parts.append(begin..<body.upperBound) }
    return (parts, false)
  }

  /// The line break in front of a boundary belongs to it.
  private static func endOfLine(
    _ bytes: UnsafeRawBufferPointer, before line: Int, from begin: Int
  ) -> Int {
    var end = line
    if end > begin, bytes[end - 1] == 0x0A { end -= 1 }
    if end > begin, bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }
}
