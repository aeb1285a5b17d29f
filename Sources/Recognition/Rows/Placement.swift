import Forms
import Reports

/// Which rows of figures belong to which labels where they stand apart: labels behind their figures, several labels and
/// then the figures of all of them row by row or column by column, figures whose labels are lost.
///
/// The order of the text leaves several readings open. The relations of the form decide between them, and only between
/// them: every figure is read as printed. A reading counts only if all relations hold; where two of them do, a cell
/// is read only if both give it the same figure.
struct Placement {
  /// The tokens of each row, by its key; `nil` for a cell on which two readings differ.
  private(set) var rows: [String: [Int?]] = [:]
  /// Zeros and signs of none under each other where the figures are told column by column: a line that is lost and another
  /// that stands twice would move them, and all relations hold.
  private(set) var movable: Set<Int> = []

  private typealias Reading = [String: [Int]]

  private let tokens: [Token]
  private let slots: [RowFilling.Slot]
  private let relations: [Relation]

  /// Empty where the text leaves nothing open, or where the relations do not decide.
  init(_ alignment: TableAlignment, slots: [RowFilling.Slot], relations: [Relation]) {
    tokens = alignment.tokens
    self.slots = slots
    self.relations = relations
    guard !relations.isEmpty, let count = slots.first?.cells.count,
      slots.allSatisfy({ $0.cells.count == count })
    else { return }
    let found = slots.map { slot in alignment.rows.first { $0.anchor == slot.anchor } }
    let readings = Self.readings(found, alignment, slots: slots, count: count)
    guard readings.contains(where: { !$0.isPlain }) else { return }
    decide(readings.filter { holds($0.rows) })
  }

  // MARK: Readings

  private static func readings(
    _ found: [TableAlignment.Row?], _ alignment: TableAlignment, slots: [RowFilling.Slot],
    count: Int
  ) -> [(rows: Reading, isPlain: Bool)] {
    let plain = plain(found, slots: slots, count: count)
    var readings: [(rows: Reading, isPlain: Bool)] = []
    if let rows = labelsBehind(found, alignment, slots: slots, count: count) {
      readings.append((rows, false))
      readings.append((plain, true))
    }
    for byColumn in [false, true] {
      if let rows = blocks(found, slots: slots, count: count, byColumn: byColumn) {
        readings.append((plain.merging(rows) { _, new in new }, false))
      }
    }
    return readings
  }

  /// Every label in front of its figures.
  private static func plain(
    _ found: [TableAlignment.Row?], slots: [RowFilling.Slot], count: Int
  ) -> Reading {
    var rows: Reading = [:]
    for (slot, row) in zip(slots, found) {
      if let row, row.fields.count == count { rows[slot.key] = Array(row.fields) }
    }
    return rows
  }

  /// Every label behind its figures: `count` of them stand right in front of each label, or of the headings above it.
  private static func labelsBehind(
    _ found: [TableAlignment.Row?], _ alignment: TableAlignment, slots: [RowFilling.Slot],
    count: Int
  ) -> Reading? {
    guard let last = found.last.flatMap({ $0 }), last.fields.isEmpty else { return nil }
    let tokens = alignment.tokens
    var rows: Reading = [:]
    var headings: [Int: Int] = [:]
    for row in alignment.rows where !slots.contains(where: { $0.anchor == row.anchor }) {
      headings[row.match.end] = row.match.start
    }
    for (slot, row) in zip(slots, found) {
      guard let row else { return nil }
      var end = row.match.start
      while let start = headings[end] { end = start }
      let start = end - count
      guard start >= 0, tokens[start..<end].allSatisfy(\.value.isValue),
        start == 0 || !tokens[start - 1].value.isValue
      else { return nil }
      rows[slot.key] = Array(start..<end)
    }
    return rows
  }

  /// Labels without figures, and behind the last of them the figures of all: as many rows as there are labels, those
  /// included that are lost. Where a row has another number of figures, nothing tells how many labels the others have.
  private static func blocks(
    _ found: [TableAlignment.Row?], slots: [RowFilling.Slot], count: Int, byColumn: Bool
  ) -> Reading? {
    guard found.allSatisfy({ $0?.fields.count.isMultiple(of: count) ?? true }) else { return nil }
    var rows: Reading = [:]
    var start = 0
    var index = 0
    while index < slots.count {
      guard let row = found[index], !row.fields.isEmpty else {
        index += 1
        continue
      }
      var next = index + 1
      if row.fields.count > count {
        while next < slots.count, found[next] == nil { next += 1 }
        let height = row.fields.count / count
        guard next - start == height else { return nil }
        let first = row.fields.lowerBound
        for offset in 0..<height {
          rows[slots[start + offset].key] = (0..<count).map { column in
            first + (byColumn ? column * height + offset : offset * count + column)
          }
        }
      }
      start = next
      index = next
    }
    return rows.isEmpty ? nil : rows
  }

  // MARK: Relations

  /// All relations hold, blanks and missing rows taken as none.
  private func holds(_ rows: Reading) -> Bool {
    var values: [CellKey: Int] = [:]
    for slot in slots {
      guard let fields = rows[slot.key] else { continue }
      for (key, field) in zip(slot.cells, fields) {
        switch tokens[field].value.shape {
        case .blank, .notApplicable: values[key] = 0
        case .number:
          guard let value = tokens[field].value.figure?.integer else { return false }
          values[key] = value
        case .splitDigits, .words: return false
        }
      }
    }
    func sum(_ keys: [CellKey]) -> Int? {
      keys.reduce(Optional(0)) { sum, key in
        sum.flatMap { sum in
          let (value, overflow) = sum.addingReportingOverflow(values[key] ?? 0)
          return overflow ? nil : value
        }
      }
    }
    return relations.allSatisfy { relation in
      sum(relation.left).map { $0 == sum(relation.right) } ?? false
    }
  }

  private mutating func decide(_ readings: [(rows: Reading, isPlain: Bool)]) {
    guard let first = readings.first else { return }
    let placed = Set(readings.filter { !$0.isPlain }.flatMap(\.rows.keys))
    for slot in slots where placed.contains(slot.key) {
      guard let fields = first.rows[slot.key] else { continue }
      rows[slot.key] = fields.indices.map { column in
        let raw = tokens[fields[column]].raw
        let agree = readings.allSatisfy { reading in
          reading.rows[slot.key].map { tokens[$0[column]].raw == raw } ?? false
        }
        return agree ? fields[column] : nil
      }
    }
    findMovable(slots.compactMap { placed.contains($0.key) ? first.rows[$0.key] : nil })
  }

  private mutating func findMovable(_ rows: [[Int]]) {
    for column in rows.first?.indices ?? 0..<0 {
      var run: [Int] = []
      for field in rows.map({ $0[column] }) {
        let isNext = run.last.map { $0 + 1 == field } ?? true
        if !isNext || !isNone(field) { run = [] }
        guard isNone(field) else { continue }
        run.append(field)
        if run.contains(where: { tokens[$0].value.shape != tokens[run[0]].value.shape }) {
          movable.formUnion(run)
        }
      }
    }
  }

  private func isNone(_ field: Int) -> Bool {
    tokens[field].value.amount?.isZero ?? false
  }
}
