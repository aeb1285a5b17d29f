import Foundation
import Reports
import Testing

@Suite struct `Versions of one report` {
  struct Case: CustomTestStringConvertible, Sendable {
    let new: Filer
    let others: [Filer]
    let latest: Int?
    let namesakes: [Int]
    let testDescription: String
  }

  static let cases: [Case] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Data/filers.tsv")
    let lines = (try? String(contentsOf: path, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Case(
        new: filer(fields[0]), others: fields[1].components(separatedBy: ";").map(filer),
        latest: Int(fields[2]).map { $0 - 1 },
        namesakes: fields[3].split(separator: " ").compactMap { Int($0).map { $0 - 1 } },
        testDescription: fields[4])
    }
  }()

  static func filer(_ text: String) -> Filer {
    let parts = text.components(separatedBy: "@").map { $0.trimmingCharacters(in: .whitespaces) }
    return Filer(
      unit: "城关镇人民政府", region: parts[0] == "–" ? nil : parts[0], kind: .own, year: 2023,
      folder: parts[1])
  }

  @Test(arguments: cases) func `are told apart from other units of the name`(_ sample: Case) {
    #expect(sample.new.latest(among: sample.others) == sample.latest)
    #expect(sample.new.namesakes(among: sample.others) == sample.namesakes)
  }

  @Test func `The table of cases is there`() { #expect(Self.cases.count >= 13) }

  @Test func `Own and level reports, other years and other names are no versions`() {
    func filer(_ unit: String, _ kind: Report.Kind, _ year: Int) -> Filer {
      Filer(unit: unit, region: "嵊州市", kind: kind, year: year, folder: "")
    }
    let new = filer("城关镇人民政府", .own, 2023)
    let others = [
      filer("城关镇人民政府", .level, 2023), filer("城关镇人民政府", .own, 2022),
      filer("长乐镇人民政府", .own, 2023),
    ]
    #expect(new.latest(among: others) == nil)
    #expect(new.namesakes(among: others) == [])
  }
}
