import Documents
import Reports

/// An OpenDocument text (.odt) or spreadsheet (.ods), also in one XML file.
///
/// Source: OpenDocument 1.2 (GB/T 33190 is another format, OFD), parts 1 and 3.
func readOpenDocument(
  _ bytes: UnsafeRawBufferPointer, format: DocumentFormat, limits: ReadingLimits
) throws(ReadingFailure) -> ReadDocument {
  var parts = PackageParts(bytes, format: format, limits: limits)
  let manifest = "META-INF/manifest.xml"
  let read = try parts.read(["content.xml", "styles.xml", manifest])
  var protection = OpenDocumentProtection()
  if let source = read[manifest] {
    try? XMLPart.follow(source, with: &protection, depth: limits.depth)
  }
  if protection.isEncrypted { throw parts.failure(.encrypted, "OpenDocument") }
  guard let content = read["content.xml"] else { throw parts.failure(.truncated, "content.xml") }
  var styles = OpenDocumentStyles()
  if let source = read["styles.xml"] {
    try? XMLPart.follow(source, with: &styles, depth: limits.depth)
  }
  return try follow(content, &styles, parts)
}

/// As ``readOpenDocument(_:format:limits:)``, of one XML file without a package.
func readFlatOpenDocument(
  _ source: [UInt8], limits: ReadingLimits
) throws(ReadingFailure) -> ReadDocument {
  var styles = OpenDocumentStyles()
  return try source.withUnsafeBytes { bytes in
    Result { () throws(ReadingFailure) in
      try follow(source, &styles, PackageParts(bytes, format: .odt, limits: limits))
    }
  }.get()
}

private func follow(
  _ content: [UInt8], _ styles: inout OpenDocumentStyles, _ parts: PackageParts
) throws(ReadingFailure) -> ReadDocument {
  try parts.follow(content, named: "content.xml", with: &styles)
  var numbering = TableNumbering()
  var items: [FlowItem] = []
  var remarks: Set<Document.Remark> = parts.hasMacros ? [.macros] : []
  if styles.isSpreadsheet {
    var builder = OpenSheetBuilder(styles: styles, limits: parts.limits)
    try parts.follow(content, named: "content.xml", with: &builder)
    if builder.hasHiddenSheets { remarks.insert(.hiddenCells) }
    for sheet in builder.sheets {
      var layout = SheetLayout(sheet, limits: parts.limits)
      let (shown, excess) = layout.items()
      if let excess { throw parts.failure(.tooComplex, excess) }
      if layout.hasHidden { remarks.insert(.hiddenCells) }
      items += shown + sheet.pictures.map { .picture($0) }
    }
  } else {
    var builder = OpenTextBuilder(styles: styles, limits: parts.limits)
    try parts.follow(content, named: "content.xml", with: &builder)
    builder.finish()
    items = builder.flow.items
  }
  if styles.hasChanges { remarks.insert(.trackedChanges) }
  var document = Document(blocks: items.map { numbering.block($0) })
  document.remarks = remarks
  return ReadDocument(
    document: document,
    format: styles.isSpreadsheet ? .ods : .odt, encoding: nil)
}

/// Follows the list of a package's parts.
private struct OpenDocumentProtection: XMLFollower {
  private(set) var isEncrypted = false
  var excess: String? { nil }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "encryption-data" { isEncrypted = true }
  }

  mutating func end(_ name: String) {}
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}

/// Follows the styles of an OpenDocument file, as far as they say what is seen.
struct OpenDocumentStyles: XMLFollower {
  struct Style {
    var parent: String?
    /// `nil`: as the parent.
    var isHidden: Bool?
    var isStruck: Bool?
    var isRaised: Bool?
    var isBordered: Bool?
  }

  private(set) var isSpreadsheet = false
  private(set) var hasChanges = false
  /// By family and name: two families may have a style of one name.
  private var styles: [String: Style] = [:]
  private var current: String?
  var excess: String? { styles.count > 100_000 ? "> 100000 styles" : nil }

  /// What the style says, or one of those that it is based on.
  func value(
    _ key: KeyPath<Style, Bool?>, of name: String?, family: String
  ) -> Bool {
    var name = name
    // Styles that are based on each other in a circle are damage.
    for _ in 0..<32 {
      guard let found = name, let style = styles["\(family) \(found)"] else { return false }
      if let value = style[keyPath: key] { return value }
      name = style.parent
    }
    return false
  }

  func isUnseen(_ name: String?, family: String) -> Bool {
    value(\.isHidden, of: name, family: family) || value(\.isStruck, of: name, family: family)
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "spreadsheet": isSpreadsheet = true
    case "changed-region": hasChanges = true
    case "style":
      guard let family = attributes["family"], let name = attributes["name"] else { break }
      current = "\(family) \(name)"
      styles["\(family) \(name)"] = Style(parent: attributes["parent-style-name"])
    case "text-properties": change { $0.takeText(attributes) }
    case "table-properties":
      if let display = attributes["display"] { change { $0.isHidden = display == "false" } }
    case "table-cell-properties": change { $0.takeBorders(attributes) }
    default: break
    }
  }

  private mutating func change(_ body: (inout Style) -> Void) {
    guard let current, var style = styles[current] else { return }
    body(&style)
    styles[current] = style
  }

  mutating func end(_ name: String) { if name == "style" { current = nil } }
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}

extension OpenDocumentStyles.Style {
  fileprivate mutating func takeText(_ attributes: XMLAttributes) {
    if let display = attributes["display"] { isHidden = display == "none" }
    for name in ["text-line-through-style", "text-line-through-type"] {
      if let line = attributes[name] { isStruck = line != "none" }
    }
    if let position = attributes["text-position"] {
      isRaised =
        position.hasPrefix("super") || position.hasPrefix("sub")
        || position.hasPrefix("-") || (position.first.map { "123456789".contains($0) } ?? false)
    }
  }

  fileprivate mutating func takeBorders(_ attributes: XMLAttributes) {
    for name in ["border", "border-left", "border-right", "border-top", "border-bottom"] {
      guard let border = attributes[name] else { continue }
      isBordered = (isBordered ?? false) || !(border == "none" || border == "hidden")
    }
  }
}
