import Documents
import Forms

/// A report whose tables are rows of cells that a test may change before they are laid out.
struct Matrix {
  var sheet = Sheet()
  /// The rows of each table: label, then figures; heads and groups too.
  var rows: [TableNumber: [[GridText]]] = [:]

  /// A cell with its spans, if it stands in a grid.
  struct GridText: ExpressibleByStringLiteral {
    var text: String
    var rowSpan = 1
    var columnSpan = 1
    var holdsPicture = false

    init(_ text: String) { self.text = text }
    init(stringLiteral text: String) { self.text = text }
  }

  enum Layout: String, CaseIterable, Sendable { case tabs, bars, grid }

  init() {
    sheet.figures = Self.balanced()
    for table in sheet.tables {
      rows[table.number] = sheet.rows(table).map { $0.map { GridText($0) } }
    }
  }

  /// Figures that hold all relations, other in every row.
  static func balanced() -> [CellKey: String] {
    var figures = Sheet.distinct([.table2of2021])
    let block = FormTable.table3of2021.blocks[0]
    let kinds = block.columns.dropLast().map(\.key)
    var values: [String: [Int]] = [:]
    for (number, row) in block.rows.enumerated() {
      values[row.key] = kinds.indices.map { (number * 5 + $0 * 3) % 11 }
    }
    let outcomes = block.rows.filter { $0.group != nil && $0.key != "results_total" }
    for column in kinds.indices {
      let total = outcomes.reduce(0) { $0 + (values[$1.key]?[column] ?? 0) }
      values["results_total"]?[column] = total
      let added = (values["carried_out"]?[column] ?? 0) - (values["carried_in"]?[column] ?? 0)
      values["new_received"]?[column] = total + added
    }
    for row in block.rows {
      let own = values[row.key] ?? []
      for (key, value) in zip(block.keys(of: row), own + [own.reduce(0, +)]) {
        figures[key] = String(value)
      }
    }
    for block in FormTable.table4.blocks {
      for (key, value) in zip(block.cells, [2, 1, 0, 3, 6]) { figures[key] = String(value) }
    }
    return figures
  }

  /// Where the row with this label stands.
  func index(_ label: String, in table: TableNumber) -> Int {
    rows[table]?.firstIndex { $0.first?.text.hasSuffix(label) ?? false } ?? 0
  }

  /// The rows of a table that have figures.
  func figureRows(_ table: TableNumber) -> [Int] {
    (rows[table] ?? []).indices.filter { index in
      rows[table]?[index].dropFirst().contains { Int($0.text) != nil } ?? false
    }
  }

  /// Moves the figures of a table by some rows of figures; what leaves the table is lost.
  mutating func shift(_ table: TableNumber, by offset: Int) {
    let places = figureRows(table)
    let source = rows[table] ?? []
    for (number, place) in places.enumerated() {
      let from = number - offset
      let figures =
        places.indices.contains(from)
        ? Array(source[places[from]].dropFirst())
        : source[place].dropFirst().map { _ in GridText("") }
      rows[table]?[place] = [source[place][0]] + figures
    }
  }

  /// - Parameters:
  ///   - cutting: a table that is two grids, of which the second begins with the row `at`.
  func document(_ layout: Layout, cutting: TableNumber? = nil, at cut: Int = 0) -> Document {
    var blocks: [Block] = []
    var line = 0
    func add(_ text: String) {
      line += 1
      blocks.append(.paragraph(Paragraph(text: text, place: Place(line: line))))
    }
    add(sheet.title)
    add("一、总体情况")
    add(sheet.overview)
    for (number, table) in sheet.tables.enumerated() {
      let section = Section(rawValue: table.number.rawValue) ?? .overview
      add("\(section.numeral)、\(section.title.official)")
      let rows = rows[table.number] ?? []
      switch layout {
      case .tabs: for row in rows { add(row.map(\.text).joined(separator: "\t")) }
      case .bars: for row in rows { add(row.map(\.text).joined(separator: " | ") + " |") }
      case .grid:
        let parts = table.number == cutting ? [rows.prefix(cut), rows.dropFirst(cut)] : [rows[...]]
        for (offset, part) in parts.enumerated() {
          blocks.append(.table(Self.grid(Array(part), number: number + 1 + 10 * offset)))
        }
      }
    }
    add("五、存在的主要问题及改进情况")
    add(sheet.problems)
    add("六、其他需要报告的事项")
    add(sheet.other)
    return Document(blocks: blocks)
  }

  private static func grid(_ rows: [[GridText]], number: Int) -> Table {
    var cells: [GridCell] = []
    var taken: Set<[Int]> = []
    for (row, line) in rows.enumerated() {
      var column = 0
      for cell in line {
        while taken.contains([row, column]) { column += 1 }
        cells.append(
          GridCell(
            row: row, column: column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
            text: cell.text, holdsPicture: cell.holdsPicture))
        for below in row..<row + cell.rowSpan {
          for beside in column..<column + cell.columnSpan { taken.insert([below, beside]) }
        }
        column += cell.columnSpan
      }
    }
    let width = (cells.map { $0.column + $0.columnSpan }.max() ?? 0)
    return Table(
      rowCount: rows.count, columnCount: width, cells: cells, place: Place(table: number))
  }
}
