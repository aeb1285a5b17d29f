import Forms
import Reports

/// Rows whose labels stand beside them, and whose figures may yet be those of other rows.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// A row of figures as it stands in the document, whichever label is beside it.
  private struct Line {
    let fields: Range<Int>
    /// Its place among the rows of the form.
    let slot: Int?
    let hasWords: Bool
  }

  /// A cell over several rows of figures, and several figures in one cell of which others stay blank: whose they are is
  /// not told.
  mutating func doubtShared(_ slot: Slot, _ fields: [Int], _ row: TableAlignment.Row) {
    let height = tokens[row.match.start].rowSpan
    let shared = zip(slot.cells, fields).filter {
      tokens[$1].value.isValue && tokens[$1].rowSpan > height
    }
    filling.doubt(
      .ambiguous, shared.map(\.0),
      quote: shared.map { String(tokens[$0.1].raw) }.joined(separator: " "))
    guard slot.cells.count > 1, fields.contains(where: { tokens[$0].value.shape == .splitDigits })
    else { return }
    let blank = zip(slot.cells, fields).filter { tokens[$1].isBlank }.map(\.0)
    filling.doubt(.cellCount, blank, quote: filling.quote(row.fields))
  }

  /// Rows of figures that keep their blanks and stand beside no label: those next to the label before them may be its
  /// figures; and if all figures in their order balance where those beside the labels do not, none is sure.
  mutating func doubtUnlabelled(_ relations: [Relation]) {
    let lines = lines()
    for (index, line) in lines.enumerated() where line.slot == nil && !line.hasWords {
      guard index > 0, let slot = lines[index - 1].slot,
        tokens[lines[index - 1].fields].map(\.raw) != tokens[line.fields].map(\.raw)
      else { continue }
      filling.doubt(
        .ambiguous, slots[slot].cells,
        quote: filling.quote(lines[index - 1].fields.lowerBound..<line.fields.upperBound))
    }
    guard let (rows, quote) = shifted(lines, relations) else { return }
    filling.doubt(.ambiguous, rows.flatMap { slots[$0].cells }, quote: quote)
  }

  /// The rows of figures from above the first label to behind the last one, where blanks are seen; a row that counts the
  /// columns is none.
  private func lines() -> [Line] {
    guard let count = slots.first?.cells.count, slots.allSatisfy({ $0.cells.count == count }),
      let first = alignment.rows.first
    else { return [] }
    let table = tokens[first.match.start].place.table
    // In a stream only labels tell where a row ends: no row stands beside none.
    func belongs(_ index: Int) -> Bool {
      tokens[index].keepsBlanks && tokens[index].layout != .stream
        && tokens[index].place.table == table && !tokens[index].isHeading
    }
    var start = first.match.start
    while start > 0, first.match.start - start < 3 * count, belongs(start - 1) { start -= 1 }
    var end = alignment.span.upperBound
    let last = end
    while end < tokens.count, end - last < 2 * count, belongs(end), !tokens[end].isWords {
      end += 1
    }
    var owners: [Int: (slot: Int, fields: Range<Int>)] = [:]
    for (number, slot) in slots.enumerated() {
      guard let row = row(at: slot.anchor),
        let field = row.fields.first
      else { continue }
      owners[tokens[field].row] = (number, row.fields)
    }
    var lines: [Line] = []
    var position = start
    while position < end {
      let row = tokens[position].row
      let next = tokens[position..<end].firstIndex { $0.row != row } ?? end
      defer { position = next }
      let own = owners[row]?.fields
      let fields = own?.count == count ? own ?? 0..<0 : max(position, next - count)..<next
      guard fields.count == count, belongs(position), !tokens[fields].contains(where: \.isWords),
        tokens[fields].contains(where: \.value.isValue), !countsColumns(fields)
      else { continue }
      lines.append(
        Line(
          fields: fields, slot: owners[row]?.slot,
          hasWords: tokens[position..<fields.lowerBound].contains(where: \.isWords)))
    }
    return lines
  }

  /// 1, 2, 3 … 7.
  private func countsColumns(_ fields: Range<Int>) -> Bool {
    let numbers = tokens[fields].compactMap { $0.value.figure?.integer }
    return numbers.count == fields.count && fields.count >= 3
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < .max && $0 + 1 == $1 }
  }

  /// Labels without figures, while the figures balance if they are laid beside the labels in their order, one after
  /// another, and not as they stand: they are a row too high or too low. The rows to which both readings give other figures.
  private func shifted(_ lines: [Line], _ relations: [Relation]) -> (rows: [Int], quote: String)? {
    let missing = slots.count - lines.count
    let standing = Dictionary(
      lines.compactMap { line in line.slot.map { ($0, line.fields) } },
      uniquingKeysWith: { first, _ in first })
    let columns = relations.filter { $0.family == .identity || $0.family == .columnSum }
    // A row with words among its figures is none without figures.
    let isBlank = slots.enumerated().allSatisfy { number, slot in
      standing[number] != nil
        || !(row(at: slot.anchor)?.fields.contains { tokens[$0].value.isValue } ?? false)
    }
    guard !columns.isEmpty, (0...2).contains(missing), standing.count < slots.count, isBlank,
      balance(standing, columns, blanksAreNone: true) == false
    else { return nil }
    let failing = columns.filter { balance(standing, [$0], blanksAreNone: true) == false }
    for offset in 0...missing {
      let inOrder = Dictionary(
        uniqueKeysWithValues: lines.enumerated().map { ($0.offset + offset, $0.element.fields) })
      // A row on its own in the place of the missing one moves no other.
      guard standing.contains(where: { inOrder[$0.key] != $0.value }),
        balance(inOrder, columns, blanksAreNone: false) == true,
        // An order that leaves open what fails now explains nothing.
        !balances(inOrder, failing).isEmpty
      else {
        continue
      }
      let rows = slots.indices.filter { inOrder[$0] != standing[$0] }
      return (rows, filling.quote(lines[0].fields))
    }
    return nil
  }

  /// The relations that can be told, and hold.
  private func balances(_ rows: [Int: Range<Int>], _ relations: [Relation]) -> [Relation] {
    let told = relations.filter { relation in
      let keys = slots.indices.filter { rows[$0] != nil }.flatMap { slots[$0].cells }
      return relation.cells.allSatisfy(keys.contains)
    }
    return told.filter { balance(rows, [$0], blanksAreNone: false) != false }
  }

  /// Whether all relations hold that can be told; `nil` if fewer than one for each column can, or only by zeros.
  private func balance(
    _ rows: [Int: Range<Int>], _ relations: [Relation], blanksAreNone: Bool
  ) -> Bool? {
    var figures: [CellKey: Figure] = [:]
    for (number, slot) in slots.enumerated() {
      guard let fields = rows[number] else {
        if blanksAreNone { for key in slot.cells { figures[key] = Figure(0) } }
        continue
      }
      for (key, field) in zip(slot.cells, fields) {
        figures[key] = tokens[field].value.figure ?? Figure(0)
      }
    }
    var told = 0
    var isZero = true
    for relation in relations {
      guard relation.cells.allSatisfy({ figures[$0] != nil }) else { continue }
      let left = relation.left.compactMap { figures[$0] }.reduce(Figure(0), +)
      let right = relation.right.compactMap { figures[$0] }.reduce(Figure(0), +)
      guard left.equals(right) else { return false }
      told += 1
      isZero = isZero && left.isZero
    }
    return told >= (slots.first?.cells.count ?? 0) && !isZero ? true : nil
  }

  /// Where white space keeps the columns, a row whose only figure stands under another heading than 总计: whoever counts it counts
  /// it there too. On this page the columns are set otherwise than under the head, and it is the total.
  mutating func doubtLoneBesideTotal() {
    for slot in slots where slot.cells.count > 1 && slot.cells.last?.column == "total" {
      let figures = row(at: slot.anchor)?.fields.filter { tokens[$0].value.isValue } ?? []
      guard figures.count == 1, tokens[figures[0]].layout == .spaced,
        let key = filling.sources[figures[0]], key != slot.cells.last
      else { continue }
      filling.doubt(.ambiguous, slot.cells, quote: filling.quote(figures[0]..<figures[0] + 1))
    }
  }

  /// A lone number on the first or the last line of a page that is the page's own, and no row that sums up with it.
  mutating func doubtPageNumbers() {
    for slot in slots {
      guard let row = row(at: slot.anchor) else { continue }
      let suspects = row.fields.filter(isPageNumber)
      guard let first = suspects.first, suspects.contains(where: { filling.sources[$0] != nil })
      else { continue }
      let values = row.fields.compactMap { tokens[$0].value.figure }
      if slot.cells.count > 1, slot.cells.last?.column == "total", let total = values.last,
        values.count == slot.cells.count,
        values.dropLast().reduce(Figure(0), +).equals(total)
      {
        continue
      }
      filling.doubt(.ambiguous, slot.cells, quote: filling.quote(row.match.start..<first + 1))
    }
  }

  /// A figure that the marks of a page set apart from the others of its row, which does not sum up with it: a number that
  /// stands beside those marks, and another figure is lost.
  mutating func doubtAcrossPages() {
    for slot in slots where slot.cells.last?.column == "total" {
      guard let row = row(at: slot.anchor), row.fields.count == slot.cells.count,
        row.fields.allSatisfy({ tokens[$0].layout == .line }), !sumsUp(Array(row.fields), slot)
      else { continue }
      let lines = row.fields.compactMap { tokens[$0].place.line }
      let gaps = zip(lines, lines.dropFirst()).map { $1 - $0 }
      guard let widest = gaps.max(), let least = gaps.min(), widest > least,
        gaps.count(where: { $0 == widest }) == 1
      else { continue }
      filling.doubt(.ambiguous, slot.cells, quote: filling.quote(row.fields))
    }
  }

  /// Covers and contents make the printed numbers differ a little from the count of the pages.
  func isPageNumber(_ index: Int) -> Bool {
    let token = tokens[index]
    guard !token.keepsBlanks, let page = token.place.page,
      let number = token.value.figure?.integer, (-2...3).contains(number - page),
      index > 0, index + 1 < tokens.count, tokens[index - 1].row != token.row,
      tokens[index + 1].row != token.row
    else { return false }
    return tokens[index - 1].place.page != page || tokens[index + 1].place.page != page
  }
}
