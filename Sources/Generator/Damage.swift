import Forms
import Reports

/// One thing that happens to a report on its way: mistyped, lost in copying, misread by a scanner, cut by a converter.
public enum Damage: String, Sendable, CaseIterable {
  /// A character of a label or heading is another one, mostly one that looks alike.
  case typo
  case lostCharacter = "lost-character"
  case doubledCharacter = "doubled-character"
  case lostLine = "lost-line"
  case doubledLine = "doubled-line"
  /// Two neighbouring figures without anything between them.
  case joinedCells = "joined-cells"
  /// A figure in two pieces.
  case splitDigits = "split-digits"
  /// O for 0, l for 1, S for 5, B for 8.
  case confusedDigit = "confused-digit"
  /// A cell that is not there.
  case lostCell = "lost-cell"
  /// A number on a line of its own, as of a page.
  case strayNumber = "stray-number"
  /// One byte of a character is lost.
  case lostByte = "lost-byte"
  /// A character that could not be converted.
  case replacement
  case lostTag = "lost-tag"
}

/// The pieces of a printed report while they are being damaged, and what can still be told of its cells.
///
/// Honest about the truth: where a careful reader cannot say any more which figure belongs where, the cells are
/// `unknowable`; where a figure is none any more, `mistyped`. Everything else must be read as before.
struct DamagedPrint {
  private(set) var fragments: [Fragment]
  private(set) var unknowable: Set<CellKey>
  private(set) var mistyped: Set<CellKey> = []
  /// Rows beside which a label is lost: whose the figures there are is told by no other report either.
  private var displaced: Set<CellKey> = []
  /// Where a byte is to be lost when the text is encoded: the fragment, and which of its characters.
  private(set) var lostBytes: [(fragment: Int, character: Int)] = []
  private(set) var done: [Damage] = []
  private let report: SyntheticReport
  private let layout: Layout
  private let seed: UInt64
  private let rows: [CellKey: [CellKey]]
  /// The cells of rows that are their whole block: column by column such a row stands as in any other layout.
  private var lone = Set(FormTable.table4.cells)

  init(_ report: SyntheticReport, _ layout: Layout, seed: UInt64) {
    self.seed = seed
    fragments = report.fragments(layout, seed: seed)
    unknowable = report.unknowable(layout)
    self.report = report
    self.layout = layout
    let blocks = report.blocks2 + FormTable.of(.three, report.template3).blocks
    var rows: [CellKey: [CellKey]] = [:]
    for keys in blocks.flatMap({ block in block.rows.map(block.keys(of:)) }) {
      for key in keys { rows[key] = keys }
    }
    for block in blocks where block.rows.count == 1 { lone.formUnion(block.cells) }
    for key in FormTable.table4.cells { rows[key] = FormTable.table4.cells }
    self.rows = rows
  }

  /// Cells stand on lines of their own.
  private var isFlat: Bool { layout.shape.isFlat || layout.shape == .columnwise }

  /// Tries to damage the print; a damage that there is no place for is none.
  mutating func apply(_ damage: Damage, using random: inout SplitMix64) {
    switch damage {
    case .typo, .lostCharacter, .doubledCharacter: spoilWords(damage, &random)
    case .lostLine, .doubledLine: spoilLine(damage, &random)
    case .joinedCells: joinCells(&random)
    case .splitDigits: splitDigits(&random)
    case .confusedDigit: confuse(&random)
    case .lostCell: loseCell(&random)
    case .strayNumber: addNumber(&random)
    case .lostByte: loseByte(&random)
    case .replacement: replace(&random)
    case .lostTag: loseTag(&random)
    }
  }

  // MARK: What can be told

  /// The cells that stand in one row with this one: of table 4 all.
  private func row(of key: CellKey) -> [CellKey] { rows[key] ?? [key] }

  private mutating func cannotTellRow(of index: Int) {
    for key in fragments[index].cells { unknowable.formUnion(row(of: key)) }
  }

  /// Where a label is lost, the figures beside it may belong to the rows before and behind; where a number stands beside it,
  /// that may be one of theirs.
  private mutating func cannotTellNeighbours(of index: Int, isLost: Bool = true) {
    if isLost { displace(index) } else { cannotTellRow(of: index) }
    let own = fragments[index].cells
    for indices in [
      Array(stride(from: index - 1, through: 0, by: -1)), Array(fragments.indices.dropFirst(index)),
    ] {
      let next = indices.first {
        fragments[$0].kind == .label && fragments[$0].cells != own && !fragments[$0].cells.isEmpty
      }
      guard let next else { continue }
      if isLost { displace(next) } else { cannotTellRow(of: next) }
    }
  }

  private mutating func displace(_ index: Int) {
    cannotTellRow(of: index)
    for key in fragments[index].cells { displaced.formUnion(row(of: key)) }
  }

  /// Cells of which nobody can tell what the report has, and which are those of another report as the page stands.
  func restated() -> [CellKey: Cell] {
    guard isFlat || layout.shape == .columns else { return [:] }
    var rows: [[CellKey]] = []
    for key in unknowable.subtracting(displaced).sorted() {
      let row = row(of: key)
      // Where white space keeps the columns the row of table 4 leaves nothing if it is lost, nor if it is blank.
      guard
        layout.shape.isFlat || key.table == .four
          || layout.shape == .columnwise && lone.contains(key)
      else { continue }
      if !rows.contains(row) { rows.append(row) }
    }
    return Restating(report, layout, seed: seed, fragments: fragments).cells(rows)
  }

  /// Blocks of both forms under one heading are told apart by the words above them only.
  private mutating func loseHead(_ index: Int) {
    guard fragments[index].kind == .head else { return }
    if report.template2 == nil { unknowable.formUnion(report.blocks2.flatMap(\.cells)) }
  }

  /// Cells whose figure is mistyped in one of two lines, and stands in the other as it was printed.
  func mistypedOnce(_ truth: [CellKey: Cell]) -> [CellKey: Cell] {
    truth.filter { key, cell in
      mistyped.contains(key)
        && fragments.contains { fragment in
          fragment.kind == .figure && fragment.cells == [key]
            && fragment.text.filter { $0 != " " } == cell.raw.filter { $0 != " " }
        }
    }
  }

  // MARK: Words

  private func indices(_ kinds: Set<Fragment.Kind>) -> [Int] {
    fragments.indices.filter { kinds.contains(fragments[$0].kind) && !fragments[$0].text.isEmpty }
  }

  private mutating func spoilWords(_ damage: Damage, _ random: inout SplitMix64) {
    let places = indices([.label, .head, .heading, .title]).filter {
      fragments[$0].text.contains { Self.isHan($0) }
    }
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    var characters = Array(fragments[index].text)
    let position = random.pick(characters.indices.filter { Self.isHan(characters[$0]) })
    switch damage {
    case .lostCharacter:
      // A label of one character is a label lost.
      if characters.count <= 2 {
        if fragments[index].kind == .label { cannotTellNeighbours(of: index) }
        loseHead(index)
      }
      characters.remove(at: position)
    case .doubledCharacter: characters.insert(characters[position], at: position)
    default:
      characters[position] =
        Self.alike[characters[position]] ?? random.pick(Array("某的公办了人"))
    }
    fragments[index].text = String(characters)
    done.append(damage)
  }

  private static func isHan(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x4E00...0x9FFF).contains(scalar.value)
  }

  /// Characters that scanners and typists take for each other.
  private static let alike: [Character: Character] = {
    let pairs = Array(
      "规观章竟政正行形许讦处外罚罸强弓事亊业亚性牲收牧费贯本木年午新斤结给转传予子以似公么开井部都分份属厲于干"
        + "国困家冢秘泌密蜜其具他她法去律津禁楚止正危厄及乃全金一二稳隐保堡护沪第弟三王方万合台权杈益盖内肉务夆"
        + "类美过还程呈执扠案安卷券查杏询洵项顶机扒关夫不下掌拳握屋相柏没设有冇现观成戍信言息恩需雷要耍另别制剌作昨"
        + "补朴后台申甲请清容客明朋确确访仿举学投役诉拆重童复夏提堤供洪版板物吻无元当当理埋由田大太量重反友"
        + "认从或域得碍获荻取耻正止总怱计讨下卜度庹继断续绩办为自白然燃人入商啇企仝科料研妍构沟社杜会云织职服报")
    var map: [Character: Character] = [:]
    for index in stride(from: 0, to: pairs.count - 1, by: 2) where pairs[index] != pairs[index + 1]
    {
      map[pairs[index]] = pairs[index + 1]
    }
    return map
  }()

  // MARK: Lines

  /// The pieces of each line.
  private var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in fragments.indices where fragments[index].kind == .lineEnd {
      lines.append(start..<index)
      start = index + 1
    }
    return lines
  }

  private mutating func spoilLine(_ damage: Damage, _ random: inout SplitMix64) {
    let lines = lines.filter { line in
      line.contains {
        [.figure, .label, .head, .heading, .title].contains(fragments[$0].kind)
          && !fragments[$0].text.isEmpty
      }
    }.filter { line in
      // Twice, two figures run together are as many as they were, plainly printed.
      damage == .lostLine || !isFlat || !line.contains(where: isRunTogether)
    }
    guard lines.count > 8 else { return }
    let line = random.pick(lines)
    for index in line where !fragments[index].cells.isEmpty {
      if damage == .lostLine {
        if isFlat, fragments[index].kind == .label {
          cannotTellNeighbours(of: index)
        } else {
          cannotTellRow(of: index)
        }
      } else if isFlat, fragments[index].kind == .figure {
        cannotTellRow(of: index)
      }
    }
    if damage == .lostLine {
      for index in line { loseHead(index) }
      // A merged label that is lost with its row may have stood for rows below.
      remove(line.lowerBound..<line.upperBound + 1)
    } else {
      let copy = Array(fragments[line.lowerBound...line.upperBound])
      insert(copy, at: line.upperBound + 1)
    }
    done.append(damage)
  }

  private mutating func remove(_ range: Range<Int>) {
    fragments.removeSubrange(range)
    lostBytes = lostBytes.compactMap { place in
      if range.contains(place.fragment) { return nil }
      return place.fragment < range.lowerBound
        ? place : (place.fragment - range.count, place.character)
    }
  }

  private mutating func insert(_ pieces: [Fragment], at index: Int) {
    fragments.insert(contentsOf: pieces, at: index)
    lostBytes = lostBytes.map {
      $0.fragment < index ? $0 : ($0.fragment + pieces.count, $0.character)
    }
  }

  // MARK: Cells

  private mutating func joinCells(_ random: inout SplitMix64) {
    let figures = indices([.figure])
    let pairs = zip(figures, figures.dropFirst()).filter { a, b in
      guard let first = fragments[a].cells.first, let second = fragments[b].cells.first,
        row(of: first).contains(second), ![a, b].contains(where: isBroken)
      else { return false }
      return !fragments[a...b].contains { $0.kind == .label }
    }
    guard !pairs.isEmpty else { return }
    let (first, second) = random.pick(pairs)
    cannotTellRow(of: first)
    // What one figure is can no more be told: two become one.
    remove(first + 1..<second)
    done.append(.joinedCells)
  }

  // Figures run together and broken elsewhere, or the other way round, are other figures, plainly printed: no reader can know.

  private func isRunTogether(_ index: Int) -> Bool {
    fragments[index].kind == .figure
      && [index - 1, index + 1].contains {
        fragments.indices.contains($0) && fragments[$0].kind == .figure
      }
  }

  private func isBroken(_ index: Int) -> Bool {
    fragments[index].text.contains(where: \.isWhitespace)
  }

  private mutating func splitDigits(_ random: inout SplitMix64) {
    let places = indices([.figure]).filter { index in
      fragments[index].text.utf8.count >= 2 && !isRunTogether(index)
        && fragments[index].text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    let text = fragments[index].text
    let cut = text.index(text.startIndex, offsetBy: random.int(1...text.utf8.count - 1))
    let apart = layout.shape == .lines && random.chance(0.4)
    let space = apart ? (layout.carriageReturns ? "\r\n" : "\n") : " "
    fragments[index].text = text[..<cut] + space + text[cut...]
    if apart || layout.shape == .columns {
      cannotTellRow(of: index)
    } else {
      unknowable.formUnion(fragments[index].cells)
    }
    done.append(.splitDigits)
  }

  private mutating func confuse(_ random: inout SplitMix64) {
    let letters: [Character: [Character]] = [
      "0": ["O", "o"], "1": ["l", "I"], "5": ["S"], "8": ["B"],
    ]
    // A remark behind the figure does not change it.
    func positions(_ text: String) -> [Int] {
      text.prefix { $0 != "（" }.enumerated().filter { letters[$0.element] != nil }.map(\.offset)
    }
    let places = indices([.figure]).filter { !positions(fragments[$0].text).isEmpty }
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    var characters = Array(fragments[index].text)
    let position = random.pick(positions(fragments[index].text))
    characters[position] = random.pick(letters[characters[position]] ?? ["O"])
    fragments[index].text = String(characters)
    // A digit of a remark behind the figure is none of the figure's.
    if !characters[..<position].contains(where: { $0 == "（" || $0 == "(" }) {
      mistyped.formUnion(fragments[index].cells)
    }
    done.append(.confusedDigit)
  }

  private mutating func loseCell(_ random: inout SplitMix64) {
    guard !isFlat, layout.shape != .columns else { return }
    let places = indices([.figure]).filter { !fragments[$0].cells.isEmpty && $0 > 0 }
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    cannotTellRow(of: index)
    guard layout.shape.isGrid else {
      // With the bar in front of it; the first cell of a line with the one behind it.
      let isFirst = fragments[index - 1].kind == .lineEnd
      remove(isFirst ? index..<index + 2 : index - 1..<index + 1)
      done.append(.lostCell)
      return
    }
    var start = index
    while start > 0, !isCellStart(start) { start -= 1 }
    var end = index + 1
    while end < fragments.count, fragments[end].kind == .tag, !isCellStart(end),
      !fragments[end].text.hasPrefix("</tr"), !fragments[end].text.hasPrefix("</tbody"),
      !fragments[end].text.hasPrefix("<tr")
    {
      end += 1
    }
    remove(start..<end)
    done.append(.lostCell)
  }

  private func isCellStart(_ index: Int) -> Bool {
    fragments[index].kind == .tag
      && (fragments[index].text.hasPrefix("<td") || fragments[index].text.hasPrefix("<th"))
  }

  private mutating func addNumber(_ random: inout SplitMix64) {
    guard !layout.shape.isHTML, layout.shape != .barsOneLine else { return }
    let places = lines.filter { line in
      line.contains { fragments[$0].kind == .label && fragments[$0].cells.first?.table == .three }
    }
    guard !places.isEmpty else { return }
    let line = random.pick(places)
    if isFlat, let label = line.first(where: { fragments[$0].kind == .label }) {
      cannotTellNeighbours(of: label, isLost: false)
    }
    let end = Fragment(layout.carriageReturns ? "\r\n" : "\n", .lineEnd)
    insert([Fragment(String(random.int(2...9)), .figure), end], at: line.lowerBound)
    done.append(.strayNumber)
  }

  // MARK: Bytes and tags

  private mutating func loseByte(_ random: inout SplitMix64) {
    guard layout.encoding != .utf16LittleEndian, layout.encoding != .utf16BigEndian else { return }
    let places = indices([.label, .head, .heading, .words]).filter { index in
      fragments[index].text.count > 2
        && fragments[index].text.dropFirst().contains { Self.isHan($0) }
        && !lostBytes.contains { $0.fragment == index }
    }
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    let characters = Array(fragments[index].text)
    let position = random.pick(characters.indices.dropFirst().filter { Self.isHan(characters[$0]) })
    lostBytes.append((index, position))
    done.append(.lostByte)
  }

  private mutating func replace(_ random: inout SplitMix64) {
    let places = indices([.label, .head, .heading, .words, .figure])
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    var characters = Array(fragments[index].text)
    let position = random.int(0...characters.count - 1)
    guard fragments[index].kind == .figure || Self.isHan(characters[position]) else { return }
    let isFigure = fragments[index].kind == .figure
    // A figure with its unit gone is that figure.
    guard !isFigure || characters[position].isNumber else { return }
    if fragments[index].kind == .label, characters.count <= 2 { cannotTellNeighbours(of: index) }
    characters[position] = [.gb18030, .gbkAsGB2312].contains(layout.encoding) ? "?" : "\u{FFFD}"
    fragments[index].text = String(characters)
    if isFigure { mistyped.formUnion(fragments[index].cells) }
    done.append(.replacement)
  }

  private mutating func loseTag(_ random: inout SplitMix64) {
    let ends = ["</td>", "</tr>", "</p>", "</span>", "</th>", "</div>", "</table>", "</b>"]
    let end = random.pick(ends)
    // What is not to be seen would take the rest of the page along, in any browser.
    let places = fragments.indices.filter { index in
      fragments[index].kind == .tag && fragments[index].text.contains(end)
        && !["display", "hidden", "<script"].contains { fragments[index].text.contains($0) }
    }
    guard !places.isEmpty else { return }
    let index = random.pick(places)
    let text = fragments[index].text
    if let range = text.firstRange(of: end) {
      fragments[index].text = String(text[..<range.lowerBound] + text[range.upperBound...])
    }
    done.append(.lostTag)
  }

  // MARK: Encoding

  func bytes(in encoding: TextEncoding, using random: inout SplitMix64) -> [UInt8] {
    guard !lostBytes.isEmpty else { return encoding.encode(fragments.map(\.text).joined()) }
    // The mark at the start stands once.
    var encoding = encoding
    var bytes: [UInt8] = []
    var start = 0
    func add(_ text: String) {
      bytes += encoding.encode(text)
      if encoding == .utf8Marked { encoding = .utf8 }
    }
    for (fragment, character) in lostBytes.sorted(by: { $0.fragment < $1.fragment }) {
      add(fragments[start..<fragment].map(\.text).joined())
      let characters = Array(fragments[fragment].text)
      let position = min(character, characters.count - 1)
      add(String(characters[..<position]))
      var broken = encoding.encode(String(characters[position]))
      if broken.count > 1 { broken.remove(at: random.int(0...broken.count - 1)) }
      bytes += broken
      add(String(characters[(position + 1)...]))
      start = fragment + 1
    }
    add(fragments[start...].map(\.text).joined())
    return bytes
  }
}

extension SyntheticReport {
  /// Prints the report and damages the print in so many ways; tells in which.
  /// - Parameter encoding: another one than the layout's, to look at the same damages in.
  public func printed(
    _ layout: Layout, seed: UInt64, damages: Int, of kinds: [Damage] = Damage.allCases,
    encoding: TextEncoding? = nil
  ) -> (printed: PrintedReport, damages: [Damage]) {
    var random = SplitMix64(seed: seed).fork(damages + 7)
    var damaged = DamagedPrint(self, layout, seed: seed)
    for _ in 0..<damages * 20 where damaged.done.count < damages {
      damaged.apply(random.pick(kinds), using: &random)
    }
    let truth = printedTruth(layout)
    let print = PrintedReport(
      bytes: damaged.bytes(in: encoding ?? layout.encoding, using: &random), layout: layout,
      truth: truth, region: region(layout),
      unknowable: damaged.unknowable.subtracting(damaged.mistyped), mistyped: damaged.mistyped,
      restated: damaged.restated().merging(damaged.mistypedOnce(truth)) { first, _ in first })
    return (print, damaged.done)
  }
}
