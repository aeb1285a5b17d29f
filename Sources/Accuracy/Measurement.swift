public import Generator
public import Reports

/// Sums over many comparisons, with the first examples of everything that went wrong.
public struct Measurement: Sendable {
  public var reports = 0
  public var exact = 0
  public var uncertain = 0
  public var unknowable = 0
  public var wrong = 0
  public var missing = 0
  public var extra = 0
  public var otherText = 0
  public var identity = 0
  /// Reports that are called none, or cannot be read, and why.
  public var refusals: [Refusal.Code: Int] = [:]
  /// Reports on which a check that must fail did not.
  public var missed = 0
  /// Reports on which a check failed that must not.
  public var unexpected = 0
  /// One line for each report that is not right, the first of each layout.
  public var examples: [String] = []
  /// One line for each report with a figure that is wrong or in no table, of all reports.
  public var wrongExamples: [String] = []

  public init() {}

  /// Holds reports of the given numbers against the program: each as it is, and each with one fault.
  public static func measure(
    _ numbers: some Collection<Int>, seed: UInt64, shapes: [Layout.Shape]
  ) -> (plain: Measurement, faulted: Measurement) {
    var plain = Measurement()
    var faulted = Measurement()
    for number in numbers {
      let sample = Sample(number: number, seed: seed, shapes: shapes)
      let printed = sample.report.printed(sample.layout, seed: sample.seed)
      plain.add(
        Comparison(of: printed, sample.report, checks: sample.report.ownChecks), sample, fault: nil)
      let (report, fault, checks) = sample.faulted()
      let spoilt = report.printed(sample.layout, seed: sample.seed)
      faulted.add(Comparison(of: spoilt, report, checks: checks), sample, fault: fault)
    }
    return (plain, faulted)
  }

  public mutating func add(_ other: Measurement) {
    reports += other.reports
    exact += other.exact
    uncertain += other.uncertain
    unknowable += other.unknowable
    wrong += other.wrong
    missing += other.missing
    extra += other.extra
    otherText += other.otherText
    identity += other.identity
    refusals.merge(other.refusals, uniquingKeysWith: +)
    missed += other.missed
    unexpected += other.unexpected
    examples += other.examples.prefix(max(0, 40 - examples.count))
    wrongExamples += other.wrongExamples
  }

  private mutating func add(_ comparison: Comparison, _ sample: Sample, fault: Fault?) {
    add(comparison, sample, fault?.name ?? "-")
  }

  /// - Parameter name: what is told of the sample beside an example.
  mutating func add(_ comparison: Comparison, _ sample: Sample, _ name: String) {
    reports += 1
    exact += comparison.exact
    uncertain += comparison.uncertain
    unknowable += comparison.unknowable
    wrong += comparison.wrong.count
    missing += comparison.missing.count
    extra += comparison.extra.count
    otherText += comparison.otherText.count
    identity += comparison.identity.isEmpty ? 0 : 1
    if let refusal = comparison.refusal { refusals[refusal, default: 0] += 1 }
    missed += comparison.missed.isEmpty ? 0 : 1
    unexpected += comparison.unexpected.isEmpty ? 0 : 1
    let isWrong = !comparison.wrong.isEmpty || !comparison.extra.isEmpty
    guard isWrong || examples.count < 40 && (!comparison.isRight || comparison.uncertain > 0)
    else { return }
    let line =
      "\(sample.number) \(sample.layout.shape.rawValue) \(name): " + comparison.summary
    if isWrong { wrongExamples.append(line) }
    if examples.count < 40 { examples.append(line) }
  }

  /// Reports that are called none.
  public var calledNone: Int { refused(as: .unrecognised) }
  /// Reports whose bytes are refused.
  public var unreadable: Int { refused(as: .unreadable) }

  private func refused(as outcome: Outcome) -> Int {
    refusals.filter { Refusal($0.key).outcome == outcome }.values.reduce(0, +)
  }

  /// How many of the cells that can be told are given as the document has them; of 1.
  public var exactShare: Double {
    let cells = exact + uncertain + wrong + missing
    return cells == 0 ? 1 : Double(exact) / Double(cells)
  }

  /// Uncertain cells in a thousand of all.
  public var uncertainPerThousand: Double {
    let cells = exact + uncertain + wrong + missing
    return cells == 0 ? 0 : Double(uncertain) * 1000 / Double(cells)
  }
}

extension Comparison {
  fileprivate var summary: String {
    func few<T>(_ name: String, _ values: [T]) -> String? {
      values.isEmpty
        ? nil
        : "\(name) \(values.count): "
          + values.prefix(3).map { "\($0)" }.sorted().joined(separator: ", ")
    }
    return [
      refusal.map { "refused: \($0.rawValue)" }, few("wrong", wrong),
      few("missing", missing), few("extra", extra),
      few("other text", otherText), uncertain > 0 ? "uncertain \(uncertain)" : nil,
      few("identity", identity), few("missed", missed.sorted()),
      few("unexpected", unexpected.sorted()),
    ].compactMap { $0 }.joined(separator: "; ")
  }
}
