import Accuracy
import ArgumentParser
import Generator

/// Measures recognition and the checks on synthetic reports of both forms, as text and as web pages.
struct ReadingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reading",
    abstract: "Holds what the program reads and finds against the truth of synthetic reports.",
    discussion: """
      Each report is read twice: as it is, and with one fault. Exit code 1 when a figure is wrong or missing, when a \
      fault was not found by exactly the checks that must find it, or when one figure in a thousand or more of the reports as \
      they are is uncertain (beside a row that is missing, some may be).
      """)

  @Option(help: "How many reports.") var count = 10_000
  @Option(help: "The same seed gives the same reports.") var seed: UInt64 = 2024
  @Option(
    help: "Only this layout: \(Layout.Shape.allCases.map(\.rawValue).joined(separator: ", ")).")
  var shape: String?
  @Option(help: "Begin with this number.") var first = 0
  @Option(help: "Print report so-and-so in UTF-8, and measure nothing.")
  var show: Int?
  @Flag(help: "Reports with traits and figures that lead astray, in every layout.")
  var varied = false
  @Flag(help: "Print what went wrong with single reports.") var verbose = false

  func run() async throws {
    var shapes = varied ? Layout.Shape.allCases : Layout.Shape.usual
    if let shape {
      guard let known = Layout.Shape(rawValue: shape) else {
        throw ValidationError("no layout \(shape)")
      }
      shapes = [known]
    }
    if let show {
      let sample = Sample(number: show, seed: seed, shapes: shapes, varied: varied)
      var layout = sample.layout
      layout.encoding = .utf8
      let bytes = sample.report.printed(layout, seed: sample.seed).bytes
      print(String(decoding: bytes, as: UTF8.self))
      return
    }
    if varied {
      try await runVaried(shapes)
      return
    }
    let begun = ContinuousClock.now
    var sums: [Layout.Shape: (plain: Measurement, faulted: Measurement)] = [:]
    let chosen = shapes
    await withTaskGroup(of: (Layout.Shape, Measurement, Measurement).self) { group in
      for (position, shape) in chosen.enumerated() {
        let numbers = Array(stride(from: first + position, to: first + count, by: chosen.count))
        for part in stride(from: 0, to: numbers.count, by: 250) {
          let slice = numbers[part..<min(part + 250, numbers.count)]
          group.addTask { [seed] in
            let (plain, faulted) = Measurement.measure(slice, seed: seed, shapes: chosen)
            return (shape, plain, faulted)
          }
        }
      }
      for await (shape, plain, faulted) in group {
        sums[shape, default: (Measurement(), Measurement())].plain.add(plain)
        sums[shape, default: (Measurement(), Measurement())].faulted.add(faulted)
      }
    }
    let seconds = Double((ContinuousClock.now - begun) / .milliseconds(1)) / 1000
    var plain = Measurement()
    var faulted = Measurement()
    print(Self.header)
    for shape in shapes {
      guard let sum = sums[shape] else { continue }
      print(Self.line(shape.rawValue, sum.plain))
      print(Self.line("  + one fault", sum.faulted))
      plain.add(sum.plain)
      faulted.add(sum.faulted)
    }
    print(Self.line("all", plain))
    print(Self.line("  + one fault", faulted))
    for example in verbose ? plain.examples + faulted.examples : [] { print(example) }
    print(
      "\(plain.reports + faulted.reports) readings in \(seconds) s; uncertain: "
        + "\(Self.rounded(plain.uncertainPerThousand)) ‰ of figures, "
        + "\(Self.rounded(faulted.uncertainPerThousand)) ‰ with a fault")
    guard Self.isGood(plain, uncertain: 1), Self.isGood(faulted, uncertain: 5) else {
      throw ExitCode(1)
    }
  }

  private func runVaried(_ shapes: [Layout.Shape]) async throws {
    var sums = VariedMeasurement()
    await withTaskGroup(of: VariedMeasurement.self) { group in
      for part in stride(from: first, to: first + count, by: 250) {
        group.addTask { [seed, first, count] in
          VariedMeasurement.measure(
            part..<min(part + 250, first + count), seed: seed, shapes: shapes)
        }
      }
      for await part in group { sums.add(part) }
    }
    print(Self.header)
    for shape in shapes {
      if let sum = sums.shapes[shape] { print(Self.line(shape.rawValue, sum)) }
    }
    for trait in Trait.allCases {
      if let sum = sums.traits[trait] { print(Self.line(trait.rawValue, sum)) }
    }
    for shape in verbose ? shapes : [] {
      for example in sums.shapes[shape]?.examples ?? [] { print(example) }
    }
  }

  private static func isGood(_ sum: Measurement, uncertain perThousand: Double) -> Bool {
    sum.wrong == 0 && sum.missing == 0 && sum.extra == 0 && sum.refused == 0 && sum.missed == 0
      && sum.unexpected == 0 && sum.identity == 0 && sum.uncertainPerThousand < perThousand
  }

  private static let columns = [
    "reports", "exact", "exact%", "uncertain", "untold", "wrong", "missing", "extra", "text≠",
    "identity≠", "refused",
    "missed", "unexpected",
  ]

  private static var header: String {
    pad("layout", 16) + columns.map { padLeft($0, 11) }.joined()
  }

  private static func line(_ name: String, _ sum: Measurement) -> String {
    pad(name, 16)
      + [
        sum.reports, sum.exact, sum.uncertain, sum.unknowable, sum.wrong, sum.missing, sum.extra,
        sum.otherText,
        sum.identity, sum.refused, sum.missed, sum.unexpected,
      ].map(String.init).inserting(percent(sum.exactShare), at: 2)
      .map { padLeft($0, 11) }.joined()
  }

  /// Two decimals, cut off: what is not all is never 100.
  private static func percent(_ share: Double) -> String {
    let hundredths = Int(share * 10_000)
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
  private static func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

extension [String] {
  fileprivate func inserting(_ text: String, at index: Int) -> [String] {
    var copy = self
    copy.insert(text, at: index)
    return copy
  }
}
