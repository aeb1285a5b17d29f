public import Forms
public import Reports

/// A way to explain all the failing relations of a group of cells: changes after which nothing fails. Never used to change
/// a figure.
public struct Correction: Sendable, Hashable {
  public struct Change: Sendable, Hashable {
    public let cell: CellKey
    /// `nil`: the cell is blank.
    public let found: Figure?
    /// `nil`: several figures would do.
    public let balancesAt: Figure?
  }

  /// What one slip of the hand did.
  public struct Mistake: Sendable, Hashable {
    /// `nil`: a wrong figure, and nothing tells how it came about.
    public let slip: Slip?
    public let changes: [Change]
  }

  /// What a hand does to a number that it copies.
  public enum Slip: String, Sendable, Hashable, CaseIterable {
    /// 14 written as 41.
    case transposed
    /// 14 written as 4.
    case dropped
    /// 14 written as 114 or 140.
    case added
    /// 14 written as 19.
    case digit
    /// 14 written as −14.
    case sign
    /// Two neighbours changed places.
    case swapped
    /// A figure beside or above its cell, which has none.
    case moved
    /// 14 written as 1 and 4 in two cells. What stood behind may have been pushed on.
    case split
    /// Several figures of a row stand one column too far right.
    case shiftedRight
    /// Several figures of a row stand one column too far left.
    case shiftedLeft
  }

  public let mistakes: [Mistake]

  /// In the order of the form.
  public var changes: [Change] {
    mistakes.flatMap(\.changes).sorted { $0.cell < $1.cell }
  }
}
