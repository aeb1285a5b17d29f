import Forms
import Reports

/// What the findings say about each cell.
struct CellMarks: Sendable {
  /// How a cell is shown; the first that applies.
  enum Standing: Sendable, Hashable {
    /// Said to be wrong, or a total that does not equal its parts.
    case wrong
    /// A part of a sum that fails.
    case inFailingSum
    /// To be checked.
    case questioned
    case plain
  }

  struct Mark: Sendable, Hashable {
    var standing = Standing.plain
    /// Numbers of the notes shown at the cell.
    var notes: [Int] = []
    /// The value at which everything balances, where this cell is the one most likely wrong.
    var balancesAt: Figure?
    var isUncertain = false
  }

  private var marks: [CellKey: Mark] = [:]

  subscript(_ key: CellKey) -> Mark { marks[key] ?? Mark() }

  init(_ report: Report, _ notes: Notes) {
    for key in report.uncertain { marks[key, default: Mark()].isUncertain = true }
    for note in notes.failed where !saysWhatIsSeen(note.finding, report) { add(note) }
  }

  private mutating func add(_ note: Notes.Note) {
    let finding = note.finding
    if let suspect = finding.suspect {
      marks[suspect.cell, default: Mark()].balancesAt = suspect.balancesAt
      put(.wrong, note.number, at: suspect.cell)
    }
    if let relation = relations[finding.check] {
      // An identity and a case sum are short enough to be marked whole; of a longer sum the total bears the mark.
      // The parts are taken from the finding: those of a column differ between the forms.
      let heads = finding.cells.count <= 5 ? finding.cells : relation.right
      for key in heads { put(.wrong, note.number, at: key) }
      for key in finding.cells where !heads.contains(key) { put(.inFailingSum, nil, at: key) }
      return
    }
    // A finding about half a table (blanks, changes against an earlier version) is told below, not at every cell.
    guard finding.cells.count <= 14 else { return }
    let standing: Standing =
      switch finding.severity {
      case .error: .wrong
      case .warning: .questioned
      case .info: .plain
      }
    for key in finding.cells { put(standing, note.number, at: key) }
  }

  private mutating func put(_ standing: Standing, _ note: Int?, at key: CellKey) {
    var mark = marks[key] ?? Mark()
    mark.standing = mark.standing.stronger(standing)
    if let note, !mark.notes.contains(note) { mark.notes.append(note) }
    marks[key] = mark
  }
}

extension CellMarks.Standing {
  fileprivate func stronger(_ other: Self) -> Self {
    for standing in [Self.wrong, .inFailingSum, .questioned] where [self, other].contains(standing)
    {
      return standing
    }
    return .plain
  }
}

/// A remark on cells that are all blank or uncertain, and are shown as that anyway.
private func saysWhatIsSeen(_ finding: Finding, _ report: Report) -> Bool {
  finding.severity != .error && finding.cells.count > 2
    && finding.cells.allSatisfy {
      report.uncertain.contains($0) || (report.cells[$0] ?? .blank).class == .blank
    }
}

/// Every relation of both forms by the check that it is; the right side is the same on both.
private let relations: [String: Relation] = Dictionary(
  [FormTable.table3of2021, .table3of2019, .table4].flatMap(\.relations).map { ($0.check, $0) },
  uniquingKeysWith: { first, _ in first })
