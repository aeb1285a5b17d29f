import Reports

/// Says phrases with figures in them, and keeps what it told.
///
/// A phrase is text with marks: `[a|b]` one of several, also nested; `{received}` the figure of that name with its
/// counter word, told; `{received?}` told, but a careful reader may leave it; `{-received}` the same figure in a place
/// where it tells nothing of the kind; `{%natural/received}` a percentage; `{=review}` nothing printed, told to be
/// none; `{!allDone}` nothing printed, a statement without figure; `{#3-90}` any number with the counter; `{n3-90}`
/// any number bare; `{Y}`, `{Y-1}`, `{Y+1}` years; `{us}` who speaks; `<when>` another phrase.
struct NarrativeSpeaker {
  let facts: NarrativeFacts
  let style: NarrativeStyle
  /// The one figure that is told wrong, and by how much.
  var alteration: (name: String, by: Int)?
  /// Percentages are told wrong by so much.
  var percentOff = 0
  var random: SplitMix64
  private(set) var text = ""
  private(set) var told: [Narration.Told] = []
  /// The figures that a careful reader reads, by name.
  private(set) var names: Set<String> = []

  init(_ facts: NarrativeFacts, _ style: NarrativeStyle, _ random: SplitMix64) {
    self.facts = facts
    self.style = style
    self.random = random
  }

  mutating func say(_ phrase: String) { expand(Array(phrase)[...]) }

  mutating func sayOne(of phrases: [String]) { say(random.pick(phrases)) }

  /// The text so far, which begins anew.
  mutating func take() -> String {
    defer { text = "" }
    return text
  }

  private mutating func expand(_ phrase: ArraySlice<Character>) {
    var index = phrase.startIndex
    while index < phrase.endIndex {
      switch phrase[index] {
      case "[":
        let (choices, end) = Self.choices(phrase, from: index)
        expand(random.pick(choices))
        index = end
      case "{", "<":
        let end = phrase[index...].firstIndex { $0 == "}" || $0 == ">" } ?? phrase.endIndex - 1
        let name = String(phrase[(index + 1)..<end])
        if phrase[index] == "<" {
          expand(Array(random.pick(NarrativePhrases.parts[name] ?? [""]))[...])
        } else {
          mark(name)
        }
        index = end + 1
      default:
        text.append(phrase[index])
        index += 1
      }
    }
  }

  private static func choices(
    _ phrase: ArraySlice<Character>, from open: Int
  ) -> (choices: [ArraySlice<Character>], end: Int) {
    var choices: [ArraySlice<Character>] = []
    var depth = 0
    var start = open + 1
    for index in open..<phrase.endIndex {
      switch phrase[index] {
      case "[": depth += 1
      case "|" where depth == 1:
        choices.append(phrase[start..<index])
        start = index + 1
      case "]":
        depth -= 1
        if depth == 0 { return (choices + [phrase[start..<index]], index + 1) }
      default: break
      }
    }
    preconditionFailure("an open bracket in a phrase: \(String(phrase))")
  }

  private mutating func mark(_ name: String) {
    switch name {
    case "Y": text += String(facts.year)
    case "Y-1": text += String(facts.year - 1)
    case "Y+1": text += String(facts.year + 1)
    case "us": text += facts.us
    case "!allDone": tell(.allDone, nil)
    case "!allDone?": tell(.allDone, nil, isOwed: false)
    case "!none": tell(.noRequests, nil)
    default: markFigure(name)
    }
  }

  private mutating func markFigure(_ name: String) {
    var rest = Substring(name)
    switch rest.first {
    case "#", "n":
      let range = rest.dropFirst().split(separator: "-").compactMap { Int($0) }
      let value = range.count == 2 ? random.int(range[0]...range[1]) : nil
      if let value {
        text += rest.first == "#" ? style.print(value) : style.bare(value)
        return
      }
    case "-":
      text += style.print(facts.value(String(rest.dropFirst())))
      return
    case "=":
      tell(facts.subject(String(rest.dropFirst())), Figure(0))
      return
    case "%":
      percent(rest.dropFirst())
      return
    default: break
    }
    let isOwed = rest.last != "?"
    if !isOwed { rest = rest.dropLast() }
    let value = printed(String(rest))
    if isOwed, style.keepsCounter { names.insert(String(rest)) }
    text += style.print(value)
    tell(facts.subject(String(rest)), Figure(value), isOwed: isOwed && style.keepsCounter)
  }

  private func printed(_ name: String) -> Int {
    facts.value(name) + (alteration?.name == name ? alteration?.by ?? 0 : 0)
  }

  private mutating func percent(_ names: Substring) {
    let pair = names.split(separator: "/").map(String.init)
    let part = printed(pair[0])
    let whole = printed(pair[1])
    // In tenths of a percent, rounded.
    let tenths = whole == 0 ? 0 : (2000 * part + whole) / (2 * whole) + percentOff * 10
    let words = tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    text += words + "%"
    tell(.percent(part: part, whole: whole), Figure(words), isOwed: style.keepsCounter)
  }

  private mutating func tell(
    _ subject: Statement.Subject, _ value: Figure?, isOwed: Bool = true
  ) {
    told.append(.init(subject: subject, value: value, isOwed: isOwed))
  }
}

/// How figures look in one narrative.
struct NarrativeStyle {
  enum Digits: CaseIterable { case plain, fullWidth, spaced, thousands, chinese }

  var counter = "件"
  var digits = Digits.plain
  /// Characters were lost on the way: figures stand without their counters (X3).
  var keepsCounter = true
  /// `,` for `，` and the like.
  var halfWidth = false
  /// Lines broken wherever the page ends.
  var breaks = false

  static func random(using random: inout SplitMix64) -> NarrativeStyle {
    var style = NarrativeStyle()
    style.counter = random.pick([
      "件", "件", "件", "件", "件", "件", "件", "份", "宗", "起", "个", "例",
    ])
    style.digits = random.pick([
      .plain, .plain, .plain, .plain, .plain, .fullWidth, .spaced, .thousands, .chinese,
    ])
    style.keepsCounter = !random.chance(0.02)
    style.halfWidth = random.chance(0.2)
    style.breaks = random.chance(0.15)
    return style
  }

  func print(_ value: Int) -> String {
    guard keepsCounter else { return bare(value) }
    if digits == .chinese, value == 2 { return "两" + counter }
    return digits == .spaced ? " \(value) \(counter)" : bare(value) + counter
  }

  func bare(_ value: Int) -> String {
    let plain = String(value)
    switch digits {
    case .plain: return plain
    case .spaced: return " \(plain) "
    case .fullWidth:
      return String(
        String.UnicodeScalarView(
          plain.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
    case .thousands:
      guard value >= 1000, value < 1_000_000 else { return plain }
      return "\(value / 1000),\(String(1000 + value % 1000).dropFirst())"
    case .chinese: return value <= 99 ? Self.chinese(value) : plain
    }
  }

  private static func chinese(_ value: Int) -> String {
    let digits = Array("零一二三四五六七八九").map(String.init)
    if value < 10 { return digits[value] }
    return (value < 20 ? "" : digits[value / 10]) + "十"
      + (value % 10 == 0 ? "" : digits[value % 10])
  }

  /// The paragraph as the page has it.
  func page(_ text: String, _ random: inout SplitMix64) -> String {
    var text = text
    if halfWidth {
      let narrow: [Character: Character] = [
        "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "。": ".",
      ]
      text = String(text.map { narrow[$0] ?? $0 })
    }
    guard breaks else { return text }
    var lines = ""
    var count = 0
    var last: Character = " "
    for character in text {
      // No break inside a number or a year, nor in front of a mark.
      if count > 32, !last.isNumber, last != ".", !character.isPunctuation, random.chance(0.5) {
        lines.append("\n")
        count = 0
      }
      lines.append(character)
      count += 1
      last = character
    }
    return lines
  }
}
