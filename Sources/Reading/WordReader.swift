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
  var named = WordStyles()
  if let source = read[styles] {
    // Styles tell what is a heading and what is hidden: a file without them reads as well.
    try? XMLPart.follow(source, with: &named, depth: limits.depth)
  }
  let chunks = try chunks(of: main, &parts)
  var builder = WordBuilder(limits: limits, styles: named, chunks: chunks)
  try parts.follow(body, named: main, with: &builder)
  builder.finish()
  var numbering = TableNumbering()
  var document = Document(blocks: builder.items.map { numbering.block($0) })
  if builder.hasChanges { document.remarks.insert(.trackedChanges) }
  if builder.hidesFigures { document.remarks.insert(.hiddenText) }
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
