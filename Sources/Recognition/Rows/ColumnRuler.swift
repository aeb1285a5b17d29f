/// Where white space keeps the columns, the place of a figure on its line tells its cell.
///
/// Rows with all their figures are the ruler; rows with fewer are held against the nearest of them. Where no row is full,
/// the words of the head are. Nothing is placed where these do not line up, or where the rows above and below say
/// different things.
struct ColumnRuler {
  private let rows: [[Int]]
  private let position: @Sendable (TextColumns) -> Int
  private let tokens: [Token]
  /// The least distance of two columns.
  private let gap: Int
  /// How far from its column a figure may stand.
  private var reach = Int.max
  /// Where the rows end that stand under the head.
  private var end = Int.max

  /// - Parameters:
  ///   - all: the fields of all rows, in the order of the text.
  ///   - count: how many of them a full row has.
  ///   - head: the columns of the head above them.
  init?(_ all: [Range<Int>], count: Int, head: HeadColumns? = nil, tokens: [Token]) {
    let onOneLine = all.filter { fields in
      fields.allSatisfy {
        tokens[$0].columns != nil && tokens[$0].row == tokens[fields.lowerBound].row
      }
    }
    let rows = onOneLine.filter { $0.count == count && count > 1 }
    var best: (fit: Int, position: @Sendable (TextColumns) -> Int)?
    for position in Self.positions {
      let fit = zip(rows, rows.dropFirst()).count { above, below in
        Self.linesUp(above, below, position, tokens)
      }
      if fit > best?.fit ?? 0 { best = (fit, position) }
    }
    self.tokens = tokens
    // A page break may shift everything once or twice.
    if let best, best.fit * 10 >= (rows.count - 1) * 7 {
      self.rows = rows.map { $0.compactMap { tokens[$0].columns.map(best.position) } }
      position = best.position
      starts = rows.map(\.lowerBound)
    } else if rows.count < 2, count > 1,
      let (columns, position) = Self.columns(
        of: onOneLine, count: count, least: head == nil ? 2 : 1, tokens),
      !Self.contradict(columns, position, head, onOneLine, tokens)
    {
      self.rows = [columns]
      self.position = position
      starts = [0]
    } else if let (columns, position, end) = Self.columns(under: head, onOneLine, tokens),
      columns.count == count, count > 1
    {
      self.rows = [columns]
      self.position = position
      self.end = end
      starts = [0]
      reach = Self.scale
    } else {
      return nil
    }
    gap = self.rows.flatMap { row in zip(row, row.dropFirst()).map { $1 - $0 } }.min() ?? 0
    // Figures with single spaces between them do not stand in columns.
    guard gap >= 3 * Self.scale else { return nil }
  }

  /// Where no row is full: the places at which figures stand, if they are just as many as the form has columns. Counted in
  /// a way that is not the document's, figures of one column stand at more places than one.
  ///
  /// - Parameter least: figures in each column; a lone one may be of another page.
  private static func columns(
    of rows: [Range<Int>], count: Int, least required: Int, _ tokens: [Token]
  ) -> ([Int], @Sendable (TextColumns) -> Int)? {
    var found: [(columns: [Int], position: @Sendable (TextColumns) -> Int, fewest: Int)] = []
    for position in positions {
      let places = rows.joined().compactMap { tokens[$0].columns.map(position) }.sorted()
      var columns: [[Int]] = []
      for place in places {
        if let last = columns.last?.last, place - last <= scale {
          columns[columns.count - 1].append(place)
        } else {
          columns.append([place])
        }
      }
      if columns.allSatisfy({ ($0.last ?? 0) - ($0.first ?? 0) <= 2 * scale }) {
        found.append(
          (columns.map { $0[$0.count / 2] }, position, columns.map(\.count).min() ?? 0))
      }
    }
    let least = found.map(\.columns.count).min()
    let best = found.filter { $0.columns.count == least }
    // Two ways of counting that put figures into other columns: nothing tells which is the document's.
    let readings = Set(
      best.map { ruler in
        rows.joined().compactMap { tokens[$0].columns.map(ruler.position) }.map { place in
          ruler.columns.indices.min {
            abs(ruler.columns[$0] - place) < abs(ruler.columns[$1] - place)
          }
        }
      })
    guard let first = best.first, least == count, readings.count == 1, first.fewest >= required
    else { return nil }
    return (first.columns, first.position)
  }

  /// A figure of one column stands under the words of another: a figure of another page has been taken for a column.
  private static func contradict(
    _ columns: [Int], _ position: (TextColumns) -> Int, _ head: HeadColumns?, _ rows: [Range<Int>],
    _ tokens: [Token]
  ) -> Bool {
    guard let head, head.columns.count == columns.count else { return false }
    return rows.joined().compactMap { tokens[$0].columns }.contains { figure in
      let own = position(figure)
      let column = columns.indices.min { abs(columns[$0] - own) < abs(columns[$1] - own) }
      let above = head.columns.indices.filter {
        head.columns[$0].overlaps(figure, isWide: head.isWide)
      }
      return column.map { !above.isEmpty && !above.contains($0) } ?? false
    }
  }

  /// The words of the head, and up to which token figures stand under them: behind a page break the columns may be
  /// others.
  private static func columns(
    under head: HeadColumns?, _ rows: [Range<Int>], _ tokens: [Token]
  ) -> (columns: [Int], position: @Sendable (TextColumns) -> Int, end: Int)? {
    guard let head else { return nil }
    let rows = rows.filter { !$0.isEmpty }
    var best: (fit: Int, columns: [Int], position: @Sendable (TextColumns) -> Int, end: Int)?
    for position in head.isWide ? positions.suffix(3) : positions.prefix(3) {
      let columns = head.columns.map(position)
      var fit = 0
      var end = 0
      var strays = 0
      var isBelow = true
      for fields in rows {
        let isUnder = fields.allSatisfy { field in
          tokens[field].columns.map(position).map { own in
            columns.contains { abs($0 - own) <= scale }
          } ?? false
        }
        strays = isUnder ? 0 : strays + 1
        if strays > 1 { break }
        if isUnder {
          fit += 1
          end = fields.upperBound
          for figure in fields.compactMap({ tokens[$0].columns }) {
            let own = position(figure)
            let nearest = columns.indices.min { abs(columns[$0] - own) < abs(columns[$1] - own) }
            guard let nearest else { continue }
            isBelow = isBelow && head.columns[nearest].overlaps(figure, isWide: head.isWide)
          }
        }
      }
      // Figures may stand beside the words over other columns, if a line of the head has shifted.
      guard isBelow else { continue }
      if fit > best?.fit ?? 0 { best = (fit, columns, position, end) }
    }
    return best.map { ($0.columns, $0.position, $0.end) }
  }

  private let starts: [Int]
  /// Positions are in halves of a column, so that the middle is one.
  private static let scale = 2

  /// Figures in a column may be aligned on their left, in their middle or on their right; Chinese characters may count as
  /// one column or as two.
  private static let positions: [@Sendable (TextColumns) -> Int] = [
    { $0.narrow.lowerBound + $0.narrow.upperBound }, { $0.narrow.lowerBound * 2 },
    { $0.narrow.upperBound * 2 }, { $0.wide.lowerBound + $0.wide.upperBound },
    { $0.wide.lowerBound * 2 }, { $0.wide.upperBound * 2 },
  ]

  private static func linesUp(
    _ a: Range<Int>, _ b: Range<Int>, _ position: @Sendable (TextColumns) -> Int, _ tokens: [Token]
  ) -> Bool {
    zip(a, b).allSatisfy { x, y in
      guard let x = tokens[x].columns, let y = tokens[y].columns else { return false }
      return abs(position(x) - position(y)) <= scale
    }
  }

  /// How many columns there are.
  var width: Int { rows.first?.count ?? 0 }

  /// The full rows next to this one, above and below.
  private func neighbours(of fields: Range<Int>) -> [[Int]] {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < fields.lowerBound { low = middle + 1 } else { high = middle }
    }
    let below = low < starts.count && starts[low] == fields.lowerBound ? low + 1 : low
    return [low - 1, below].filter(rows.indices.contains).map { rows[$0] }
  }

  private func isNear(_ column: Int, _ own: Int) -> Bool {
    abs(column - own) * 3 <= gap && abs(column - own) <= reach
  }

  /// A full row that stands as its neighbours do: none of its figures is a piece of one, with a blank elsewhere.
  func confirms(_ fields: Range<Int>) -> Bool {
    guard fields.upperBound <= end else { return false }
    let own = fields.compactMap { tokens[$0].columns.map(position) }
    return neighbours(of: fields).contains { row in
      row.count == own.count && zip(row, own).allSatisfy { isNear($0, $1) }
    }
  }

  /// The token of each column; `nil` for a blank one. `nil` for the whole if the place of a figure is not certain.
  func place(_ fields: Range<Int>) -> [Int?]? {
    guard fields.upperBound <= end, Set(fields.map { tokens[$0].row }).count == 1 else {
      return nil
    }
    let readings = neighbours(of: fields).map { place(fields, under: $0) }
    guard let first = readings.first, let placed = first,
      readings.allSatisfy({ $0 == placed })
    else { return nil }
    return placed
  }

  private func place(_ fields: Range<Int>, under row: [Int]) -> [Int?]? {
    var cells = [Int?](repeating: nil, count: row.count)
    for field in fields {
      guard let columns = tokens[field].columns else { return nil }
      let own = position(columns)
      guard let column = row.indices.min(by: { abs(row[$0] - own) < abs(row[$1] - own) }),
        isNear(row[column], own), cells[column] == nil
      else { return nil }
      cells[column] = field
    }
    return cells
  }
}
