public import Reports

/// What is wrong at one place.
public struct Damage: Sendable, Hashable, Codable {
  public enum Subject: String, Sendable, Codable, CaseIterable {
    /// The file: SQLite's own checks, tables and indexes.
    case database
    /// The numbers of the cell keys, the journal's id, the counter of the arrivals.
    case catalogue
    /// An entry of the chain; `number` is its `seq`.
    case entry
    /// The row of an arrival: how it came, its outcome, its state, its versions.
    case arrival
    case report, figures, findings
    /// `detail` is the id.
    case notification
    /// The journal's row of a receipt; `detail` is the id.
    case receipt
    /// A file of the archive; `detail` is its digest.
    case original
    /// A file of the outbox; `detail` is its path.
    case receiptFile = "receipt_file"
  }

  public let subject: Subject
  /// The arrival, or for entries their `seq`.
  public let number: Int?
  public let detail: String?
  /// What the chain of entries says.
  public let expected: String
  /// What is there.
  public let found: String

  init(
    _ subject: Subject, _ number: Int?, detail: String? = nil, expected: String, found: String
  ) {
    self.subject = subject
    self.number = number
    self.detail = detail
    self.expected = expected
    self.found = found
  }

  /// What is still sure, and so what can be done.
  public func sure(_ language: Language) -> String {
    switch subject {
    case .database:
      language.say(
        "数据库文件本身有损坏，应从备份恢复；归档原件仍可逐件核对。",
        en: "The file itself is damaged: restore a backup. Originals can be checked one by one.")
    case .catalogue:
      language.say(
        "数据内容未必改动，但其含义不再可信。",
        en: "The contents may be untouched, but their meaning cannot be relied on.")
    case .entry:
      language.say(
        "此条之前的记录可信；此条及其后须与别处留存的校验值核对。",
        en: "Entries before it are sure; it and later ones need a head remembered elsewhere.")
    case .arrival, .report, .figures, .findings:
      language.say(
        "记录链保有原来的校验值，原件如完好可重新识别。",
        en: "The chain has the digest of what stood here; an intact original can be read again.")
    case .notification, .receipt:
      language.say(
        "记录链保有原来的校验值；收件结论不受影响。",
        en: "The chain has the digest of what stood here; outcomes are not touched.")
    case .original:
      language.say(
        "该件的数据和结论仍以台账为准，原件须由报送单位重新提供。",
        en: "Figures and outcome stand in the journal; the original must be asked for again.")
    case .receiptFile:
      language.say(
        "台账和原件不受影响，回执可由台账重新生成。",
        en: "Journal and original are not touched; the receipt can be made again.")
    }
  }
}

/// The result of looking at everything.
public struct VerifyReport: Sendable, Hashable {
  /// Entries before the first break of the chain; all of them when there is none.
  public var soundEntries = 0
  public var entries = 0
  public var head: Head?
  public var arrivals = 0
  public var originals = 0
  public var receipts = 0
  /// At most ``most`` of them; ``damageCount`` has all.
  public var damages: [Damage] = []
  public var damageCount = 0
  /// Files in the archive that no arrival has. A crash between archiving and committing leaves such files until they are
  /// read again: no damage.
  public var strangers = 0

  public static let most = 1000

  public init() {}

  public var isSound: Bool { damageCount == 0 }

  mutating func add(_ damage: Damage) {
    damageCount += 1
    if damages.count < VerifyReport.most { damages.append(damage) }
  }
}

/// How far verifying has come.
public struct VerifyProgress: Sendable, Hashable {
  public enum Stage: String, Sendable, CaseIterable {
    case database, chain, arrivals, originals, receipts
  }

  public let stage: Stage
  /// Entries, arrivals, files: what the stage counts.
  public let done: Int
}
