/// Rows to entries; keeps what is wrong and goes on.
struct RosterReader {
  private(set) var entries: [Roster.Entry] = []
  private(set) var problems: [RosterRefused.Problem] = []
  private let table: CSVTable
  private let columns: RosterColumns
  /// Folded region and name, to the line that has it.
  private var taken: [NameKey: Int] = [:]
  /// The row before, and what was made of it: rows of one region and kind stand together.
  private var before: (row: CSVTable.Row, region: String, kind: Roster.Kind)?
  private var region = UnitName.FoldedRegion("")

  init(_ table: CSVTable) throws(RosterRefused.Problem.Carrier) {
    guard let head = table.rows.first else { throw .init(problem: .init(line: 1, reason: .empty)) }
    self.table = table
    columns = try RosterColumns(heads: table.fields(head), line: head.line)
  }

  mutating func read() {
    entries.reserveCapacity(table.rows.count)
    taken.reserveCapacity(table.rows.count)
    for row in table.rows.dropFirst() { read(row) }
  }

  private mutating func read(_ row: CSVTable.Row) {
    guard row.count == columns.count else {
      return report(row, .fieldCount(expected: columns.count, found: row.count))
    }
    if let stray = columns.unnamed.first(where: { !table.isEmpty(row, $0) }) {
      return report(row, .unnamedColumn(table[row, stray]))
    }
    guard !table.isEmpty(row, columns.unit) else { return report(row, .unitMissing) }
    let unit = table[row, columns.unit]
    guard let kind = kind(row) else {
      return report(row, .unknownKind(table[row, columns.kind]))
    }
    let day = field(row, columns.due)
    let due = day.flatMap { DayOfYear(written: $0) }
    if let day, due == nil { return report(row, .unknownDay(day)) }
    let aliases = field(row, columns.aliases).map(RosterReader.names) ?? []
    let region = region(row)
    before = (row, region, kind)
    guard !isTaken(unit, row), !aliases.contains(where: { isTaken($0, row) }) else { return }
    entries.append(
      .init(unit: unit, region: region, kind: kind, aliases: aliases, due: due, line: row.line))
  }

  /// Whether the name stands for a unit of another row; then that is told.
  private mutating func isTaken(_ name: String, _ row: CSVTable.Row) -> Bool {
    let key = NameKey(UnitName.local(name, regions: CollectionOfOne(region)), region: region.name)
    guard let line = taken[key], line != row.line else {
      taken[key] = row.line
      return false
    }
    report(row, .nameTaken(name, line: line))
    return true
  }

  /// `nil`: nothing stands there.
  private func field(_ row: CSVTable.Row, _ column: Int?) -> String? {
    guard let column, !table.isEmpty(row, column) else { return nil }
    return table[row, column]
  }

  private func kind(_ row: CSVTable.Row) -> Roster.Kind? {
    if let before, table.isSame(row, before.row, columns.kind) { return before.kind }
    return Roster.Kind(written: table[row, columns.kind])
  }

  /// Also folds it.
  private mutating func region(_ row: CSVTable.Row) -> String {
    if let before, let column = columns.region, table.isSame(row, before.row, column) {
      return before.region
    }
    let name = field(row, columns.region) ?? ""
    region = UnitName.FoldedRegion(name)
    return name
  }

  private static func names(_ field: String) -> [String] {
    field.split { $0 == ";" || $0 == "；" || $0 == "、" }.map { trimmed($0) }.filter { !$0.isEmpty }
  }

  private mutating func report(_ row: CSVTable.Row, _ reason: RosterRefused.Reason) {
    problems.append(.init(line: row.line, reason: reason))
  }
}
