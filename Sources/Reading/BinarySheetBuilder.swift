/// Follows a sheet of a binary workbook.
struct BinarySheetBuilder {
  private(set) var sheet: Sheet
  private let workbook: BinaryWorkbook
  private var formats: [Int: NumberFormat] = [:]
  /// The cell whose formula has words for a result, which stand in the next record.
  private var awaitsWords: Place?

  private struct Place {
    let row: Int
    let column: Int
    let style: Int
  }

  init(_ workbook: BinaryWorkbook, limits: ReadingLimits) {
    self.workbook = workbook
    sheet = Sheet(limits: limits)
  }

  mutating func read(_ stream: [UInt8], from start: Int) throws(BinaryRecords.Failure) {
    var records = BinaryRecords(stream, from: start)
    try records.begin()
    while let record = try records.next() {
      if record.type == 0x0207 {
        var strings = BinaryStrings([record.data] + (try records.continuations()))
        if let place = awaitsWords, let text = strings.text() { put(text.string, place) }
        awaitsWords = nil
      } else {
        take(record.type, record.data)
      }
      if let excess = sheet.excess { throw .excess(excess) }
    }
    sheet.settle()
  }

  private mutating func take(_ type: Int, _ data: [UInt8]) {
    func number(_ offset: Int, _ size: Int = 2) -> Int {
      data.number(at: offset, size: size) ?? 0
    }
    let place = Place(row: number(0), column: number(2), style: number(4))
    switch type {
    // The height of the row is zero.
    case 0x0208: if number(12) & 0x20 != 0 { sheet.hide(rows: place.row..<place.row + 1) }
    case 0x007D:
      if number(8) & 1 != 0, number(0) <= number(2) {
        sheet.hide(columns: number(0)..<number(2) + 1)
      }
    case 0x00E5: mergeCells(data)
    case 0x00FD:
      let index = number(6, 4)
      // A number that leads to no string is damage, not a figure.
      put(workbook.strings.indices.contains(index) ? workbook.strings[index] : "\u{FFFD}", place)
    case 0x0204, 0x00D6:
      var strings = BinaryStrings([Array(data.dropFirst(6))])
      put(strings.text()?.string ?? "\u{FFFD}", place)
    case 0x0203: put(Self.double(data, at: 6), place)
    case 0x027E: put(Self.packed(number(6, 4)), place)
    case 0x00BD:
      for index in 0..<max(0, (data.count - 6) / 6) {
        let cell = Place(row: place.row, column: number(2) + index, style: number(4 + 6 * index))
        put(Self.packed(number(6 + 6 * index, 4)), cell)
      }
    case 0x0201: put("", place)
    case 0x00BE:
      for index in 0..<max(0, (data.count - 6) / 2) {
        put("", Place(row: place.row, column: number(2) + index, style: number(4 + 2 * index)))
      }
    case 0x0205: put(Self.truth(number(6, 1), isError: number(7, 1) != 0), place)
    case 0x0006: formula(data, place)
    case 0x005D: if number(0) == 0x15, number(4) == 8 { sheet.pictures.append("") }
    default: break
    }
  }

  private mutating func mergeCells(_ data: [UInt8]) {
    for index in 0..<(data.number(at: 0, size: 2) ?? 0) {
      let ends = (0..<4).compactMap { data.number(at: 2 + 8 * index + 2 * $0, size: 2) }
      guard ends.count == 4, ends[0] <= ends[1], ends[2] <= ends[3] else { return }
      sheet.merge(rows: ends[0]..<ends[1] + 1, columns: ends[2]..<ends[3] + 1)
    }
  }

  // MARK: Values

  private mutating func put(_ words: String, _ place: Place) {
    let shown =
      words.isEmpty || workbook.isStruck(place.style)
      ? "" : format(place.style).text(ofWords: words)
    sheet.set(
      row: place.row, column: place.column, text: shown,
      isBordered: workbook.isBordered(place.style))
  }

  private mutating func put(
    _ value: DecimalText?, _ place: Place, isFormula: Bool = false, isUnsure: Bool = false
  ) {
    guard let value else {
      put("\u{FFFD}", place)
      return
    }
    let shown =
      workbook.isStruck(place.style)
      ? "" : format(place.style).text(of: value, from1904: workbook.from1904)
    if isFormula { sheet.note(formula: "=", isZero: value.isZero, isUnsure: isUnsure) }
    sheet.set(
      row: place.row, column: place.column, text: shown,
      isBordered: workbook.isBordered(place.style))
  }

  private mutating func format(_ style: Int) -> NumberFormat {
    let number = workbook.formatNumber(style)
    if let format = formats[number] { return format }
    let format = workbook.format(number)
    formats[number] = format
    return format
  }

  /// The result that was saved: a number, or a mark of what else it is.
  private mutating func formula(_ data: [UInt8], _ place: Place) {
    awaitsWords = nil
    guard data.number(at: 12, size: 2) == 0xFFFF else {
      // Programs that do not calculate save 0 and leave the work to whoever opens the file.
      let isUnsure = (data.number(at: 14, size: 2) ?? 0) & 3 != 0
      put(Self.double(data, at: 6), place, isFormula: true, isUnsure: isUnsure)
      return
    }
    let value = data.number(at: 8, size: 1) ?? 0
    switch data.number(at: 6, size: 1) {
    case 0: awaitsWords = place
    case 1: put(Self.truth(value, isError: false), place)
    case 2: put(Self.truth(value, isError: true), place)
    default: put("", place)
    }
  }

  private static func truth(_ value: Int, isError: Bool) -> String {
    guard isError else { return value == 0 ? "FALSE" : "TRUE" }
    let names = [0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"]
    return names[value] ?? "#N/A"
  }

  private static func double(_ data: [UInt8], at offset: Int) -> DecimalText? {
    guard let bits = data.number(at: offset, size: 8) else { return nil }
    return DecimalText("\(Double(bitPattern: UInt64(bitPattern: Int64(bits))))")
  }

  /// A number in four bytes: a whole one, or the upper half of a double; perhaps a hundredth of it (MS-XLS 2.5.217, “RkNumber”).
  private static func packed(_ bits: Int) -> DecimalText? {
    var value: DecimalText?
    if bits & 2 != 0 {
      value = DecimalText("\(Int32(truncatingIfNeeded: bits) >> 2)")
      if bits & 1 != 0 { value?.shift(by: -2) }
    } else {
      let double = Double(bitPattern: UInt64(bits & 0xFFFF_FFFC) << 32)
      value = DecimalText("\(bits & 1 != 0 ? double / 100 : double)")
    }
    return value
  }
}
