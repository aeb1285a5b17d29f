import Forms
import Generator
import Testing

/// What is damaged can be told from what is not: the measure of damaged documents rests on that.
@Suite struct Damages {
  private static func sample(_ number: Int, _ shape: Layout.Shape) -> Sample {
    Sample(number: number, seed: 31, shapes: [shape], varied: true)
  }

  @Test(arguments: Layout.Shape.allCases)
  func `the same seed damages alike, and the damaged print is another`(shape: Layout.Shape) {
    for number in 0..<6 {
      let sample = Self.sample(number, shape)
      let whole = sample.report.printed(sample.layout, seed: sample.seed)
      let first = sample.report.printed(sample.layout, seed: sample.seed, damages: 2)
      let second = sample.report.printed(sample.layout, seed: sample.seed, damages: 2)
      #expect(first.printed.bytes == second.printed.bytes)
      #expect(first.damages == second.damages)
      #expect(!first.damages.isEmpty)
      #expect(first.printed.bytes != whole.bytes)
      #expect(
        first.printed.unknowable.isSuperset(
          of: whole.unknowable.subtracting(first.printed.mistyped)))
    }
  }

  @Test func `every kind of damage occurs`() {
    var seen: Set<Damage> = []
    for number in 0..<40 {
      for shape in [Layout.Shape.lines, .bars, .clean] {
        let sample = Self.sample(number, shape)
        seen.formUnion(
          sample.report.printed(sample.layout, seed: sample.seed, damages: 4).damages)
      }
    }
    #expect(seen == Set(Damage.allCases))
  }

  @Test(arguments: [Layout.Shape.lines, .bars, .clean])
  func `words mistyped leave every figure to be told`(shape: Layout.Shape) {
    for number in 0..<10 {
      let sample = Self.sample(number, shape)
      let whole = sample.report.printed(sample.layout, seed: sample.seed)
      let (printed, damages) = sample.report.printed(
        sample.layout, seed: sample.seed, damages: 3, of: [.typo, .doubledCharacter])
      #expect(damages.count == 3)
      #expect(printed.unknowable == whole.unknowable)
      #expect(printed.mistyped.isEmpty)
    }
  }

  @Test func `a cell joined with the next takes its row along`() throws {
    let sample = Sample(number: 4, seed: 9, shapes: [.bars])
    let (printed, damages) = sample.report.printed(
      sample.layout, seed: 5, damages: 1, of: [.joinedCells])
    #expect(damages == [.joinedCells])
    let rows = Set(printed.unknowable.map { "\($0.prefix).\($0.row)" })
    let table = try #require(printed.unknowable.first?.table)
    #expect(rows.count == (table == .four ? 3 : 1))
    #expect([3, 2, 7, 15].contains(printed.unknowable.count))
  }

  @Test func `a digit taken for a letter is a figure no more`() throws {
    let sample = Sample(number: 4, seed: 9, shapes: [.tabs])
    let (printed, _) = sample.report.printed(
      sample.layout, seed: 5, damages: 1, of: [.confusedDigit])
    #expect(printed.mistyped.count == 1)
    let key = try #require(printed.mistyped.first)
    #expect(printed.truth[key]?.number != nil)
    #expect(!printed.unknowable.contains(key))
  }

  /// The lines of a page from the label of a row to the next words, or from the words before to the label.
  private static func lines(
    around label: String, in lines: [String], behind: Bool
  ) -> ArraySlice<String>? {
    func isWords(_ line: String) -> Bool {
      line.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
    let places = lines.indices.filter { lines[$0].filter { $0 != "|" && $0 != " " } == label }
    guard places.count == 1, let place = places.first else { return nil }
    if behind {
      let start = lines[..<place].lastIndex(where: isWords) ?? place
      return lines[start...place]
    }
    let end = lines[(place + 1)...].firstIndex(where: isWords) ?? lines.endIndex
    return lines[place..<end]
  }

  /// Without the tags of a page.
  private static func lines(_ printed: PrintedReport) -> [String] {
    String(decoding: printed.bytes, as: UTF8.self).replacing(/<[^>]*>/, with: "")
      .split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    Layout.Shape.lines, .paragraphs, .barLines, .barAlone, .labelsAfter, .columnwise,
  ])
  func `a damaged row that is told all the same is that of another report, line for line`(
    shape: Layout.Shape
  ) throws {
    let layout = Layout(shape)
    var compared = 0
    for number in 0..<120 {
      let sample = Self.sample(number, shape)
      let (printed, _) = sample.report.printed(
        layout, seed: sample.seed, damages: 4, of: [.doubledLine, .lostLine, .joinedCells])
      #expect(Set(printed.restated.keys).isSubset(of: printed.unknowable.union(printed.mistyped)))
      for (row, keys) in Dictionary(
        grouping: printed.restated.keys.sorted(), by: { [$0.prefix, $0.row] })
      where keys[0].table != .four {
        guard keys.contains(where: { printed.restated[$0] != printed.truth[$0] }) else { continue }
        var other = sample.report
        for key in keys { other.cells[key] = printed.restated[key] }
        let label = keys[0].words.row
        let here = Self.lines(
          around: label, in: Self.lines(printed), behind: shape == .labelsAfter)
        let there = Self.lines(
          around: label, in: Self.lines(other.printed(layout, seed: sample.seed)),
          behind: shape == .labelsAfter)
        // A row whose label stands twice on the page, or is broken over lines, is not looked for.
        guard let here, let there else { continue }
        #expect(Array(here) == Array(there), "\(number) \(row)")
        compared += 1
      }
    }
    #expect(compared > 0)
  }

  @Test func `a row beside a lost label is never told`() {
    for number in 0..<60 {
      let sample = Self.sample(number, .lines)
      let layout = Layout(.lines)
      let whole = sample.report.printed(layout, seed: sample.seed)
      let (printed, _) = sample.report.printed(
        layout, seed: sample.seed, damages: 1, of: [.lostLine])
      let concerned = printed.unknowable.subtracting(whole.unknowable)
      // A lost figure concerns its row, a lost label those beside it too.
      guard Set(concerned.map { "\($0.prefix).\($0.row)" }).count > 1,
        !concerned.contains(where: { $0.table == .four })
      else { continue }
      // A lost head says nothing of the figures of its rows: they are those of the report.
      #expect(
        printed.restated.allSatisfy { key, cell in
          !concerned.contains(key) || cell.number == printed.truth[key]?.number
        })
    }
  }
}
