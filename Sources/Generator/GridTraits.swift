import Forms
import Reports

extension SyntheticReport {
  /// The tables of a section as printed.
  func grids(_ section: Section, _ layout: Layout, _ random: inout SplitMix64) -> [Grid] {
    var grids: [Grid] =
      switch section {
      case .disclosure:
        tablesMissing.contains(.two) ? [] : Grid.tables2(self, one: layout.oneTable2)
      case .requests: tablesMissing.contains(.three) ? [] : [Grid.table3(self)]
      case .disputes: tablesMissing.contains(.four) ? [] : [Grid.table4(self)]
      default: []
      }
    let traits = layout.traits
    guard !traits.isEmpty else { return grids }
    for index in grids.indices {
      if section == .requests {
        if traits.contains(.subtotals) { grids[index].addSubtotals(self, &random) }
        if traits.contains(.groupRows) { grids[index].groupsToRows() }
        if traits.contains(.groupInField) { grids[index].groupsToFields() }
        if traits.contains(.longTail) { grids[index].lengthenHead() }
      }
      if traits.contains(.remarksInHeads) { grids[index].remarkHeads() }
    }
    if section == .requests, !grids.isEmpty,
      traits.contains(.splitTable) || traits.contains(.repeatedHead)
    {
      let parts = grids[0].split(
        repeatingHead: traits.contains(.repeatedHead), random.int(6...18))
      grids = parts + grids.dropFirst()
    }
    for index in grids.indices {
      if traits.contains(.spacerRows) { grids[index].addSpacerRows(&random) }
    }
    if traits.contains(.spacerColumn) {
      let left = random.chance(0.5)
      for index in grids.indices { grids[index].addSpacerColumn(left: left) }
    }
    return grids
  }
}

extension Grid {
  /// How many rows have no figure, at the start.
  var headRows: Int {
    rows.prefix { row in !row.contains { $0.role == .figure || $0.role == .label } }.count
  }

  // MARK: Groups

  /// 小计 behind some groups, with the sums of their rows (A6).
  fileprivate mutating func addSubtotals(_ report: SyntheticReport, _ random: inout SplitMix64) {
    let table = FormTable.of(.three, report.template3).blocks[0]
    for group in [RowGroup.deny, .unable, .reject, .other] where random.chance(0.6) {
      let members = table.rows.filter {
        $0.group == group && !report.rowsMissing.contains($0.key)
      }
      guard let last = members.last,
        let position = rows.lastIndex(where: { row in
          row.contains { $0.role == .label && $0.cells == table.keys(of: last) }
        })
      else { continue }
      var line = [Slot(text: "小计", role: .label)]
      for column in table.columns.indices {
        let sum = members.reduce(0) {
          $0 + (report.cells[table.keys(of: $1)[column]]?.number?.integer ?? 0)
        }
        line.append(Slot(text: String(sum), role: .figure))
      }
      widen(at: position + 1)
      rows.insert(line, at: position + 1)
    }
  }

  /// Merged cells that cover row `position`, and the group that ends just before it, cover one row more.
  private mutating func widen(at position: Int) {
    for row in 0..<position {
      for slot in rows[row].indices where rows[row][slot].role == .group {
        if row + rows[row][slot].rowSpan >= position { rows[row][slot].rowSpan += 1 }
      }
    }
  }

  /// Each group label on a row of its own, with cells for figures and none in them.
  fileprivate mutating func groupsToRows() {
    var result: [[Slot]] = []
    for row in rows {
      let columns = row.count { $0.role == .figure }
      for slot in row where slot.role == .group {
        var label = slot
        label.rowSpan = 1
        label.columnSpan = 3
        result.append(
          [label] + Array(repeating: Slot(text: "", role: .figure), count: columns))
      }
      result.append(row.withoutGroups)
    }
    rows = result
  }

  /// Group labels in front of the words of the row beside them.
  fileprivate mutating func groupsToFields() {
    rows = rows.map { row in
      let groups = row.filter { $0.role == .group }.map { $0.text.filter { $0 != "\n" } }
      var line = row.withoutGroups
      if !groups.isEmpty, let label = line.firstIndex(where: { $0.role == .label }) {
        line[label].text = (groups + [line[label].text]).joined(separator: " ")
      }
      return line
    }
  }

  // MARK: Heads

  fileprivate mutating func lengthenHead() {
    guard let caption = rows[0].firstIndex(where: { $0.role == .caption }) else { return }
    rows[0][caption].columnSpan = 16
  }

  fileprivate mutating func remarkHeads() {
    let remarks = ["现行有效件数": "（历史累计）", "自然人": "（件）", "本年处理决定数量": "（件）", "总计": "（件）"]
    for row in rows.indices {
      for slot in rows[row].indices where rows[row][slot].role == .head {
        if let remark = remarks[rows[row][slot].text.filter({ $0 != "\n" })] {
          rows[row][slot].text += remark
        }
      }
    }
  }

  // MARK: Parts

  /// The table in two, the second from so many rows below the head on; merged cells are cut.
  fileprivate func split(repeatingHead: Bool, _ offset: Int) -> [Grid] {
    let head = headRows
    let cut = head + offset
    guard cut + 1 < rows.count else { return [self] }
    var first = Array(rows[..<cut])
    var second = Array(rows[cut...])
    var continued: [Slot] = []
    for row in first.indices {
      for slot in first[row].indices where row + first[row][slot].rowSpan > cut {
        var rest = first[row][slot]
        rest.rowSpan = row + rest.rowSpan - cut
        if !repeatingHead { rest.text = "" }
        first[row][slot].rowSpan = cut - row
        continued.append(rest)
      }
    }
    second[0] = continued + second[0]
    return [Grid(rows: first), Grid(rows: (repeatingHead ? Array(rows[..<head]) : []) + second)]
  }

  /// Rows without words where no merged cell is cut by them.
  fileprivate mutating func addSpacerRows(_ random: inout SplitMix64) {
    let width = rows.first?.reduce(0) { $0 + $1.columnSpan } ?? 1
    var result: [[Slot]] = []
    var covered = 0
    for (number, row) in rows.enumerated() {
      if number > 0, covered <= number, random.chance(0.3) {
        result.append([Slot(text: "", columnSpan: width, role: .spacer)])
      }
      result.append(row)
      covered = max(covered, number + (row.map(\.rowSpan).max() ?? 1))
    }
    rows = result
  }

  fileprivate mutating func addSpacerColumn(left: Bool) {
    for row in rows.indices {
      rows[row].insert(Slot(text: "", role: .spacer), at: left ? 0 : rows[row].count)
    }
  }
}

extension [Grid.Slot] {
  /// The row without the labels of its groups, its own label over their columns.
  fileprivate var withoutGroups: [Grid.Slot] {
    var line = filter { $0.role != .group }
    if let label = line.firstIndex(where: { $0.role == .label }) { line[label].columnSpan = 3 }
    return line
  }
}
