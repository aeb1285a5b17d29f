import Reports

/// The figures of table 4 on a line each: one that stands twice and one that is lost are as many, and those between them
/// stand one cell too far.
struct Table4Lines {
  let tokens: [Token]
  let fields: [Int]

  /// Two blocks or more do not sum up, and all of them do with one figure less and one more: one of two equal neighbours
  /// less, or two that are the halves of one; any one more, or one of two that have been joined. Or one does not, which has a
  /// large figure twice: then its total may be the line that is lost.
  var mayBeShifted: Bool {
    let amounts = fields.compactMap { tokens[$0].value.amount }
    guard amounts.count == Table4Reading.count, fields.allSatisfy({ tokens[$0].layout == .line })
    else { return false }
    guard !isBalanced(amounts, but: 1) else {
      return blocks(amounts).contains { !Self.sumsUp(Array($0)) && Self.hasTwins($0) }
    }
    return amounts.indices.dropLast().contains { index in
      shortened(amounts, at: index).contains { rest in
        (0...rest.count).contains { place in
          isBalanced(
            rest[..<place].map(Optional.some) + [nil] + rest[place...].map(Optional.some))
        } || rest.indices.contains { isBalanced(rest, split: $0) }
      }
    }
  }

  /// With the figure at `index` and the next one taken for one.
  private func shortened(_ amounts: [Figure], at index: Int) -> [[Figure]] {
    let (first, second) = (amounts[index], amounts[index + 1])
    var ones = first.equals(second) ? [first] : []
    if let whole = Figure(first.description + second.description) { ones.append(whole) }
    return ones.map { amounts[..<index] + [$0] + amounts[(index + 2)...] }
  }

  /// - Parameter but: so many blocks may be out of balance.
  private func isBalanced(_ amounts: [Figure], but others: Int) -> Bool {
    blocks(amounts).count { !Self.sumsUp(Array($0)) } <= others
  }

  /// - Parameter amounts: one may be unknown.
  private func isBalanced(_ amounts: [Figure?]) -> Bool {
    blocks(amounts).allSatisfy { block in
      let known = block.compactMap(\.self)
      if known.count == block.count { return Self.sumsUp(known) }
      guard let last = block.last, let total = last else { return true }
      return !(total - known.dropLast().reduce(Figure(0), +)).isNegative
    }
  }

  private func isBalanced(_ amounts: [Figure], split place: Int) -> Bool {
    let digits = amounts[place].description
    guard digits.utf8.count > 1, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return false
    }
    return digits.indices.dropFirst().contains { cut in
      guard let first = Figure(String(digits[..<cut])), let second = Figure(String(digits[cut...]))
      else { return false }
      return isBalanced(
        Array(amounts[..<place]) + [first, second] + amounts[(place + 1)...], but: 0)
    }
  }

  private func blocks<T>(_ amounts: [T]) -> [ArraySlice<T>] {
    let width = Table4Reading.blocks[0].columns.count
    return stride(from: 0, to: amounts.count, by: width).map { amounts[$0..<($0 + width)] }
  }

  /// Small figures stand beside their like by chance.
  private static func hasTwins(_ block: ArraySlice<Figure>) -> Bool {
    zip(block, block.dropFirst()).contains { first, second in
      first.equals(second) && !(first - Figure(100)).isNegative
    }
  }

  private static func sumsUp(_ block: [Figure]) -> Bool {
    block.last.map { block.dropLast().reduce(Figure(0), +).equals($0) } ?? false
  }
}
