import CDocument
import Documents
import Reports

/// A web page: its lines, pictures and tables in reading order.
///
/// `<br>` and block elements end a line; a table that only lays out the page is taken apart; a picture inside a table
/// stands behind it. Scripts, styles, hidden and struck-out elements are left out.
func readHTML(
  _ utf8: [UInt8], markup: MarkupScan, encoding: String, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  let run = HTMLRun(limits: limits)
  let source = markup.conditions.isEmpty ? utf8 : removing(markup.conditions, from: utf8)
  if let excess = run.parse(source, depth: limits.depth) {
    throw ReadingFailure(
      Refusal(.tooComplex, detail: excess), format: .html, encoding: encoding)
  }
  var numbering = TableNumbering()
  var document = Document(blocks: run.builder.items.map { numbering.block($0) })
  document.title = run.builder.title
  document.endsEarly = markup.endsEarly
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
  let run = HTMLRun(limits: limits)
  let source =
    markup.conditions.isEmpty ? text.utf8 : removing(markup.conditions, from: text.utf8)
  if let excess = run.parse(source, depth: limits.depth) {
    throw ReadingFailure(Refusal(.tooComplex, detail: excess), format: format)
  }
  return run.builder.items
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

  init(limits: ReadingLimits) { builder = HTMLBuilder(limits: limits) }

  /// Why the page was not read to its end; `nil`: it was.
  func parse(_ utf8: [UInt8], depth: Int) -> String? {
    var handler = shoubao_html_handler(
      start: { context, name, attributes in
        guard let run = HTMLRun.at(context), let name, let attributes else { return 1 }
        run.builder.start(HTMLElement(String(cString: name)), HTMLAttributes(attributes.pointee))
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
