import Dispatch
import Forms
import GRDB
import GRDBSQLite
public import Reports
import Synchronization

extension JournalReader {
  /// Fewer are added before another connection is open.
  private static let many = 1 << 14

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
    try sums(of: arrivals, sharedFrom: Self.many, progress: progress)
  }

  /// - Parameter many: with so many reports another thread adds half of them, on a connection of its own.
  package func sums(
    of arrivals: [Int], sharedFrom many: Int, progress: (Int) throws -> Void = { _ in }
  ) throws(JournalError) -> CellSums {
    let wanted = arrivals.sorted()
    guard wanted.count >= many else { return try sums(ofSorted: wanted[...], progress) }
    let middle = wanted.count / 2
    let others = LaterSums(path: connection.path, wanted[middle...])
    let own = Result { () throws(JournalError) in
      try sums(ofSorted: wanted[..<middle]) { try progress(2 * $0) }
    }
    // It has the connection, whatever became of the first half.
    let later = others.wait()
    var all = try own.get()
    all.add(try later.get())
    return all
  }

  fileprivate func sums(
    ofSorted wanted: ArraySlice<Int>, _ progress: (Int) throws -> Void
  ) throws(JournalError) -> CellSums {
    guard let first = wanted.first, let last = wanted.last else { return CellSums() }
    return try connection.read { db in
      // Those of a year came one after the other: their rows are read in one go.
      let isDense = last - first < 8 * wanted.count
      let statement = try db.makeStatement(
        sql: "SELECT arrival, packed FROM figures WHERE "
          + (isDense ? "arrival BETWEEN ? AND ? ORDER BY arrival" : "arrival = ?"))
      let row = statement.sqliteStatement
      var adder = Adder(catalogue)
      func take(_ number: Int) throws {
        guard adder.add(row) else {
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
        var position = wanted.startIndex
        while try step() {
          let number = Int(sqlite3_column_int64(row, 0))
          while position < wanted.endIndex, wanted[position] < number { position += 1 }
          guard position < wanted.endIndex, wanted[position] == number else { continue }
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

/// The sums of reports, added by another thread from now on.
private final class LaterSums: Sendable {
  private let found: Mutex<Result<CellSums, JournalError>>
  private let done = DispatchSemaphore(value: 0)

  init(path: String, _ wanted: ArraySlice<Int>) {
    found = Mutex(.failure(.unavailable(path: path, message: "not read")))
    DispatchQueue(label: "sums").async { [self] in
      let sums = Result { () throws(JournalError) in
        let reader = try JournalReader(path: path)
        let added = try reader.sums(ofSorted: wanted) { _ in }
        try reader.close()
        return added
      }
      found.withLock { $0 = sums }
      done.signal()
    }
  }

  func wait() -> Result<CellSums, JournalError> {
    done.wait()
    return found.withLock { $0 }
  }
}

/// Adds rows of table `figures` without making values of their cells. `FigureCode` has the notation.
private struct Adder {
  private(set) var sums = CellSums()
  private let catalogue: CellCatalogue
  /// Whole numbers and how many, by cell; what has a point goes into ``sums`` at once.
  private var whole: [(sum: Int64, numbers: Int)]
  private let isUnitless: [Bool]
  /// Cells of the row whose figures are not simply added: without a unit, or not vouched for.
  private var isSpecial: [Bool]
  /// Which cells stand in a row: there are few ways, and most rows have the same as the one before.
  private var layouts: [(text: [UInt8], indices: [Int])] = []
  private var indices: [Int] = []
  private var current = -1
  private var doubtful: [Bool]
  private var doubts: [Int] = []
  private let unpacker = Unpacker()
  /// Where one row after the other is unpacked.
  private var room: [UInt8] = []

  init(_ catalogue: CellCatalogue) {
    self.catalogue = catalogue
    whole = Array(repeating: (0, 0), count: CellKey.all.count)
    doubtful = Array(repeating: false, count: CellKey.all.count)
    isUnitless = CellKey.all.map { $0.kind == .moneyOfAnyUnit }
    isSpecial = isUnitless
  }

  mutating func finish() -> CellSums {
    flush()
    return sums
  }

  private mutating func flush() {
    for index in whole.indices where whole[index].numbers > 0 {
      sums.cells[index].sum.add(whole[index].sum, scale: 0)
      sums.cells[index].numbers += whole[index].numbers
      whole[index] = (0, 0)
    }
  }

  /// - Returns: `false` for a row that is not in the notation, or names a cell that this program does not know.
  mutating func add(_ row: OpaquePointer) -> Bool {
    let packed = UnsafeRawBufferPointer(
      start: sqlite3_column_blob(row, 1), count: Int(sqlite3_column_bytes(row, 1)))
    var unpacked = room
    room = []
    defer { room = unpacked }
    do throws(PackingError) {
      try unpacker.unpack(packed, .figures, into: &unpacked)
    } catch {
      return false
    }
    let arrival = Int(sqlite3_column_int64(row, 0))
    return unpacked.withUnsafeBytes { bytes in
      var fields = CanonicalFields(bytes)
      guard case .integer? = fields.next(), let cells = fields.nextText(),
        let content = fields.nextText(), let uncertain = fields.nextText()
      else { return false }
      return add(
        arrival, cells.assumingMemoryBound(to: UInt8.self),
        content.assumingMemoryBound(to: UInt8.self), uncertain.assumingMemoryBound(to: UInt8.self))
    }
  }

  private mutating func add(
    _ arrival: Int, _ cells: UnsafeBufferPointer<UInt8>, _ content: UnsafeBufferPointer<UInt8>,
    _ uncertain: UnsafeBufferPointer<UInt8>
  ) -> Bool {
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
    for index in doubts {
      doubtful[index] = false
      isSpecial[index] = isUnitless[index]
    }
    doubts = []
    if !uncertain.isEmpty {
      guard let numbers = Ranges.numbers(String(decoding: uncertain, as: UTF8.self)) else {
        return false
      }
      for number in numbers {
        guard let key = catalogue.key(of: number) else { return false }
        doubts.append(Int(key.index))
        doubtful[Int(key.index)] = true
        isSpecial[Int(key.index)] = true
      }
    }
    var gap = CellSums.Gaps(arrival: arrival)
    sums.reports += 1
    guard add(content, &gap) else { return false }
    if !gap.isEmpty { sums.gaps.append(gap) }
    return true
  }

  private mutating func add(
    _ content: UnsafeBufferPointer<UInt8>, _ gap: inout CellSums.Gaps
  ) -> Bool {
    guard !indices.isEmpty else { return content.isEmpty }
    let tab = UInt8(ascii: "\t")
    var position = 0
    var order = 0
    while order < indices.count {
      (order, position) = addShort(content, order, position)
      guard order < indices.count else { break }
      let start = position
      while position < content.count, content[position] != tab { position += 1 }
      let field = UnsafeBufferPointer(rebasing: content[start..<position])
      let isLast = order == indices.count - 1
      guard isLast == (position == content.count), add(field, indices[order], &gap) else {
        return false
      }
      order += 1
      position += 1
    }
    return position == content.count + 1
  }

  /// Adds figures of up to nine digits, as nearly all are, and stands on the first other field.
  private mutating func addShort(
    _ content: UnsafeBufferPointer<UInt8>, _ order: Int, _ position: Int
  ) -> (order: Int, position: Int) {
    var (order, position) = (order, position)
    let (tab, zero) = (UInt8(ascii: "\t"), UInt8(ascii: "0"))
    return whole.withUnsafeMutableBufferPointer { whole in
      indices.withUnsafeBufferPointer { indices in
        isSpecial.withUnsafeBufferPointer { isSpecial in
          while order < indices.count, !isSpecial[indices[order]] {
            var end = position
            var value: Int64 = 0
            // Most are of one digit.
            if position + 1 < content.count, content[position + 1] == tab,
              content[position] &- zero < 10, order + 1 < indices.count
            {
              value = Int64(content[position] &- zero)
              let (sum, overflow) = whole[indices[order]].sum.addingReportingOverflow(value)
              guard !overflow else { break }
              whole[indices[order]].sum = sum
              whole[indices[order]].numbers += 1
              order += 1
              position += 2
              continue
            }
            while end < content.count, content[end] &- zero < 10 {
              value = value &* 10 &+ Int64(content[end] &- zero)
              end += 1
            }
            let isLast = order == indices.count - 1
            guard end > position, end - position <= 9,
              isLast ? end == content.count : end < content.count && content[end] == tab
            else { break }
            let (sum, overflow) = whole[indices[order]].sum.addingReportingOverflow(value)
            guard !overflow else { break }
            whole[indices[order]].sum = sum
            whole[indices[order]].numbers += 1
            order += 1
            position = end + 1
          }
          return (order, position)
        }
      }
    }
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

  /// Digits with at most one point among them, as a number without it and how many stand behind it. `nil`: a sign, too many,
  /// or no figure.
  private static func plain(
    _ digits: UnsafeBufferPointer<UInt8>
  ) -> (value: Int64, scale: Int)? {
    guard digits.count < 18 else { return nil }
    var value: Int64 = 0
    var point: Int?
    for (place, digit) in digits.enumerated() {
      if digit == UInt8(ascii: "."), point == nil, place > 0, place < digits.count - 1 {
        point = place
        continue
      }
      let number = digit &- UInt8(ascii: "0")
      guard number < 10 else { return nil }
      value = value * 10 + Int64(number)
    }
    return (value, point.map { digits.count - 1 - $0 } ?? 0)
  }

  private mutating func add(digits: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    if isUnitless[index] {
      sums.cells[index].unitless += 1
      return true
    }
    guard let (value, scale) = Adder.plain(digits) else {
      guard let figure = Figure(String(decoding: digits, as: UTF8.self)) else { return false }
      sums.cells[index].numbers += 1
      sums.cells[index].sum.add(figure)
      return true
    }
    guard scale == 0 else {
      sums.cells[index].numbers += 1
      sums.cells[index].sum.add(value, scale: scale)
      return true
    }
    let (sum, overflow) = whole[index].sum.addingReportingOverflow(value)
    if overflow {
      flush()
      whole[index].sum = value
    } else {
      whole[index].sum = sum
    }
    whole[index].numbers += 1
    return true
  }
}
