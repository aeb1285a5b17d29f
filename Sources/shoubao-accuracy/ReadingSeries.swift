import Accuracy
import Generator

/// The series of documents that are read, and what came of them.
struct ReadingSeries: Sendable {
  /// How reports most often come, as they are and with one fault.
  var usual: [Layout.Shape: (plain: Measurement, faulted: Measurement)] = [:]
  /// Every layout, with traits and with figures that lead astray; also damaged.
  var varied = VariedMeasurement()
  /// What is no report.
  var confusion = Confusion()
  var documents = 0

  /// Reads so many numbers of the usual series, of the varied series, and so many other pages. The parts are added in
  /// their order: the same seed gives the same sums and the same examples.
  /// - Parameter onlyDamaged: the varied series only damaged.
  init(
    usual: Range<Int>, varied: Range<Int>, others: Int, seed: UInt64, shapes: [Layout.Shape],
    onlyDamaged: Bool = false
  ) async {
    let usualShapes = shapes.filter(Layout.Shape.usual.contains)
    if !usualShapes.isEmpty {
      for part in await Self.inParts(usual, { Self.usual($0, seed, usualShapes) }) {
        for (shape, sum) in part {
          self.usual[shape, default: (Measurement(), Measurement())].plain.add(sum.plain)
          self.usual[shape, default: (Measurement(), Measurement())].faulted.add(sum.faulted)
        }
      }
      documents += usual.count * 2
    }
    for part in await Self.inParts(
      varied,
      {
        VariedMeasurement.measure($0, seed: seed, shapes: shapes, onlyDamaged: onlyDamaged)
      })
    {
      self.varied.add(part)
    }
    for part in await Self.inParts(0..<others, { Confusion.measure($0, seed: seed) }) {
      confusion.add(part)
    }
    documents += varied.count * (onlyDamaged ? 1 : 2)
    documents +=
      others + confusion.pairs + confusion.withoutTables.values.reduce(0, +)
  }

  private static func usual(
    _ numbers: Range<Int>, _ seed: UInt64, _ shapes: [Layout.Shape]
  ) -> [Layout.Shape: (plain: Measurement, faulted: Measurement)] {
    var sums: [Layout.Shape: (plain: Measurement, faulted: Measurement)] = [:]
    for (position, shape) in shapes.enumerated() {
      let own = numbers.filter { $0 % shapes.count == position }
      sums[shape] = Measurement.measure(own, seed: seed, shapes: shapes)
    }
    return sums
  }

  private static func inParts<T: Sendable>(
    _ numbers: Range<Int>, _ body: @escaping @Sendable (Range<Int>) -> T
  ) async -> [T] {
    await withTaskGroup(of: (Int, T).self) { group in
      for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 250) {
        group.addTask { (start, body(start..<min(start + 250, numbers.upperBound))) }
      }
      var parts: [(Int, T)] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  // MARK: What must be so

  var gates: [Gate] {
    var plain = Measurement()
    var faulted = Measurement()
    for sum in usual.values {
      plain.add(sum.plain)
      faulted.add(sum.faulted)
    }
    let clean = Self.legible(varied.shapes)
    let damaged = Self.legible(varied.damagedShapes)
    var all = plain
    all.add(faulted)
    for sum in varied.shapes.values { all.add(sum) }
    for sum in varied.damagedShapes.values { all.add(sum) }
    let wrong = all.wrong + all.extra
    let none = all.calledNone
    var usualFaults = 0
    for sum in [plain, faulted] {
      usualFaults += sum.missing + sum.missed + sum.unexpected + sum.identity + sum.unreadable
    }
    func gate(_ name: String, atLeast share: Double, _ sum: Measurement) -> Gate {
      Gate(
        name: name, found: ReportTable.percent(sum.exactShare) + " %",
        isMet: sum.exactShare >= share)
    }
    var gates = [
      Gate(name: "no figure wrong outside `uncertain`", found: "\(wrong)", isMet: wrong == 0),
      Gate(name: "no report is called none", found: "\(none)", isMet: none == 0),
    ]
    if plain.reports > 0 {
      gates += [
        gate("usual layouts, no fault: at least 99.9 % exact", atLeast: 0.999, plain),
        gate("usual layouts, one fault: at least 99.5 % exact", atLeast: 0.995, faulted),
        Gate(
          name: "usual layouts: unit, region, year, date, kind and checks as they must be",
          found: "\(usualFaults) not", isMet: usualFaults == 0),
      ]
    }
    if clean.reports > 0 {
      gates.append(gate("varied layouts: at least 99.5 % exact", atLeast: 0.995, clean))
    }
    if damaged.reports > 0 {
      gates.append(
        gate("damaged: at least 97 % exact of what can be told", atLeast: 0.97, damaged))
    }
    if !confusion.pages.isEmpty {
      gates.append(
        Gate(
          name: "nothing else is accepted as a report", found: "\(confusion.accepted)",
          isMet: confusion.accepted == 0))
      gates.append(
        Gate(
          name: "two reports in one file: told, and no figure vouched for",
          found:
            "\(confusion.pairsTold) of \(confusion.pairs) told, \(confusion.pairsMixed) vouched for",
          isMet: confusion.pairsTold == confusion.pairs && confusion.pairsMixed == 0))
    }
    return gates
  }

  private static func legible(_ shapes: [Layout.Shape: Measurement]) -> Measurement {
    var sum = Measurement()
    for shape in Layout.Shape.legible { if let part = shapes[shape] { sum.add(part) } }
    return sum
  }
}
