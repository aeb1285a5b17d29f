import ArgumentParser

/// Exit codes of the contract; those from 64 on are the customary ones of sysexits.h.
enum ExitStatus: Int32, Comparable {
  case done = 0
  /// `check`: at least one report is returned. `verify`: damage found.
  case problems = 1
  /// `check`: at least one file is unreadable or no report.
  case noReport = 2
  case usage = 64
  case noInput = 66
  case unavailable = 69
  case fault = 70
  case tryAgain = 75
  case configuration = 78

  var code: ExitCode { ExitCode(rawValue) }

  /// Of several, the highest wins.
  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
