import Glibc
import Logging
import Synchronization
import Testing

@testable import Supervision

/// Keeps what was written.
final class Memory: Sendable {
  private let entries = Mutex<[JournalEntry]>([])
  func add(_ entry: JournalEntry) { entries.withLock { $0.append(entry) } }
  var all: [JournalEntry] { entries.withLock(\.self) }
  var log: EventLog { EventLog(.custom { self.add($0) }, threshold: .debug) }
}

@Suite struct EventLogTests {
  static let full = EventFields {
    $0.arrival = 12
    $0.file = "长乐镇/a\\x0ab.txt"
    $0.digest = "ab"
    $0.unit = "长乐镇人民政府"
    $0.year = 2023
    $0.outcome = "accepted_with_warnings"
    $0.errors = 0
    $0.warnings = 3
    $0.durationMicroseconds = 1500
    $0.reason = "image_only"
    $0.earlier = 7
    $0.head = "cd"
    $0.entries = 99
    $0.count = 5
    $0.cage = "limits seccomp"
    $0.cageMissing = "landlock"
    $0.errno = 28
  }

  /// The line a log with this destination writes.
  static func line(_ write: (EventLog) -> Void) -> String {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    write(EventLog(.lines(ends[1])))
    close(ends[1])
    defer { close(ends[0]) }
    return TestFile.readAll(ends[0])
  }

  @Test func `an event carries the contract's fields, and no field that is not set`() throws {
    let memory = Memory()
    memory.log.write(.accepted, "已通过", Self.full)
    let entry = try #require(memory.all.first)
    let fields = Dictionary(uniqueKeysWithValues: entry.all.map { ($0.name, $0.value) })
    let expected = [
      "MESSAGE": "已通过", "PRIORITY": "6", "SYSLOG_IDENTIFIER": "shoubaod",
      "MESSAGE_ID": Event.accepted.messageID, "SHOUBAO_EVENT": "accepted", "SHOUBAO_ARRIVAL": "12",
      "SHOUBAO_FILE": "长乐镇/a\\x0ab.txt", "SHOUBAO_DIGEST": "ab",
      "SHOUBAO_UNIT": "长乐镇人民政府", "SHOUBAO_YEAR": "2023",
      "SHOUBAO_OUTCOME": "accepted_with_warnings", "SHOUBAO_ERRORS": "0",
      "SHOUBAO_WARNINGS": "3", "SHOUBAO_DURATION_USEC": "1500", "SHOUBAO_REASON": "image_only",
      "SHOUBAO_EARLIER": "7", "SHOUBAO_HEAD": "cd", "SHOUBAO_ENTRIES": "99", "SHOUBAO_COUNT": "5",
      "SHOUBAO_CAGE": "limits seccomp", "SHOUBAO_CAGE_MISSING": "landlock", "ERRNO": "28",
    ]
    for (name, value) in expected { #expect(fields[name] == value, "\(name)") }
    #expect(
      Set(fields.keys)
        == Set(expected.keys).union(["CODE_FILE", "CODE_LINE", "CODE_FUNC"]))
    #expect(fields["CODE_FILE"]?.hasSuffix("EventLogTests.swift") == true)
    #expect(fields["UNIT"] == nil)
    memory.log.write(.started, "已启动")
    let bare = try #require(memory.all.last)
    #expect(bare.fields.isEmpty)
  }

  @Test func `every name that is sent is one that journald keeps`() {
    for (name, _) in Self.full.named { #expect(FieldName.isValid(name), "\(name)") }
    for bad in ["", "_X", "1X", "x", "A-B", "A B", String(repeating: "A", count: 65)] {
      #expect(!FieldName.isValid(bad), "\(bad)")
    }
  }

  @Test(arguments: [
    ("request-id", "SHOUBAO_REQUEST_ID"), ("ERRNO", "SHOUBAO_ERRNO"), ("_PID", "SHOUBAO__PID"),
    ("名", "SHOUBAO____"), ("", "SHOUBAO_"),
  ])
  func `a library's metadata key becomes a valid field of ours`(key: String, name: String) {
    #expect(FieldName.of(metadataKey: key) == name)
    #expect(FieldName.isValid(FieldName.of(metadataKey: String(repeating: "é", count: 99))))
  }

  @Test func `without journald an event is one line with time, level, message and fields`() throws {
    let line = Self.line { $0.write(.returned, "退回：3 处错误", EventFields { $0.arrival = 5 }) }
    #expect(line.hasSuffix(" NOTICE returned 退回：3\u{20}处错误 SHOUBAO_ARRIVAL=5\n"))
    let stamp = try #require(line.split(separator: " ").first)
    #expect(stamp.utf8.count == 29 && Array(stamp)[10] == "T" && Array(stamp)[19] == ".")
  }

  @Test func `nothing from outside can break a line or colour a terminal`() {
    let line = Self.line {
      $0.write(
        .unreadable, "坏\n2024 假行\u{1B}[31m", EventFields { $0.unit = "镇\r\n\u{202E} \"引\" " })
    }
    #expect(line.utf8.count { $0 == 0x0A } == 1)
    #expect(!line.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    #expect(line.contains("坏\\n2024 假行\\u{1b}[31m"))
    #expect(line.contains("SHOUBAO_UNIT=\"镇\\u{d}\\n\\u{202e} \\\"引\\\" \""))
  }

  @Test func `lines and values are bounded, and cut between characters`() throws {
    let long = String(repeating: "报", count: 100_000)
    let line = Self.line { $0.note(.error, long) }
    #expect(line.utf8.count <= PlainLine.limit + 1)
    #expect(line.hasSuffix("报…\n"))
    let memory = Memory()
    memory.log.note(.error, long, EventFields { $0.unit = long })
    for (_, value) in try #require(memory.all.first).all {
      #expect(value.utf8.count <= JournalEntry.valueLimit)
    }
  }

  @Test func `less urgent entries are left out`() {
    let line = Self.line {
      $0.note(.debug, "细节")
      $0.note(.info, "一")
      $0.note(.critical, "二")
    }
    #expect(line.split(separator: "\n").count == 2)
  }

  @Test func `the journal is chosen only while the stream is the one that systemd connected`() {
    var status = stat()
    fstat(0, &status)
    let own = "\(status.st_dev):\(status.st_ino)"
    #expect(EventLog.Destination.leadsToJournal(0, stream: own))
    #expect(!EventLog.Destination.leadsToJournal(0, stream: own + "1"))
    #expect(!EventLog.Destination.leadsToJournal(0, stream: nil))
    #expect(!EventLog.Destination.leadsToJournal(-1, stream: own))
  }

  /// A log that writes to this socket as if journald were behind it.
  static func log(to socket: String) -> EventLog {
    EventLog(.journal, threshold: .debug, journal: JournalSocket(path: socket))
  }

  @Test func `journald gets every value whole, also one of several lines`() throws {
    let journald = TestManager()
    Self.log(to: journald.path).write(.started, "一\n二", Self.full)
    let text = try #require(journald.next())
    #expect(text.hasPrefix("MESSAGE\n\u{7}\0\0\0\0\0\0\0一\n二\nPRIORITY=5\n"))
    for (name, value) in Self.full.named { #expect(text.contains("\n\(name)=\(value)\n")) }
    #expect(text.hasSuffix("\n"))
  }

  @Test func `a journald that stands still holds nobody up, and hears how much it has missed`()
    throws
  {
    let journald = TestManager()
    let log = Self.log(to: journald.path)
    let count = 3000
    let time = ContinuousClock().measure { for n in 0..<count { log.note(.info, "\(n)") } }
    #expect(time < .seconds(10))
    var heard = 0
    while journald.next(wait: false) != nil { heard += 1 }
    #expect(heard > 0 && heard < count)
    log.note(.info, "again")
    let gap = try #require(journald.next(wait: false))
    #expect(gap.contains("\nPRIORITY=4\n") && gap.contains("\nSHOUBAO_COUNT=\(count - heard)\n"))
    #expect(journald.next(wait: false)?.hasPrefix("MESSAGE=again\n") == true)
    log.note(.info, "and on")
    #expect(journald.next(wait: false)?.hasPrefix("MESSAGE=and on\n") == true)
  }

  @Test func `without a journald nothing is sent and nothing fails`() {
    let time = ContinuousClock().measure {
      let log = Self.log(to: "/nonexistent/socket")
      for n in 0..<100 { log.note(.info, "\(n)") }
    }
    #expect(time < .seconds(10))
  }

  @Test func `libraries write into the same log`() throws {
    let memory = Memory()
    let log = memory.log
    var logger = Logger(label: "lifecycle", factory: { EventLogHandler(log, label: $0) })
    logger[metadataKey: "service-name"] = "intake"
    logger.warning("slow", metadata: ["list": ["a", "b"]])
    let entry = try #require(memory.all.first)
    #expect(entry.event == nil && entry.priority == .warning && entry.message == "slow")
    let fields = Dictionary(uniqueKeysWithValues: entry.all.map { ($0.name, $0.value) })
    #expect(fields["SHOUBAO_LOGGER"] == "lifecycle")
    #expect(fields["SHOUBAO_SERVICE_NAME"] == "intake")
    #expect(fields["SHOUBAO_LIST"]?.contains("b") == true)
    #expect(fields["MESSAGE_ID"] == nil && fields["UNIT"] == nil)
  }
}
