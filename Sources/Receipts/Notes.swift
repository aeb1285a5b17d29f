import Forms
import Reports

/// The findings of a receipt in the order they are told: failed ones by severity, numbered through from 1; then what
/// could not be assessed, without numbers.
struct Notes: Sendable {
  struct Note: Sendable, Hashable {
    let number: Int
    let finding: Finding
  }

  let failed: [Note]
  let notAssessable: [Finding]

  init(_ findings: [Finding]) {
    let order = Finding.Severity.allCases.flatMap { severity in
      findings.filter { $0.status == .fail && $0.severity == severity }
    }
    failed = order.enumerated().map { Note(number: $0.offset + 1, finding: $0.element) }
    notAssessable = findings.filter { $0.status == .notAssessable }
  }

  func of(_ severity: Finding.Severity) -> [Note] {
    failed.filter { $0.finding.severity == severity }
  }

  /// One thing to mend or to check: all failures that one cell explains are one.
  struct Task: Sendable, Hashable {
    let severity: Finding.Severity
    let suspect: Finding.Suspect?
    var notes: [Note]
  }

  /// What has to be done, errors first. Remarks (info) ask for nothing.
  var tasks: [Task] {
    var tasks: [Task] = []
    for note in failed where note.finding.severity != .info {
      let finding = note.finding
      if let suspect = finding.suspect,
        let index = tasks.firstIndex(where: {
          $0.suspect == suspect && $0.severity == finding.severity
        })
      {
        tasks[index].notes.append(note)
      } else {
        tasks.append(Task(severity: finding.severity, suspect: finding.suspect, notes: [note]))
      }
    }
    return tasks
  }

  /// What a task asks for, in a sentence.
  static func sentence(_ task: Task, _ report: Report?, _ language: Language) -> String {
    guard let suspect = task.suspect, let first = task.notes.first else {
      return task.notes.first?.finding.message ?? ""
    }
    // A single failure says it all in its own message.
    guard task.notes.count > 1 else { return first.finding.message }
    let cell = report?.cells[suspect.cell]
    let found = cell.map { $0.number?.description ?? visible($0.raw, limit: 40) } ?? ""
    let name = language.name(suspect.cell)
    return language.say(
      "请核对\(name)：现填 \(found)，如改为 \(suspect.balancesAt)，不相等的 \(task.notes.count) 处合计就都相等。"
        + "请以实际数字为准。",
      en: "Please check \(name): it says \(found); at \(suspect.balancesAt) all "
        + "\(task.notes.count) failing sums would balance. The true figure decides.")
  }
}

/// ① to ㊿, then (51): how a note is referred to.
func circled(_ number: Int) -> String {
  let value: UInt32? =
    switch number {
    case 1...20: 0x2460 + UInt32(number - 1)
    case 21...35: 0x3251 + UInt32(number - 21)
    case 36...50: 0x32B1 + UInt32(number - 36)
    default: nil
    }
  return value.flatMap(Unicode.Scalar.init).map { String($0) } ?? "(\(number))"
}
