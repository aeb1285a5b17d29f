import Accuracy
import ArgumentParser
import Generator
import Glibc

/// Measures recognition and the checks on synthetic documents whose truth is known.
struct ReadingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reading",
    abstract: "Holds what the program reads and finds against the truth of synthetic documents.",
    discussion: """
      Four series of the same length: reports in the usual layouts, the same with one fault, reports in every layout with \
      traits of real ones, the same damaged; and pages that are no reports. With all of them, also what `localisation` and \
      `statements` measure. Exit code 1 when one of the gates it prints is not met.
      """)

  @Option(help: "How many documents, all series together.") var count = 10_000
  @Option(help: "The same seed gives the same documents.") var seed: UInt64 = 2024
  @Option(
    help: "Only this layout: \(Layout.Shape.allCases.map(\.rawValue).joined(separator: ", ")).")
  var shape: String?
  @Option(help: "Begin with this number.") var first = 0
  @Flag(help: "Only the series of every layout, and the same damaged.") var varied = false
  @Flag(help: "Only the series of the usual layouts, as they are and with one fault.")
  var usual = false
  @Option(help: "Print report so-and-so in UTF-8, and measure nothing.") var show: Int?
  @Flag(help: "With --varied: only damaged; with --show too.") var damaged = false
  @Flag(help: "Print what went wrong with single reports.") var verbose = false
  @Option(help: "Also write the whole report, in Markdown, to this file.") var report: String?

  func run() async throws {
    var shapes = Layout.Shape.allCases
    if let shape {
      guard let known = Layout.Shape(rawValue: shape) else {
        throw ValidationError("no layout \(shape)")
      }
      shapes = [known]
    }
    if let show {
      printSample(show, shapes)
      return
    }
    let begun = ContinuousClock.now
    let onlyDamaged = varied && damaged
    let part = onlyDamaged ? count : varied != usual ? count / 2 : count / 4
    let series = await ReadingSeries(
      usual: first..<first + (varied && !usual ? 0 : part),
      varied: first..<first + (usual && !varied ? 0 : part),
      others: varied || usual ? 0 : max(1050, count / 50), seed: seed, shapes: shapes,
      onlyDamaged: onlyDamaged)
    let isWhole = !varied && !usual && shape == nil
    let localisation = isWhole ? LocalisationSeries(count: max(50, count / 100), seed: seed) : nil
    let statements =
      isWhole ? await StatementsSeries(count: max(100, count / 20), seed: seed) : nil
    let seconds = Double((ContinuousClock.now - begun) / .milliseconds(1)) / 1000
    let report = ReadingReport(
      series: series, localisation: localisation, statements: statements, seed: seed,
      seconds: seconds, command: commandLine)
    for table in report.tables { print(table.text) }
    printWrong(series, shapes)
    if verbose { printExamples(series, shapes) }
    print("\(series.documents) documents in \(seconds) s")
    if let path = self.report { try write(report.markdown, to: path) }
    if report.gates.contains(where: { !$0.isMet }) { throw ExitCode(1) }
  }

  private var commandLine: String {
    (["shoubao-accuracy"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
  }

  /// Every report of which a figure is not what it says.
  private func printWrong(_ series: ReadingSeries, _ shapes: [Layout.Shape]) {
    for shape in shapes {
      let sums = [
        ("usual", series.usual[shape]?.plain), ("fault", series.usual[shape]?.faulted),
        ("varied", series.varied.shapes[shape]), ("damaged", series.varied.damagedShapes[shape]),
      ]
      for (name, sum) in sums {
        for example in sum?.wrongExamples ?? [] { print("wrong:", name, example) }
      }
    }
  }

  private func printExamples(_ series: ReadingSeries, _ shapes: [Layout.Shape]) {
    for shape in shapes {
      for example in series.usual[shape]?.plain.examples ?? [] { print("usual", example) }
      for example in series.usual[shape]?.faulted.examples ?? [] { print("fault", example) }
      for example in series.varied.shapes[shape]?.examples ?? [] { print("varied", example) }
      for example in series.varied.damagedShapes[shape]?.examples ?? [] {
        print("damaged", example)
      }
    }
  }

  private func printSample(_ number: Int, _ shapes: [Layout.Shape]) {
    let shapes = varied ? shapes : shapes.filter(Layout.Shape.usual.contains)
    let sample = Sample(number: number, seed: seed, shapes: shapes, varied: varied)
    if damaged {
      let (printed, damages) = VariedMeasurement.damaged(sample)
      print("damages: \(damages.map(\.rawValue).joined(separator: " "))")
      print("encoding: \(sample.layout.encoding.rawValue)")
      print("cannot be told: \(printed.unknowable.sorted())")
      print("no figures any more: \(printed.mistyped.sorted())")
      let readable = VariedMeasurement.damaged(sample, in: .utf8).printed
      print(String(decoding: readable.bytes, as: UTF8.self))
      return
    }
    var layout = sample.layout
    layout.encoding = .utf8
    let bytes = sample.report.printed(layout, seed: sample.seed).bytes
    print(String(decoding: bytes, as: UTF8.self))
  }

  private func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else {
      throw ValidationError("\(path): \(String(cString: strerror(errno)))")
    }
    let written = fputs(text, file)
    guard fclose(file) == 0, written >= 0 else {
      throw ValidationError("\(path): \(String(cString: strerror(errno)))")
    }
  }
}
