/// What a spreadsheet shows of a value, by the format of its cell.
///
/// Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (number formats); the built-in ones as Chinese Excel shows them.
struct NumberFormat {
  private let sections: [FormatSection]
  /// General: the number as it is.
  static let general = NumberFormat("General")

  init(_ code: String) {
    sections = FormatSection.sections(of: code)
  }

  /// A format by its number, where the file does not define it.
  init(builtIn number: Int) { self.init(Self.builtIn[number] ?? "General") }

  /// - Parameter from1904: days are counted from 1904-01-01.
  func text(of value: DecimalText, from1904: Bool) -> String {
    guard let (section, takesSign) = section(for: value) else { return value.general }
    var value = value
    if takesSign, value.isNegative { value.negate() }
    return section.text(of: value, from1904: from1904)
  }

  /// What is shown of words.
  func text(ofWords words: String) -> String {
    guard sections.count >= 4 else { return words }
    return sections[3].text(ofWords: words)
  }

  /// The section for the value, and whether its sign is said by the section itself.
  private func section(for value: DecimalText) -> (FormatSection, Bool)? {
    guard let first = sections.first else { return nil }
    let numeric = sections.prefix(3)
    if numeric.contains(where: { $0.condition != nil }) {
      for section in numeric.dropLast() where section.condition?.holds(value) == true {
        return (section, false)
      }
      if let last = numeric.last, last.condition?.holds(value) ?? true { return (last, false) }
      return nil
    }
    if value.isNegative, sections.count >= 2 { return (sections[1], true) }
    if value.isZero, sections.count >= 3 { return (sections[2], false) }
    return (first, false)
  }

  private static let builtIn: [Int: String] = {
    var formats = [
      0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
      11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
      17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
      22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
      40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;\"-\"", 42: "\"¥\"#,##0;\"¥\"-#,##0;\"¥-\"",
      43: "#,##0.00;-#,##0.00;\"-\"", 44: "\"¥\"#,##0.00;\"¥\"-#,##0.00;\"¥-\"", 45: "mm:ss",
      46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    ]
    for number in 5...8 {
      formats[number] =
        number < 7 ? "\"¥\"#,##0;\"¥\"-#,##0" : "\"¥\"#,##0.00;\"¥\"-#,##0.00"
    }
    for number in [27, 36, 50, 52, 57] { formats[number] = "yyyy\"年\"m\"月\"" }
    for number in [28, 29, 51, 53, 54, 58] { formats[number] = "m\"月\"d\"日\"" }
    for number in [30] { formats[number] = "m-d-yy" }
    for number in [31] { formats[number] = "yyyy\"年\"m\"月\"d\"日\"" }
    for number in [32, 34, 55] { formats[number] = "h\"时\"mm\"分\"" }
    for number in [33, 35, 56] { formats[number] = "h\"时\"mm\"分\"ss\"秒\"" }
    return formats
  }()
}

/// `[>=100]` in front of a section.
struct FormatCondition {
  let comparison: String
  let bound: DecimalText

  func holds(_ value: DecimalText) -> Bool {
    switch comparison {
    case "=": value == bound
    case "<>": value != bound
    case "<": value.isLess(than: bound)
    case "<=": value == bound || value.isLess(than: bound)
    case ">": bound.isLess(than: value)
    case ">=": value == bound || bound.isLess(than: value)
    default: false
    }
  }
}

extension DecimalText {
  func isLess(than other: DecimalText) -> Bool {
    if isNegative != other.isNegative { return isNegative }
    let (smaller, larger) = isNegative ? (other, self) : (self, other)
    if smaller.isZero || larger.isZero { return smaller.isZero && !larger.isZero }
    if smaller.point != larger.point { return smaller.point < larger.point }
    return smaller.digits.lexicographicallyPrecedes(larger.digits)
  }
}
