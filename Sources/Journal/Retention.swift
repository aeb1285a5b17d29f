import CLinux
public import Digests
import GRDB
import Glibc
public import Reports

// Originals may be dropped after the years that an office must keep them. The journal keeps everything else, their digest
// included: an entry of the chain says for each arrival that its original was let go, so that `verify` tells a file that
// was dropped by the rule from one that somebody removed.

/// An original whose time is over, and every arrival that came with these bytes.
public struct ExpiredOriginal: Sendable, Hashable {
  public let digest: Digest
  public let arrivals: [Int]
}

extension JournalReader {
  /// Originals all of whose arrivals were told and judged before a moment, and have no entry yet; oldest first.
  public func expirable(
    before time: Timestamp, limit: Int
  ) throws(JournalError) -> [ExpiredOriginal] {
    try connection.read { db in
      let digests = try Row.fetchAll(
        db,
        sql: """
          WITH originals AS (SELECT sha256, max(number) AS newest, max(judged) AS last, \
          sum(state <> 'told') AS open FROM arrivals WHERE sha256 IS NOT NULL GROUP BY sha256) \
          SELECT sha256 FROM originals o WHERE last < ? AND open = 0 \
          AND NOT EXISTS (SELECT 1 FROM members m JOIN arrivals w ON w.number = m.arrival \
          WHERE m.sha256 = o.sha256 AND w.state <> 'told') \
          AND NOT EXISTS (SELECT 1 FROM entries WHERE arrival = o.newest AND kind = 'expired') \
          ORDER BY newest LIMIT ?
          """, arguments: [time.microseconds, limit]
      ).compactMap { $0.digest(0) }
      return try digests.map { digest in
        ExpiredOriginal(
          digest: digest,
          arrivals: try Int.fetchAll(
            db,
            sql: """
              SELECT number FROM arrivals WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM entries \
              WHERE arrival = number AND kind = 'expired') ORDER BY number
              """, arguments: [digest.blob]))
      }
    }
  }

  /// When the original of an arrival was dropped; `nil`: it was not.
  public func expired(_ arrival: Int) throws(JournalError) -> Timestamp? {
    try moment(of: .expired, arrival)
  }

  /// When a number was given up because its file had never left the inbox; `nil`: it was not.
  public func withdrawn(_ arrival: Int) throws(JournalError) -> Timestamp? {
    try moment(of: .withdrawn, arrival)
  }

  private func moment(of kind: Entry.Kind, _ arrival: Int) throws(JournalError) -> Timestamp? {
    try connection.read { db in
      try Int64.fetchOne(
        db, sql: "SELECT time FROM entries WHERE arrival = ? AND kind = ?",
        arguments: [arrival, kind.rawValue]
      ).map(Timestamp.init(microseconds:))
    }
  }

  /// Digests that no arrival needs any more: what is left of these files after a kill goes.
  public func allExpired() throws(JournalError) -> [Digest] {
    try connection.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT sha256 FROM arrivals a WHERE sha256 IS NOT NULL GROUP BY sha256 \
          HAVING sum(NOT EXISTS (SELECT 1 FROM entries WHERE arrival = a.number AND kind = 'expired')) = 0
          """
      ).compactMap { $0.digest(0) }
    }
  }
}

extension Journal {
  /// Says of each arrival that its original is let go. The files are removed afterwards: a kill in between leaves some
  /// that ``JournalReader/allExpired()`` finds.
  public func expire(_ originals: [ExpiredOriginal]) throws(JournalError) {
    guard !originals.isEmpty else { return }
    try append { _, chain in
      for original in originals {
        for arrival in original.arrivals {
          var payload = Payload()
          payload.add("original", original.digest)
          try chain.append(.expired, arrival: arrival, payload)
        }
      }
    }
  }
}

extension Archive {
  /// Removes an original. One that is gone already is no error.
  /// - Returns: whether it was there.
  public func remove(_ digest: Digest) throws(ArchiveError) -> Bool {
    let result = linux_unlink_at(root, Archive.path(digest))
    guard result >= 0 || result == -ENOENT else { throw ArchiveError("remove \(digest)", result) }
    return result >= 0
  }
}
