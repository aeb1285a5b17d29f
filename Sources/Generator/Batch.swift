public import Forms
public import Reports

/// A set of files to drop: reports right and wrong, the same file twice, and files that are no report. The same
/// options give the same files.
public struct Batch: Sendable {
  public struct Options: Sendable {
    public var count = 100
    public var seed: UInt64 = 1
    /// `nil`: of 2019 to 2025.
    public var year: Int? = 2023
    public var shapes = Layout.Shape.usual
    /// How many in one have a fault, are there a second time, are no report.
    public var faults = 0.0
    public var duplicates = 0.0
    public var junk = 0.0
    /// Puts files into folders named after the county.
    public var subfolders = false
    /// The first organ; batches that must not meet take others.
    public var firstOrgan = 0

    public init() {}
  }

  /// One file, and what must become of it.
  public struct Item: Sendable {
    /// Relative to the folder the batch is written to.
    public let path: String
    public let bytes: [UInt8]
    public let organ: Organ?
    public let year: Int?
    public let published: CalendarDate?
    public let layout: Layout?
    /// ``Fault/name``, or what kind of junk it is.
    public let fault: String?
    public let outcome: Outcome
    public let reason: String?
    /// Errors and warnings, all that a check of this file alone must give.
    public let checks: Set<String>
    /// The path of the file with the same bytes that was made first. Which of them is handled first is another matter.
    public let duplicateOf: String?
    public let truth: [CellKey: Cell]
  }

  private let options: Options
  private var made = 0
  /// Numbers of the items that are no duplicates.
  private var originals: [Int] = []
  /// Junk whose bytes are always the same.
  private var seen: [Junk: Int] = [:]

  public init(_ options: Options) { self.options = options }

  /// Who must report, if all that is in the batch is due: lines of `roster.csv`.
  public static func roster(_ organs: some Sequence<Organ>) -> String {
    "unit,region,kind,aliases,due\n"
      + organs.map { "\($0.name),\($0.county),\($0.rosterKind),,\n" }
      .joined()
  }

  private func original(_ number: Int, path: String?, duplicateOf: String?) -> Item {
    var random = SplitMix64(seed: options.seed).fork(number)
    let organ = Organ(number: options.firstOrgan + number)
    if random.chance(options.junk) {
      let junk = random.pick(Junk.allCases)
      let (outcome, reason) = junk.owed
      return Item(
        path: path ?? folder(organ) + "\(junk.rawValue)-\(number).\(junk.fileExtension)",
        bytes: junk.bytes(organ: organ, year: options.year ?? 2023, seed: random.next()),
        organ: nil, year: nil, published: nil, layout: nil, fault: junk.rawValue, outcome: outcome,
        reason: reason, checks: junk.checks, duplicateOf: duplicateOf, truth: [:])
    }
    let sample = Sample(
      number: number, seed: options.seed, year: options.year, shapes: options.shapes, organ: organ)
    var report = sample.report
    var checks = report.ownChecks
    var fault: String?
    if random.chance(options.faults) {
      let faulted = sample.faulted()
      (report, checks, fault) = (faulted.report, faulted.checks, faulted.fault.name)
    }
    let printed = report.printed(sample.layout, seed: sample.seed)
    let name = random.pick([
      "\(organ.name)\(report.year)年度报告", "\(report.year)年报 \(organ.name)", "report-\(number)",
    ])
    return Item(
      path: path ?? folder(organ) + "\(name).\(sample.layout.fileExtension)", bytes: printed.bytes,
      organ: organ, year: report.year, published: report.published, layout: sample.layout,
      fault: fault, outcome: Self.outcome(checks), reason: nil, checks: checks,
      duplicateOf: duplicateOf, truth: printed.truth)
  }

  private func folder(_ organ: Organ) -> String { options.subfolders ? "\(organ.county)/" : "" }

  /// Checks of severity error make a report returned, others accepted with warnings.
  static func outcome(_ checks: Set<String>) -> Outcome {
    let errors = [
      "T3-IDENTITY", "T3-COLSUM", "T3-ROWSUM", "T4-SUM", "VAL-NEGATIVE", "VAL-FRACTION",
      "FMT-TABLE-MISSING", "FMT-CELL-COUNT", "T2-INFORCE-LOW",
    ]
    if checks.contains(where: { check in errors.contains(where: check.hasPrefix) }) {
      return .returned
    }
    return checks.isEmpty ? .accepted : .acceptedWithWarnings
  }
}

extension Batch: Sequence, IteratorProtocol {
  public mutating func next() -> Item? {
    guard made < options.count else { return nil }
    defer { made += 1 }
    var random = SplitMix64(seed: options.seed ^ 0xD0B1E).fork(made)
    if !originals.isEmpty, random.chance(options.duplicates) {
      let number = random.pick(originals)
      let source = original(number, path: nil, duplicateOf: nil)
      let name = source.path.split(separator: "/").last.map(String.init) ?? source.path
      return original(number, path: "副本\(made)-\(name)", duplicateOf: source.path)
    }
    originals.append(made)
    let item = original(made, path: nil, duplicateOf: nil)
    guard let junk = item.fault.flatMap(Junk.init), junk == .empty || junk == .blankForm else {
      return item
    }
    guard let first = seen[junk] else {
      seen[junk] = made
      return item
    }
    originals.removeLast()
    return original(
      made, path: item.path, duplicateOf: original(first, path: nil, duplicateOf: nil).path)
  }
}
