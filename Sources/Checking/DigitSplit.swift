import Forms
import Reports

// VAL-DIGIT-SPLIT: a number of two digits that fell into two cells.

extension Inquiry {
  var digitSplitFindings: [Finding] {
    report.doubts.filter { $0.reason == .splitDigits }.map(splitInText) + splitsThatBalance
  }

  private func splitInText(_ doubt: Doubt) -> Finding {
    Rule.digitSplit.finding(
      cells: doubt.cells, quote: doubt.quote,
      say(
        "\(language.list(doubt.cells))中有几个数（“\(doubt.quote)”），没有采用，请核对：是一个数的请连在一起，"
          + "是几个数的请分格填写。",
        en:
          "\(language.list(doubt.cells)) has several figures (“\(doubt.quote)”); none was taken. Please write "
          + "them together if they are one number, and each into its own cell if they are several.")
    )
  }

  /// Two neighbouring one-digit cells of a row that fails, where only their joining makes the row balance, and with it
  /// every column it touches.
  private var splitsThatBalance: [Finding] {
    sums.flatMap { sum -> [Finding] in
      let group = sum.group.balances
      let rows = group.filter { $0.standing == .fails && isRow($0) }
      // One wrong cell that explains every failure is a better word than two, unless both words say the same. (Swapping two
      // digits changes a figure by a multiple of nine, and so does taking a number apart: the row alone cannot tell.)
      let single = sum.localisation?.suspect
      return rows.compactMap { row -> Finding? in
        let splits = Self.splits(row, ledger).filter { split in
          !group.contains { speaksAgainst($0, split, row) }
        }
        guard splits.count == 1, single.map({ agrees($0, splits[0]) }) ?? true else { return nil }
        return splitFinding(splits[0])
      }
    }
  }

  private func agrees(_ change: Correction.Change, _ split: Split) -> Bool {
    change.cell == split.into && change.balancesAt.map(Exact.init) == split.joined
  }

  private func isRow(_ balance: Balance) -> Bool {
    balance.relation.family == .rowSum || balance.relation.family == .caseSum
  }

  /// `left` and `right` as they stand; their joining goes into `into`, and the other is none.
  struct Split {
    let left: CellKey
    let right: CellKey
    let into: CellKey
    let digits: (left: Exact, right: Exact)
    let joined: Exact

    var other: CellKey { into == left ? right : left }

    /// By how much a cell would change.
    func change(of key: CellKey) -> Exact {
      switch key {
      case into: joined - (into == left ? digits.left : digits.right)
      case other: -(other == left ? digits.left : digits.right)
      default: .zero
      }
    }
  }

  private static func splits(_ row: Balance, _ ledger: Ledger) -> [Split] {
    guard row.openLeft.isEmpty, row.openRight.isEmpty else { return [] }
    let cells = row.relation.cells
    return zip(cells, cells.dropFirst()).flatMap { left, right -> [Split] in
      guard let a = digit(ledger[left]), let b = digit(ledger[right]), a > 0 else { return [] }
      let total = row.relation.right.first
      let into = right == total ? [right] : [left, right]
      return into.map { key in
        Split(
          left: left, right: right, into: key, digits: (Exact(a), Exact(b)),
          joined: Exact(10 * a + b))
      }
      .filter { split in
        let parts = row.relation.left.map { split.change(of: $0) }
        let whole = row.relation.right.map { split.change(of: $0) }
        return row.left + Exact.sum(parts) == row.right + Exact.sum(whole)
      }
    }
  }

  private static func digit(_ value: Exact?) -> Int? {
    guard let value, let integer = value.figure?.integer, (0...9).contains(integer) else {
      return nil
    }
    return integer
  }

  /// Whether another relation that the joining touches would fail after it: one that fails for a reason that the joining does
  /// not take away (then a single wrong cell explains more), or one that holds, also if only with its blanks as none: it
  /// would want a figure that is nowhere.
  private func speaksAgainst(_ balance: Balance, _ split: Split, _ row: Balance) -> Bool {
    guard balance.relation != row.relation else { return false }
    let left = Exact.sum(balance.relation.left.map { split.change(of: $0) })
    let right = Exact.sum(balance.relation.right.map { split.change(of: $0) })
    guard left != right else { return false }
    let difference = balance.left + left - balance.right - right
    return switch balance.standing {
    case .holds: difference != .zero
    case .fails: !(balance.allowed?.contains(difference) ?? true)
    case .open, .doubtful: false
    }
  }

  private func splitFinding(_ split: Split) -> Finding {
    Rule.digitSplit.finding(
      cells: [split.left, split.right], expected: split.joined.description,
      found: "\(split.digits.left) \(split.digits.right)",
      say(
        "\(language.row(split.left))中相邻的 \(split.digits.left) 和 \(split.digits.right) "
          + "像是一个数 \(split.joined) 被拆进两格，合起来这一行就相符，请核对。",
        en:
          "In \(language.row(split.left)), the neighbours \(split.digits.left) and \(split.digits.right) look "
          + "like one number, \(split.joined), in two cells: joined, the row balances. Please check."
      ))
  }
}
