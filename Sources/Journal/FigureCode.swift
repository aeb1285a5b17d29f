import Forms
import Reports

/// All cells of a report in four short texts, as table `figures` keeps them, packed.
///
/// - `cells`: the numbers (table `cells`) of the keys that the report has, ascending, as ranges: `1-10 33-207`.
/// - `content`: one field a cell, in the same order, separated by tabs. A field that starts with a digit or a minus sign
///   is a number printed just so. An empty field is a blank cell with nothing in it. Otherwise the first letter gives the
///   class: `n` number, then its digits, `=`, and what is printed; `b` blank, `a` not applicable, `t` text, each followed
///   by what is printed.
/// - `uncertain`: ranges like `cells`.
/// - `places`: see ``PlaceCode``.
///
/// A usual report of 200 cells takes about 1000 bytes, and 200 packed; the same as JSON takes 14 000.
struct FigureCode: Equatable {
  var cells: String
  var content: String
  var uncertain: String
  var places: String
}

extension FigureCode {
  init(_ report: Report, catalogue: CellCatalogue) {
    let numbered = catalogue.numbered(report)
    (cells, content) = FigureCode.printed(report, numbered)
    uncertain = Ranges.text(report.uncertain.map { catalogue.number(of: $0) }.sorted())
    places = PlaceCode.text(numbered.map { report.cells[$0.key]?.place })
  }

  /// ``cells`` and ``content`` alone: what is printed where on the form.
  static func printed(
    _ report: Report, catalogue: CellCatalogue
  ) -> (cells: String, content: String) {
    printed(report, catalogue.numbered(report))
  }

  private static func printed(
    _ report: Report, _ numbered: [CellCatalogue.Numbered]
  ) -> (cells: String, content: String) {
    var content: [UInt8] = []
    for (position, item) in numbered.enumerated() {
      if position > 0 { content.append(UInt8(ascii: "\t")) }
      append(report.cells[item.key] ?? .blank, to: &content)
    }
    return (Ranges.text(numbered.map(\.number)), String(decoding: content, as: UTF8.self))
  }

  private static func append(_ cell: Cell, to bytes: inout [UInt8]) {
    switch cell.class {
    case .number:
      let number = cell.number?.description ?? ""
      if !number.isEmpty, number == cell.raw {
        bytes.append(contentsOf: number.utf8)
        return
      }
      bytes.append(UInt8(ascii: "n"))
      bytes.append(contentsOf: number.utf8)
      bytes.append(UInt8(ascii: "="))
    case .blank:
      if cell.raw.isEmpty { return }
      bytes.append(UInt8(ascii: "b"))
    case .notApplicable: bytes.append(UInt8(ascii: "a"))
    case .text: bytes.append(UInt8(ascii: "t"))
    }
    Escaping.append(cell.raw, to: &bytes)
  }

  /// `nil` when the texts are not in this notation, or name a cell that this program does not know.
  func decoded(
    catalogue: CellCatalogue
  ) -> (cells: [CellKey: Cell], uncertain: Set<CellKey>)? {
    guard let numbers = Ranges.numbers(cells), let doubtful = Ranges.numbers(uncertain) else {
      return nil
    }
    let fields =
      numbers.isEmpty
      ? []
      : Array(content.utf8).split(
        separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard fields.count == numbers.count,
      let places = PlaceCode.places(self.places, count: numbers.count)
    else { return nil }
    var result: [CellKey: Cell] = Dictionary(minimumCapacity: numbers.count)
    for (position, number) in numbers.enumerated() {
      guard let key = catalogue.key(of: number),
        let cell = FigureCode.cell(fields[position], place: places[position])
      else { return nil }
      result[key] = cell
    }
    let keys = doubtful.compactMap { catalogue.key(of: $0) }
    guard keys.count == doubtful.count else { return nil }
    return (result, Set(keys))
  }

  private static func cell(_ field: ArraySlice<UInt8>, place: String?) -> Cell? {
    guard let first = field.first else { return Cell(class: .blank, raw: "", place: place) }
    let rest = field.dropFirst()
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      let text = String(decoding: field, as: UTF8.self)
      return figure(field, text).map { Cell(class: .number, number: $0, raw: text, place: place) }
    case UInt8(ascii: "n"):
      guard let equals = rest.firstIndex(of: UInt8(ascii: "=")),
        let raw = Escaping.text(rest[rest.index(after: equals)...])
      else { return nil }
      let digits = rest[..<equals]
      let figure = digits.isEmpty ? nil : Figure(String(decoding: digits, as: UTF8.self))
      guard digits.isEmpty || figure != nil else { return nil }
      return Cell(class: .number, number: figure, raw: raw, place: place)
    case UInt8(ascii: "b"), UInt8(ascii: "a"), UInt8(ascii: "t"):
      guard let raw = Escaping.text(rest) else { return nil }
      let kind: Cell.Class =
        first == UInt8(ascii: "b") ? .blank : first == UInt8(ascii: "a") ? .notApplicable : .text
      return Cell(class: kind, raw: raw, place: place)
    default: return nil
    }
  }

  /// Most figures are short whole numbers.
  private static func figure(_ field: ArraySlice<UInt8>, _ text: String) -> Figure? {
    guard field.count < 10 else { return Figure(text) }
    var value = 0
    for digit in field {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return Figure(text) }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return Figure(value)
  }
}
