import Accuracy
import Generator
import Reports
import Testing

/// What the generator tells in words, and how well the program reads it; the measure of `shoubao-accuracy statements`
/// on a small sample.
@Suite struct Narratives {
  @Test
  func `figures told in words are read, and contradictions are found, with hardly a false alarm`() {
    let sum = StatementMeasurement.measure(0..<120, seed: 41)
    #expect(sum.consistent > 100 && sum.contradicted > 100)
    let statements = StatementMeasurement.total(sum.statements)
    let checks = StatementMeasurement.total(sum.checks)
    #expect(statements.found > 1000 && checks.found > 80)
    #expect(
      sum.isGood, "\(statements), \(checks), \(sum.falseAlarms): \(sum.examples.prefix(30))")
  }

  @Test func `the measure sees what is read wrongly and what is missed`() {
    var tally = StatementMeasurement.Tally()
    tally.right = 98
    tally.wrong = 2
    tally.found = 80
    tally.missed = 20
    #expect(tally.precision == 0.98)
    #expect(tally.recall == 0.8)
    var sum = StatementMeasurement()
    sum.statements = ["received": tally]
    #expect(!sum.isGood)
  }

  @Test func `the same seed tells the same, and a contradiction changes it`() throws {
    var contradictions: Set<Narration.Contradiction> = []
    for number in 0..<60 {
      let sample = Sample(number: number, seed: 5, shapes: [.lines])
      guard let plain = narration(sample, contradicted: false),
        let wrong = narration(sample, contradicted: true)
      else { continue }
      #expect(
        plain.report.sectionTexts == narration(sample, contradicted: false)?.report.sectionTexts)
      #expect(plain.checks.isEmpty && !wrong.checks.isEmpty)
      #expect(plain.report.sectionTexts != wrong.report.sectionTexts)
      contradictions.insert(try #require(wrong.contradiction))
    }
    #expect(contradictions.count >= 6)
  }

  @Test func `no mark of a phrase is left in the words`() {
    for number in 0..<200 {
      let sample = Sample(number: number, seed: 6, shapes: [.lines])
      guard let narration = narration(sample, contradicted: false) else { continue }
      for text in narration.report.sectionTexts.values {
        #expect(!text.contains { "{}[]<>|".contains($0) }, "\(text)")
      }
    }
  }

  private func narration(_ sample: Sample, contradicted: Bool) -> Narration? {
    Narration(sample.report, seed: sample.seed, breaksLines: true, contradicted: contradicted)
  }
}
