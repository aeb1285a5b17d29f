/// What declarations say about whether something is seen; everything else in them is passed over.
struct HTMLStyle {
  enum Property: Int, CaseIterable {
    /// Takes the element away, with its place.
    case display
    /// Takes the words away and leaves their place; what is inside may show itself again.
    case visibility, fontSize
    /// Takes the words away and leaves their place.
    case opacity, strike
    /// Word's own.
    case officeHiding
  }

  struct Value {
    let hides: Bool
    let isImportant: Bool
  }

  /// Of each property; none at all as long as nothing is said of any, as of nearly every element.
  private var values: [Value?] = []

  var isEmpty: Bool { values.isEmpty }

  private(set) subscript(property: Property) -> Value? {
    get { values.isEmpty ? nil : values[property.rawValue] }
    set {
      if values.isEmpty { values = Array(repeating: nil, count: Property.allCases.count) }
      values[property.rawValue] = newValue
    }
  }

  /// - Parameter declarations: `display:none;font-size:0`.
  init(_ declarations: some Sequence<UInt8>) {
    // Bytes, and no parts made of them: every cell of a page from a word processor has a dozen declarations, nearly all of
    // them about something else.
    let bytes = Array(declarations)
    var next = 0
    while next < bytes.count {
      var start = next
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: ";") { end += 1 }
      next = end + 1
      while start < end, bytes[start] == UInt8(ascii: ":") { start += 1 }
      var colon = start
      while colon < end, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
      guard colon + 1 < end, let property = Property(bytes[start..<colon]) else { continue }
      var value = String(decoding: bytes[(colon + 1)..<end].trimmed, as: UTF8.self).lowercased()
      let isImportant = value.hasSuffix("important")
      if isImportant {
        value = String(value.dropLast("important".count).filter { !$0.isWhitespace && $0 != "!" })
      }
      if let earlier = self[property], earlier.isImportant, !isImportant { continue }
      self[property] = Value(hides: property.hides(value), isImportant: isImportant)
    }
  }
}

extension HTMLStyle.Property {
  private static let names: [([UInt8], Self)] = [
    ("display", .display), ("visibility", .visibility), ("opacity", .opacity),
    ("font-size", .fontSize), ("text-decoration", .strike), ("text-decoration-line", .strike),
    ("mso-hide", .officeHiding),
  ].map { (Array($0.utf8), $1) }

  private static let firsts = names.compactMap(\.0.first)

  fileprivate init?(_ text: ArraySlice<UInt8>) {
    // Most properties begin with another letter than all of these.
    guard let first = text.first(where: { $0 > 0x20 }), Self.firsts.contains(first | 0x20) else {
      return nil
    }
    let name = text.trimmed
    let known = Self.names.first { known, _ in
      known.count == name.count && zip(known, name).allSatisfy { $0 == $1 | 0x20 }
    }
    guard let known else { return nil }
    self = known.1
  }

  fileprivate func hides(_ value: String) -> Bool {
    switch self {
    case .display: value == "none"
    case .visibility: value == "hidden" || value == "collapse"
    case .opacity, .fontSize: Self.isZero(value)
    case .strike: value.utf8.contains(sequence: Self.lineThrough)
    case .officeHiding: value == "all"
    }
  }

  private static let lineThrough = Array("line-through".utf8)

  /// `0`, `0.0`, `.0px`, `0%`.
  private static func isZero(_ value: String) -> Bool {
    let number = value.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return number.contains("0") && number.allSatisfy { $0 == "0" || $0 == "." }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmed: ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    let start = drop(while: isBlank)
    return start[..<(start.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start.startIndex)]
  }
}
