import Documents
import Reports

/// A Word file (.docx, also the strict form and what WPS writes under this name): its lines, pictures and tables in
/// reading order, tracked changes as accepted. Macros, comments, heads and feet of pages are left out.
///
/// Source: ECMA-376, parts 1 (WordprocessingML) and 2 (packages).
func readWord(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  var parts = PackageParts(bytes, format: .docx, limits: limits)
  let main = try parts.relations(of: "").part("officeDocument") ?? "word/document.xml"
  let styles = "\(PackageParts.folder(of: main))styles.xml"
  let read = try parts.read([main, styles])
  guard let body = read[main] else { throw parts.failure(.truncated, main) }
  var headings = WordStyles()
  if let source = read[styles] {
    // Styles only tell what is a heading: a file without them reads as well.
    try? XMLPart.follow(source, with: &headings, depth: limits.depth)
  }
  let chunks = try chunks(of: main, &parts)
  var builder = WordBuilder(limits: limits, headings: headings.headings, chunks: chunks)
  try parts.follow(body, named: main, with: &builder)
  builder.finish()
  var numbering = TableNumbering()
  var document = Document(blocks: builder.items.map { numbering.block($0) })
  if builder.hasChanges { document.remarks.insert(.trackedChanges) }
  if parts.hasMacros { document.remarks.insert(.macros) }
  return document
}

/// Web pages that the program put into the file as they are (`altChunk`) and Word reads when it opens it; parts of another
/// kind are left to be told as pictures.
private func chunks(
  of main: String, _ parts: inout PackageParts
) throws(ReadingFailure) -> [String: [FlowItem]] {
  let targets = try parts.relations(of: main).targets.filter { $0.value.type == "aFChunk" }
  var chunks: [String: [FlowItem]] = [:]
  for (id, source) in try parts.read(Set(targets.values.map(\.part))).flatMap({ part, source in
    targets.filter { $0.value.part == part }.map { ($0.key, source) }
  }) {
    chunks[id] = try pageItems(source, format: .docx, limits: parts.limits)
  }
  return chunks
}

/// Follows the styles: those with an outline level are headings.
private struct WordStyles: XMLFollower {
  private(set) var headings: Set<String> = []
  private var current: String?
  var excess: String? { nil }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "style": current = attributes["styleId"]
    case "outlineLvl":
      // Level 9 is body text.
      if let current, attributes["val"] != "9" { headings.insert(current) }
    default: break
    }
  }

  mutating func end(_ name: String) { if name == "style" { current = nil } }
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}
