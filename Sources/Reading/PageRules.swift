/// The lines drawn straight across and straight down on a page (PDF, OFD), and the grids that they make.
struct PageRules {
  /// A line at one height or one distance from the left, from where to where.
  private struct Rule {
    var at: Double
    var from: Double
    var to: Double
  }

  /// What lies apart by less is one: a cell's own border and its neighbour's, the two strokes of a double line. A line of
  /// text is three times as high.
  var near: Double { 3.6 / points }

  /// The most that cells keep free beside their text, left and right together: 0.38 cm in Word, 12 points in ReportLab.
  var margins: Double { 12.6 / points }

  private var across: [Rule] = []
  private var down: [Rule] = []
  /// How many points one unit of the format is.
  private let points: Double

  init(points: Double = 1) { self.points = points }

  /// Lines so far.
  var count: Int { across.count + down.count }

  mutating func add(_ box: PageBox) {
    let width = box.right - box.left
    let height = box.bottom - box.top
    if width >= height {
      across.append(Rule(at: (box.top + box.bottom) / 2, from: box.left, to: box.right))
    } else {
      down.append(Rule(at: (box.left + box.right) / 2, from: box.top, to: box.bottom))
    }
  }

  mutating func add(_ other: PageRules) {
    across += other.across
    down += other.down
  }

  /// Grids of more than one cell, innermost first. Lines that touch belong to one grid.
  func grids() -> [PageGrid] {
    let near = near
    let across = merged(self.across, near)
    let down = merged(self.down, near)
    // A drawing of ten thousand strokes is no table.
    guard across.count >= 2, down.count >= 1, across.count * down.count <= 4_000_000
    else { return [] }
    var groups = Groups(count: across.count + down.count)
    for (row, line) in across.enumerated() {
      for (column, other) in down.enumerated()
      where line.at >= other.from - near && line.at <= other.to + near
        && other.at >= line.from - near && other.at <= line.to + near
      {
        groups.join(row, across.count + column)
      }
    }
    var rows: [Int: [Int]] = [:]
    var columns: [Int: [Int]] = [:]
    for row in across.indices { rows[groups.root(row), default: []].append(row) }
    for column in down.indices {
      columns[groups.root(across.count + column), default: []].append(column)
    }
    let grids = rows.compactMap { root, rows -> PageGrid? in
      guard rows.count >= 2, let columns = columns[root] else { return nil }
      return PageGrid(
        across: rows.map { PageGrid.Rule(across[$0].at, across[$0].from, across[$0].to) },
        down: columns.map { PageGrid.Rule(down[$0].at, down[$0].from, down[$0].to) }, near: near)
    }
    guard grids.count <= 200 else { return [] }
    return grids.sorted { ($0.area, $0.box.top, $0.box.left) < ($1.area, $1.box.top, $1.box.left) }
  }

  /// Lines that go on from each other, or lie on each other, as one. A stroke shorter than the tolerance is a dot.
  private func merged(_ rules: [Rule], _ near: Double) -> [Rule] {
    var merged: [Rule] = []
    for rule in rules.sorted(by: { ($0.at, $0.from) < ($1.at, $1.from) }) {
      // Of the lines at about this height the last few hundred: a page of more is no form.
      let one = merged.indices.reversed().prefix(400).prefix { rule.at - merged[$0].at <= near }
        .first { merged[$0].from <= rule.to + near && rule.from <= merged[$0].to + near }
      if let one {
        merged[one].from = min(merged[one].from, rule.from)
        merged[one].to = max(merged[one].to, rule.to)
      } else {
        merged.append(rule)
      }
    }
    return merged.filter { $0.to - $0.from > near }
  }
}

/// Which of so many things hang together.
private struct Groups {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  mutating func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }

  mutating func join(_ one: Int, _ other: Int) { parent[root(one)] = root(other) }
}
