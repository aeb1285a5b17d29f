/// One graphic of text: where it stands, how large, how turned.
struct OFDTextObject {
  private var frame = OFDFrame()
  private(set) var size = 3.5
  private var scale = 1.0

  init() {}

  init(_ attributes: XMLAttributes) {
    frame = OFDFrame(attributes)
    if let size = OFDNumbers.list(attributes["Size"]).first, size > 0 { self.size = size }
    if let scale = OFDNumbers.list(attributes["HScale"]).first, scale > 0 { self.scale = scale }
  }

  /// Where a character stands on the page whose baseline begins at a point of the object.
  func box(of scalar: Unicode.Scalar, at point: (x: Double, y: Double)) -> PageBox {
    // Fonts are not looked at: an ideograph is as wide as the type, a letter half of it.
    let width = size * scale * (scalar.value >= 0x1100 ? 1 : 0.5)
    let corners = [(0.0, -0.88), (0, 0.12), (1, -0.88), (1, 0.12)].map { corner in
      frame.place(point.x + corner.0 * width, point.y + corner.1 * size)
    }
    let x = corners.map(\.0)
    let y = corners.map(\.1)
    return PageBox(
      left: x.min() ?? 0, top: y.min() ?? 0, right: x.max() ?? 0, bottom: y.max() ?? 0)
  }
}

/// A run of characters in a graphic: the baseline of the first, and the steps to the others.
struct OFDTextCode {
  private let x: Double
  private let y: Double
  private let across: OFDSteps?
  private let down: OFDSteps?

  init(_ attributes: XMLAttributes, after last: OFDTextCode?) {
    x = OFDNumbers.list(attributes["X"]).first ?? last?.x ?? 0
    y = OFDNumbers.list(attributes["Y"]).first ?? last?.y ?? 0
    across = attributes["DeltaX"].map { OFDSteps($0) }
    down = attributes["DeltaY"].map { OFDSteps($0) }
  }

  func place(of index: Int, in size: Double) -> (x: Double, y: Double) {
    // Characters without steps of their own follow each other as ideographs do.
    let across = self.across ?? (down == nil ? OFDSteps(every: size) : nil)
    return (x + (across?.sum(of: index) ?? 0), y + (down?.sum(of: index) ?? 0))
  }
}

/// Distances from character to character, with `g 5 2.5` for five times 2.5 (GB/T 33190-2016, 11.3).
struct OFDSteps {
  /// Of the first n characters together.
  private var sums: [Double] = [0]
  private var last = 0.0

  init(every step: Double) { last = step }

  init(_ source: String) {
    var words = source.split(whereSeparator: \.isWhitespace)[...]
    // More steps than characters can be on a page are none.
    while let word = words.popFirst(), sums.count < 100_000 {
      if word == "g", let times = words.popFirst().flatMap({ Int($0) }),
        let step = words.popFirst().flatMap({ OFDNumbers.number($0) })
      {
        for _ in 0..<min(max(times, 0), 100_000) { append(step) }
      } else if let step = OFDNumbers.number(word) {
        append(step)
      }
    }
  }

  private mutating func append(_ step: Double) {
    sums.append((sums.last ?? 0) + step)
    last = step
  }

  /// Beyond the steps that are given the last one goes on.
  func sum(of count: Int) -> Double {
    count < sums.count ? sums[count] : (sums.last ?? 0) + last * Double(count - sums.count + 1)
  }
}
