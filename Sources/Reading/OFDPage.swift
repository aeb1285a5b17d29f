/// Follows the content of one page: its characters with their places, in millimetres.
///
/// Source: GB/T 33190-2016, 8.5 (图元对象), 11.3 (文字).
struct OFDPage: XMLFollower {
  private(set) var text = PageText()
  /// Pictures on the page.
  private(set) var images = 0
  /// Characters so far.
  private(set) var count = 0
  /// The templates that the page draws on, by their identifiers.
  private(set) var templates: [String] = []
  private(set) var excess: String?

  private let limit: Int
  private var object = OFDTextObject()
  private var code: OFDTextCode?
  private var source = OFDText()
  /// How many elements deep we are in something that is not shown.
  private var hidden = 0

  init(_ limit: Int) { self.limit = limit }

  /// Puts what a template draws on this page.
  mutating func draw(_ template: OFDPage) {
    text.add(template.text)
    images += template.images
    count += template.count
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if hidden > 0 || isHidden(attributes) {
      hidden += 1
      return
    }
    switch name {
    case "Template": if let id = attributes["TemplateID"] { templates.append(id) }
    case "ImageObject": images += 1
    case "TextObject": object = OFDTextObject(attributes)
    case "TextCode":
      // A second run without a place of its own goes on where the first one began.
      code = OFDTextCode(attributes, after: code)
      source.begin(true)
    default: break
    }
  }

  /// `Visible` says whether a graphic is drawn; letters of no opacity are as good as not drawn.
  private func isHidden(_ attributes: XMLAttributes) -> Bool {
    attributes["Visible"] == "false" || attributes["Alpha"] == "0"
  }

  mutating func end(_ name: String) {
    guard hidden == 0 else {
      hidden -= 1
      return
    }
    switch name {
    case "TextCode":
      place(source.taken ?? "")
      source.begin(false)
    case "TextObject": code = nil
    default: break
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    guard hidden == 0 else { return }
    source.add(text)
  }

  private mutating func place(_ characters: String) {
    guard let code else { return }
    for (index, scalar) in characters.unicodeScalars.enumerated() {
      count += 1
      guard count <= limit else {
        excess = "> \(limit) characters"
        return
      }
      guard scalar.value > 0x20, scalar.value != 0x3000 else { continue }
      text.add(scalar, object.box(of: scalar, at: code.place(of: index, in: object.size)))
    }
  }
}

/// One graphic of text: where it stands, how large, how turned.
struct OFDTextObject {
  private var left = 0.0
  private var top = 0.0
  private(set) var size = 3.5
  private var scale = 1.0
  /// a b c d e f, as in `x' = ax + cy + e`, `y' = bx + dy + f`.
  private var matrix = [1.0, 0, 0, 1, 0, 0]

  init() {}

  init(_ attributes: XMLAttributes) {
    let boundary = OFDNumbers.list(attributes["Boundary"])
    if boundary.count >= 2 { (left, top) = (boundary[0], boundary[1]) }
    if let size = OFDNumbers.list(attributes["Size"]).first, size > 0 { self.size = size }
    if let scale = OFDNumbers.list(attributes["HScale"]).first, scale > 0 { self.scale = scale }
    let matrix = OFDNumbers.list(attributes["CTM"])
    if matrix.count == 6 { self.matrix = matrix }
  }

  /// Where a character stands on the page whose baseline begins at a point of the object.
  func box(of scalar: Unicode.Scalar, at point: (x: Double, y: Double)) -> PageBox {
    // Fonts are not looked at: an ideograph is as wide as the type, a letter half of it.
    let width = size * scale * (scalar.value >= 0x1100 ? 1 : 0.5)
    let corners = [(0.0, -0.88), (0, 0.12), (1, -0.88), (1, 0.12)].map { corner in
      moved(point.x + corner.0 * width, point.y + corner.1 * size)
    }
    let x = corners.map(\.0)
    let y = corners.map(\.1)
    return PageBox(
      left: x.min() ?? 0, top: y.min() ?? 0, right: x.max() ?? 0, bottom: y.max() ?? 0)
  }

  private func moved(_ x: Double, _ y: Double) -> (Double, Double) {
    (
      left + matrix[0] * x + matrix[2] * y + matrix[4],
      top + matrix[1] * x + matrix[3] * y + matrix[5]
    )
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
