public import Generator
import Reading
import Recognition
import Reports

/// What is taken for a report and what is not.
public struct Confusion: Sendable {
  /// By kind of page: `report`, or the code of the refusal, and how often.
  public var pages: [OtherPage: [String: Int]] = [:]
  /// Reports whose tables are pictures: headings, text, no figure.
  public var withoutTables: [String: Int] = [:]

  /// Files of text that hold two reports with other figures.
  public var pairs = 0
  /// Of those: that the program says so.
  public var pairsTold = 0
  /// Of those: in which a figure is vouched for that the other report has otherwise.
  public var pairsMixed = 0

  public init() {}

  /// Pages that are no reports, the kinds in turn; and one report without tables for ten of them.
  public static func measure(_ numbers: some Collection<Int>, seed: UInt64) -> Confusion {
    var sum = Confusion()
    let kinds = OtherPage.allCases
    for number in numbers {
      let kind = kinds[number % kinds.count]
      let verdict = verdict(on: kind.bytes(number: number, seed: seed))
      sum.pages[kind, default: [:]][verdict, default: 0] += 1
      guard number % 10 == 0 else { continue }
      let bytes = Junk.pictures.bytes(
        organ: Organ(number: number), year: 2019 + number % 7, seed: seed &+ UInt64(number))
      sum.withoutTables[Self.verdict(on: bytes), default: 0] += 1
      sum.addPair(number, seed)
    }
    return sum
  }

  /// Whose figures are a file's that holds two reports? Nobody's, for certain.
  private mutating func addPair(_ number: Int, _ seed: UInt64) {
    let shapes: [Layout.Shape] = [.lines, .bars, .tabs]
    let first = Sample(number: number, seed: seed, year: 2023, shapes: shapes)
    let second = Sample(number: number + 3, seed: seed, year: 2023, shapes: shapes)
    let bytes = first.report.printed(before: second.report, first.layout, seed: seed)
    guard let document = try? readDocument(bytes).document,
      case .report(let report) = recognise(document)
    else { return }
    pairs += 1
    // Two towns of one name, whose titles are the same, are told as one table that stands there twice.
    let isTold =
      !(report.structure.furtherReports?.isEmpty ?? true)
      || report.doubts.contains { $0.reason == .toldTwice }
    pairsTold += isTold ? 1 : 0
    let others = second.report.truth
    let isMixed = first.report.truth.contains { key, cell in
      guard let other = others[key]?.number, let own = cell.number, other != own else {
        return false
      }
      return report.cells[key] != nil && !report.uncertain.contains(key)
    }
    pairsMixed += isMixed ? 1 : 0
  }

  /// `report`, or why not.
  public static func verdict(on bytes: [UInt8]) -> String {
    do {
      switch recognise(try readDocument(bytes).document) {
      case .report: return "report"
      case .refused(let refusal): return refusal.code.rawValue
      }
    } catch {
      return error.refusal.code.rawValue
    }
  }

  /// Pages that are no report and were taken for one.
  public var accepted: Int { pages.values.reduce(0) { $0 + ($1["report"] ?? 0) } }

  public mutating func add(_ other: Confusion) {
    for (kind, verdicts) in other.pages {
      pages[kind, default: [:]].merge(verdicts, uniquingKeysWith: +)
    }
    withoutTables.merge(other.withoutTables, uniquingKeysWith: +)
    pairs += other.pairs
    pairsTold += other.pairsTold
    pairsMixed += other.pairsMixed
  }
}
