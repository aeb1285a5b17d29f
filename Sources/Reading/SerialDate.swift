/// A date and a time as spreadsheets keep them: days since the end of 1899, or since the beginning of 1904.
struct SerialDate {
  private let year: Int
  private let month: Int
  private let day: Int
  /// From Sunday, 0.
  private let weekday: Int
  private let seconds: Int
  private let days: Int

  /// `nil`: no date that is shown as one.
  init?(_ value: DecimalText, from1904: Bool) {
    guard !value.isNegative, var days = value.whole, days <= 2_958_465 else { return nil }
    // Rounded to the second.
    var seconds = (value.fraction / 1000 * 86_400 + 500_000) / 1_000_000
    if seconds == 86_400 {
      seconds = 0
      days += 1
    }
    self.seconds = seconds
    self.days = days
    // Excel has a 29th of February 1900, day 60, and so begins a day later than the calendar.
    let sinceEpoch = from1904 ? days - 24_107 : days - (days < 60 ? 25_568 : 25_569)
    weekday = ((sinceEpoch + 4) % 7 + 7) % 7
    // Civil from days (H. Hinnant): years begin in March, eras have 400 of them.
    let shifted = sinceEpoch + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  func text(_ parts: [FormatSection.Part]) -> String {
    let isHalfDay = parts.contains(.date("AM/PM"))
    return parts.map { part in
      switch part {
      case .literal(let text): text
      case .date(let letters): text(letters, isHalfDay: isHalfDay)
      case .point: "."
      case .fraction: "/"
      default: ""
      }
    }.joined()
  }

  private func text(_ letters: String, isHalfDay: Bool) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let hour = seconds / 3600
    let shownHour = isHalfDay ? (hour + 11) % 12 + 1 : hour
    switch letters {
    case "yy": return two(year % 100)
    case "y": return two(year % 100)
    case "m": return "\(month)"
    case "mm": return two(month)
    case "d": return "\(day)"
    case "dd": return two(day)
    case "h": return "\(shownHour)"
    case "hh": return two(shownHour)
    case "n": return "\(seconds / 60 % 60)"
    case "nn": return two(seconds / 60 % 60)
    case "s": return "\(seconds % 60)"
    case "ss": return two(seconds % 60)
    case "AM/PM": return hour < 12 ? "AM" : "PM"
    case "[h]": return "\(days * 24 + hour)"
    case "[m]": return "\(days * 1440 + seconds / 60)"
    case "[s]": return "\(days * 86_400 + seconds)"
    case "aaa", "ddd": return "周" + Self.weekdays[weekday]
    case "aaaa", "dddd": return "星期" + Self.weekdays[weekday]
    default: break
    }
    if letters.hasPrefix("yyy") { return "\(year)" }
    if letters.hasPrefix("mmm") { return "\(month)月" }
    return ""
  }

  private static let weekdays = ["日", "一", "二", "三", "四", "五", "六"]
}
