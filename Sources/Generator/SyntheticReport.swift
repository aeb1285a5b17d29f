public import Forms
public import Reports

/// A report that never was, with everything that is true of it. How it is printed is a ``Layout``'s affair.
public struct SyntheticReport: Sendable {
  public var organ: Organ
  /// The year reported on, as the period in the text says.
  public var year: Int
  /// The year in the title: the same, unless that is the fault.
  public var titleYear: Int
  public var published: CalendarDate
  /// The blocks of table 2 in order; of either form, or mixed.
  public var blocks2: [FormBlock]
  public var template3: Template
  /// What each cell of the three tables holds, as printed.
  public var cells: [CellKey: Cell]
  public var narrative = Narrative.figures
  /// Tables whose heading stands there and which are not.
  public var tablesMissing: Set<TableNumber> = []
  /// Keys of rows that are not printed.
  public var rowsMissing: Set<String> = []
  public var sectionsMissing: Set<Section> = []
  /// Sections whose text is only this.
  public var sectionTexts: [Section: String] = [:]
  /// Chooses among wordings, so that reports do not all read alike.
  public var wording: UInt64

  /// What the text tells of the tables.
  public enum Narrative: Sendable, Hashable {
    /// The figures of the tables.
    case figures
    /// No figure at all.
    case silent
    /// As ``figures``, but the number of requests received is told wrong by so many.
    case receivedOffBy(Int)
  }

  /// `nil` where blocks of both forms stand under section 二.
  public var template2: Template? {
    let prefixes = Set(blocks2.map(\.prefix))
    return prefixes.count > 1 ? nil : prefixes.first == "t2" ? .v2021 : .v2019
  }

  /// All cells that are printed or should be, in the order of the form, of the tables that are there.
  public var keys: [CellKey] {
    (tablesMissing.contains(.two) ? [] : blocks2.flatMap(\.cells))
      + (tablesMissing.contains(.three) ? [] : FormTable.of(.three, template3).cells)
      + (tablesMissing.contains(.four) ? [] : FormTable.table4.cells)
  }

  /// The cells as a reader should give them: all of the tables that are there, blank where a row is missing.
  public var truth: [CellKey: Cell] {
    Dictionary(
      uniqueKeysWithValues: keys.map { key in
        (key, rowsMissing.contains(String(key.row)) ? .blank : cells[key] ?? .blank)
      })
  }

  /// The equations on the forms that the report follows.
  public var relations: [Relation] {
    FormTable.of(.three, template3).relations + FormTable.table4.relations
  }

  /// Checks that fail by the sums of the cells alone. A cell without a number may stand for anything from 0: a relation
  /// fails only where no such values would make it hold.
  public var brokenRelations: Set<String> {
    let truth = truth
    return Set(
      relations.filter { relation in
        guard relation.cells.allSatisfy({ truth[$0] != nil }) else { return false }
        func sum(_ keys: [CellKey]) -> (known: Figure, open: Bool) {
          let numbers = keys.compactMap { truth[$0]?.number }
          return (numbers.reduce(Figure(0), +), numbers.count < keys.count)
        }
        let left = sum(relation.left)
        let right = sum(relation.right)
        return (left.known < right.known && !left.open) || (right.known < left.known && !right.open)
      }.map(\.check))
  }

  /// Checks that fail on an unfaulted report of this make: forms that do not fit the year.
  public var ownChecks: Set<String> {
    let due = Template.prescribed(for: year)
    let fits =
      (tablesMissing.contains(.two) || template2 == due)
      && (tablesMissing.contains(.three) || template3 == due)
    return fits ? [] : ["FMT-TEMPLATE-YEAR"]
  }

  func value(_ name: String) -> Int? { CellKey(name).flatMap { cells[$0]?.number?.integer } }
}
