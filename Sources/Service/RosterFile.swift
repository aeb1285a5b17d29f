public import Reports
public import Roster

/// A roster that cannot be used: every line at fault.
public struct RosterError: Error, Sendable {
  public let file: String
  let cause: Cause
  /// Nothing is wrong with the file; it could not be read now.
  var isPassing = false

  enum Cause: Sendable {
    case unreadable(String)
    case refused(RosterRefused)
  }

  /// One line: the file, and each mistake with its line.
  public func message(in language: Language) -> String {
    switch cause {
    case .unreadable(let why):
      "\(file): " + language.say("无法读取（\(why)）", en: "cannot be read (\(why))")
    case .refused(let refused): "\(file): " + refused.message(in: language)
    }
  }
}

extension Places {
  /// Who must report. `nil`: the office has not said, nobody is unknown and nobody missing.
  public func loadRoster() throws(RosterError) -> Roster? {
    let bytes: [UInt8]
    do {
      bytes = try readFile(roster, limit: 16 << 20)
    } catch let error where error.isMissing {
      return nil
    } catch {
      throw RosterError(file: roster, cause: .unreadable(error.reason), isPassing: error.isPassing)
    }
    do {
      return try Roster(csv: bytes)
    } catch {
      throw RosterError(file: roster, cause: .refused(error))
    }
  }
}
