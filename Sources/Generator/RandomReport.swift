import Forms
import Reports

extension SyntheticReport {
  /// What kind of report to make.
  public struct Options: Sendable {
    public var year: Int
    public var forms: Forms
    public var size: Size
    public var blanks: Blanks

    public init(
      year: Int = 2023, forms: Forms = .prescribed, size: Size = .few, blanks: Blanks = .none
    ) {
      self.year = year
      self.forms = forms
      self.size = size
      self.blanks = blanks
    }

    public enum Forms: Sendable, CaseIterable {
      /// The form of the year.
      case prescribed
      /// Table 2 of 2021 over table 3 of 2019, as some units file.
      case hybrid
      /// Block （一） of 2019 over the other blocks of 2021.
      case mixedBlocks
    }

    /// How many requests there were.
    public enum Size: Sendable, CaseIterable {
      case none, few, dozens, hundreds
      /// Rows of equal digits and neighbours that look like one number.
      case alike
      /// Every row has the same figures in another order.
      case permuted
      /// Figures of seven digits.
      case huge
      /// Each row is like the next: figures read one row too high balance as well.
      case shifted
    }

    /// What stands where there is none.
    public enum Blanks: Sendable, CaseIterable {
      /// A zero.
      case none
      /// Nothing, in whole rows of zeros.
      case rows
      /// Nothing, in single cells.
      case cells
      /// `/`, in single cells.
      case slashes
      /// 无, in single cells.
      case words
      /// Nothing but 总计.
      case totalsOnly
      /// Nothing in table 3 and 4.
      case all
    }
  }

  /// A report that is right: every relation holds, the text agrees with the tables, no check has an error or a warning
  /// (but for forms that do not fit the year).
  public static func random(
    organ: Organ, options: Options, using random: inout SplitMix64
  ) -> SyntheticReport {
    let form = Template.prescribed(for: options.year) ?? .v2019
    let blocks2: [FormBlock]
    let template3: Template
    switch options.forms {
    case .prescribed:
      blocks2 = FormTable.of(.two, form).blocks
      template3 = form
    case .hybrid:
      blocks2 = FormTable.table2of2021.blocks
      template3 = .v2019
    case .mixedBlocks:
      blocks2 =
        Array(FormTable.table2of2019.blocks.prefix(1))
        + Array(FormTable.table2of2021.blocks.dropFirst())
      template3 = .v2019
    }
    var report = SyntheticReport(
      organ: organ, year: options.year, titleYear: options.year,
      published: publication(of: organ, year: options.year, using: &random), blocks2: blocks2,
      template3: template3, cells: [:], wording: random.next())
    for block in blocks2 { fill2(block, &report.cells, using: &random) }
    let requests = fill3(
      FormTable.of(.three, template3), options.size, &report.cells, using: &random)
    fill4(requests > 0 ? options.size : .none, &report.cells, using: &random)
    report.leaveBlank(options.blanks, using: &random)
    return report
  }

  private static func publication(
    of organ: Organ, year: Int, using random: inout SplitMix64
  ) -> CalendarDate {
    let month = organ.kind == .level ? random.int(2...3) : 1
    return CalendarDate(year: year + 1, month: month, day: random.int(4...28))
      ?? CalendarDate(year: 2024, month: 1, day: 30)!
  }

  // MARK: Table 2

  private static func fill2(
    _ block: FormBlock, _ cells: inout [CellKey: Cell], using random: inout SplitMix64
  ) {
    for row in block.rows {
      // No county, town or bureau of a county makes 规章.
      let none = row.key == "rules"
      let small = random.chance(0.6) ? 0 : random.int(1...12)
      for (key, column) in zip(block.keys(of: row), block.columns) {
        let cell: Cell
        switch column.key {
        case "issued", "made", "repealed": cell = .number(none ? 0 : random.chance(0.5) ? 0 : small)
        case "disclosed": cell = .number(none ? 0 : small)
        case "in_force", "disclosed_total": cell = .number(none ? 0 : small + random.int(0...40))
        case "decisions": cell = .number(random.chance(0.35) ? 0 : random.int(1...4999))
        case "prev_items": cell = .number(random.chance(0.3) ? 0 : random.int(1...320))
        case "delta": cell = change(using: &random)
        case "count": cell = .number(random.chance(0.4) ? 0 : random.int(1...60))
        default: cell = amount(column.kind, using: &random)
        }
        cells[key] = cell
      }
      avoidItemsForDecisions(block, row, &cells)
    }
  }

  /// 本年增/减: with a sign, in words, or none.
  private static func change(using random: inout SplitMix64) -> Cell {
    let amount = random.int(1...60)
    switch random.int(0...6) {
    case 0: return signed("-\(amount)", -amount)
    case 1: return signed("+\(amount)", amount)
    case 2: return signed("增\(amount)", amount)
    case 3: return signed("减\(amount)", -amount)
    default: return .number(0)
    }
  }

  private static func signed(_ raw: String, _ value: Int) -> Cell {
    Cell(class: .number, number: Figure(value), raw: raw)
  }

  private static func amount(_ kind: ValueKind, using random: inout SplitMix64) -> Cell {
    if random.chance(0.4) { return .number(0) }
    let digits = random.int(0...4)
    var raw = String(random.int(1...9999))
    if digits > 0 {
      raw += "."
      for _ in 0..<digits { raw += String(random.int(0...9)) }
    }
    let number = Figure(raw)
    if kind == .moneyOfAnyUnit { raw += random.pick(["", "万元", "元"]) }
    return Cell(class: .number, number: number, raw: raw)
  }

  /// `decisions = prev_items + delta` is what units write who take items for decisions (T2-V19-AS-SUM).
  private static func avoidItemsForDecisions(
    _ block: FormBlock, _ row: FormRow, _ cells: inout [CellKey: Cell]
  ) {
    guard block.columns.map(\.key) == ["prev_items", "delta", "decisions"] else { return }
    let keys = block.keys(of: row)
    guard let items = cells[keys[0]]?.number?.integer, let delta = cells[keys[1]]?.number?.integer,
      let decisions = cells[keys[2]]?.number?.integer, items + delta == decisions
    else { return }
    cells[keys[2]] = .number(decisions + 7)
  }

  // MARK: Table 3

  /// Fills the outcomes and derives every sum; returns how many requests were received.
  private static func fill3(
    _ table: FormTable, _ size: Options.Size, _ cells: inout [CellKey: Cell],
    using random: inout SplitMix64
  ) -> Int {
    let block = table.blocks[0]
    let rows = block.rows.map(\.key)
    let outcomes = block.rows.filter { $0.group != nil && $0.key != "results_total" }.map(\.key)
    var values: [String: [Int]] = [:]
    for row in rows { values[row] = Array(repeating: 0, count: 7) }
    for row in outcomes {
      for column in 0..<6 {
        values[row]?[column] = request(size, row: row, column: column, using: &random)
      }
    }
    for column in 0..<6 {
      let done = outcomes.reduce(0) { $0 + (values[$1]?[column] ?? 0) }
      let left = size == .none || random.chance(0.6) ? 0 : random.int(0...max(1, done / 6))
      let carried = size == .none || random.chance(0.6) ? 0 : random.int(0...(done + left))
      values["results_total"]?[column] = done
      values["carried_out"]?[column] = left
      values["carried_in"]?[column] = carried
      values["new_received"]?[column] = done + left - carried
    }
    var received = 0
    for row in block.rows {
      guard var line = values[row.key] else { continue }
      line[6] = line[0..<6].reduce(0, +)
      if row.key == "new_received" { received = line[6] }
      for (key, value) in zip(block.keys(of: row), line) { cells[key] = .number(value) }
    }
    return received
  }

  private static func request(
    _ size: Options.Size, row: String, column: Int, using random: inout SplitMix64
  ) -> Int {
    // A state secret in a town is told as strange (T3-REPEAT-DENY): left to the faults.
    if row == "deny_state_secret" { return 0 }
    // Most requests come from people, and most are granted.
    let usual = column == 0 ? (row == "granted" ? 1.0 : 0.35) : column == 1 ? 0.2 : 0.05
    switch size {
    case .none: return 0
    case .few: return random.chance(usual * 0.35) ? random.int(1...6) : 0
    case .dozens: return random.chance(usual) ? random.int(1...30) : 0
    case .hundreds: return random.chance(min(1, usual * 2)) ? random.int(1...420) : 0
    case .alike: return random.chance(0.8) ? 1 : random.pick([0, 1, 2, 10, 11, 12, 21, 101])
    case .permuted: return [0, 1, 2, 10, 0, 3][(column + random.int(0...5)) % 6]
    case .huge: return random.chance(usual * 2) ? random.int(1_000_000...9_999_999) : 0
    case .shifted: return [4, 1, 0, 0, 1, 2][column]
    }
  }

  // MARK: Table 4

  private static func fill4(
    _ size: Options.Size, _ cells: inout [CellKey: Cell], using random: inout SplitMix64
  ) {
    var reviews = 0
    for block in FormTable.table4.blocks {
      // Suits after review are at most the reviews (T4-AFTER-REVIEW).
      let room = block.rows[0].key == "suit_after_review" ? reviews : Int.max
      var sum = 0
      for key in block.cells.dropLast() {
        var value = 0
        switch size {
        case .none: value = 0
        case .few: value = random.chance(0.1) ? 1 : 0
        case .dozens: value = random.chance(0.3) ? random.int(1...9) : 0
        case .hundreds: value = random.chance(0.5) ? random.int(1...99) : 0
        case .huge: value = random.chance(0.5) ? random.int(1_000_000...9_999_999) : 0
        case .alike, .permuted, .shifted: value = 1
        }
        value = min(value, room - sum)
        sum += value
        cells[key] = .number(value)
      }
      if let total = block.cells.last { cells[total] = .number(sum) }
      if block.rows[0].key == "review" { reviews = sum }
    }
  }

  // MARK: Blanks

  /// Puts blanks or `/` where there is none. A table without a single figure is another thing (VAL-BLANKS warns), so the
  /// cells of `总计` in the first row stay, and table 4 is touched only where it has a figure.
  private mutating func leaveBlank(_ blanks: Options.Blanks, using random: inout SplitMix64) {
    guard blanks != .none else { return }
    let none: Cell =
      switch blanks {
      case .slashes: Cell(class: .notApplicable, raw: random.pick(["/", "／", "—", "-"]))
      case .words: Cell(class: .notApplicable, raw: "无")
      default: .blank
      }
    if blanks == .all || blanks == .totalsOnly {
      for key in FormTable.of(.three, template3).cells + FormTable.table4.cells
      where blanks == .all || key.column != "total" { cells[key] = none }
      narrative = .silent
      return
    }
    let block = FormTable.of(.three, template3).blocks[0]
    for row in block.rows {
      let keys = block.keys(of: row)
      let zero = keys.filter { cells[$0]?.number?.isZero == true }
      if blanks == .rows {
        guard zero.count == keys.count, row.key != "new_received", random.chance(0.5) else {
          continue
        }
        for key in keys { cells[key] = none }
      } else {
        for key in zero where key.column != "total" && random.chance(0.7) { cells[key] = none }
      }
    }
    guard blanks != .rows else { return }
    for block in FormTable.table4.blocks {
      for key in block.cells where key.column != "total" && cells[key]?.number?.isZero == true {
        cells[key] = none
      }
    }
  }
}
