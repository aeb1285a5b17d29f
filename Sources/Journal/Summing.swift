import Forms
import GRDB
import GRDBSQLite
public import Reports

extension JournalReader {
  /// Adds up the figures of reports straight from their rows: a whole country's year in well under a second, where taking
  /// each report apart into cells would take half a minute.
  ///
  /// - Parameters:
  ///   - arrivals: those to be added; each has a report.
  ///   - progress: told now and then how many are done.
  /// - Throws: what `progress` throws; ``JournalError/damaged(message:)`` for a row that cannot be read.
  public func sums(
    of arrivals: [Int], progress: (Int) throws -> Void = { _ in }
  ) throws(JournalError) -> CellSums {
    let wanted = arrivals.sorted()
    guard let first = wanted.first, let last = wanted.last else { return CellSums() }
    return try connection.read { db in
      // Those of a year came one after the other: their rows are read in one go.
      let isDense = last - first < 8 * wanted.count
      let statement = try db.makeStatement(
        sql: "SELECT arrival, cells, content, uncertain FROM figures WHERE "
          + (isDense ? "arrival BETWEEN ? AND ? ORDER BY arrival" : "arrival = ?"))
      let row = statement.sqliteStatement
      var adder = Adder(catalogue)
      func take(_ number: Int) throws {
        guard try adder.add(row) else {
          throw JournalError.damaged(message: "the figures of arrival \(number) cannot be read")
        }
        if adder.sums.reports % 4096 == 0 { try progress(adder.sums.reports) }
      }
      func step() throws -> Bool {
        switch sqlite3_step(row) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
          throw JournalError(
            code: Int(sqlite3_extended_errcode(db.sqliteConnection)),
            message: String(cString: sqlite3_errmsg(db.sqliteConnection)), path: "",
            errno: sqlite3_system_errno(db.sqliteConnection))
        }
      }
      if isDense {
        sqlite3_bind_int64(row, 1, Int64(first))
        sqlite3_bind_int64(row, 2, Int64(last))
        var position = 0
        while try step() {
          let number = Int(sqlite3_column_int64(row, 0))
          while position < wanted.count, wanted[position] < number { position += 1 }
          guard position < wanted.count, wanted[position] == number else { continue }
          try take(number)
        }
      } else {
        for number in wanted {
          sqlite3_reset(row)
          sqlite3_bind_int64(row, 1, Int64(number))
          if try step() { try take(number) }
        }
      }
      return adder.finish()
    }
  }
}

/// Adds rows of table `figures` without making values of their cells. `FigureCode` has the notation.
private struct Adder {
  private(set) var sums = CellSums()
  private let catalogue: CellCatalogue
  /// Whole numbers, by cell; what has a point goes into ``sums`` at once.
  private var whole: [Int64]
  private let isUnitless: [Bool]
  /// Which cells stand in a row: there are few ways, and most rows have the same as the one before.
  private var layouts: [(text: [UInt8], indices: [Int])] = []
  private var indices: [Int] = []
  private var current = -1
  private var doubtful: [Bool]
  private var doubts: [Int] = []

  init(_ catalogue: CellCatalogue) {
    self.catalogue = catalogue
    whole = Array(repeating: 0, count: CellKey.all.count)
    doubtful = Array(repeating: false, count: CellKey.all.count)
    isUnitless = CellKey.all.map { $0.kind == .moneyOfAnyUnit }
  }

  mutating func finish() -> CellSums {
    flush()
    return sums
  }

  private mutating func flush() {
    for index in whole.indices where whole[index] != 0 {
      sums.cells[index].sum.add(whole[index], scale: 0)
      whole[index] = 0
    }
  }

  private static func text(_ row: OpaquePointer, _ column: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(row, column)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
  }

  /// - Returns: `false` for a row that is not in the notation, or names a cell that this program does not know.
  mutating func add(_ row: OpaquePointer) throws -> Bool {
    let cells = Adder.text(row, 1)
    if current < 0 || !layouts[current].text.elementsEqual(cells) {
      if let known = layouts.firstIndex(where: { $0.text.elementsEqual(cells) }) {
        current = known
      } else {
        guard let numbers = Ranges.numbers(String(decoding: cells, as: UTF8.self)) else {
          return false
        }
        let keys = numbers.compactMap { catalogue.key(of: $0) }
        guard keys.count == numbers.count else { return false }
        // Documents that lose rows have many ways: those are not kept.
        if layouts.count >= 16 { layouts.removeLast() }
        layouts.append((Array(cells), keys.map { Int($0.index) }))
        current = layouts.count - 1
      }
      indices = layouts[current].indices
    }
    let uncertain = Adder.text(row, 3)
    for index in doubts { doubtful[index] = false }
    doubts = []
    if !uncertain.isEmpty {
      guard let numbers = Ranges.numbers(String(decoding: uncertain, as: UTF8.self)) else {
        return false
      }
      for number in numbers {
        guard let key = catalogue.key(of: number) else { return false }
        doubts.append(Int(key.index))
        doubtful[Int(key.index)] = true
      }
    }
    var gap = CellSums.Gaps(arrival: Int(sqlite3_column_int64(row, 0)))
    sums.reports += 1
    guard add(Adder.text(row, 2), &gap) else { return false }
    if !gap.isEmpty { sums.gaps.append(gap) }
    return true
  }

  private mutating func add(
    _ content: UnsafeBufferPointer<UInt8>, _ gap: inout CellSums.Gaps
  ) -> Bool {
    guard !indices.isEmpty else { return content.isEmpty }
    let tab = UInt8(ascii: "\t")
    var position = 0
    for (order, index) in indices.enumerated() {
      let start = position
      while position < content.count, content[position] != tab { position += 1 }
      let field = UnsafeBufferPointer(rebasing: content[start..<position])
      let isLast = order == indices.count - 1
      guard isLast == (position == content.count), add(field, index, &gap) else { return false }
      position += 1
    }
    return true
  }

  private mutating func add(
    _ field: UnsafeBufferPointer<UInt8>, _ index: Int, _ gap: inout CellSums.Gaps
  ) -> Bool {
    if !doubts.isEmpty, doubtful[index] {
      sums.cells[index].uncertain += 1
      gap.uncertain += 1
      return true
    }
    guard let first = field.first else {
      sums.cells[index].blank += 1
      gap.blank += 1
      return true
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      return add(digits: field, index)
    case UInt8(ascii: "n"):
      guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { return false }
      // A number without digits is none that could be added.
      if equals == 1 {
        sums.cells[index].text += 1
        gap.text += 1
        return true
      }
      return add(digits: UnsafeBufferPointer(rebasing: field[1..<equals]), index)
    case UInt8(ascii: "b"):
      sums.cells[index].blank += 1
      gap.blank += 1
    case UInt8(ascii: "a"):
      sums.cells[index].notApplicable += 1
      gap.notApplicable += 1
    case UInt8(ascii: "t"):
      sums.cells[index].text += 1
      gap.text += 1
    default: return false
    }
    return true
  }

  private mutating func add(digits: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    if isUnitless[index] {
      sums.cells[index].unitless += 1
      return true
    }
    var value: Int64 = 0
    var isWhole = digits.count < 18
    if isWhole {
      for digit in digits {
        let number = digit &- UInt8(ascii: "0")
        guard number < 10 else {
          isWhole = false
          break
        }
        value = value * 10 + Int64(number)
      }
    }
    sums.cells[index].numbers += 1
    guard isWhole else {
      guard let figure = Figure(String(decoding: digits, as: UTF8.self)) else { return false }
      sums.cells[index].sum.add(figure)
      return true
    }
    let (sum, overflow) = whole[index].addingReportingOverflow(value)
    if overflow {
      flush()
      whole[index] = value
    } else {
      whole[index] = sum
    }
    return true
  }
}
