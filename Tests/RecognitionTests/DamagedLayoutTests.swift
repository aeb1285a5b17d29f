import Documents
import Forms
import Foundation
import Recognition
import Reports
import Testing

/// One damage to a document in any layout: a figure is what the whole document says, or it is uncertain.
@Suite struct `Damaged layouts` {
  /// Each document with each kind of damage in this many places; more by SHOUBAO_DAMAGES.
  private static let places =
    ProcessInfo.processInfo.environment["SHOUBAO_DAMAGES"].flatMap(Int.init) ?? 2

  enum Damage: CaseIterable {
    /// Lines lost on the way, one or three; a line copied twice; two lines joined.
    case lineLost, linesLost, lineTwice, linesJoined
    /// A bar, a tab, a space or a character of a label lost.
    case separatorLost, characterLost
    /// A character that no encoding explains, in words.
    case characterSpoilt
    /// A page number or a running head on a line of its own.
    case pageNumber, runningHead
    /// The text breaks off.
    case end
  }

  struct Chance {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// `nil` where the damage cannot be done there.
  static func damaged(_ text: String, _ damage: Damage, _ chance: inout Chance) -> String? {
    var lines = text.components(separatedBy: "\n")
    let line = chance.next(lines.count)
    func isFigure(_ character: Character?) -> Bool {
      character.map { $0.isNumber || ".,".contains($0) } ?? false
    }
    switch damage {
    case .lineLost: lines.remove(at: line)
    case .linesLost: lines.removeSubrange(line..<min(lines.count, line + 3))
    case .lineTwice: lines.insert(lines[line], at: line)
    case .linesJoined:
      guard line + 1 < lines.count, !isFigure(lines[line].last) || !isFigure(lines[line + 1].first)
      else { return nil }
      lines[line] += lines.remove(at: line + 1)
    case .separatorLost, .characterLost, .characterSpoilt:
      guard !lines[line].isEmpty else { return nil }
      // Characters, not places in a string: what is left may join with a mark behind it (pīnyīn), and places of before are none.
      var characters = Array(lines[line])
      let index = chance.next(characters.count)
      let character = characters[index]
      let isSeparator = character == "|" || character.isWhitespace
      guard !isFigure(character), isSeparator == (damage == .separatorLost), character != "/" else {
        return nil
      }
      characters.replaceSubrange(
        index...index, with: damage == .characterSpoilt ? ["\u{FFFD}"] : [])
      if isSeparator, index > 0, index < characters.count, isFigure(characters[index - 1]),
        isFigure(characters[index])
      {
        return nil
      }
      lines[line] = String(characters)
    case .pageNumber: lines.insert(String(2 + chance.next(9)), at: line)
    case .runningHead: lines.insert("青石县云桥镇人民政府", at: line)
    case .end: lines.removeSubrange(line...)
    }
    return lines.joined(separator: "\n")
  }

  static let head =
    "青石县云桥镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n本年度各项工作按计划进行，公开的内容更加充实。\n"

  /// What the whole document says, by the rows of the case.
  static func truth(_ item: `Layouts, each with its reason`.Case) -> [CellKey: String] {
    var truth: [CellKey: String] = [:]
    for row in item.rows where row.count > 2 {
      let keys =
        (FormTable.table2of2021.cells + FormTable.table3of2021.cells
        + FormTable.table4.cells).filter { $0.name.hasPrefix(row[0] + ".") }
      for (key, value) in zip(keys, row.dropFirst()) where value != "?" {
        truth[key] = value == "~" ? "" : value
      }
    }
    return truth
  }

  /// Those of which some figures are told.
  static let told = `Layouts, each with its reason`.all.filter { !truth($0).isEmpty }

  @Test(arguments: told, Damage.allCases)
  func `no figure is wrong`(item: `Layouts, each with its reason`.Case, damage: Damage) {
    let truth = Self.truth(item)
    var chance = Chance(state: UInt64(item.reason.utf8.reduce(7) { $0 &* 31 &+ Int($1) } & 0xFFFF))
    for _ in 0..<Self.places {
      guard let text = Self.damaged(item.text, damage, &chance) else { continue }
      guard let report = recognise(document(Self.head + text + "\n")).report else { continue }
      let wrong = report.cells.compactMap { key, cell -> String? in
        guard let expected = truth[key], !report.uncertain.contains(key), cell.class != .blank
        else { return nil }
        return cell.raw == expected ? nil : "\(key): \(cell.raw) for \(expected)"
      }
      if !wrong.isEmpty {
        let before = item.text.components(separatedBy: "\n")
        let after = text.components(separatedBy: "\n")
        let at = zip(before, after).prefix { $0 == $1 }.count
        Issue.record(
          "\(damage) at \(at): “\(before[min(at, before.count - 1)])”: \(wrong.sorted().prefix(4))")
      }
    }
  }

  @Test func `There are documents of which figures are told`() {
    #expect(Self.told.count >= 70)
  }

  /// A row of a grid with a cell too many or too few, or two rows in each other's place.
  @Test(arguments: Template.allCases, 0..<5)
  func `no figure of a grid is wrong`(template: Template, kind: Int) throws {
    let sheet = Sheet(template)
    for (number, table) in sheet.tables.enumerated() {
      let grid = sheet.grid(table, place: Place(line: 900, table: number + 1))
      for row in stride(from: 0, to: grid.rowCount, by: Self.places > 2 ? 1 : 3) {
        let own = grid.cells.indices.filter { grid.cells[$0].row == row }
        for index in stride(from: 0, to: own.count, by: Self.places > 2 ? 1 : 4) {
          var cells = grid.cells
          Self.damage(&cells, row: row, own: own, at: index, kind: kind)
          var document = sheet.document(.grids)
          let block = document.blocks.indices.filter {
            if case .table = document.blocks[$0] { true } else { false }
          }[number]
          document.blocks[block] = .table(
            Table(
              rowCount: grid.rowCount, columnCount: grid.columnCount + 1, cells: cells,
              place: grid.place))
          guard let report = recognise(document).report else { continue }
          let wrong = wrong(report, against: sheet.figures)
          if kind == 1 {
            // A figure that stands twice is one too many for its row.
            let keys = report.cells.keys.filter { !report.uncertain.contains($0) }
            #expect(keys.count > report.cells.count / 2)
          }
          #expect(wrong.isEmpty, "table \(number + 2), row \(row), cell \(index): \(wrong)")
        }
      }
    }
  }

  private static func damage(
    _ cells: inout [GridCell], row: Int, own: [Int], at index: Int, kind: Int
  ) {
    func moved(_ cell: GridCell, by columns: Int, text: String? = nil) -> GridCell {
      GridCell(
        row: cell.row, column: max(0, cell.column + columns), rowSpan: cell.rowSpan,
        columnSpan: cell.columnSpan, text: text ?? cell.text)
    }
    switch kind {
    case 0:
      // The cell is lost, and those behind it move up.
      for other in own[(index + 1)...] { cells[other] = moved(cells[other], by: -1) }
      cells.remove(at: own[index])
    case 1:
      for other in own[index...] { cells[other] = moved(cells[other], by: 1) }
      let first = cells[own[index]]
      cells.insert(moved(first, by: -1), at: own[index])
    case 2:
      // The text of two cells in one.
      guard index + 1 < own.count else { return }
      cells[own[index]] = moved(
        cells[own[index]], by: 0, text: cells[own[index]].text + " " + cells[own[index + 1]].text)
      for other in own[(index + 2)...] { cells[other] = moved(cells[other], by: -1) }
      cells.remove(at: own[index + 1])
    case 3:
      // The row is lost.
      for other in own.reversed() { cells.remove(at: other) }
    default:
      // The place of a cell is a hole.
      cells.remove(at: own[index])
    }
  }
}
