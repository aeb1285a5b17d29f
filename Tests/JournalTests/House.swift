import Digests
import Forms
import Glibc
import Journal
import Reports
import Synchronization

/// A journal, an archive and an outbox in a folder that goes away with it.
final class House {
  let root: String
  var journal: Journal!
  let archive: Archive
  private static let count = Atomic(0)

  var path: String { root + "/journal.sqlite" }
  var outbox: String { root + "/outbox" }

  init(in parent: String = "/tmp", open: Bool = true) throws {
    let number = House.count.add(1, ordering: .relaxed).newValue
    root = "\(parent)/shoubao-journal-\(getpid())-\(number)"
    try House.call(mkdir(root, 0o700))
    try House.call(mkdir(root + "/outbox", 0o700))
    archive = try Archive(path: root + "/archive", create: true)
    try archive.prepare()
    if open { journal = try Journal(path: path, timeout: 0.2, clock: House.clock()) }
  }

  deinit {
    journal = nil
    _ = House.remove(root)
  }

  /// Ticks a millisecond at each look, so that runs are alike.
  static func clock() -> @Sendable () -> Timestamp {
    let time = Counter(1_700_000_000_000_000)
    return { Timestamp(microseconds: Int64(time.next(1000))) }
  }

  private final class Counter: Sendable {
    private let value: Atomic<Int>
    init(_ start: Int) { value = Atomic(start) }
    func next(_ step: Int) -> Int { value.add(step, ordering: .relaxed).newValue }
  }

  func reopen() throws {
    journal = nil
    journal = try Journal(path: path, timeout: 0.2, clock: House.clock())
  }

  /// Keeps bytes in the archive.
  @discardableResult
  func keep(_ text: String) throws -> Archive.Stored {
    let file = root + "/source"
    House.write(Array(text.utf8), to: file)
    let descriptor = open(file, O_RDONLY)
    defer { close(descriptor) }
    return try archive.store(descriptor, limit: 1 << 20)
  }

  /// One file from claim to receipt.
  @discardableResult
  func file(
    _ name: String, _ text: String, outcome: Outcome = .accepted, report: Report? = nil,
    findings: [Finding] = [], notifications: [NotificationRequest] = []
  ) throws -> Committed {
    let committed = try judge(
      name, text, outcome: outcome, report: report, findings: findings,
      notifications: notifications)
    try tell(committed.number, name)
    return committed
  }

  func judge(
    _ name: String, _ text: String, outcome: Outcome = .accepted, reason: Refusal? = nil,
    report: Report? = nil, findings: [Finding] = [], notifications: [NotificationRequest] = []
  ) throws -> Committed {
    let number = try claim(name)
    let stored = try keep(text)
    return try journal.commit([
      Judgement(
        number: number, digest: stored.digest, size: stored.size, format: .text,
        encoding: "utf-8", outcome: outcome, reason: reason, report: report, findings: findings,
        duration: 1500, notifications: notifications)
    ])[0]
  }

  /// Another judgement on what is judged already.
  @discardableResult
  func rejudge(
    _ number: Int, outcome: Outcome = .accepted, reason: Refusal? = nil, report: Report? = nil,
    findings: [Finding] = [], notifications: [NotificationRequest] = []
  ) throws -> Committed? {
    let result = try journal.reader.arrival(number)?.arrival.result
    return try journal.rejudge([
      Judgement(
        number: number, digest: result?.sha256, size: result?.size ?? 0, format: .text,
        encoding: "utf-8", outcome: outcome, reason: reason, report: report, findings: findings,
        duration: 2500, notifications: notifications, collection: result?.year)
    ]).first
  }

  /// An archive, from claim to judgement, with its members.
  func unpack(
    _ name: String, _ members: [(name: String, stored: Archive.Stored?, refusal: Refusal?)]
  ) throws -> Committed {
    let stored = try keep(name)
    var judgement = Judgement(
      number: try claim(name), digest: stored.digest, size: stored.size, format: .zip,
      outcome: .unpacked)
    judgement.members = members.map { member in
      MemberRequest(
        path: Array("\(name)/\(member.name)".utf8), folder: "", digest: member.stored?.digest,
        size: member.stored?.size ?? 0, refusal: member.refusal)
    }
    return try journal.commit([judgement])[0]
  }

  func claim(_ name: String) throws -> Int {
    try journal.claim([
      ClaimRequest(
        path: Array(name.utf8), folder: "", received: Timestamp(microseconds: 1_706_000_000_000_000)
      )
    ])[0]
  }

  func tell(_ number: Int, _ name: String) throws {
    let html = Array("<p>\(number)".utf8)
    let text = Array("\(number)".utf8)
    House.write(html, to: "\(outbox)/\(name).receipt.html")
    House.write(text, to: "\(outbox)/\(name).receipt.txt")
    try journal.told([
      ReceiptRecord(
        arrival: number, path: Array(name.utf8), html: SHA256.digest(of: html),
        text: SHA256.digest(of: text))
    ])
  }

  func verify(heads: [Head] = []) throws -> VerifyReport {
    let reader = try JournalReader(path: path)
    return try reader.verify(archive: archive, outbox: outbox, heads: heads)
  }

  struct Failed: Error { let errno: Int32 }

  private static func call(_ result: Int32) throws {
    if result < 0 { throw Failed(errno: errno) }
  }

  static func write(_ bytes: [UInt8], to path: String) {
    unlink(path)
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  static func remove(_ path: String) -> Int32 {
    nftwRemove(path)
  }

  private static func nftwRemove(_ path: String) -> Int32 {
    guard let folder = opendir(path) else { return unlink(path) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      var status = stat()
      let child = path + "/" + name
      lstat(child, &status)
      if status.st_mode & S_IFMT == S_IFDIR { _ = nftwRemove(child) } else { unlink(child) }
    }
    closedir(folder)
    return rmdir(path)
  }
}

enum Sample {
  /// A report on the form of 2021 with all its 200 figures.
  static func report(
    unit: String? = "云溪镇人民政府", year: Int? = 2023, region: String? = "临江市", figure: Int = 0
  ) -> Report {
    var report = Report()
    report.title = "\(unit ?? "")\(year ?? 0)年政府信息公开工作年度报告"
    report.unit = unit
    report.region = region
    report.kind = .own
    report.year = year
    report.published = CalendarDate("2024-01-20")
    report.template.two = .v2021
    report.template.three = .v2021
    report.template.four = .v2021
    for (index, table) in [FormTable.table2of2021, .table3of2021, .table4].enumerated() {
      var row = 2
      for block in table.blocks {
        for line in block.rows {
          for (column, key) in block.keys(of: line).enumerated() {
            report.cells[key] = Cell(
              class: .number, number: Figure(figure), raw: "\(figure)",
              place: "表格\(index + 1)第\(row)行第\(column + 2)列")
          }
          row += 1
        }
      }
    }
    report.uncertain = [CellKey("t3.granted.natural")!]
    report.doubts = [
      Doubt(reason: .splitDigits, cells: [CellKey("t3.granted.natural")!], quote: "1 2")
    ]
    report.evidence = [
      Evidence(subject: .unit, source: .title, value: unit ?? "", quote: "年度报告标题"),
      Evidence(subject: .year, source: .period, value: "2023", quote: "本年度统计期限"),
      Evidence(subject: .published, source: .metadata, value: "2024-01-20", quote: "发布日期"),
    ]
    report.statements = [
      Statement(
        subject: .received, value: Figure(figure), quote: "本年度共收到申请\(figure)件。", section: nil),
      Statement(subject: .allDone, value: nil, quote: "均已在法定期限内办结。", section: nil),
    ]
    report.structure.sections = Section.allCases.map {
      SectionFound(section: $0, heading: "标题", numeral: "一", text: "")
    }
    report.structure.tables = TableNumber.allCases.map { TableFound(table: $0, state: .read) }
    return report
  }

  static let findings = [
    Finding(
      check: "T3-IDENTITY-total", severity: .error,
      cells: [CellKey("t3.new_received.total")!, CellKey("t3.results_total.total")!],
      expected: "4", found: "5", message: "第一项加第二项之和不等于第三项加第四项之和。", quote: "总计",
      suspect: Finding.Suspect(cell: CellKey("t3.granted.natural")!, balancesAt: Figure(14))),
    Finding(check: "T4-SUM", status: .notAssessable, severity: .warning, message: "有空白，无法核对。"),
  ]

  static let notification = NotificationRequest(
    to: .unit("云溪镇人民政府", region: "临江市"), subject: "returned", message: "请更正后重新报送。")
}
