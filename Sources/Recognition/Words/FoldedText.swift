/// Searching in folded text.
typealias Folded = [UInt16]

/// Folds words that stand in the program.
func f(_ words: String) -> Folded { Fold.fold(words) }

extension RandomAccessCollection where Element == UInt16, Index == Int {
  /// Where `words` first stand at or after `start`.
  func find(_ words: Folded, from start: Int? = nil) -> Int? {
    guard let first = words.first, count >= words.count else { return nil }
    var index = start ?? startIndex
    let last = endIndex - words.count
    while index <= last {
      if self[index] == first, has(words, at: index) { return index }
      index += 1
    }
    return nil
  }

  func findLast(_ words: Folded) -> Int? {
    var found: Int?
    var start = startIndex
    while let index = find(words, from: start) {
      found = index
      start = index + 1
    }
    return found
  }

  func has(_ words: Folded, at index: Int) -> Bool {
    guard index >= startIndex, index + words.count <= endIndex else { return false }
    for offset in 0..<words.count where self[index + offset] != words[offset] { return false }
    return true
  }

  func contains(words: Folded) -> Bool { find(words) != nil }
  func contains(anyOf list: [Folded]) -> Bool { list.contains { find($0) != nil } }
  func hasSuffix(_ words: Folded) -> Bool { has(words, at: endIndex - words.count) }
  func hasPrefix(_ words: Folded) -> Bool { has(words, at: startIndex) }

  /// The digits that stand at `index`, at most `limit` of them and eighteen.
  func digits(at index: Int, limit: Int) -> (value: Int, count: Int)? {
    let limit = Swift.min(limit, 18)
    var value = 0
    var count = 0
    while index + count < endIndex, count < limit, Fold.isDigit(self[index + count]) {
      value = value * 10 + Int(self[index + count] - 0x30)
      count += 1
    }
    return count > 0 ? (value, count) : nil
  }

  var string: String { String(decoding: self, as: UTF16.self) }
}
