import Reports
import Testing

@testable import Journal

struct YearTests {
  /// What a row has like the one before it is not read again.
  @Test func `A year read in one go says of each version what its own row says`() throws {
    let house = try House()
    var count = 0
    for kind in [Report.Kind.own, nil, .level, .level] {
      for region in ["霁原县", nil, "云门县", "云门县"] {
        for outcome in [Outcome.accepted, .returned, .acceptedWithWarnings] {
          count += 1
          var report = Sample.report(unit: "第\(count)局")
          (report.kind, report.region) = (kind, region)
          report.template.two = count % 3 == 0 ? nil : count % 4 == 0 ? .v2019 : .v2021
          report.template.three = count % 5 == 0 ? nil : count % 2 == 0 ? .v2019 : .v2021
          _ = try house.judge("\(count)", "\(count)", outcome: outcome, report: report)
        }
      }
    }
    let reader = house.journal.reader
    var versions: [Filed] = []
    try reader.eachVersion(year: 2023) { versions.append($0) }
    #expect(versions.count == count)
    for version in versions {
      #expect(try reader.versions(endingWith: version.arrival) == [version])
    }
    var owners: [Owner] = []
    try reader.eachOwner(year: 2023) { owners.append($0) }
    #expect(owners == (try reader.owners(since: 0)).changed.compactMap(\.owner))
    #expect(owners.map(\.arrival) == versions.map(\.arrival))
    #expect(owners.map(\.region) == versions.map(\.region))
    #expect(owners.map(\.kind) == versions.map(\.kind))
  }
}
