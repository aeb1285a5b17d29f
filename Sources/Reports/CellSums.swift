public import Forms

/// The figures of many reports added up, cell by cell, and what could not be added. A blank is never a zero.
public struct CellSums: Sendable, Hashable {
  /// One cell over all reports.
  public struct Cell: Sendable, Hashable {
    /// Of the figures that were added.
    public var sum = ExactSum()
    /// How many were added.
    public var numbers = 0
    /// Nothing stands in the cell.
    public var blank = 0
    /// Said to be none or not applicable: `/`, 无.
    public var notApplicable = 0
    /// Words where a figure is due.
    public var text = 0
    /// Not vouched for, and so not added, whatever is read there.
    public var uncertain = 0
    /// Figures whose unit the form does not give (采购总金额): they cannot be added.
    public var unitless = 0

    public init() {}

    fileprivate mutating func add(_ other: Cell) {
      sum.add(other.sum)
      numbers += other.numbers
      blank += other.blank
      notApplicable += other.notApplicable
      text += other.text
      uncertain += other.uncertain
      unitless += other.unitless
    }

    /// The sum; `nil` where nothing was added: no report has a figure there.
    public var figure: Figure? { numbers > 0 ? sum.figure : nil }

    /// Reports that have the cell, whatever stands in it.
    public var filled: Int { numbers + blank + notApplicable + text + uncertain + unitless }

    /// Reports whose cell holds nothing that could be added.
    public var open: Int { blank + notApplicable + text + uncertain + unitless }
  }

  /// What of one report could not be added.
  public struct Gaps: Sendable, Hashable {
    public let arrival: Int
    public var blank = 0
    public var notApplicable = 0
    public var text = 0
    public var uncertain = 0

    public init(arrival: Int) { self.arrival = arrival }

    public var isEmpty: Bool { blank + notApplicable + text + uncertain == 0 }
  }

  /// How many reports were added.
  public var reports = 0
  /// By `CellKey.index`.
  public var cells: [Cell]
  /// Reports with cells that could not be added, in the order of arrival.
  public var gaps: [Gaps] = []

  public init() { cells = Array(repeating: Cell(), count: CellKey.all.count) }

  /// Adds the sums of other reports, which came later.
  public mutating func add(_ other: CellSums) {
    reports += other.reports
    for index in cells.indices { cells[index].add(other.cells[index]) }
    gaps += other.gaps
  }

  public subscript(key: CellKey) -> Cell { cells[Int(key.index)] }

  /// Whether some report has a cell of the table.
  public func has(_ table: FormTable) -> Bool { table.cells.contains { self[$0].filled > 0 } }
}
