import ArgumentParser
import Collection
import Glibc
import Journal
import Receipts
import Reports
import Service
import Sheets

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: text("导出全部数字。", en: "Every figure, for other programs."),
    discussion: text(
      "每格一行；--wide 为每份报告一行。各列的含义见 --dictionary。每份报告导出计入汇总的一次报送，没有的导出最近一次；"
        + "--versions 导出各次报送。csv 可直接用 Excel、WPS 打开；xlsx 请写到文件：shoubao export --format xlsx > 数据.xlsx",
      en:
        "A row for each cell; with --wide one for each report. --dictionary tells what the columns hold. Of each "
        + "report the version that counts is exported, or the newest; with --versions all. Send xlsx to a file: "
        + "shoubao export --format xlsx > data.xlsx"))

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, xlsx, jsonl }

  @OptionGroup var places: PlaceOptions

  @Option(
    help: ArgumentHelp(
      text("报告年度；不写则全部年度", en: "Report year; all, if not given."), valueName: "year"))
  var year: Int?

  @Option(help: ArgumentHelp(text("输出格式", en: "Output format.")))
  var format = Format.csv

  @Flag(help: ArgumentHelp(text("每份报告一行", en: "One row a report.")))
  var wide = false

  @Flag(help: ArgumentHelp(text("各次报送都导出", en: "All versions.")))
  var versions = false

  @Flag(help: ArgumentHelp(text("只打印各列和各格代号的含义", en: "Only print what the columns and keys are.")))
  var dictionary = false

  func run() throws {
    let export = Export(isWide: wide)
    if dictionary {
      write(export.dictionary(commandLanguage))
      return
    }
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    guard format != .xlsx || isatty(STDOUT_FILENO) == 0 else {
      throw fail(
        language.say(
          "xlsx 请写到文件：… --format xlsx > 数据.xlsx", en: "send xlsx to a file: … > data.xlsx"),
        .usage)
    }
    do {
      switch format {
      case .csv: try exportCSV(export, reader, language)
      case .jsonl: try exportJSON(export, reader, language)
      case .xlsx: try exportSheet(export, reader, language)
      }
    } catch let error as JournalError {
      throw unavailable(error, language)
    } catch let error as SheetError {
      throw fail("\(error)", .fault)
    }
  }

  /// All rows, report by report.
  private func eachRow(
    _ export: Export, _ reader: JournalReader, _ language: Language,
    _ body: ([ExportValue]) throws -> Void
  ) throws {
    let progress = Progress(language.say("导出", en: "exporting"))
    for year in try year.map({ [$0] }) ?? reader.years() {
      let reports = ExportedReport.of(
        try VersionChain.all(reader, year: year), allVersions: versions)
      var next = reports.makeIterator()
      var done = 0
      try reader.eachFigures(of: reports.map(\.filed.arrival)) { arrival, cells, uncertain in
        // A report without figures is left out by the journal.
        while let report = next.next() {
          guard report.filed.arrival == arrival else { continue }
          for row in export.rows(report, cells, uncertain) { try body(row) }
          break
        }
        done += 1
        if done % 64 == 0 { progress.show(done, of: reports.count) }
      }
    }
    progress.end()
  }

  private func exportCSV(_ export: Export, _ reader: JournalReader, _ language: Language) throws {
    var buffer = CSVText.mark + CSVText.row(export.names)
    try eachRow(export, reader, language) { row in
      buffer += export.csv(row)
      guard buffer.utf8.count > 1 << 16 else { return }
      write(buffer)
      buffer = ""
    }
    write(buffer)
  }

  private func exportJSON(_ export: Export, _ reader: JournalReader, _ language: Language) throws {
    let names = export.names
    try eachRow(export, reader, language) { row in
      line(
        try encoded(
          JSONValue.object(
            Dictionary(uniqueKeysWithValues: zip(names, row.map(JSONValue.init))))))
    }
  }

  private func exportSheet(_ export: Export, _ reader: JournalReader, _ language: Language) throws {
    var book = WorkbookWriter()
    try book.beginSheet(language.say("数据", en: "data"), frozenRows: 1)
    try book.row(export.names.map { .text($0, .head) })
    // The writer cannot be lent to a closure: rows of a few reports are gathered first.
    for year in try year.map({ [$0] }) ?? reader.years() {
      let reports = ExportedReport.of(
        try VersionChain.all(reader, year: year), allVersions: versions)
      let progress = Progress(language.say("导出", en: "exporting"))
      for start in stride(from: 0, to: reports.count, by: 64) {
        let group = reports[start..<min(start + 64, reports.count)]
        let byArrival = Dictionary(
          group.map { ($0.filed.arrival, $0) }, uniquingKeysWith: { a, _ in a })
        var rows: [[SheetCell]] = []
        try reader.eachFigures(of: group.map(\.filed.arrival)) { arrival, cells, uncertain in
          guard let report = byArrival[arrival] else { return }
          rows += export.rows(report, cells, uncertain).map(export.sheet)
        }
        for row in rows { try book.row(row) }
        if book.waiting > 1 << 16 { write(book.take()[...]) }
        progress.show(start + group.count, of: reports.count)
      }
      progress.end()
    }
    write(try book.finish()[...])
  }
}

extension JSONValue {
  fileprivate init(_ value: ExportValue) {
    self =
      switch value {
      case .empty: .null
      case .text(let text), .figure(let text): .text(text)
      case .integer(let value): .integer(value)
      case .flag(let value): .flag(value)
      }
  }
}
