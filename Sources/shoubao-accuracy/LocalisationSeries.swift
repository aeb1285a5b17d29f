import Accuracy

/// Tables with slips of each kind and of several, with and without blank cells, and what is told about them.
struct LocalisationSeries: Sendable {
  private(set) var sums: [(name: String, sum: LocalisationMeasurement)] = []
  /// Over all kinds.
  private(set) var whole = LocalisationMeasurement()

  /// - Parameter count: how many reports of each kind.
  init(count: Int, seed: UInt64) {
    for blanks in [false, true] {
      var all = LocalisationMeasurement()
      func add(_ name: String, _ faults: (Int) -> [LocalisationFault]) {
        let sum = Self.measure(count, seed: seed, blanks: blanks, faults)
        sums.append((blanks ? "\(name), with blanks" : name, sum))
        all.add(sum)
      }
      let kinds = LocalisationFault.allCases
      for kind in kinds { add(kind.rawValue) { _ in [kind] } }
      add("two cells") { number in
        let single = LocalisationFault.single
        return [single[number % single.count], single[number / single.count % single.count]]
      }
      add("two slips") { [kinds[$0 % kinds.count], kinds[$0 / kinds.count % kinds.count]] }
      add("3 to 12 cells") { Array(repeating: .figure, count: 3 + $0 % 10) }
      add("30 cells") { _ in Array(repeating: .figure, count: 30) }
      sums.append((blanks ? "all, with blanks" : "all", all))
      whole.add(all)
    }
  }

  private static func measure(
    _ count: Int, seed: UInt64, blanks: Bool, _ faults: (Int) -> [LocalisationFault]
  ) -> LocalisationMeasurement {
    var sum = LocalisationMeasurement()
    var number = 0
    // Not every report has a place for every slip.
    while sum.reports < count, number < 200 * count {
      if let test = LocalisationCase(
        number: number, seed: seed, faults: faults(number), blanks: blanks)
      {
        sum.add(test)
      }
      number += 1
    }
    return sum
  }

  var table: ReportTable {
    var table = ReportTable(
      "Where the wrong cells are",
      """
      Slips in reports whose sums are right. *Checks =*: exactly the broken relations fail. *Named*: one cell is named, and it \
      is the one. *Masked*: fewer cells than were changed explain everything, so that the true ones are not among the smallest \
      sets. *Too many*: more cells than can be located. *Among*: of those that can be located, the true cells are among the \
      explanations; *told*: among the first, which a reader of the message sees. Times are of localising alone, in µs of \
      processor for a report.
      """,
      [
        "slip", "reports", "checks =", "named", "wrongly named", "ties", "masked", "too many",
        "among",
        "told", "slip named", "median µs", "p99 µs", "max µs",
      ])
    for (name, sum) in sums { table.add([name] + Self.cells(sum)) }
    return table
  }

  private static func cells(_ sum: LocalisationMeasurement) -> [String] {
    let times = sum.times.sorted()
    func micro(_ share: Double) -> String {
      guard let last = times.indices.last else { return "-" }
      return String((times[Int(Double(last) * share)] + 500) / 1000)
    }
    func share(_ part: Int, _ whole: Int) -> String {
      whole == 0 ? "-" : ReportTable.percent(Double(part) / Double(whole))
    }
    return [
      "\(sum.reports)", share(sum.exactChecks, sum.reports), share(sum.namedRight, sum.reports),
      "\(sum.namedWrong)", share(sum.ties, sum.reports), "\(sum.masked)", "\(sum.tooMany)",
      share(sum.among, sum.locatable), share(sum.told, sum.locatable),
      share(sum.slipNamed, sum.slips), micro(0.5), micro(0.99), micro(1),
    ]
  }

  var gates: [Gate] {
    let wrong = whole.reports - whole.exactChecks
    return [
      Gate(
        name: "slips: exactly the broken relations fail", found: "\(wrong) not", isMet: wrong == 0),
      Gate(
        name: "slips: no other cell is named as the wrong one", found: "\(whole.namedWrong)",
        isMet: whole.namedWrong == 0),
      Gate(
        name: "slips: the true cells are among the explanations where they can be",
        found: "\(whole.missed) not", isMet: whole.missed == 0),
    ]
  }
}
