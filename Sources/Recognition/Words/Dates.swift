import Reports

/// Dates in folded text.
enum Dates {
  struct Found {
    let date: CalendarDate
    let range: Range<Int>
  }

  /// The date that begins at `index`: `2024-01-30`, `2024/1/30`, `2024.1.30`, 2024年1月30日, 二〇二四年一月三十日.
  static func date(_ text: Folded, at index: Int) -> Found? {
    if let numeral = chinese(text, at: index) { return numeral }
    guard let year = text.digits(at: index, limit: 5), year.count == 4,
      (2000...2099).contains(year.value)
    else { return nil }
    var position = index + 4
    guard position < text.count else { return nil }
    let mark = text[position]
    let isWorded = mark == U.year
    guard isWorded || mark == U.dash || mark == 0x2F || mark == U.point else { return nil }
    position += 1
    guard let month = text.digits(at: position, limit: 2) else { return nil }
    position += month.count
    guard position < text.count, text[position] == (isWorded ? U.month : mark) else { return nil }
    position += 1
    guard let day = text.digits(at: position, limit: 2) else { return nil }
    position += day.count
    if isWorded {
      guard position < text.count, text[position] == U.day else { return nil }
      position += 1
    }
    guard let date = CalendarDate(year: year.value, month: month.value, day: day.value) else {
      return nil
    }
    return Found(date: date, range: index..<position)
  }

  /// As ``date(_:at:)``, also 20240130 and dates whose 年, 月 or 日 were lost on the way (`2024年130日`, `20241月30日`):
  /// only where the digits can be one day and no other.
  static func damaged(_ text: Folded, at index: Int) -> Found? {
    if let date = date(text, at: index) { return date }
    guard let year = text.digits(at: index, limit: 4), year.count == 4,
      (2000...2099).contains(year.value)
    else { return nil }
    if let run = text.digits(at: index, limit: 9), run.count == 8 {
      let date = CalendarDate(
        year: year.value, month: run.value / 100 % 100, day: run.value % 100)
      return date.map { Found(date: $0, range: index..<(index + 8)) }
    }
    let start = text.has([U.year], at: index + 4) ? index + 5 : index + 4
    var found: [Found] = []
    for width in [1, 2] {
      guard let month = text.digits(at: start, limit: width), month.count == width else { continue }
      let next = text.has([U.month], at: start + width) ? start + width + 1 : start + width
      guard let day = text.digits(at: next, limit: 3), day.count <= 2 else { continue }
      var end = next + day.count
      if text.has([U.day], at: end) { end += 1 }
      if let date = CalendarDate(year: year.value, month: month.value, day: day.value) {
        found.append(Found(date: date, range: index..<end))
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  /// The first date at or after `start`.
  static func first(in text: Folded, from start: Int = 0) -> Found? {
    var index = start
    while index < text.count {
      if text[index] == 0x32 || numerals.contains(text[index]),
        index == 0 || !Fold.isDigit(text[index - 1]), let found = date(text, at: index)
      {
        return found
      }
      index += 1
    }
    return nil
  }

  private static let digits: [UInt16: Int] = {
    var table: [UInt16: Int] = [0x3007: 0, 0x96F6: 0]
    for (value, c) in "一二三四五六七八九".utf16.enumerated() { table[c] = value + 1 }
    return table
  }()
  private static let numerals = CharacterSet(digits.keys)
  private static let ten: UInt16 = 0x5341

  /// A year in Chinese numerals: 二〇二三.
  static func chineseYear(_ text: Folded, at index: Int) -> Int? {
    guard index + 4 <= text.count else { return nil }
    var value = 0
    for c in text[index..<(index + 4)] {
      guard let digit = digits[c] else { return nil }
      value = value * 10 + digit
    }
    return (2000...2099).contains(value) ? value : nil
  }

  private static func chinese(_ text: Folded, at index: Int) -> Found? {
    guard let year = chineseYear(text, at: index), text.has([U.year], at: index + 4),
      let month = small(text, at: index + 5), text.has([U.month], at: month.end),
      let day = small(text, at: month.end + 1), text.has([U.day], at: day.end),
      let date = CalendarDate(year: year, month: month.value, day: day.value)
    else { return nil }
    return Found(date: date, range: index..<(day.end + 1))
  }

  /// 一 … 三十一.
  private static func small(_ text: Folded, at index: Int) -> (value: Int, end: Int)? {
    var value = 0
    var position = index
    while position < text.count, position - index < 3 {
      if text[position] == ten {
        value = max(value, 1) * 10
      } else if let digit = digits[text[position]] {
        value += digit
      } else {
        break
      }
      position += 1
    }
    return position > index ? (value, position) : nil
  }
}
