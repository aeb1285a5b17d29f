import CDocument
import Glibc

/// The attributes of one element; valid while its start is handled.
struct HTMLAttributes {
  private let raw: shoubao_html_attributes

  init(_ raw: shoubao_html_attributes) { self.raw = raw }

  var isHidden: Bool { raw.hidden != 0 }
  var style: UnsafeBufferPointer<UInt8>? { raw.style.map(HTMLAttributes.bytes) }
  var classes: String? { raw.classes.map { String(cString: $0) } }
  var identity: String? { raw.identity.map { String(cString: $0) } }

  var columnSpan: Int { HTMLAttributes.number(raw.colspan) ?? 1 }
  var rowSpan: Int { HTMLAttributes.number(raw.rowspan) ?? 1 }

  /// What the picture says of itself: its alternative text, its title, the name of its file. `nil` for a spacer of a
  /// pixel or two, and, unless `always`, for one without words.
  func pictureWords(always: Bool) -> String? {
    for side in [raw.width, raw.height] {
      if let side = HTMLAttributes.number(side), side <= 2 { return nil }
    }
    var words: [String] = []
    for text in [raw.alt, raw.title, raw.src] {
      guard let text else { continue }
      var word = String(decoding: HTMLAttributes.bytes(text), as: UTF8.self)
      if text == raw.src {
        guard !word.hasPrefix("data:") else { continue }
        let path = word.prefix { $0 != "?" && $0 != "#" }
        word = String(path.split(separator: "/").last ?? "")
      }
      if !word.isEmpty, !words.contains(word) { words.append(word) }
    }
    return words.isEmpty && !always ? nil : words.joined(separator: " ")
  }

  /// What stands in a field of a form, as far as it is shown.
  func withInputText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if let type = raw.type {
      let shown = ["", "text", "number", "tel", "url", "email", "date", "month"]
      guard shown.contains(where: { strcasecmp($0, type) == 0 }) else { return }
    }
    guard let value = raw.value else { return }
    body(HTMLAttributes.bytes(value))
  }

  private static func bytes(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
    let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: start, count: strlen(text))
  }

  /// The digits that the value begins with, as browsers take them; what no table can have counts as a million.
  private static func number(_ text: UnsafePointer<CChar>?) -> Int? {
    guard let text else { return nil }
    var value: Int?
    for byte in bytes(text).drop(while: { $0 == 0x20 }) {
      guard (0x30...0x39).contains(byte) else { break }
      value = min((value ?? 0) * 10 + Int(byte - 0x30), 1_000_000)
    }
    return value
  }
}
