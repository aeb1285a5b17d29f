/// What the styles of a Word file say of words that use them: which are headings, and which are not shown.
struct WordStyles: XMLFollower {
  /// Styles with an outline level.
  private(set) var headings: Set<String> = []
  /// The style of paragraphs that name none.
  private(set) var ordinary: String?
  private var looks: [String: WordLooks] = [:]
  private var bases: [String: String] = [:]
  private var current: String?
  /// Word bases styles on each other ten deep; styles may also be based on each other in a circle.
  private static let deepest = 16
  var excess: String? { nil }

  /// How a style shows words, what it takes over from those it is based on included.
  func looks(of style: String?) -> WordLooks {
    var result = WordLooks()
    var next = style
    for _ in 0..<WordStyles.deepest {
      guard let name = next else { break }
      result = result.over(looks[name] ?? WordLooks())
      next = bases[name]
    }
    return result
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "style" {
      current = attributes["styleId"]
      let isDefault = attributes["default"].map { ["1", "true", "on"].contains($0) } ?? false
      if isDefault, attributes["type"] == "paragraph" { ordinary = current }
      return
    }
    guard let current else { return }
    switch name {
    case "basedOn": bases[current] = attributes["val"]
    case "outlineLvl":
      // Level 9 is body text.
      if attributes["val"] != "9" { headings.insert(current) }
    default: looks[current, default: WordLooks()].set(name, attributes)
    }
  }

  mutating func end(_ name: String) { if name == "style" { current = nil } }
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}

/// What takes words out of sight, as far as it is said: hidden, struck out once or twice.
///
/// Source: ECMA-376, part 1, 17.3.2.9, 17.3.2.37, 17.3.2.41, and 17.7.3 for how styles go together.
struct WordLooks {
  private var vanish: Bool?
  private var strike: Bool?
  private var doubleStrike: Bool?

  /// Takes in a property by the name of its element, if it is one of these.
  mutating func set(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "vanish": vanish = attributes.isOn
    case "strike": strike = attributes.isOn
    case "dstrike": doubleStrike = attributes.isOn
    default: break
    }
  }

  /// These, and where they say nothing those below.
  func over(_ other: WordLooks) -> WordLooks {
    var result = self
    result.vanish = vanish ?? other.vanish
    result.strike = strike ?? other.strike
    result.doubleStrike = doubleStrike ?? other.doubleStrike
    return result
  }

  /// Those of a style for characters over those of the paragraph's: what both turn on goes out again, as with a light that
  /// has two switches.
  func toggling(_ paragraph: WordLooks) -> WordLooks {
    func both(_ one: Bool?, _ other: Bool?) -> Bool? {
      guard let one, let other else { return one ?? other }
      return one != other
    }
    var result = over(paragraph)
    result.vanish = both(vanish, paragraph.vanish)
    result.strike = both(strike, paragraph.strike)
    return result
  }

  var areHidden: Bool { vanish ?? false || strike ?? false || doubleStrike ?? false }
}

extension XMLAttributes {
  /// The value of a property that is on or off; without one it is on.
  fileprivate var isOn: Bool {
    switch self["val"] {
    case "0", "false", "off", "none": false
    default: true
    }
  }
}
