/// Report number so-and-so of an endless series: which organ, year, form, size and layout. Numbers next to each other
/// differ in everything, so that any run of them is a fair sample.
public struct Sample: Sendable {
  public let number: Int
  public let report: SyntheticReport
  public let layout: Layout
  public let seed: UInt64

  /// - Parameters:
  ///   - year: the report year; `nil`: of 2019 to 2025, so that both forms come.
  ///   - shapes: the layouts to take turns.
  ///   - organ: who reports; `nil`: the organ of the number.
  ///   - varied: with ``Layout/traits``, and with figures that lead readers astray.
  public init(
    number: Int, seed: UInt64, year: Int? = nil, shapes: [Layout.Shape], organ: Organ? = nil,
    varied: Bool = false
  ) {
    var random = SplitMix64(seed: seed).fork(number)
    let shape = shapes[number % shapes.count]
    let organ = organ ?? Organ(number: number)
    let year = year ?? random.int(2019...2025)
    self =
      varied
      ? Sample(varied: number, organ, year, shape, &random)
      : Sample(usual: number, organ, year, shape, &random)
  }

  private init(
    usual number: Int, _ organ: Organ, _ year: Int, _ shape: Layout.Shape,
    _ random: inout SplitMix64
  ) {
    var options = SyntheticReport.Options(year: year)
    options.size = random.pick([.none, .few, .few, .few, .dozens, .dozens, .hundreds, .alike])
    if options.year > 2020, random.chance(0.1) {
      options.forms = random.pick([.hybrid, .mixedBlocks])
    }
    // Where the cells of a row stand on lines of their own, single blanks leave no trace: such reports are another
    // matter (every row with a blank is uncertain).
    options.blanks = random.pick(
      shape.keepsBlanks
        ? [.none, .none, .none, .rows, .cells, .slashes] : [.none, .none, .rows, .slashes])
    self.number = number
    self.seed = random.next()
    report = .random(organ: organ, options: options, using: &random)
    var layout = Layout.random(shape, using: &random)
    if !report.organ.namesRegion { layout.furniture = true }
    self.layout = layout
  }

  private init(
    varied number: Int, _ organ: Organ, _ year: Int, _ shape: Layout.Shape,
    _ random: inout SplitMix64
  ) {
    self.number = number
    seed = random.next()
    var options = SyntheticReport.Options(year: year)
    options.size = random.pick(SyntheticReport.Options.Size.allCases)
    options.forms = random.pick([.prescribed, .prescribed, .prescribed, .hybrid, .mixedBlocks])
    options.blanks = random.pick([.none, .none] + SyntheticReport.Options.Blanks.allCases)
    var layout = Layout.random(shape, using: &random)
    layout.traits = Trait.random(shape, using: &random)
    var report = SyntheticReport.random(organ: organ, options: options, using: &random)
    if layout.traits.contains(.units) { report.addUnits() }
    if layout.traits.contains(.remarksInCells) { report.addRemarks() }
    if layout.traits.contains(.missingBlocks) { report.dropBlocks(using: &random) }
    if !report.organ.namesRegion { layout.furniture = true }
    self.report = report
    self.layout = layout
  }

  /// The sample with a fault of its own choosing, and the checks that must fail.
  public func faulted() -> (report: SyntheticReport, fault: Fault, checks: Set<String>) {
    var random = SplitMix64(seed: seed).fork(1)
    let fault = report.randomFault(layout, using: &random)
    guard let (report, checks) = report.applying(fault) else {
      preconditionFailure("a fault was chosen that the report has no place for: \(fault.name)")
    }
    return (report, fault, checks)
  }
}
