import Checking
import Forms
import Reports
import Roster

/// A consistent report with some things changed, written in one line of a table of cases: edits between ` ; `.
///
/// `t3.granted.natural=5` a figure, `=_` blank, `=/` not applicable, `=~3` in doubt, anything else as printed ·
/// `form=2019` start from that form · `unit= region= kind= year= published= title=` · `t2= t3=` a template ·
/// `text1=` … `text6=` the words of a section, `text5-` without it · `say:SUBJECT=5 “quote”` a statement ·
/// `see:SUBJECT:SOURCE=value` evidence · `table3=picture` and `missing3=row,row`, `unknown3=label`,
/// `count3.row=1 2 3`, `subtotal:label=5=cell,cell` · `order=2,1,3` · `numeral3=四` · `doubt:reason:cells=quote` ·
/// `received=` · `roster=unit,region,kind,due` (the matched entry), `roster-` (unknown), `roster?` (ambiguous) ·
/// `further=TITLE` another report behind it · `before:CELL=3` a figure of last year's report · `ends` the document ends early.
struct Scenario {
  var report: Report
  var context = CheckingContext()

  init(_ line: String) {
    let edits = line == "-" ? [] : line.split(separator: " ; ").map(String.init)
    report = consistent(edits.contains("form=2019") ? .v2019 : .v2021)
    for edit in edits where edit != "form=2019" { apply(edit) }
  }

  private mutating func apply(_ edit: String) {
    let parts = edit.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let (name, value) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    let words = name.split(separator: ":").map(String.init)
    let number = Int(name.suffix(1)) ?? 0
    switch words[0] {
    case "unit": report.unit = value.isEmpty ? nil : value
    case "region": report.region = value.isEmpty ? nil : value
    case "kind": report.kind = Report.Kind(rawValue: value)
    case "year": report.year = Int(value)
    case "title": report.title = value
    case "published": report.published = CalendarDate(value)
    case "received": context.received = CalendarDate(value)
    case "further":
      report.structure.furtherReports = [FurtherReport(title: value, place: "第90行")]
    case "remark":
      report.structure.remarks = value.split(separator: ",").compactMap {
        Structure.Remark(rawValue: String($0))
      }
    case "ends": report.structure.endsEarly = true
    case "t2": report.template.two = .init(rawValue: value)
    case "t3": report.template.three = Template(rawValue: value)
    case "say": say(words[1], value)
    case "see": see(words, value)
    case "before": before(words[1], value)
    case "doubt": doubt(words, value)
    case "subtotal": subtotal(words[1], value)
    case "order": order(value)
    case "roster", "roster-", "roster?": roster(name, value)
    case _ where name.hasPrefix("text"): text(name, value)
    case _ where name.hasPrefix("numeral"): numeral(number, value)
    case _ where name.hasPrefix("table"): table(number, value)
    case _ where name.hasPrefix("missing"): missing(number, value)
    case _ where name.hasPrefix("unknown"):
      report.structure.tables[number - 2].rowsUnknown = [value]
    case _ where name.hasPrefix("count"): count(name, value)
    default: cell(name, value)
    }
  }

  private mutating func cell(_ name: String, _ value: String) {
    let cell = key(name)
    switch value {
    case "_": report.cells[cell] = .blank
    case "/": report.cells[cell] = Cell(class: .notApplicable, raw: "/")
    case _ where value.hasPrefix("~"):
      let raw = String(value.dropFirst())
      report.cells[cell] = Cell(
        class: .number, number: Figure(raw.prefix { "-.0123456789".contains($0) }), raw: raw)
      report.uncertain.insert(cell)
    default:
      let digits = value.prefix { "-.0123456789".contains($0) }
      let figure = Figure(digits)
      report.cells[cell] = Cell(class: figure == nil ? .text : .number, number: figure, raw: value)
    }
  }

  private mutating func say(_ name: String, _ value: String) {
    let subjects: [String: Statement.Subject] = [
      "received": .received, "carriedIn": .carriedIn, "done": .done, "carriedOut": .carriedOut,
      "granted": .granted, "partial": .partial, "both": .grantedAndPartial, "denied": .denied,
      "unable": .unable, "rejected": .rejected, "otherwise": .otherwise, "natural": .natural,
      "organisations": .organisations, "review": .review, "suit": .suit, "none": .noRequests,
      "allDone": .allDone,
    ]
    let subject: Statement.Subject
    if name.hasPrefix("percent/") {
      let parts = name.split(separator: "/").compactMap { Int($0) }
      subject = .percent(part: parts[0], whole: parts[1])
    } else {
      subject = subjects[name] ?? .table2(key(name))
    }
    report.statements.removeAll { $0.subject == subject && value == "-" }
    guard value != "-" else { return }
    report.statements.append(
      Statement(
        subject: subject, value: Figure(value), quote: "\(name)\(value)", section: .overview))
  }

  private mutating func see(_ words: [String], _ value: String) {
    guard let subject = Evidence.Subject(rawValue: words[1]),
      let source = Evidence.Source(rawValue: words[2])
    else { preconditionFailure("\(words)") }
    let parts = value.split(separator: "|").map(String.init)
    report.evidence.append(
      Evidence(subject: subject, source: source, value: parts[0], quote: parts[parts.count - 1]))
  }

  private mutating func before(_ name: String, _ value: String) {
    var previous = context.previous ?? consistent()
    previous.cells[key(name)] = Cell(class: .number, number: Figure(value), raw: value)
    context.previous = previous
  }

  private mutating func doubt(_ words: [String], _ value: String) {
    guard let reason = Doubt.Reason(rawValue: words[1]) else { preconditionFailure("\(words)") }
    let cells = words[2].split(separator: ",").flatMap { name in
      CellKey.all.filter { $0.name.hasPrefix(name) }
    }
    // Doubts of order, unit and copies are about figures that were read.
    if ![.headOrder, .otherUnit, .toldTwice].contains(reason) {
      for cell in cells { report.cells[cell] = .blank }
    }
    report.uncertain.formUnion(cells)
    report.doubts.append(Doubt(reason: reason, cells: cells, quote: value))
  }

  private mutating func subtotal(_ label: String, _ value: String) {
    let parts = value.split(separator: "=")
    guard let figure = Figure(parts[0]) else { preconditionFailure(value) }
    report.structure.tables[1].subtotals.append(
      .init(
        label: label, value: figure, parts: parts[1].split(separator: ",").map { key(String($0)) }))
  }

  private mutating func order(_ value: String) {
    let sections = report.structure.sections
    report.structure.sections = value.split(separator: ",").compactMap { Int($0) }
      .map { sections[$0 - 1] }
  }

  private mutating func roster(_ name: String, _ value: String) {
    let head = "unit,region,kind,aliases,due\n"
    let text = value.split(separator: ",", omittingEmptySubsequences: false)
    guard name == "roster" else {
      context.roster = name == "roster?" ? .ambiguous([]) : .unknown
      return
    }
    let row = "\(text[0]),\(text[1]),\(text[2]),,\(text[3])"
    let roster = try? Roster(csv: Array((head + row).utf8))
    context.roster = roster?.match(unit: String(text[0]), region: String(text[1]))
  }

  private mutating func text(_ name: String, _ value: String) {
    guard let number = Int(name.dropFirst(4).prefix(1)), let section = Section(rawValue: number)
    else { preconditionFailure(name) }
    if name.hasSuffix("-") {
      report.structure.sections.removeAll { $0.section == section }
    } else {
      for index in report.structure.sections.indices
      where report.structure.sections[index].section == section {
        report.structure.sections[index].text = value
      }
    }
  }

  private mutating func numeral(_ number: Int, _ value: String) {
    let old = report.structure.sections[number - 1]
    report.structure.sections[number - 1] = SectionFound(
      section: old.section, heading: "\(value)、\(old.section.title.official)", numeral: value,
      text: old.text)
  }

  private mutating func table(_ number: Int, _ value: String) {
    guard let table = TableNumber(rawValue: number) else { preconditionFailure(value) }
    report.cells = report.cells.filter { $0.key.table != table }
    switch table {
    case .two: report.template.two = nil
    case .three: report.template.three = nil
    case .four: report.template.four = nil
    }
    report.structure.tables[number - 2].state = .init(rawValue: value) ?? .missing
  }

  private mutating func missing(_ number: Int, _ value: String) {
    let rows = value.split(separator: ",").map(String.init)
    report.structure.tables[number - 2].rowsMissing = rows
    for cell in report.cells.keys
    where cell.table.rawValue == number && rows.contains(String(cell.row)) {
      report.cells[cell] = .blank
    }
  }

  private mutating func count(_ name: String, _ value: String) {
    let parts = name.split(separator: ".").map(String.init)
    guard let number = Int(parts[0].suffix(1)) else { preconditionFailure(name) }
    let cells = report.cells.keys.filter {
      $0.table.rawValue == number && $0.row == parts[1]
    }
    for cell in cells {
      report.cells[cell] = .blank
      report.uncertain.insert(cell)
    }
    report.structure.tables[number - 2].cellCounts.append(
      .init(
        row: parts[1], expected: cells.count, found: value.split(separator: " ").map(String.init)))
  }
}
