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
    }
    return sum
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
  }
}
