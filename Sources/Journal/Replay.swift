import Digests
import FoundationEssentials

/// What the entries of one arrival say must stand in its rows, compared with what stands there.
struct Replay {
  private let rows: ArrivalRows
  private let pinnedByEntry: [Int: [ArrivalRows.Pinned]]
  /// The entry whose judgement stands in the rows; earlier ones stand in `past`.
  private let lastJudgement: Int?
  private var state: String?
  private var withdrawn = false
  private var supersededBy: Int?
  private var notifications: [Int: String] = [:]
  private var delivered: [Int: Int] = [:]
  private var receipts: Set<Int> = []
  private var replaced: [Int: Int] = [:]
  /// Entries whose judgement stands in `past`.
  private var kept: Set<Int> = []
  private var damages: [Damage] = []

  init(_ rows: ArrivalRows) {
    self.rows = rows
    pinnedByEntry = Dictionary(grouping: rows.notifications.map(\.row), by: \.entry)
    lastJudgement = rows.entries.last { $0.kind == .judged || $0.kind == .rejudged }?.seq
  }

  mutating func run(_ report: (Damage) -> Void) {
    for entry in rows.entries { follow(entry) }
    if rows.number > 0 { compareArrival() }
    compareRest()
    damages.forEach(report)
  }

  private mutating func damage(
    _ subject: Damage.Subject, detail: String? = nil, expected: String, found: String
  ) {
    damages.append(
      Damage(
        subject, rows.number == 0 ? nil : rows.number, detail: detail, expected: expected,
        found: found))
  }

  private mutating func follow(_ entry: (seq: Int, kind: Entry.Kind?, payload: String)) {
    switch entry.kind {
    case .claimed:
      step(from: nil, to: "claimed", entry.seq)
      if let standing = rows.standing {
        var payload = Payload()
        payload.add("claim", standing.claim)
        payload.add("member", rows.member)
        compare(.arrival, "claim", entry.payload, payload)
      }
    case .withdrawn:
      step(from: "claimed", to: "withdrawn", entry.seq)
      withdrawn = true
    case .judged:
      step(from: "claimed", to: "judged", entry.seq)
      judged(entry.seq, entry.payload)
    case .rejudged:
      // Told or not: what was said before is settled.
      if state != "told" { step(from: "judged", to: "judged", entry.seq) }
      state = "judged"
      for id in notifications.keys { notifications[id] = "resolved" }
      judged(entry.seq, entry.payload)
    case .restored: supersededBy = nil
    case .announced:
      if let id = Pins(entry.payload)?.notification { notifications[id] = "told" }
    case .resolved:
      if let id = Pins(entry.payload)?.notification { notifications[id] = "resolved" }
    case .superseded:
      supersededBy = Pins(entry.payload)?.by
      for id in notifications.keys { notifications[id] = "resolved" }
    case .told:
      state = "told"
      told(entry.seq, entry.payload)
    case .replaced:
      if let pins = Pins(entry.payload), let old = pins.receipt { replaced[old] = pins.by }
    case .notified:
      var payload = Payload()
      payload.add("notifications", rows: pinned(at: entry.seq))
      compare(.notification, nil, entry.payload, payload)
    case .acknowledged:
      if let id = Pins(entry.payload)?.notification { notifications[id] = "acknowledged" }
    case .delivered:
      if let id = Pins(entry.payload)?.notification {
        delivered[id] = entry.seq
        if notifications[id] == "new" { notifications[id] = "told" }
      }
    case .expired:
      var payload = Payload()
      payload.add("original", rows.standing?.sha256)
      compare(.arrival, "expired", entry.payload, payload)
    case .created, .catalogue, nil: break
    }
  }

  private mutating func step(from old: String?, to new: String, _ seq: Int) {
    if state != old {
      damages.append(
        Damage(
          .entry, seq, expected: "\(new) after \(old ?? "nothing")",
          found: "\(new) after \(state ?? "nothing")"))
    }
    state = new
  }

  private mutating func judged(_ seq: Int, _ text: String) {
    guard seq == lastJudgement else { return judgedBefore(seq, text) }
    var payload = Payload()
    payload.add("original", rows.standing?.sha256)
    payload.add("outcome", text: rows.standing?.outcome)
    payload.add("judgement", rows.standing?.judgement)
    payload.add("report", rows.report?.digest)
    payload.add("figures", rows.figures?.digest)
    payload.add("findings", rows.findings)
    let noted = pinned(at: seq)
    payload.add("notifications", rows: noted)
    guard payload.text != text else { return }
    guard let pins = Pins(text) else {
      return damage(.arrival, detail: "judgement", expected: text, found: payload.text)
    }
    let before = damages.count
    compare(.arrival, "judgement", pins.judgement, rows.standing?.judgement)
    compare(.report, nil, pins.report, rows.report?.digest, rows.unreadable[.report])
    compare(.figures, nil, pins.figures, rows.figures?.digest, rows.unreadable[.figures])
    compare(.findings, nil, pins.findings, rows.findings, rows.unreadable[.findings])
    let found = Dictionary(uniqueKeysWithValues: noted.map { ("\($0.id)", "\($0.digest)") })
    for id in Set(found.keys).union((pins.notifications ?? [:]).keys).sorted()
    where found[id] != pins.notifications?[id] {
      damage(
        .notification, detail: id, expected: pins.notifications?[id] ?? "", found: found[id] ?? "")
    }
    if damages.count == before {
      // The rows are as pinned; so the entry itself says something else.
      damage(.arrival, detail: "judgement", expected: text, found: payload.text)
    }
  }

  /// A judgement that another has replaced.
  private mutating func judgedBefore(_ seq: Int, _ text: String) {
    let pins = Pins(text)
    let past = rows.past[seq]
    let unreadable = past?.unreadable ?? [:]
    compare(
      .arrival, "judgement before entry \(seq)", pins?.judgement, past?.judgement,
      unreadable[.judgement])
    compare(.report, "entry \(seq)", pins?.report, past?.report, unreadable[.report])
    compare(.figures, "entry \(seq)", pins?.figures, past?.figures, unreadable[.figures])
    compare(.findings, "entry \(seq)", pins?.findings, past?.findings, unreadable[.findings])
    let noted = Dictionary(
      uniqueKeysWithValues: pinned(at: seq).map { ("\($0.id)", "\($0.digest)") })
    for id in Set(noted.keys).union((pins?.notifications ?? [:]).keys).sorted()
    where noted[id] != pins?.notifications?[id] {
      damage(
        .notification, detail: id, expected: pins?.notifications?[id] ?? "",
        found: noted[id] ?? "")
    }
    kept.insert(seq)
  }

  private mutating func told(_ seq: Int, _ text: String) {
    for id in notifications.keys where notifications[id] == "new" {
      let toUnit = rows.notifications.first { $0.row.id == id }?.toUnit
      if toUnit == true { notifications[id] = "told" }
    }
    let pins = Pins(text)
    var payload = Payload()
    if let receipt = rows.receipts.first(where: { $0.row.entry == seq }) {
      receipts.insert(receipt.row.id)
      payload.add("html", receipt.html)
      payload.add("receipt", Int64(receipt.row.id))
      payload.add("row", receipt.row.digest)
      payload.add("text", receipt.text)
    }
    compare(.receipt, (pins?.receipt).map { "\($0)" }, text, payload)
  }

  /// The notifications whose rows name this entry.
  private mutating func pinned(at seq: Int) -> [(id: Int64, digest: Digest)] {
    let pinned = pinnedByEntry[seq] ?? []
    for row in pinned { notifications[row.id] = "new" }
    return pinned.map { (Int64($0.id), $0.digest) }
  }

  private mutating func compareArrival() {
    let expected = withdrawn ? "no row" : state ?? "no row"
    let found = rows.standing?.state ?? "no row"
    if expected != found {
      damage(.arrival, detail: "state", expected: expected, found: found)
    }
    if supersededBy != rows.standing?.supersededBy {
      damage(
        .arrival, detail: "superseded_by", expected: text(supersededBy),
        found: text(rows.standing?.supersededBy))
    }
    if let report = rows.report {
      let current = report.isVersion && supersededBy == nil ? 1 : 0
      if report.current != current {
        damage(.report, detail: "current", expected: text(current), found: text(report.current))
      }
    }
    compareLikeness()
    compareFailed()
    // Without a judgement nothing has been compared with these yet.
    if state != "judged", state != "told" {
      if let judgement = rows.standing?.judgement, judgement != Replay.unjudged(rows.number) {
        damage(.arrival, detail: "judgement", expected: "", found: "\(judgement)")
      }
      compare(.report, nil, nil, rows.report?.digest, rows.unreadable[.report])
      compare(.figures, nil, nil, rows.figures?.digest, rows.unreadable[.figures])
      compare(.findings, nil, nil, rows.findings, rows.unreadable[.findings])
    }
  }

  /// Versions of a report have a row there, and nothing else. Figures that cannot be read are told by themselves.
  private mutating func compareLikeness() {
    var expected: Likeness?
    if let report = rows.report, report.isVersion, let figures = rows.figures {
      expected = Likeness(year: report.year, figures: figures.likeness, current: report.current)
    }
    guard expected != rows.likeness, rows.unreadable[.figures] == nil else { return }
    damage(
      .figures, detail: "alike", expected: expected?.description ?? "no row",
      found: rows.likeness?.description ?? "no row")
  }

  /// Findings that cannot be read are told by themselves.
  private mutating func compareFailed() {
    guard rows.failed != rows.expectedFailed, rows.unreadable[.findings] == nil else { return }
    func text(_ failed: [FailedRule]) -> String {
      failed.map(\.description).joined(separator: ", ")
    }
    damage(
      .findings, detail: "failed", expected: text(rows.expectedFailed), found: text(rows.failed))
  }

  /// The digest of a judgement's columns while there is nothing in them.
  private static func unjudged(_ number: Int) -> Digest {
    var canonical = CanonicalBytes()
    canonical.append(Int64(number))
    for _ in 1..<Schema.Pinned.judgementCount { canonical.appendNull() }
    return canonical.digest
  }

  private mutating func compareRest() {
    for entry in rows.past.keys.sorted() where !kept.contains(entry) {
      damage(.arrival, detail: "past \(entry)", expected: "no row", found: "a row")
    }
    for notification in rows.notifications {
      let expected = notifications[notification.row.id] ?? "no row"
      if notification.state != expected {
        damage(
          .notification, detail: "\(notification.row.id)", expected: expected,
          found: notification.state)
      }
      if delivered[notification.row.id] != notification.delivered {
        damage(
          .notification, detail: "\(notification.row.id) delivered",
          expected: text(delivered[notification.row.id]), found: text(notification.delivered))
      }
    }
    for receipt in rows.receipts {
      if !receipts.contains(receipt.row.id) {
        damage(
          .receipt, detail: "\(receipt.row.id)", expected: "no row",
          found: "\(receipt.row.digest)")
      }
      if replaced[receipt.row.id] != receipt.replacedBy {
        damage(
          .receipt, detail: "\(receipt.row.id)", expected: text(replaced[receipt.row.id]),
          found: text(receipt.replacedBy))
      }
    }
  }

  private mutating func compare(
    _ subject: Damage.Subject, _ detail: String?, _ expected: String, _ found: Payload
  ) {
    let found = found.text
    if expected != found { damage(subject, detail: detail, expected: expected, found: found) }
  }

  private mutating func compare(
    _ subject: Damage.Subject, _ detail: String?, _ expected: Digest?, _ found: Digest?,
    _ unreadable: PackingError? = nil
  ) {
    guard expected != found || unreadable != nil else { return }
    damage(
      subject, detail: detail, expected: expected?.description ?? "",
      found: unreadable?.description ?? found?.description ?? "")
  }

  private func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
}

/// What payloads pin, for naming the part that differs.
private struct Pins: Decodable {
  var judgement: Digest?
  var report: Digest?
  var figures: Digest?
  var findings: Digest?
  var notifications: [String: String]?
  var by: Int?
  var receipt: Int?
  var notification: Int?

  init?(_ payload: String) {
    guard
      let pins = try? JSONDecoder().decode(Pins.self, from: Data(payload.utf8))
    else { return nil }
    self = pins
  }
}
