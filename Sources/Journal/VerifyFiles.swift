import CLinux
public import Digests
import GRDB
import Glibc

extension JournalReader {
  public static let page = 500

  /// Every original is hashed. Rows are read in pages, so that the daemon's log does not grow for as long as this takes.
  func verifyOriginals(
    _ archive: Archive, _ report: inout VerifyReport, _ progress: (VerifyProgress) -> Void
  ) throws(JournalError) {
    var last = 0
    while true {
      let page = try connection.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT number, sha256, size FROM arrivals WHERE number > ? AND sha256 IS NOT NULL \
            AND sha256 IS NOT (SELECT sha256 FROM arrivals o WHERE o.number = arrivals.duplicate_of) \
            AND NOT EXISTS (SELECT 1 FROM entries \
            WHERE entries.arrival = number AND kind = 'expired') ORDER BY number LIMIT \(JournalReader.page)
            """, arguments: [last]
        ).map { (number: $0[0] as Int, digest: $0.digest(1), size: $0[2] as Int?) }
      }
      for item in page {
        last = item.number
        report.originals += 1
        guard let digest = item.digest else { continue }
        verifyOriginal(archive, item.number, digest, item.size, &report)
        if report.originals % 1000 == 0 {
          progress(VerifyProgress(stage: .originals, done: report.originals))
        }
      }
      if page.count < JournalReader.page { break }
    }
    try countStrangers(archive, &report)
  }

  private func verifyOriginal(
    _ archive: Archive, _ number: Int, _ digest: Digest, _ size: Int?, _ report: inout VerifyReport
  ) {
    let expected = "\(digest), \(size ?? 0) bytes"
    let found: String
    do throws(ArchiveError) {
      let content = try archive.content(digest)
      if content.digest == digest, content.size == size { return }
      found = "\(content.digest), \(content.size) bytes"
    } catch {
      found = error.description
    }
    report.add(
      Damage(.original, number, detail: digest.description, expected: expected, found: found))
  }

  private func countStrangers(
    _ archive: Archive, _ report: inout VerifyReport
  ) throws(JournalError) {
    let strangers = try connection.read { db in
      let known = try db.makeStatement(
        sql: """
          SELECT 1 FROM arrivals WHERE sha256 = ?1 \
          UNION ALL SELECT 1 FROM members WHERE sha256 = ?1 LIMIT 1
          """)
      var count = 0
      for folder in try archive.folders() {
        for name in try archive.names(inFolder: folder) {
          let digest = Digest(hex: folder + name)
          let found = try digest.flatMap { try Int.fetchOne(known, arguments: [$0.blob]) }
          if found == nil { count += 1 }
        }
      }
      return count
    }
    report.strangers = strangers
  }

  /// Both files of every receipt that must stand in the outbox.
  func verifyReceipts(
    _ outbox: String, _ report: inout VerifyReport, _ progress: (VerifyProgress) -> Void
  ) throws(JournalError) {
    let folder = linux_open_at(AT_FDCWD, outbox, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard folder >= 0 else {
      report.add(
        Damage(
          .receiptFile, nil, detail: outbox, expected: "a folder", found: systemMessage(-folder)))
      return
    }
    defer { Glibc.close(folder) }
    var last = 0
    var suspects: [StandingReceipt] = []
    while true {
      let page = try standingReceipts(after: last)
      for receipt in page {
        last = receipt.id
        report.receipts += 1
        if !receipt.problems(in: folder).isEmpty, suspects.count < VerifyReport.most {
          suspects.append(receipt)
        }
        if report.receipts % 1000 == 0 {
          progress(VerifyProgress(stage: .receipts, done: report.receipts))
        }
      }
      if page.count < JournalReader.page { break }
    }
    // The daemon may just have put newer receipts there: look again, by the rows of now.
    for suspect in suspects {
      for receipt in try standingReceipts(after: suspect.id - 1).prefix(1)
      where receipt.id == suspect.id {
        for problem in receipt.problems(in: folder) { report.add(problem) }
      }
    }
  }

  /// Receipts that must stand in the outbox, a few hundred at a time in the order of their ids; less than
  /// ``page`` are the last.
  public func standingReceipts(after id: Int) throws(JournalError) -> [StandingReceipt] {
    try connection.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, arrival, path, html, text FROM receipts WHERE replaced_by IS NULL \
          AND id > ? ORDER BY id LIMIT \(JournalReader.page)
          """, arguments: [id]
      ).map { row in
        StandingReceipt(
          id: row[0], arrival: row[1], path: row.bytes(2) ?? [], html: row.digest(3),
          text: row.digest(4))
      }
    }
  }
}

/// The two files of an arrival's receipt, as they must stand in the outbox.
public struct StandingReceipt: Sendable {
  public let id: Int
  public let arrival: Int
  /// Relative to the outbox, without the endings.
  public let path: [UInt8]
  public let html: Digest?
  public let text: Digest?

  func problems(in folder: Int32) -> [Damage] {
    [(".receipt.html", html), (".receipt.txt", text)].compactMap { suffix, expected in
      let path = path + Array(suffix.utf8)
      let found = StandingReceipt.content(path, in: folder)
      if let expected, found == .success(expected) { return nil }
      let description =
        switch found {
        case .success(let digest): digest.description
        case .failure(let error): error.description
        }
      return Damage(
        .receiptFile, arrival, detail: String(decoding: path, as: UTF8.self),
        expected: expected?.description ?? "", found: description)
    }
  }

  private static func content(_ path: [UInt8], in folder: Int32) -> Result<Digest, ArchiveError> {
    let name = (path + [0]).map { CChar(bitPattern: $0) }
    let file = linux_open_at(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
    guard file >= 0 else { return .failure(.source(errno: Int(-file))) }
    defer { close(file) }
    return Result { () throws(ArchiveError) -> Digest in
      var hash = SHA256()
      _ = try Archive.read(file, limit: .max) { hash.update($0) }
      return hash.finish()
    }
  }
}

extension Archive {
  func folders() throws(ArchiveError) -> [String] {
    try names(in: root).filter { !$0.hasPrefix(".") }.sorted()
  }

  func names(inFolder name: String) throws(ArchiveError) -> [String] {
    let folder = linux_open_at(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    if folder == -ENOTDIR || folder == -ELOOP { return [""] }
    guard folder >= 0 else { throw ArchiveError("open \(name)", folder) }
    defer { close(folder) }
    return try names(in: folder)
  }
}
