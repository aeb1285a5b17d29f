/// The levels of syslog, with the meaning they have here.
public enum Priority: Int, Sendable, Comparable, CaseIterable {
  /// The daemon cannot go on, or what it keeps is damaged.
  case critical = 2
  /// Something failed and somebody must act.
  case error = 3
  /// Handled, but look at it.
  case warning = 4
  /// Normal, and worth a line a day later.
  case notice = 5
  case info = 6
  case debug = 7

  /// The word of a plain line.
  public var word: String {
    switch self {
    case .critical: "CRITICAL"
    case .error: "ERROR"
    case .warning: "WARNING"
    case .notice: "NOTICE"
    case .info: "INFO"
    case .debug: "DEBUG"
    }
  }

  /// The more urgent is the greater.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue > b.rawValue }
}
