/// What happens that an operator may act on or a program may count: the values of `SHOUBAO_EVENT`.
///
/// Each has a message id, made once and never changed or used for anything else, and an entry in both catalogs
/// (`systemd/shoubao.catalog`, `systemd/shoubao.zh_CN.catalog`).
public enum Event: String, Sendable, CaseIterable {
  /// The process runs; nothing is taken in yet.
  case started
  /// The inbox is watched, the journal open, the backlog counted.
  case ready
  /// A file was taken out of the inbox under an arrival number.
  case claimed
  /// A report without errors.
  case accepted
  /// A report with errors, to be mended and sent again.
  case returned
  /// A document, but no annual report on the national form.
  case unrecognised
  /// The bytes could not be read as a document.
  case unreadable
  /// The same bytes have been handled before.
  case duplicate
  /// An archive or a mail: each file in it has an arrival and an outcome of its own.
  case unpacked
  /// An arrival was judged again, and the outcome or what is said about it is another.
  case rejudged
  /// A newer report of the same unit and year took the place of an earlier one.
  case superseded
  /// A unit of the roster has sent no report yet.
  case missing
  /// A unit's day has passed without a report.
  case late
  /// The kernel's queue of file events ran over.
  case overflow
  /// The inbox was read anew after events may have been lost.
  case rescanned
  /// A reading process ended by itself or overran a limit.
  case workerDied = "worker_died"
  /// There is too little room to keep what comes.
  case diskFull = "disk_full"
  /// The journal, the archive or a receipt is not as it was written.
  case journalDamaged = "journal_damaged"
  /// A changed configuration is in force.
  case reloaded
  /// A changed configuration is wrong; the old one stays.
  case reloadFailed = "reload_failed"
  /// The daemon finishes or hands back what it has in hand, and ends.
  case stopping
  /// The daemon could not start, or must end.
  case failed
  /// A file was put back into the inbox, unfinished.
  case handedBack = "handed_back"
  /// Events do not come any more; the inbox is looked at every few seconds.
  case watchLost = "watch_lost"
  /// Events come again.
  case watchRestored = "watch_restored"
  /// A part of the daemon makes no progress; systemd is left to restart it.
  case stalled
  /// There is room again; intake goes on.
  case diskFreed = "disk_freed"
  /// What was seen and what was handled do not add up.
  case unbalanced
  /// How far reading processes have locked themselves in.
  case cage
  /// The head of the journal's hash chain, told to another log so that a cut tail shows.
  case head

  /// `MESSAGE_ID`: 32 lower-case hexadecimal digits.
  public var messageID: String {
    switch self {
    case .started: "43fedc23a9f74999ad5d189aaa7d1f0c"
    case .ready: "987d62f4938e4e2eb35c50002e4b88a9"
    case .claimed: "4533802b3170437ea09aa116d2c05cce"
    case .accepted: "9f37db9b24c0415e99d6e0bf1ff97914"
    case .returned: "9b1e9aac974148b9b862aab21227eca1"
    case .unrecognised: "d00ba1c853314de4a49047eeff190cf7"
    case .unreadable: "530b5423edc341d4b5b88a7479348290"
    case .duplicate: "4f0a063ea6e745e2820c6f5666049d02"
    case .unpacked: "b6f2c4d97a1e4c3f9d0e58a1673bd2c5"
    case .rejudged: "3f6c1d9a27e84b5fb1c05a7e92d84e16"
    case .superseded: "4cfdd331fc74465a9ce86c972b032a72"
    case .missing: "e711bdb772154509bf24707a5a0113d8"
    case .late: "5a1aad6496194689b36d5ee7e8a3c211"
    case .overflow: "0b7f5460b17647cb9efd5d7788c9c6dd"
    case .rescanned: "5c8575a0df83442590728a059146b947"
    case .workerDied: "5a2849cb674e40ec9bdf0a5a210e6dd2"
    case .diskFull: "e9b5627893c446d49118aa73161feebf"
    case .journalDamaged: "c579ca414e6e425f9560fc0b24f630e3"
    case .reloaded: "458ebddd088d42c8bffa5715be3b4540"
    case .reloadFailed: "db81b0b765ba40e2b2859691299e5754"
    case .stopping: "7acc453a4d1a42429cd3460c1163b750"
    case .failed: "c86d40ca739d4277a51e6aeb95c44dad"
    case .handedBack: "4d78e5733023436587d3e485735fb2d4"
    case .watchLost: "eac649cff2de44a1b91afd154b581e0c"
    case .watchRestored: "6da2858d1ec142cf8aa5ab4b672b44a4"
    case .stalled: "474cbd44d8b54a08a1cb3626e831995b"
    case .diskFreed: "a0a4cf346b904c09a988cfdc8a8f6d34"
    case .unbalanced: "5132f8ed45624c20ae954d1cae0d0780"
    case .cage: "6b981735fcc7428c8f9f6e3171fe5083"
    case .head: "7f710da5d7a74a05b924a503041a8a7c"
    }
  }

  /// The priority unless the particular case asks for another.
  public var priority: Priority {
    switch self {
    case .diskFull, .journalDamaged, .failed, .stalled, .unbalanced: .critical
    case .reloadFailed, .watchLost: .error
    case .unreadable, .late, .overflow, .workerDied: .warning
    case .started, .ready, .returned, .unrecognised, .rejudged, .superseded, .missing, .reloaded,
      .stopping,
      .handedBack, .watchRestored, .diskFreed:
      .notice
    case .claimed, .accepted, .duplicate, .unpacked, .rescanned, .head, .cage: .info
    }
  }
}
