import Documents
import Reports

/// A Word file (.docx, also the strict form and what WPS writes under this name): its lines, pictures and tables in
/// reading order, tracked changes as accepted. Macros, comments, heads and feet of pages are left out.
///
/// Source: ECMA-376, parts 1 (WordprocessingML) and 2 (packages).
func readWord(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  let main = try WordParts.main(bytes, limits)
  let styles = "\(WordParts.folder(of: main))styles.xml"
  let parts = try WordParts.read([main, styles], bytes, limits)
  guard let body = parts[main] else {
    throw ReadingFailure(Refusal(.truncated, detail: main), format: .docx)
  }
  var headings = WordStyles()
  if let source = parts[styles] {
    // Styles only tell what is a heading: a file without them reads as well.
    try? XMLPart.follow(source, with: &headings, depth: limits.depth)
  }
  var builder = WordBuilder(limits: limits, headings: headings.headings)
  do throws(XMLPart.Failure) {
    try XMLPart.follow(body, with: &builder, depth: limits.depth)
  } catch {
    let refusal =
      switch error {
      case .broken: Refusal(.truncated, detail: main)
      case .tooDeep: Refusal(.tooComplex, detail: "> \(limits.depth) levels")
      case .hasDoctype: Refusal(.tooComplex, detail: "DOCTYPE")
      case .stopped(let excess): Refusal(.tooComplex, detail: excess)
      case .noMemory: Refusal(.tooComplex, detail: "no memory")
      }
    throw ReadingFailure(refusal, format: .docx)
  }
  builder.finish()
  var numbering = TableNumbering()
  return Document(blocks: builder.items.map { numbering.block($0) })
}

/// The parts of a package.
private enum WordParts {
  static func read(
    _ names: Set<String>, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
  ) throws(ReadingFailure) -> [String: [UInt8]] {
    do throws(ZipMembers.Failure) {
      return try ZipMembers.read(names, from: bytes, limit: limits.unpacked)
    } catch {
      let refusal =
        switch error {
        case .encrypted: Refusal(.encrypted, detail: "ZIP")
        case .broken: Refusal(.truncated, detail: "ZIP")
        case .tooLarge: Refusal(.tooLarge, detail: "> \(limits.unpacked)")
        case .noMemory: Refusal(.tooLarge, detail: "no memory")
        }
      throw ReadingFailure(refusal, format: .docx)
    }
  }

  /// The part with the text: where the package's relations point, else where Word puts it.
  static func main(
    _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
  ) throws(ReadingFailure) -> String {
    let relations = "_rels/.rels"
    var found = WordRelations()
    if let source = try read([relations], bytes, limits)[relations] {
      try? XMLPart.follow(source, with: &found, depth: limits.depth)
    }
    return found.main ?? "word/document.xml"
  }

  static func folder(of part: String) -> String {
    part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
  }
}

/// Follows the relations of a package.
private struct WordRelations: XMLFollower {
  private(set) var main: String?
  var excess: String? { nil }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    guard name == "Relationship", main == nil,
      attributes["Type"]?.hasSuffix("/officeDocument") == true, let target = attributes["Target"]
    else { return }
    main = String(target.drop { $0 == "/" })
  }

  mutating func end(_ name: String) {}
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
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
