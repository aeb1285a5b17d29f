import Forms
import Generator
import Reports

/// Files to drop.
enum Papers {
  /// A report without fault: every relation holds, nothing is uncertain. Numbers give different organs; another `seed`
  /// gives the same organ other figures.
  static func report(
    _ number: Int, year: Int = 2023, seed: UInt64 = 1, shape: Layout.Shape = .clean
  ) -> [UInt8] {
    var random = SplitMix64(seed: seed).fork(number)
    let report = SyntheticReport.random(
      organ: Organ(number: number), options: .init(year: year, size: .dozens), using: &random)
    return report.printed(Layout(shape), seed: seed).bytes
  }

  /// The same town's report, with other figures for another seed, that nowhere names its county.
  static func withoutRegion(seed: UInt64) -> [UInt8] {
    let text = String(decoding: report(1, seed: seed, shape: .lines), as: UTF8.self)
    return Array(text.replacing(Organ(number: 1).county, with: "").utf8)
  }

  static func unit(_ number: Int) -> String { Organ(number: number).name }

  /// A file that is no report.
  static func junk(_ junk: Junk, seed: UInt64 = 1) -> [UInt8] {
    junk.bytes(organ: Organ(number: 7), year: 2023, seed: seed)
  }
}

extension Papers {
  /// A report with sums of table 3 that fail: one of its cells is wrong.
  static func faulty(_ number: Int, year: Int) -> [UInt8] {
    var random = SplitMix64(seed: 1).fork(number)
    let report = SyntheticReport.random(
      organ: Organ(number: number), options: .init(year: year, size: .dozens), using: &random)
    let cell = CellKey("t3.granted.natural")!
    return report.applying(.cell(cell, by: 3))!.report.printed(Layout(.clean), seed: 1).bytes
  }
}
