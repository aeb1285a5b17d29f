import Forms

/// Ascending numbers as ranges: `1-10 12 33-207`.
enum Ranges {
  static func text(_ numbers: [Int]) -> String {
    var parts: [String] = []
    var start = 0
    while start < numbers.count {
      var end = start
      while end + 1 < numbers.count, numbers[end + 1] == numbers[end] + 1 { end += 1 }
      parts.append(start == end ? "\(numbers[start])" : "\(numbers[start])-\(numbers[end])")
      start = end + 1
    }
    return parts.joined(separator: " ")
  }

  /// `nil` for anything that ``text(_:)`` does not write.
  static func numbers(_ text: String) -> [Int]? {
    var result: [Int] = []
    for part in text.utf8.split(separator: UInt8(ascii: " ")) {
      let ends = part.split(separator: UInt8(ascii: "-")).map { Int(Substring($0)) }
      guard let first = ends.first, let start = first, ends.count <= 2,
        let last = ends.last, let end = last, start <= end, end < 100_000,
        start > result.last ?? -1
      else { return nil }
      result.append(contentsOf: start...end)
    }
    return result
  }
}

/// Text in which tabs, line feeds, bars and number signs have other uses.
enum Escaping {
  private static let pairs: [(plain: UInt8, escaped: UInt8)] = [
    (UInt8(ascii: "\\"), UInt8(ascii: "\\")), (UInt8(ascii: "\t"), UInt8(ascii: "t")),
    (UInt8(ascii: "\n"), UInt8(ascii: "n")), (UInt8(ascii: "|"), UInt8(ascii: "p")),
    (UInt8(ascii: "#"), UInt8(ascii: "h")), (0, UInt8(ascii: "0")),
  ]

  static func append(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 { append(byte, to: &bytes) }
  }

  static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    // Nearly every byte is a letter or a digit, or part of a Chinese character.
    if byte >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      bytes.append(byte)
    } else if let pair = pairs.first(where: { $0.plain == byte }) {
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(pair.escaped)
    } else {
      bytes.append(byte)
    }
  }

  static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var pending = false
    for byte in bytes {
      if pending {
        guard let pair = pairs.first(where: { $0.escaped == byte }) else { return nil }
        result.append(pair.plain)
        pending = false
      } else if byte == UInt8(ascii: "\\") {
        pending = true
      } else {
        result.append(byte)
      }
    }
    return pending ? nil : String(decoding: result, as: UTF8.self)
  }
}

/// Where cells stand: neighbours have neighbouring places, so places are kept as runs.
///
/// The first line has the patterns, separated by bars: a place with `#` for each of its numbers. The second has the runs,
/// separated by spaces: the pattern's number from 0 and a colon, left out where it is that of the run before; the numbers,
/// separated by points; and `*n` for n places that count up the last number. `-` stands for cells without a place.
/// `表格1第4行第2列` to `…第8列` are thus `表格#第#行第#列` and `0:1.4.2*7`.
enum PlaceCode {
  static func text(_ places: [String?]) -> String {
    var patterns: [[UInt8]] = []
    var runs: [String] = []
    var last: Int?
    var position = 0
    let parts = places.map { $0.map(split) }
    while position < parts.count {
      guard let (pattern, numbers) = parts[position] else {
        let count = parts[position...].prefix { $0 == nil }.count
        runs.append("-" + repeated(count))
        position += count
        continue
      }
      var count = 1
      if !numbers.isEmpty {
        var expected = numbers
        while position + count < parts.count, let next = parts[position + count] {
          expected[expected.count - 1] += 1
          guard next.numbers == expected, next.pattern == pattern else { break }
          count += 1
        }
      }
      let index = patterns.firstIndex(of: pattern) ?? patterns.count
      if index == patterns.count { patterns.append(pattern) }
      let name = index == last && !numbers.isEmpty ? "" : "\(index):"
      runs.append(name + numbers.map { "\($0)" }.joined(separator: ".") + repeated(count))
      last = index
      position += count
    }
    return String(decoding: Array(patterns.joined(separator: "|".utf8)), as: UTF8.self) + "\n"
      + runs.joined(separator: " ")
  }

  private static func repeated(_ count: Int) -> String { count > 1 ? "*\(count)" : "" }

  /// Numbers with leading zeros or more than nine digits stay part of the pattern.
  private static func split(_ place: String) -> (pattern: [UInt8], numbers: [Int]) {
    var pattern: [UInt8] = []
    var numbers: [Int] = []
    let bytes = Array(place.utf8)
    var position = 0
    while position < bytes.count {
      let digits = bytes[position...].prefix {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
      if !digits.isEmpty, digits.count <= 9, digits.first != UInt8(ascii: "0") {
        numbers.append(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
        pattern.append(UInt8(ascii: "#"))
      } else if !digits.isEmpty {
        pattern.append(contentsOf: digits)
      } else {
        Escaping.append(bytes[position], to: &pattern)
      }
      position += max(1, digits.count)
    }
    return (pattern, numbers)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  /// `nil` for anything that ``text(_:)`` does not write.
  static func places(_ text: String, count: Int) -> [String?]? {
    let lines = Array(text.utf8).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count == 2 else { return nil }
    let patterns = lines[0].split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map { $0.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false) }
      .map { $0.map { Escaping.text($0) ?? "" } }
    var result: [String?] = []
    result.reserveCapacity(count)
    var pattern: [String]?
    for run in lines[1].split(separator: UInt8(ascii: " ")) {
      let parts = run.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      guard let times = parts.count == 1 ? 1 : number(parts[1]), parts.count <= 2,
        times > 0,
        times <= count - result.count
      else { return nil }
      if parts[0].elementsEqual("-".utf8) {
        result.append(contentsOf: repeatElement(nil, count: times))
        continue
      }
      let named = parts[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      if named.count == 2 {
        guard let index = number(named[0]), patterns.indices.contains(index) else {
          return nil
        }
        pattern = patterns[index]
      }
      let numbers = named[named.count - 1].split(separator: UInt8(ascii: "."))
        .map { number($0) ?? -1 }
      guard let pattern, named.count <= 2, numbers.count == pattern.count - 1,
        !numbers.contains(-1)
      else { return nil }
      for step in 0..<times {
        var place = pattern[0]
        for (position, number) in numbers.enumerated() {
          place += String(position == numbers.count - 1 ? number + step : number)
          place += pattern[position + 1]
        }
        result.append(place)
      }
    }
    return result.count == count ? result : nil
  }
}
