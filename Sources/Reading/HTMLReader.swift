import CDocument
import Documents
import Reports

/// A web page: its lines, pictures and tables in reading order.
///
/// `<br>` and block elements end a line; a table that only lays out the page is taken apart; a picture inside a table
/// stands behind it. Scripts, styles, hidden and struck-out elements are left out, also those that a style sheet of the page hides.
func readHTML(
  _ utf8: [UInt8], markup: MarkupScan, encoding: String, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  let source = markup.conditions.isEmpty ? utf8 : removing(markup.conditions, from: utf8)
  let run = HTMLRun(limits: limits, sheet: HTMLStyleSheet(styleSheets(in: source)))
  if let excess = run.parse(source, depth: limits.depth) {
    throw ReadingFailure(
      Refusal(.tooComplex, detail: excess), format: .html, encoding: encoding)
  }
  var numbering = TableNumbering()
  var document = Document(blocks: run.builder.items.map { numbering.block($0) })
  document.title = run.builder.title
  document.endsEarly = markup.endsEarly
  if run.builder.hasHiddenFigures { document.remarks.insert(.hiddenText) }
  return document
}

/// The items of a page inside another file; `nil`: the bytes are no page.
func pageItems(
  _ bytes: [UInt8], format: DocumentFormat, limits: ReadingLimits
) throws(ReadingFailure) -> [FlowItem]? {
  let decoded = bytes.withUnsafeBytes { bytes in
    Result { () throws(ReadingFailure) in
      mailFormat(bytes) == nil && Signature.recognise(bytes) == nil ? try decode(bytes) : nil
    }
  }
  guard case .success(let text?) = decoded else { return nil }
  let markup = text.utf8.withUnsafeBytes { MarkupScan($0) }
  guard markup.isPage else { return nil }
  let source =
    markup.conditions.isEmpty ? text.utf8 : removing(markup.conditions, from: text.utf8)
  let run = HTMLRun(limits: limits, sheet: HTMLStyleSheet(styleSheets(in: source)))
  if let excess = run.parse(source, depth: limits.depth) {
    throw ReadingFailure(Refusal(.tooComplex, detail: excess), format: format)
  }
  return run.builder.items
}

/// The texts of the `<style>` elements that are for the screen.
private func styleSheets(in source: [UInt8]) -> [ArraySlice<UInt8>] {
  var sheets: [ArraySlice<UInt8>] = []
  var rest = source[...]
  func drop(past pattern: StaticString) -> ArraySlice<UInt8>? {
    guard let found = rest.firstRange(ofLowercase: pattern) else { return nil }
    let skipped = rest[..<found.lowerBound]
    rest = rest[found.upperBound...]
    return skipped
  }
  while sheets.count < 100, drop(past: "<style") != nil, let head = drop(past: ">"),
    let body = drop(past: "</style")
  {
    let attributes = String(decoding: head, as: UTF8.self).lowercased()
    let isForOthers =
      attributes.contains("media") && !attributes.contains("screen") && !attributes.contains("all")
    if !isForOthers { sheets.append(body) }
  }
  return sheets
}

extension ArraySlice<UInt8> {
  /// - Parameter pattern: ASCII without capitals, and with a sign in front.
  fileprivate func firstRange(ofLowercase pattern: StaticString) -> Range<Int>? {
    let count = pattern.utf8CodeUnitCount
    guard self.count >= count else { return nil }
    return withUnsafeBufferPointer { bytes in
      var place = 0
      let first = pattern.utf8Start[0]
      while place + count <= bytes.count {
        // Patterns begin with a sign, which has no capital.
        guard bytes[place] == first else {
          place += 1
          continue
        }
        var index = 1
        while index < count {
          let byte = bytes[place + index]
          let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
          guard lower == pattern.utf8Start[index] else { break }
          index += 1
        }
        if index == count { return startIndex + place..<startIndex + place + count }
        place += 1
      }
      return nil
    }
  }
}

private func removing(_ ranges: [Range<Int>], from bytes: [UInt8]) -> [UInt8] {
  var rest: [UInt8] = []
  rest.reserveCapacity(bytes.count)
  var start = 0
  for range in ranges {
    rest.append(contentsOf: bytes[start..<range.lowerBound])
    start = range.upperBound
  }
  rest.append(contentsOf: bytes[start...])
  return rest
}

/// Hands the parser's calls to the builder. A class, since C keeps nothing but a pointer to it.
private final class HTMLRun {
  var builder: HTMLBuilder

  init(limits: ReadingLimits, sheet: HTMLStyleSheet) {
    builder = HTMLBuilder(limits: limits, sheet: sheet)
  }

  /// Why the page was not read to its end; `nil`: it was.
  func parse(_ utf8: [UInt8], depth: Int) -> String? {
    var handler = shoubao_html_handler(
      start: { context, name, attributes in
        guard let run = HTMLRun.at(context), let name, let attributes else { return 1 }
        run.builder.start(String(cString: name), HTMLAttributes(attributes.pointee))
        return run.builder.excess == nil ? 0 : 1
      },
      end: { context, _ in
        guard let run = HTMLRun.at(context) else { return 1 }
        run.builder.end()
        return run.builder.excess == nil ? 0 : 1
      },
      text: { context, text, length in
        guard let run = HTMLRun.at(context), let text else { return 1 }
        let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        run.builder.text(UnsafeBufferPointer(start: bytes, count: length))
        return run.builder.excess == nil ? 0 : 1
      })
    var number: Int32 = 0
    let result = utf8.withUnsafeBytes { bytes in
      shoubao_html_parse(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, Int32(depth), &handler,
        Unmanaged.passUnretained(self).toOpaque(), &number)
    }
    builder.finish()
    switch result {
    case SHOUBAO_HTML_DONE: return builder.excess
    case SHOUBAO_HTML_STOPPED: return builder.excess ?? "stopped"
    case SHOUBAO_HTML_TOO_DEEP: return "> \(depth) levels"
    case SHOUBAO_HTML_NO_MEMORY: return "no memory"
    default: return "libxml2 error \(number)"
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> HTMLRun? {
    context.map { Unmanaged<HTMLRun>.fromOpaque($0).takeUnretainedValue() }
  }
}
