import Accuracy
import Generator
import Glibc

/// The results as tables, and the whole report in Markdown.
struct ReadingReport {
  let series: ReadingSeries
  /// Measured with a whole series only.
  let localisation: LocalisationSeries?
  let statements: StatementsSeries?
  let seed: UInt64
  let seconds: Double
  /// As it was called, without the path.
  let command: String

  var tables: [ReportTable] {
    ([usual, varied, traits, damagedShapes, damages, others]
      + [localisation?.table].compactMap(\.self) + (statements?.tables ?? []) + [gateTable])
      .filter { !$0.rows.isEmpty }
  }

  // MARK: Tables

  private var usual: ReportTable {
    var table = ReportTable(
      "The usual layouts",
      """
      Both forms, hybrids, blanks and `/`, as text and as web pages; each report as it is and with one fault. Unit, region, \
      year, date and kind are held against the truth too, and the checks that fail must be exactly those that must.
      """,
      ["layout", "reports", "exact", "exact %", "uncertain", "wrong", "missing", "extra", "text≠"]
        + ["identity≠", "none", "check missed", "check too many"])
    func add(_ name: String, _ sum: Measurement) {
      table.add([
        name, "\(sum.reports)", "\(sum.exact)", ReportTable.percent(sum.exactShare),
        "\(sum.uncertain)", "\(sum.wrong)", "\(sum.missing)", "\(sum.extra)", "\(sum.otherText)",
        "\(sum.identity)", "\(sum.calledNone + sum.unreadable)", "\(sum.missed)",
        "\(sum.unexpected)",
      ])
    }
    var plain = Measurement()
    var faulted = Measurement()
    for shape in Layout.Shape.usual {
      guard let sum = series.usual[shape] else { continue }
      add(shape.rawValue, sum.plain)
      add("\(shape.rawValue), one fault", sum.faulted)
      plain.add(sum.plain)
      faulted.add(sum.faulted)
    }
    guard plain.reports > 0 else { return table }
    add("all", plain)
    add("all, one fault", faulted)
    return table
  }

  private static let columns = [
    "documents", "exact", "exact %", "uncertain", "cannot be told", "wrong", "missing", "extra",
    "none", "unreadable",
  ]

  private static func cells(_ sum: Measurement) -> [String] {
    [
      "\(sum.reports)", "\(sum.exact)", ReportTable.percent(sum.exactShare), "\(sum.uncertain)",
      "\(sum.unknowable)", "\(sum.wrong)", "\(sum.missing)", "\(sum.extra)", "\(sum.calledNone)",
      "\(sum.unreadable)",
    ]
  }

  private static func byShape(
    _ title: String, _ note: String, _ sums: [Layout.Shape: Measurement]
  ) -> ReportTable {
    var table = ReportTable(title, note, ["layout"] + columns)
    var all = Measurement()
    for shape in Layout.Shape.legible {
      guard let sum = sums[shape] else { continue }
      table.add([shape.rawValue] + cells(sum))
      all.add(sum)
    }
    if all.reports > 0 { table.add(["all"] + cells(all)) }
    if let sum = sums[.columnwise] { table.add(["columnwise (not counted)"] + cells(sum)) }
    return table
  }

  private var varied: ReportTable {
    Self.byShape(
      "Every layout, with traits",
      """
      Each document has one to five traits of the catalogue at once, and figures of any kind: none, few, hundreds, of seven \
      digits, rows that are permutations of each other, rows like the next, only totals, blanks, `/`, 无. A cell “cannot be \
      told” where a row has some blanks and the layout does not keep them. Figures column by column fit row by row as well \
      where many are zero; nothing is asked there but that no figure be wrong.
      """, series.varied.shapes)
  }

  private var traits: ReportTable {
    var table = ReportTable(
      "The same by trait",
      "Documents in the usual layouts; one document counts for each of its traits.",
      ["trait"] + Self.columns)
    for trait in Trait.allCases {
      if let sum = series.varied.traits[trait] { table.add([trait.rawValue] + Self.cells(sum)) }
    }
    return table
  }

  private var damagedShapes: ReportTable {
    Self.byShape(
      "Damaged",
      """
      The documents of the series before with one, two, three or four damages each (a quarter of the documents each), every \
      kind that the layout has a place for equally likely. Where a careful reader cannot say any more which figure belongs \
      where, cells “cannot be told”: what is said of them with certainty must be true all the same. A digit that became a \
      letter must be text or uncertain.
      """, series.varied.damagedShapes)
  }

  private var damages: ReportTable {
    var table = ReportTable(
      "The same by damage", "One document counts for each kind of its damages.",
      ["damage"] + Self.columns)
    for damage in Damage.allCases {
      if let sum = series.varied.damages[damage] { table.add([damage.rawValue] + Self.cells(sum)) }
    }
    return table
  }

  /// What was made of what.
  private var others: ReportTable {
    let codes = [
      "report", "not_a_report", "no_national_template", "blank_form", "bad_encoding",
    ]
    var table = ReportTable(
      "Reports and other pages",
      "How many of each were taken for a report, and the reason's code where they were not.",
      ["document", "how many"] + codes + ["other reason"])
    func add(_ name: String, _ counts: [String: Int]) {
      let total = counts.values.reduce(0, +)
      guard total > 0 else { return }
      let known = codes.map { counts[$0] ?? 0 }
      table.add([name, "\(total)"] + (known + [total - known.reduce(0, +)]).map(String.init))
    }
    func verdicts(_ sums: [Measurement]) -> [String: Int] {
      var counts: [String: Int] = [:]
      for sum in sums {
        counts["report", default: 0] += sum.reports - sum.refusals.values.reduce(0, +)
        for (code, count) in sum.refusals { counts[code.rawValue, default: 0] += count }
      }
      return counts
    }
    add("report, usual layouts", verdicts(series.usual.values.flatMap { [$0.plain, $0.faulted] }))
    add("report, every layout", verdicts(Array(series.varied.shapes.values)))
    add("report, damaged", verdicts(Array(series.varied.damagedShapes.values)))
    add("report, tables are pictures", series.confusion.withoutTables)
    for kind in OtherPage.allCases { add(kind.rawValue, series.confusion.pages[kind] ?? [:]) }
    return table
  }

  var gates: [Gate] {
    series.gates + (localisation?.gates ?? []) + (statements?.gates ?? [])
  }

  private var gateTable: ReportTable {
    var table = ReportTable(
      "What must be so", "The command fails where one is not met.", ["", "found", "met"])
    for gate in gates { table.add([gate.name, gate.found, gate.isMet ? "yes" : "NO"]) }
    return table
  }

  // MARK: The whole

  var markdown: String {
    """
    # How well reports are read

    Written by `\(command)` on \(Self.today) (UTC): \(series.documents) synthetic documents, seed \(seed), in \
    \(Int(seconds)) seconds on \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores, \(Self.compiler). The same seed \
    gives the same documents. Nothing here is typed by hand.

    *Exact*: class and number as the document has them, and vouched for. *Uncertain*: listed as such. *Wrong*: vouched for \
    and not what the document says. Shares are of the cells that can be told.


    """
      + ([tables.last, tables.first].compactMap(\.self) + tables.dropFirst().dropLast())
      .map(\.markdown).joined(separator: "\n")
  }

  private static var today: String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }

  private static var compiler: String {
    #if swift(>=6.3)
      "Swift 6.3 or later"
    #elseif swift(>=6.2)
      "Swift 6.2"
    #else
      "Swift 6.1"
    #endif
  }
}
