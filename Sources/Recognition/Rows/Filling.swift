import Forms
import Reports

/// The cells of one table as they are filled, with what is doubtful about them.
struct Filling {
  let tokens: [Token]
  private(set) var cells: [CellKey: Cell] = [:]
  private(set) var uncertain: Set<CellKey> = []
  private(set) var doubts: [Doubt] = []
  /// Which token fills a cell.
  private(set) var sources: [Int: CellKey] = [:]
  private(set) var figures = 0

  init(tokens: [Token]) { self.tokens = tokens }

  mutating func fill(_ key: CellKey, from index: Int) {
    fill(key, tokens[index].raw, tokens[index].value, from: index)
  }

  /// One of several figures that stand in one token.
  mutating func fill(_ key: CellKey, _ part: Substring, from index: Int) {
    fill(key, part, FieldValue(part), from: index)
  }

  private mutating func fill(
    _ key: CellKey, _ raw: Substring, _ value: FieldValue, from index: Int
  ) {
    let (cell, doubt) = value.cell(
      raw: String(raw), kind: key.kind, place: tokens[index].place.text)
    cells[key] = cell
    sources[index] = key
    if cell.class != .blank { figures += 1 }
    if let doubt { self.doubt(doubt, [key], quote: String(raw)) }
  }

  mutating func blank(_ keys: [CellKey]) {
    for key in keys where cells[key] == nil { cells[key] = .blank }
  }

  mutating func doubt(_ reason: Doubt.Reason, _ keys: [CellKey], quote: String) {
    guard !keys.isEmpty else { return }
    uncertain.formUnion(keys)
    doubts.append(Doubt(reason: reason, cells: keys, quote: quote))
  }

  /// What is no number adds nothing.
  func holds(_ relation: Relation) -> Bool {
    func sum(_ keys: [CellKey]) -> Figure {
      keys.reduce(Figure(0)) { $0 + (cells[$1]?.number ?? Figure(0)) }
    }
    return sum(relation.left).equals(sum(relation.right))
  }

  /// The words of tokens, for people.
  func quote(_ range: Range<Int>) -> String {
    tokens[range.clamped(to: 0..<tokens.count)].map { String($0.raw) }.joined(separator: " ")
  }

  func texts(_ range: Range<Int>) -> [String] { tokens[range].map { String($0.raw) } }
}

/// A table as read.
struct TableReading {
  var found: TableFound
  var filling: Filling
  /// The tokens that the table takes.
  var span: Range<Int>
  /// The last row or block of the form has figures.
  var isComplete: Bool
}
