/// Follows the content of one page: its characters and lines with their places, in millimetres.
///
/// Source: GB/T 33190-2016, 8.5 (图元对象), 9 (图形), 11.3 (文字).
struct OFDPage: XMLFollower {
  private(set) var drawn = PageBlocks(points: 72 / 25.4)
  /// Characters and lines so far.
  private(set) var count = 0
  /// The templates that the page draws on, by their identifiers.
  private(set) var templates: [String] = []
  private(set) var excess: String?

  private let limit: Int
  private var object = OFDTextObject()
  private var code: OFDTextCode?
  private var path: OFDPathObject?
  private var source = OFDText()
  /// How many elements deep we are in something that is not shown.
  private var hidden = 0

  init(_ limit: Int) { self.limit = limit }

  /// Puts what a template draws on this page.
  mutating func draw(_ template: OFDPage) {
    drawn.add(template.drawn)
    count += template.count
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if hidden > 0 || isHidden(attributes) {
      hidden += 1
      return
    }
    switch name {
    case "Template": if let id = attributes["TemplateID"] { templates.append(id) }
    case "ImageObject": drawn.images += 1
    case "PathObject": path = OFDPathObject(attributes)
    case "AbbreviatedData": source.begin(path != nil)
    case "StrokeColor": path?.strokeColour = attributes["Value"]
    case "FillColor": path?.fillColour = attributes["Value"]
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
    case "AbbreviatedData":
      for rule in path?.rules(source.taken ?? "") ?? [] {
        count += 1
        drawn.rules.add(rule)
      }
      source.begin(false)
    case "PathObject": path = nil
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
      drawn.text.add(scalar, object.box(of: scalar, at: code.place(of: index, in: object.size)))
    }
  }
}
