/// A moment, in microseconds since 1970-01-01T00:00:00Z. People read it in China's time (UTC+8, one zone, no summer
/// time since 1991).
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  public let microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }

  private static let zone: Int64 = 8 * 3600

  private var parts: (days: Int64, second: Int64, micro: Int64) {
    let seconds = microseconds.flooredQuotient(1_000_000)
    let local = seconds + Timestamp.zone
    let days = local.flooredQuotient(86_400)
    return (days, local - days * 86_400, microseconds - seconds * 1_000_000)
  }

  /// The date in China.
  public var date: CalendarDate {
    // Civil from days (Howard Hinnant, “chrono-compatible low-level date algorithms”).
    let z = parts.days + 719_468
    let era = z.flooredQuotient(146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return CalendarDate(year: Int(year), month: Int(month), day: Int(day))!
  }

  /// `09:20:05` in China.
  public var clock: String {
    let second = parts.second
    return [second / 3600, second / 60 % 60, second % 60]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// RFC 3339 with microseconds: `2024-01-30T09:20:05.000123+08:00`.
  public var description: String {
    let micro = String(parts.micro)
    let padded = String(repeating: "0", count: 6 - micro.count) + micro
    return "\(date)T\(clock).\(padded)+08:00"
  }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
