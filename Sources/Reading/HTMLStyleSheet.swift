/// The rules of a page's own style sheets that hide something or show it again, in the way of browsers: the more exact rule
/// wins, then the later one. Of selectors those by name, class and identity are followed, also inside others.
///
/// *Guarantee*: nothing is hidden that a rule which is not followed may show.
struct HTMLStyleSheet {
  /// Who an element is, for rules.
  struct Name {
    let tag: String
    let identity: String?
    let classes: [Substring]
  }

  /// `td.sum#first`.
  private struct Part {
    var tag: String?
    var identity: String?
    var classes: [Substring] = []
    /// Must be the parent of the next part, not just around it.
    var isParent = false

    func matches(_ name: Name) -> Bool {
      (tag == nil || tag == name.tag) && (identity == nil || identity == name.identity)
        && classes.allSatisfy(name.classes.contains)
    }
  }

  private struct Rule {
    let parts: [Part]
    let weight: Int
    let style: HTMLStyle
  }

  private var rules: [Rule] = []
  /// What rules that are not followed may show.
  private var shownElsewhere: Set<HTMLStyle.Property> = []

  var isEmpty: Bool { rules.isEmpty }

  /// - Parameter sheets: in UTF-8.
  init(_ sheets: [ArraySlice<UInt8>] = []) {
    for sheet in sheets { add(HTMLStyleSheet.withoutComments(sheet)[...]) }
    // A page of so many rules is no office's; nothing is hidden on their word.
    if rules.count > 2000 { rules = [] }
  }

  /// What holds for the last element, the others standing around it; `nil`: no rule says.
  func value(_ property: HTMLStyle.Property, _ path: [Name]) -> HTMLStyle.Value? {
    guard !shownElsewhere.contains(property) else { return nil }
    var best: (value: HTMLStyle.Value, weight: Int)?
    for rule in rules {
      guard let value = rule.style[property], matches(rule.parts[...], path[...]) else { continue }
      let weight = rule.weight + (value.isImportant ? 1 << 40 : 0)
      if weight >= best?.weight ?? 0 { best = (value, weight) }
    }
    return best?.value
  }

  private func matches(_ parts: ArraySlice<Part>, _ path: ArraySlice<Name>) -> Bool {
    guard let part = parts.last else { return true }
    guard let name = path.last, part.matches(name) else { return false }
    var path = path.dropLast()
    let outer = parts.dropLast()
    guard let next = outer.last else { return true }
    if next.isParent { return matches(outer, path) }
    while !path.isEmpty {
      if matches(outer, path) { return true }
      path = path.dropLast()
    }
    return false
  }

  // MARK: Reading

  // Bytes as far as may be: sites have more of style sheets than of words, and few rules hide anything.

  private mutating func add(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      // `@import …;` and what comments leave behind stand in front of the next rule.
      let head = rest[..<open].split(separator: UInt8(ascii: ";")).last ?? []
      let body = rest[(open + 1)...]
      let end = HTMLStyleSheet.end(of: body)
      let block = body[..<end]
      if head.contains(UInt8(ascii: "@")) {
        // For the screen, or for another medium.
        let words = String(decoding: head, as: UTF8.self)
        let isSeen =
          words.contains("@media") && (words.contains("screen") || words.contains("all"))
        if isSeen, !words.contains("("), !words.contains("not") { add(block) } else { leave(block) }
      } else {
        add(selectors: head, block)
      }
      rest = end < body.endIndex ? body[(end + 1)...] : []
    }
  }

  /// Rules that hold only here or there.
  private mutating func leave(_ block: ArraySlice<UInt8>) {
    for rule in block.split(separator: UInt8(ascii: "}")) {
      note(HTMLStyle(rule.split(separator: UInt8(ascii: "{"), maxSplits: 1).last ?? []))
    }
  }

  private mutating func note(_ style: HTMLStyle) {
    for property in HTMLStyle.Property.allCases where style[property]?.hides == false {
      shownElsewhere.insert(property)
    }
  }

  /// Nothing is pointed at on paper; and what stands before an element is no part of its text.
  private static let passing = [
    ":hover", ":focus", ":active", ":visited", ":before", ":after", ":selection",
  ].map { Array($0.utf8) }

  private mutating func add(selectors: ArraySlice<UInt8>, _ block: ArraySlice<UInt8>) {
    let lasting = selectors.split(separator: UInt8(ascii: ",")).filter { selector in
      !selector.indices.contains { index in
        selector[index] == UInt8(ascii: ":")
          && HTMLStyleSheet.passing.contains { selector[index...].starts(with: $0) }
      }
    }
    guard !lasting.isEmpty else { return }
    let style = HTMLStyle(block)
    guard !style.isEmpty else { return }
    for selector in lasting {
      if let parts = HTMLStyleSheet.parts(of: String(decoding: selector, as: UTF8.self)) {
        let weight = parts.reduce(0) { sum, part in
          sum + (part.identity == nil ? 0 : 1 << 20) + part.classes.count << 10
            + (part.tag == nil ? 0 : 1)
        }
        rules.append(Rule(parts: parts, weight: weight, style: style))
      } else {
        note(style)
      }
    }
  }

  /// `nil`: not followed.
  private static func parts(of selector: String) -> [Part]? {
    var parts: [Part] = []
    for word in selector.replacing(">", with: " > ").split(whereSeparator: \.isWhitespace) {
      if word == ">" {
        guard let last = parts.indices.last else { return nil }
        parts[last].isParent = true
        continue
      }
      var part = Part()
      var rest = word
      while let mark = rest.first {
        let isMarked = mark == "." || mark == "#"
        let body = rest.dropFirst(isMarked ? 1 : 0)
        let name = body.prefix { $0 != "." && $0 != "#" }
        let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        guard !name.isEmpty, isName || name == "*" else { return nil }
        switch mark {
        case ".": part.classes.append(name)
        case "#": part.identity = String(name)
        default: part.tag = name == "*" ? nil : name.lowercased()
        }
        rest = body.dropFirst(name.count)
      }
      parts.append(part)
    }
    return parts.isEmpty ? nil : parts
  }

  private static func end(of body: ArraySlice<UInt8>) -> Int {
    var depth = 0
    for (index, byte) in zip(body.indices, body) {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") {
        if depth == 0 { return index }
        depth -= 1
      }
    }
    return body.endIndex
  }

  private static func withoutComments(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    var index = text.startIndex
    /// What is not in `kept` yet.
    var start = index
    func skip(_ length: Int) {
      kept += text[start..<index]
      index += length
    }
    while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "<") where text[index...].starts(with: "<!--".utf8):
        skip(4)
        kept.append(UInt8(ascii: " "))
        start = index
      case UInt8(ascii: "-") where text[index...].starts(with: "-->".utf8):
        skip(3)
        kept.append(UInt8(ascii: " "))
        start = index
      case UInt8(ascii: "/") where text[index...].starts(with: "/*".utf8):
        skip(2)
        while index < text.endIndex, !text[index...].starts(with: "*/".utf8) { index += 1 }
        index = min(index + 2, text.endIndex)
        start = index
      default:
        index += 1
      }
    }
    return kept + text[start...]
  }
}
