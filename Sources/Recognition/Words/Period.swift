import Reports

/// A span of time told in the text: 2023年1月1日至2023年12月31日, also with characters lost on the way.
struct Period {
  let start: CalendarDate
  let end: CalendarDate
  let range: Range<Int>

  /// The year that is reported on, when the period is in one year.
  var year: Int? { start.year == end.year ? start.year : nil }
  var value: String { "\(start)/\(end)" }
  var isWholeYear: Bool {
    year != nil && start.month == 1 && start.day == 1 && end.month == 12 && end.day == 31
  }

  /// The year of `2023-01-01/2023-12-31`; `nil` where the two ends are in different years.
  static func year(of value: String) -> Int? {
    let parts = value.split(separator: "/")
    guard parts.count == 2, parts[0].prefix(4) == parts[1].prefix(4) else { return nil }
    return Int(parts[0].prefix(4))
  }

  /// The 31 December that stands closely behind one of the words, and its year.
  static func yearEnd(in text: Folded, after words: WordSet) -> (value: Int, index: Int)? {
    for start in text.indices {
      guard let word = words.word(at: start, in: text) else { continue }
      for index in (start + word.count)..<min(start + word.count + 8, text.count)
      where text.has(century, at: index) {
        let ends = dates(text, at: index, year: nil).map(\.date)
        if let date = ends.first(where: { $0.month == 12 && $0.day == 31 }) {
          return (date.year, start)
        }
      }
    }
    return nil
  }

  /// The first period in folded text.
  static func find(in text: Folded) -> Period? {
    for index in text.indices where text[index] == 0x32 && text.has(century, at: index) {
      if index > 0, Fold.isDigit(text[index - 1]) { continue }
      if let period = period(text, at: index) ?? months(text, at: index) { return period }
    }
    return nil
  }

  private static func period(_ text: Folded, at index: Int) -> Period? {
    for start in dates(text, at: index, year: nil) {
      var next = start.end
      for word in joints where text.has(word, at: next) {
        next += word.count
        break
      }
      guard next > start.end,
        let joint = separator(text, at: next) ?? (next > start.end ? next : nil)
      else { continue }
      for end in dates(text, at: joint, year: start.date.year) where start.date < end.date {
        return Period(start: start.date, end: end.date, range: index..<end.end)
      }
    }
    return nil
  }

  /// 2023年1月至12月, 2023年1-12月.
  private static func months(_ text: Folded, at index: Int) -> Period? {
    guard let year = text.digits(at: index, limit: 5), year.count == 4,
      text.has([U.year], at: index + 4),
      let first = text.digits(at: index + 5, limit: 2)
    else { return nil }
    var position = skip(text, index + 5 + first.count, [U.month])
    if text.has(portion, at: position) { position += portion.count }
    guard let joint = joints.first(where: { text.has($0, at: position) }) else { return nil }
    position += joint.count
    guard let last = text.digits(at: position, limit: 2) else { return nil }
    position += last.count
    guard text.has([U.month], at: position), text.digits(at: position + 1, limit: 1) == nil,
      let start = CalendarDate(year: year.value, month: first.value, day: 1),
      let end = lastDay(year.value, last.value), start < end
    else { return nil }
    return Period(start: start, end: end, range: index..<(position + 1))
  }

  private static func lastDay(_ year: Int, _ month: Int) -> CalendarDate? {
    (28...31).reversed().lazy.compactMap {
      CalendarDate(year: year, month: month, day: $0)
    }.first
  }

  private static let portion = f("份")
  private static let joints: [Folded] = [
    "起至", "开始至", "起到", "起-", "--", "至", "到", "-", "~", "—", "起,至",
  ].map(f)

  private static let century = f("20")
  private static let thisYear = ["当年", "同年", "本年"].map(f)

  /// 当年, 同年 in front of the second date.
  private static func separator(_ text: Folded, at index: Int) -> Int? {
    for word in thisYear where text.has(word, at: index) {
      return index + word.count
    }
    return nil
  }

  /// The dates that digits at `index` may mean, likeliest first: marks between year, month and day may be lost
  /// (`202311日`, `20231月1日`, `20231231日`).
  private static func dates(
    _ text: Folded, at index: Int, year: Int?
  ) -> [(date: CalendarDate, end: Int)] {
    var results: [(date: CalendarDate, end: Int)] = []
    var starts: [(year: Int, position: Int)] = []
    if let digits = text.digits(at: index, limit: 4), digits.count == 4,
      (2000...2099).contains(digits.value)
    {
      starts.append((digits.value, skip(text, index + 4, yearMarks)))
    }
    if let year { starts.append((year, index)) }
    for (year, position) in starts {
      for monthWidth in [2, 1] {
        guard let month = text.digits(at: position, limit: monthWidth), month.count == monthWidth
        else { continue }
        let afterMonth = skip(text, position + monthWidth, monthMarks)
        for dayWidth in [2, 1] {
          guard let day = text.digits(at: afterMonth, limit: dayWidth), day.count == dayWidth,
            let date = CalendarDate(year: year, month: month.value, day: day.value)
          else { continue }
          var end = afterMonth + dayWidth
          if end < text.count, Fold.isDigit(text[end]) { continue }
          if end < text.count, text[end] == U.day { end += 1 }
          results.append((date, end))
        }
      }
    }
    return results
  }

  private static let yearMarks: CharacterSet = [U.year, U.point, U.dash, 0x2F]
  private static let monthMarks: CharacterSet = [U.month, U.point, U.dash, 0x2F]

  private static func skip(_ text: Folded, _ index: Int, _ marks: CharacterSet) -> Int {
    index < text.count && marks.contains(text[index]) ? index + 1 : index
  }
}
