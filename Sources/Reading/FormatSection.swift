/// One of the sections of a number format, which stand apart by semicolons.
struct FormatSection {
  enum Part: Equatable {
    case literal(String)
    /// `0`, `#` or `?` in front of the point, or behind it.
    case digit(UInt8)
    case point
    case percent
    /// `E+00`; whether a plus sign is shown is not told apart.
    case exponent
    case general
    case words
    /// Letters of a date or a time: `yyyy`, `m`, `AM/PM`.
    case date(String)
    /// `/` between digits, which shows a fraction.
    case fraction
  }

  private(set) var parts: [Part] = []
  private(set) var condition: FormatCondition?
  private var groups = false
  /// Commas behind the last digit, each a division by a thousand.
  private var thousands = 0

  // MARK: Reading the code

  static func sections(of code: String) -> [FormatSection] {
    var sections = [FormatSection()]
    var scalars = Array(code.unicodeScalars.prefix(1024))[...]
    var commas = 0
    while let scalar = scalars.popFirst() {
      let last = sections.count - 1
      if scalar == "," {
        commas += 1
        continue
      }
      if commas > 0 {
        let isBetween = "0#?".unicodeScalars.contains(scalar)
        if isBetween { sections[last].groups = true } else { sections[last].thousands += commas }
        commas = 0
      }
      if scalar == ";" {
        sections.append(FormatSection())
      } else {
        sections[last].take(scalar, &scalars)
      }
    }
    if commas > 0 { sections[sections.count - 1].thousands += commas }
    for index in sections.indices { sections[index].tellMinutes() }
    return sections
  }

  private mutating func take(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) {
    switch scalar {
    case "\"":
      let words = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(words.count + 1)
      literal(String(String.UnicodeScalarView(words)))
    case "\\", "!": if let next = rest.popFirst() { literal(String(next)) }
    // A gap as wide as the next character; a character that fills the cell.
    case "_": if rest.popFirst() != nil { literal(" ") }
    case "*": _ = rest.popFirst()
    case "[":
      let words = String(String.UnicodeScalarView(rest.prefix { $0 != "]" }))
      rest = rest.dropFirst(words.unicodeScalars.count + 1)
      bracket(words)
    case "0", "#", "?": parts.append(.digit(UInt8(ascii: scalar)))
    case ".": parts.append(.point)
    case "%":
      parts.append(.percent)
    case "@": parts.append(.words)
    case "E", "e":
      if rest.first == "+" || rest.first == "-" {
        rest.removeFirst()
        parts.append(.exponent)
        rest = rest.drop { $0 == "0" || $0 == "#" }
      } else {
        parts.append(.date("yyyy"))
        rest = rest.drop { $0 == "e" || $0 == "E" }
      }
    case "G", "g":
      if rest.starts(with: "eneral".unicodeScalars) || rest.starts(with: "ENERAL".unicodeScalars) {
        rest = rest.dropFirst(6)
        parts.append(.general)
      } else if rest.starts(with: "/通用格式".unicodeScalars) {
        rest = rest.dropFirst(5)
        parts.append(.general)
      }
    case "A", "a":
      if rest.starts(with: "M/PM".unicodeScalars) {
        rest = rest.dropFirst(4)
        parts.append(.date("AM/PM"))
      } else {
        date(scalar, &rest)
      }
    case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S": date(scalar, &rest)
    case "/": parts.append(hasDigits ? .fraction : .literal("/"))
    default: literal(String(scalar))
    }
  }

  private var hasDigits: Bool {
    parts.contains { if case .digit = $0 { true } else { false } }
  }

  private mutating func literal(_ text: String) {
    if case .literal(let before) = parts.last {
      parts[parts.count - 1] = .literal(before + text)
    } else {
      parts.append(.literal(text))
    }
  }

  private mutating func date(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) {
    let letter = scalar.properties.lowercaseMapping
    let more = rest.prefix { $0.properties.lowercaseMapping == letter }
    rest = rest.dropFirst(more.count)
    parts.append(.date(String(repeating: letter, count: more.count + 1)))
  }

  /// A colour, a currency with its language, a condition, hours that go on beyond a day.
  private mutating func bracket(_ words: String) {
    if words.hasPrefix("$") {
      literal(String(words.dropFirst().prefix { $0 != "-" }))
    } else if let sign = words.unicodeScalars.first, "<>=".unicodeScalars.contains(sign) {
      let comparison = words.prefix { "<>=".contains($0) }
      if let bound = DecimalText(words.dropFirst(comparison.count)) {
        condition = FormatCondition(comparison: String(comparison), bound: bound)
      }
    } else if let letter = words.lowercased().first, "hms".contains(letter),
      words.lowercased().allSatisfy({ $0 == letter })
    {
      parts.append(.date("[\(letter)]"))
    }
  }

  /// `m` is minutes behind hours and in front of seconds.
  private mutating func tellMinutes() {
    let places = parts.indices.filter { if case .date = parts[$0] { true } else { false } }
    for (number, place) in places.enumerated() {
      guard case .date(let letters) = parts[place], letters == "m" || letters == "mm" else {
        continue
      }
      var isTime = false
      if number > 0, case .date(let before) = parts[places[number - 1]] {
        isTime = before.hasPrefix("h") || before == "[h]"
      }
      if number + 1 < places.count, case .date(let after) = parts[places[number + 1]] {
        isTime = isTime || after.hasPrefix("s")
      }
      if isTime { parts[place] = .date(letters == "m" ? "n" : "nn") }
    }
  }

  // MARK: Showing

  func text(ofWords words: String) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .words, .general: words
      default: ""
      }
    }.joined()
  }

  func text(of value: DecimalText, from1904: Bool) -> String {
    if parts.contains(where: { if case .date = $0 { true } else { false } }) {
      return SerialDate(value, from1904: from1904)?.text(parts) ?? value.general
    }
    // Fractions in figures are shown as no count is written.
    if parts.contains(.fraction) { return value.plain }
    if parts.contains(.exponent) {
      let places = parts.drop { $0 != .point }.prefix { $0 != .exponent }.count
      return value.scientific(places: max(0, places - 1))
    }
    var value = value
    value.shift(by: 2 * parts.count { $0 == .percent } - 3 * thousands)
    guard hasDigits else {
      let sign = value.isNegative ? "-" : ""
      return parts.map { part in
        switch part {
        case .literal(let text): text
        case .general, .words: value.general
        case .percent: "%"
        default: sign
        }
      }.joined()
    }
    return number(value)
  }

  private func number(_ value: DecimalText) -> String {
    let point = parts.firstIndex(of: .point) ?? parts.count
    func digits(_ range: Range<Int>) -> [UInt8] {
      parts[range].compactMap { if case .digit(let kind) = $0 { kind } else { nil } }
    }
    let before = digits(0..<point)
    let behind = digits(point..<parts.count)
    var value = value
    value.round(places: behind.count)
    var (front, back) = value.parts
    let wanted = before.count { $0 == UInt8(ascii: "0") }
    while front.count < wanted { front.insert(UInt8(ascii: "0"), at: 0) }
    while back.count < behind.count, behind[back.count] == UInt8(ascii: "0") {
      back.append(UInt8(ascii: "0"))
    }
    var whole = ""
    for (index, digit) in front.enumerated() {
      if groups, index > 0, (front.count - index) % 3 == 0 { whole += "," }
      whole.unicodeScalars.append(Unicode.Scalar(digit))
    }
    var text = value.isNegative ? "-" : ""
    // All digits in front of the point stand where the first of their places is.
    var isFrontSaid = before.isEmpty
    var isPointSaid = false
    if isFrontSaid, point == parts.count { text += whole }
    for part in parts {
      switch part {
      case .digit where !isFrontSaid:
        text += whole
        isFrontSaid = true
      case .digit: break
      case .point:
        guard !isPointSaid else { break }
        isPointSaid = true
        if before.isEmpty { text += whole }
        text += "." + String(decoding: back, as: UTF8.self)
      case .percent: text += "%"
      case .literal(let words): text += words
      case .general, .words: text += value.general
      default: break
      }
    }
    return text
  }
}
