/// Where a graphic stands on its page, and how it is turned (GB/T 33190-2016, 8.5).
struct OFDFrame {
  private var left = 0.0
  private var top = 0.0
  /// a b c d e f, as in `x' = ax + cy + e`, `y' = bx + dy + f`.
  private var matrix = [1.0, 0, 0, 1, 0, 0]

  init() {}

  init(_ attributes: XMLAttributes) {
    let boundary = OFDNumbers.list(attributes["Boundary"])
    if boundary.count >= 2 { (left, top) = (boundary[0], boundary[1]) }
    let matrix = OFDNumbers.list(attributes["CTM"])
    if matrix.count == 6 { self.matrix = matrix }
  }

  /// A point of the graphic on the page.
  func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    (
      left + matrix[0] * x + matrix[2] * y + matrix[4],
      top + matrix[1] * x + matrix[3] * y + matrix[5]
    )
  }
}

/// A drawing: of all that it may hold only what goes straight across or down can rule a table.
struct OFDPathObject {
  var strokeColour: String?
  var fillColour: String?
  private let frame: OFDFrame
  private let isStroked: Bool
  private let isFilled: Bool

  /// Millimetres; a filled box thicker than this is an area.
  private static let thickest = 1.0

  init(_ attributes: XMLAttributes) {
    frame = OFDFrame(attributes)
    isStroked = attributes["Stroke"] != "false"
    isFilled = attributes["Fill"] == "true"
  }

  /// The lines in a path: `S`/`M` x y begins, `L` x y goes on, `C` closes; `Q`, `B`, `A` are curves.
  func rules(_ data: String) -> [PageBox] {
    var boxes: [PageBox] = []
    var path: [(x: Double, y: Double)] = []
    func close() {
      boxes += drawn(path)
      path = []
    }
    var words = data.split(whereSeparator: \.isWhitespace)[...]
    func numbers(_ count: Int) -> [Double]? {
      guard words.count >= count else { return nil }
      let numbers = words.prefix(count).compactMap { OFDNumbers.number($0) }
      words = words.dropFirst(count)
      return numbers.count == count ? numbers : nil
    }
    while let word = words.popFirst() {
      switch word {
      case "S", "M":
        close()
        if let point = numbers(2) { path = [frame.place(point[0], point[1])] }
      case "L":
        if let point = numbers(2) { path.append(frame.place(point[0], point[1])) }
      case "Q", "B", "A":
        // The end of a curve is where its last two numbers say.
        let count = word == "Q" ? 4 : word == "B" ? 6 : 7
        close()
        if let curve = numbers(count) {
          path = [frame.place(curve[count - 2], curve[count - 1])]
        }
      case "C":
        if let first = path.first { path.append(first) }
      default: break
      }
    }
    close()
    return boxes
  }

  private func drawn(_ path: [(x: Double, y: Double)]) -> [PageBox] {
    let straight = 0.2
    var boxes: [PageBox] = []
    if isStroked, !isWhite(strokeColour) {
      for (from, to) in zip(path, path.dropFirst()) {
        let box = PageBox(
          left: min(from.x, to.x), top: min(from.y, to.y), right: max(from.x, to.x),
          bottom: max(from.y, to.y))
        if min(box.right - box.left, box.bottom - box.top) <= straight { boxes.append(box) }
      }
    }
    if isFilled, !isWhite(fillColour), path.count >= 3 {
      let x = path.map(\.x)
      let y = path.map(\.y)
      let box = PageBox(
        left: x.min() ?? 0, top: y.min() ?? 0, right: x.max() ?? 0, bottom: y.max() ?? 0)
      if min(box.right - box.left, box.bottom - box.top) <= OFDPathObject.thickest {
        boxes.append(box)
      }
    }
    return boxes
  }

  private func isWhite(_ colour: String?) -> Bool {
    let parts = OFDNumbers.list(colour)
    return parts.count == 3 && parts.allSatisfy { $0 >= 248 }
  }
}

/// Numbers of OFD's attributes: decimals apart by white space.
enum OFDNumbers {
  static func list(_ source: String?) -> [Double] {
    source?.split(whereSeparator: \.isWhitespace).compactMap { number($0) } ?? []
  }

  /// Nothing that a page cannot hold.
  static func number(_ word: Substring) -> Double? {
    Double(word).flatMap { abs($0) < 1e6 ? $0 : nil }
  }
}
