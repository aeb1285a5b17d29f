import Documents
import Reports

/// An OFD file: its tables where lines are drawn around cells, its lines elsewhere, as with PDF. Of a
/// file that holds several documents the first is read. What is signed or stamped on the pages is left out.
///
/// Source: GB/T 33190-2016, 电子文件存储与交换格式 版式文档.
func readOFD(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  var package = OFDPackage(bytes, limits)
  guard let entry = try package.follow("OFD.xml", with: OFDEntry()), let root = entry.root
  else { throw package.failure(.truncated, "OFD.xml") }
  if package.contains("Encryptions.xml") || entry.isEncrypted {
    throw package.failure(.encrypted, "OFD")
  }
  let main = OFDPath(root, from: "OFD.xml")
  guard let outline = try package.follow(main.name, with: OFDOutline(limits))
  else { throw package.failure(.truncated, main.name) }
  if let excess = outline.excess { throw package.failure(.tooComplex, excess) }
  let pages = outline.pages.map { main.resolving($0) }
  let templates = outline.templates.mapValues { main.resolving($0) }
  try package.load(Set(pages.map(\.name)).union(templates.values.map(\.name)))

  var document = PagedDocument()
  var left = limits.characters
  for (index, page) in pages.enumerated() {
    // A page that the document names and the file lacks is lost text: nothing is read without it.
    guard var content = try package.follow(page.name, with: OFDPage(left)) else {
      throw package.failure(.truncated, page.name)
    }
    for template in content.templates {
      guard let part = templates[template] else { continue }
      guard let drawn = try package.follow(part.name, with: OFDPage(left)) else {
        throw package.failure(.truncated, part.name)
      }
      content.draw(drawn)
    }
    guard content.count <= left else {
      throw package.failure(.tooComplex, "> \(limits.characters) characters")
    }
    left -= content.count
    document.add(content.drawn, number: index + 1)
  }
  guard document.hasText else {
    throw package.failure(document.images > 0 ? .imageOnly : .empty, "OFD")
  }
  return document.document
}

/// The entry to the package: where the first document begins.
private struct OFDEntry: XMLFollower {
  private(set) var root: String?
  private(set) var isEncrypted = false
  private var path = OFDText()
  var excess: String? { nil }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "Encryptions" { isEncrypted = true }
    path.begin(name == "DocRoot")
  }

  mutating func end(_ name: String) {
    if name == "DocRoot", root == nil { root = path.taken }
    path.begin(false)
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) { path.add(text) }
}

/// The root of a document: its pages in order, and the templates that they draw on.
private struct OFDOutline: XMLFollower {
  private(set) var pages: [String] = []
  /// By their identifiers.
  private(set) var templates: [String: String] = [:]
  private(set) var excess: String?
  private let limit: Int

  init(_ limits: ReadingLimits) { limit = limits.pages }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    guard let place = attributes["BaseLoc"] else { return }
    switch name {
    case "Page": pages.append(place)
    case "TemplatePage": if let id = attributes["ID"] { templates[id] = place }
    default: return
    }
    if pages.count > limit || templates.count > limit { excess = "> \(limit) pages" }
  }

  mutating func end(_ name: String) {}
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}

/// The text of one element, gathered from its pieces.
struct OFDText {
  private var bytes: [UInt8]?

  mutating func begin(_ wanted: Bool) { bytes = wanted ? [] : nil }
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) { bytes?.append(contentsOf: text) }
  /// What was gathered since the element began.
  var taken: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
}
