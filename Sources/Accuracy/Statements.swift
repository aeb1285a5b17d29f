import Generator
import Reading
import Recognition
import Reports

import func Checking.check

/// What the program reads in the words of reports, and what it makes of words that contradict the tables, held against
/// the truth.
public struct StatementMeasurement: Sendable {
  /// Right, wrong and missed, of statements of one phrase family or of failures of one check.
  public struct Tally: Sendable {
    public var right = 0
    public var wrong = 0
    public var missed = 0

    public init() {}

    /// Of those given, how many are right; 1 where none is given.
    public var precision: Double { Self.share(right, wrong) }
    /// Of those owed, how many are given; 1 where none is owed.
    public var recall: Double { Self.share(found, missed) }
    /// Those right that are owed; some may be given and need not.
    public var found = 0

    private static func share(_ part: Int, _ rest: Int) -> Double {
      part + rest == 0 ? 1 : Double(part) / Double(part + rest)
    }

    static func += (a: inout Tally, b: Tally) {
      a.right += b.right
      a.wrong += b.wrong
      a.missed += b.missed
      a.found += b.found
    }
  }

  public var consistent = 0
  public var contradicted = 0
  /// By phrase family.
  public var statements: [String: Tally] = [:]
  /// By check.
  public var checks: [String: Tally] = [:]
  /// Consistent reports on which a check of words against tables failed.
  public var falseAlarms = 0
  /// One line for each thing wrong or missed, the first of them.
  public var examples: [String] = []

  public init() {}

  /// Reports of the given numbers, each told right, and told with one thing wrong.
  public static func measure(_ numbers: some Collection<Int>, seed: UInt64) -> StatementMeasurement
  {
    var sum = StatementMeasurement()
    for number in numbers {
      let sample = Sample(number: number, seed: seed, shapes: Layout.Shape.usual)
      let breaks = !sample.layout.shape.isHTML
      for contradicted in [false, true] {
        if let narration = Narration(
          sample.report, seed: sample.seed, breaksLines: breaks, contradicted: contradicted)
        {
          sum.add(narration, sample)
        }
      }
    }
    return sum
  }

  public mutating func add(_ other: StatementMeasurement) {
    consistent += other.consistent
    contradicted += other.contradicted
    falseAlarms += other.falseAlarms
    for (name, tally) in other.statements { statements[name, default: Tally()] += tally }
    for (name, tally) in other.checks { checks[name, default: Tally()] += tally }
    examples += other.examples.prefix(max(0, 400 - examples.count))
  }

  private mutating func add(_ narration: Narration, _ sample: Sample) {
    let printed = narration.report.printed(sample.layout, seed: sample.seed)
    guard let document = try? readDocument(printed.bytes).document,
      case .report(let report) = recognise(document)
    else {
      examples.append("\(sample.number): no report")
      return
    }
    let isPlain = narration.contradiction == nil
    if isPlain { consistent += 1 } else { contradicted += 1 }
    compare(report.statements, narration.told, "\(sample.number)\(isPlain ? "" : "'")")
    compare(
      check(report).filter { $0.status == .fail && $0.check.hasPrefix("TXT-") }, narration, sample)
  }

  private mutating func compare(
    _ read: [Statement], _ told: [Narration.Told], _ number: String
  ) {
    let truth = Set(told.map { Claim($0.subject, $0.value) })
    let owed = Set(told.filter(\.isOwed).map { Claim($0.subject, $0.value) })
    var seen: Set<Claim> = []
    for statement in read {
      let claim = Claim(statement.subject, statement.value)
      guard seen.insert(claim).inserted else { continue }
      if truth.contains(claim) {
        statements[claim.family, default: Tally()].right += 1
      } else {
        statements[claim.family, default: Tally()].wrong += 1
        note("\(number) read \(claim): \(statement.quote)")
      }
    }
    for claim in owed {
      if seen.contains(claim) {
        statements[claim.family, default: Tally()].found += 1
      } else {
        statements[claim.family, default: Tally()].missed += 1
        note("\(number) missed \(claim)")
      }
    }
  }

  private mutating func compare(
    _ failures: [Finding], _ narration: Narration, _ sample: Sample
  ) {
    let failed = Set(failures.map(\.check))
    for check in failed {
      if narration.checks.contains(check) {
        checks[check, default: Tally()].right += 1
        checks[check, default: Tally()].found += 1
      } else {
        checks[check, default: Tally()].wrong += 1
        let quote = failures.first { $0.check == check }?.quote ?? ""
        note("\(sample.number) false \(check): \(quote)")
      }
    }
    for check in narration.checks.subtracting(failed) {
      checks[check, default: Tally()].missed += 1
      note("\(sample.number) silent \(check) on \(narration.contradiction?.rawValue ?? "")")
    }
    if narration.contradiction == nil, !failed.isEmpty { falseAlarms += 1 }
  }

  private mutating func note(_ example: String) {
    if examples.count < 400 { examples.append(example) }
  }
}

/// A statement without its place.
private struct Claim: Hashable, CustomStringConvertible {
  let family: String
  let value: String

  init(_ subject: Statement.Subject, _ value: Figure?) {
    switch subject {
    case .table2(let key): family = key.name
    // Of what the percentage is taken is the reader's guess.
    case .percent: family = "percent"
    default: family = "\(subject)"
    }
    self.value = value?.description ?? "-"
  }

  var description: String { "\(family)=\(value)" }
}

extension StatementMeasurement {
  /// All families, or all checks, together.
  public static func total(_ tallies: [String: Tally]) -> Tally {
    tallies.values.reduce(into: Tally()) { $0 += $1 }
  }

  /// Precision of at least 99 %, recall of at least 90 %, of statements and of failures; and at most one false alarm in
  /// a hundred consistent reports.
  public var isGood: Bool {
    [Self.total(statements), Self.total(checks)].allSatisfy {
      $0.precision >= 0.99 && $0.recall >= 0.9
    } && falseAlarms * 100 <= consistent
  }
}
