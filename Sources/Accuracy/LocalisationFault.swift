import Checking
import Forms
import Generator
import Reports

/// A slip of the hand, put into the sums of a report on purpose.
public enum LocalisationFault: String, Sendable, CaseIterable {
  /// Any other figure.
  case figure
  case transposed, dropped, added
  /// A figure and the 0 beside it have changed places; two figures have.
  case moved, swapped
  /// 14 as 1 and 4, the second in a cell that was 0; or with everything behind pushed on.
  case split, pushed
  /// All figures of a row stand one column too far.
  case shiftedRight = "shifted-right"
  case shiftedLeft = "shifted-left"

  public static let single: [Self] = [.figure, .transposed, .dropped, .added]

  /// As the program names it; `nil`: it has no name.
  var slip: Correction.Slip? {
    switch self {
    case .figure: nil
    case .transposed: .transposed
    case .dropped: .dropped
    case .added: .added
    case .moved: .moved
    case .swapped: .swapped
    case .split, .pushed: .split
    case .shiftedRight: .shiftedRight
    case .shiftedLeft: .shiftedLeft
    }
  }

  /// Other figures for some cells, somewhere where they fit; `nil` where the report has no place for the slip.
  func changes(
    in cells: [CellKey: Cell], _ template: Template, using random: inout SplitMix64
  ) -> [CellKey: Cell]? {
    func figure(_ key: CellKey) -> Int? { cells[key]?.number?.integer }
    let rows = FormTable.of(.three, template).blocks.flatMap { block in
      block.rows.map { block.keys(of: $0) }
    }
    switch self {
    case .figure, .transposed, .dropped, .added:
      let keys = rows.flatMap(\.self) + FormTable.table4.cells
      let places = keys.filter { figure($0).map { self == .figure || $0 >= 10 } == true }
      guard let key = places.randomElement(using: &random), let old = figure(key) else {
        return nil
      }
      let new = rewritten(old, using: &random)
      return new == old ? nil : [key: .number(new)]
    default:
      let filled = rows.filter { $0.count { figure($0).map { $0 > 0 } == true } > 1 }
      guard let keys = filled.randomElement(using: &random) else { return nil }
      let old = keys.compactMap(figure)
      guard old.count == keys.count, let new = rearranged(old, using: &random) else { return nil }
      let changed = zip(keys, zip(old, new)).filter { $0.1.0 != $0.1.1 }
      return changed.isEmpty
        ? nil : Dictionary(uniqueKeysWithValues: changed.map { ($0.0, .number($0.1.1)) })
    }
  }

  private func rewritten(_ old: Int, using random: inout SplitMix64) -> Int {
    var digits = Array(String(old))
    let place = Int.random(in: 0..<max(1, digits.count - 1), using: &random)
    switch self {
    case .transposed: digits.swapAt(place, min(place + 1, digits.count - 1))
    case .dropped: digits.remove(at: Int.random(in: digits.indices, using: &random))
    case .added:
      digits.insert(Character(String(Int.random(in: 1...9, using: &random))), at: place)
    default: return Int.random(in: 0...max(9, 2 * old), using: &random)
    }
    // A number does not begin with 0: that would be another slip.
    return digits.count > 1 && digits[0] == "0" ? old : Int(String(digits)) ?? old
  }

  private func rearranged(_ old: [Int], using random: inout SplitMix64) -> [Int]? {
    let last = old.count - 1
    let place = Int.random(in: 0..<last, using: &random)
    var new = old
    switch self {
    case .shiftedRight: return [0] + old[..<last]
    case .shiftedLeft: return old[1...] + [0]
    case .moved, .swapped:
      guard (old[place] == 0 || old[place + 1] == 0) == (self == .moved) else { return nil }
      new.swapAt(place, place + 1)
    default:
      guard place < last - 1, (10...99).contains(old[place]) else { return nil }
      guard self == .pushed || old[place + 1] == 0 else { return nil }
      new[place] = old[place] / 10
      if self == .pushed {
        new.insert(old[place] % 10, at: place + 1)
        new.removeLast()
      } else {
        new[place + 1] = old[place] % 10
      }
    }
    return new
  }
}
