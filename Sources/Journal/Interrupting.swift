import GRDB
import GRDBSQLite

extension JournalReader {
  /// Reads that are given up when nobody wants them any more, in the middle of whatever `body` asks.
  ///
  /// - Parameter isUnwanted: asked thousands of times a second while SQLite works.
  /// - Throws: ``JournalError/interrupted`` then.
  public func reading<T>(
    until isUnwanted: @escaping @Sendable () -> Bool, _ body: () throws(JournalError) -> T
  ) throws(JournalError) -> T {
    let condition = Condition(isUnwanted)
    connection.watch(condition)
    defer { connection.watch(nil) }
    return try withExtendedLifetime(condition) { () throws(JournalError) in try body() }
  }
}

private final class Condition: Sendable {
  /// Steps of SQLite's machine: some twenty rows.
  static let interval: Int32 = 1000

  let isMet: @Sendable () -> Bool

  init(_ isMet: @escaping @Sendable () -> Bool) { self.isMet = isMet }
}

extension Connection {
  fileprivate func watch(_ condition: Condition?) {
    queue.unsafeRead { db in
      guard let condition else {
        return sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil)
      }
      sqlite3_progress_handler(
        db.sqliteConnection, Condition.interval,
        { Unmanaged<Condition>.fromOpaque($0!).takeUnretainedValue().isMet() ? 1 : 0 },
        Unmanaged.passUnretained(condition).toOpaque())
    }
  }
}
