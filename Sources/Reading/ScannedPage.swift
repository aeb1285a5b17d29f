import CScans

/// One page that is a picture: its lines make tables, whose cells are read one by one; then what stands around them.
struct ScannedPage {
  private let scan: OpaquePointer
  private let size: shoubao_scan_box
  private let rules: PageRules

  /// Wipes the lines off the picture, which Tesseract would take for letters.
  init(_ scan: OpaquePointer) {
    self.scan = scan
    size = shoubao_scan_size(scan)
    // A sheet of A4 has 595 points to its narrow side.
    let gathered = Gathered(PageRules(points: 595 / Double(max(1, min(size.width, size.height)))))
    // The strokes of large type are shorter.
    let shortest = max(size.width, size.height) / 30
    shoubao_scan_rules(
      scan, max(20, shortest),
      { context, box in
        guard let gathered = Gathered.at(context), let box = box?.pointee else { return 1 }
        gathered.rules.add(PageBox(box).line)
        return gathered.rules.count > 10_000 ? 1 : 0
      }, Unmanaged.passUnretained(gathered).toOpaque())
    rules = gathered.rules
  }

  var near: Double { rules.near }

  /// From top to bottom.
  func items() -> [PageBlocks.Item] {
    var items: [(top: Double, item: PageBlocks.Item)] = []
    // Innermost first: what is read is wiped, and not read again with what lies around it.
    for grid in rules.grids() {
      var texts: [Int: String] = [:]
      for cell in grid.cells.indices {
        let box = shoubao_scan_box(grid.box(of: cell))
        guard let text = text(of: box) else { continue }
        texts[cell] = text
      }
      var table = shoubao_scan_box(grid.box)
      shoubao_scan_wipe(scan, &table)
      // Lines drawn around nothing are no table.
      if !texts.isEmpty { items.append((grid.box.top, .table(grid, texts))) }
    }
    items += lines(of: size, SHOUBAO_SCAN_PAGE).map { (Double($0.box.top), .line($0.text)) }
    return items.sorted { $0.top < $1.top }.map(\.item)
  }

  /// `nil`: nothing is printed in the cell. What cannot be read is a mark that no figure has.
  private func text(of cell: shoubao_scan_box) -> String? {
    var cell = cell
    let ink = shoubao_scan_ink(scan, &cell)
    guard ink.width > 0 else { return nil }
    let part = ink.widened(by: 12, within: cell)
    // Type of the tables is about 40 pixels high.
    let isOneLine = ink.height < 70
    let text = lines(of: part, isOneLine ? SHOUBAO_SCAN_LINE : SHOUBAO_SCAN_BLOCK).map(\.text)
      .joined(separator: "\n")
    if text.unicodeScalars.contains(where: { $0.properties.isIdeographic }) { return text }
    // No word, so a figure; a nought by itself looks like a letter.
    let figure = isOneLine ? lines(of: part, SHOUBAO_SCAN_FIGURE).map(\.text).joined() : ""
    if !figure.isEmpty { return figure }
    return text.isEmpty ? "\u{FFFD}" : text
  }

  private typealias Line = (text: String, box: shoubao_scan_box)

  private func lines(of part: shoubao_scan_box, _ layout: shoubao_scan_layout) -> [Line] {
    let found = Found()
    var part = part
    shoubao_scan_read(
      scan, &part, layout,
      { context, text, box in
        guard let context, let text, let box else { return 1 }
        let line = String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
        let found = Unmanaged<Found>.fromOpaque(context).takeUnretainedValue()
        if line.contains(where: { !$0.isWhitespace }) {
          found.lines.append((line.tightened, box.pointee))
        }
        return found.lines.count > 2000 ? 1 : 0
      }, Unmanaged.passUnretained(found).toOpaque())
    return found.lines
  }

  // Classes, since C keeps nothing but pointers to them.

  private final class Gathered {
    var rules: PageRules
    init(_ rules: PageRules) { self.rules = rules }

    static func at(_ context: UnsafeMutableRawPointer?) -> Gathered? {
      context.map { Unmanaged<Gathered>.fromOpaque($0).takeUnretainedValue() }
    }
  }

  private final class Found {
    var lines: [Line] = []
  }
}

extension PageBox {
  fileprivate init(_ box: shoubao_scan_box) {
    self.init(
      left: Double(box.left), top: Double(box.top), right: Double(box.left + box.width),
      bottom: Double(box.top + box.height))
  }

  /// The line in the middle of a stroke.
  fileprivate var line: PageBox {
    let middle = middle
    return right - left >= bottom - top
      ? PageBox(left: left, top: middle.y, right: right, bottom: middle.y)
      : PageBox(left: middle.x, top: top, right: middle.x, bottom: bottom)
  }
}

extension shoubao_scan_box {
  fileprivate init(_ box: PageBox) {
    self.init(
      left: Int32(box.left), top: Int32(box.top), width: Int32(box.right - box.left),
      height: Int32(box.bottom - box.top))
  }

  /// With white around it, as far as the other box goes.
  fileprivate func widened(by margin: Int32, within other: Self) -> Self {
    let left = max(other.left, self.left - margin)
    let top = max(other.top, self.top - margin)
    let right = min(other.left + other.width, self.left + width + margin)
    let bottom = min(other.top + other.height, self.top + height + margin)
    return Self(left: left, top: top, width: right - left, height: bottom - top)
  }
}

extension String {
  /// Without the spaces that Tesseract puts between Chinese characters.
  fileprivate var tightened: String {
    var kept: [Character] = []
    let characters = Array(self)
    for (index, character) in characters.enumerated() {
      if character == " ", index == 0 || index + 1 == characters.count { continue }
      if character == " ", characters[index - 1].isWide || characters[index + 1].isWide { continue }
      kept.append(character)
    }
    return String(kept)
  }
}

extension Character {
  fileprivate var isWide: Bool { unicodeScalars.contains { $0.value >= 0x2E80 } }
}
