/// A date of the calendar, without a time or zone: due dates and publication dates are compared as such.
public struct CalendarDate: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// `nil` for a date that the calendar does not have.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.days(in: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// `2024-01-30`.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let date = text.withUTF8(CalendarDate.read)
    guard let date else { return nil }
    self = date
  }

  // Not generic, so that it is compiled for what it reads: a country's year has a hundred thousand dates.
  private static func read(_ text: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
    var (year, month, day) = (0, 0, 0)
    var (dashes, digits) = (0, 0)
    for byte in text {
      if byte == UInt8(ascii: "-"), digits > 0 {
        (year, month, day) = (month, day, 0)
        dashes += 1
        digits = 0
      } else {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 4 else { return nil }
        day = day * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
      }
    }
    guard dashes == 2, digits > 0 else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 (Howard Hinnant, “chrono-compatible low-level date algorithms”).
  public var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  public var description: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  public static func < (a: Self, b: Self) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a date: \(text)"))
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
