import Reports
import Testing

@testable import Journal

/// Long reads that nobody wants any more.
struct InterruptingTests {
  private func house(_ count: Int) throws -> House {
    let house = try House()
    for number in 0..<count {
      _ = try house.judge("\(number)", "\(number)", report: Sample.report(unit: "第\(number)局"))
    }
    return house
  }

  private func read(_ house: House, until isUnwanted: @escaping @Sendable () -> Bool) throws -> Int
  {
    let reader = house.journal.reader
    var versions = 0
    do {
      try reader.reading(until: isUnwanted) { () throws(JournalError) in
        try reader.eachVersion(year: 2023) { _ in versions += 1 }
      }
    } catch {
      #expect(error == .interrupted && isUnwanted())
    }
    return versions
  }

  @Test func `Reading a year ends in the middle when a stop is asked for`() throws {
    let house = try house(100)
    #expect(try read(house, until: { false }) == 100)
    let some = try read(house, until: { true })
    #expect(some > 0 && some < 100)
  }

  @Test func `What is asked at one moment knows nothing of what is written meanwhile`() throws {
    let house = try house(3)
    let reader = try JournalReader(path: house.path)
    defer { try? reader.close() }
    let counts = try reader.atOneMoment { () throws(JournalError) in
      let before = try reader.versionCount(year: 2023)
      do {
        _ = try house.judge("4", "4", report: Sample.report(unit: "甲局"))
      } catch {
        Issue.record("\(error)")
      }
      return (before, try reader.versionCount(year: 2023))
    }
    #expect(counts == (3, 3))
    #expect(try reader.versionCount(year: 2023) == 4)
    // Nor does a question that cannot be answered leave anything open.
    #expect(throws: JournalError.interrupted) {
      try reader.atOneMoment { () throws(JournalError) in
        _ = try reader.head()
        throw JournalError.interrupted
      }
    }
    _ = try house.judge("5", "5", report: Sample.report(unit: "乙局"))
    #expect(try reader.versionCount(year: 2023) == 5)
  }

  @Test func `The journal is read and written afterwards as before`() throws {
    let house = try house(100)
    _ = try read(house, until: { true })
    try house.file("101", "101", report: Sample.report(unit: "甲局"))
    #expect(try house.journal.reader.versionCount(year: 2023) == 101)
    #expect(try house.verify().damages == [])
  }
}
