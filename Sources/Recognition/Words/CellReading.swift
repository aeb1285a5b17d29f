import Forms
import Reports

/// What stands in one field, before it is known which cell it is.
struct FieldValue {
  enum Shape { case blank, notApplicable, number, splitDigits, words }

  /// The words behind a figure that say what it counts.
  enum Unit { case none, count, yuan, tenThousandYuan, other }

  var shape: Shape
  var figure: Figure?
  var unit = Unit.none
  /// The sign is a word: 增, 减.
  var wordedSign = false
  /// What stands in brackets behind the figure may be about the figure itself: （应为11）, （百件）, （减）.
  var isCorrected = false

  /// Reads a field by the value semantics of the format reference (section 8).
  init(_ raw: Substring) {
    switch raw.withBytes(Self.content) {
    case .none: self.init(shape: .blank)
    case .words: self.init(shape: .words)
    case .number(let number):
      self.init(shape: .number)
      figure = Figure(number)
    case .other(let text): self.init(text)
    }
  }

  /// What a field holds, as far as its characters tell at once.
  private enum Content {
    case none, words
    case number(Int)
    case other([UInt32])
  }

  private static func content(_ bytes: TextBytes) -> Content {
    // Labels and sentences are the most common fields: decide on their first character.
    guard bytes.count > 0 else { return .none }
    var index = 0
    guard mayBegin(bytes.scalar(at: &index)) else { return .words }
    if let number = plainNumber(bytes) { return .number(number) }
    var text: [UInt32] = []
    index = 0
    while index < bytes.count {
      text.append(plain(bytes.scalar(at: &index)))
      if text.count > 80 { return .words }
    }
    return .other(text)
  }

  private init(shape: Shape) { self.shape = shape }

  /// Digits without anything else, as nearly all figures are; no more of them than a figure may have.
  private static func plainNumber(_ bytes: TextBytes) -> Int? {
    guard bytes.count <= 18 else { return nil }
    var number = 0
    for index in 0..<bytes.count {
      guard 0x30...0x39 ~= bytes[index] else { return nil }
      number = number * 10 + Int(bytes[index] - 0x30)
    }
    return number
  }

  private init(_ text: [UInt32]) {
    if text.allSatisfy({ $0 == Self.space }) {
      self.init(shape: .blank)
      return
    }
    let solid = text.filter { $0 != Self.space }
    if Self.isNotApplicable(solid) {
      self.init(shape: .notApplicable)
      return
    }
    var scanner = NumberScanner(text)
    guard let number = scanner.number() else {
      self.init(shape: scanner.splitDigits ? .splitDigits : .words)
      return
    }
    self.init(shape: .number)
    figure = number
    unit = scanner.unit
    wordedSign = scanner.wordedSign
    isCorrected = scanner.isCorrected
  }

  /// A field that can stand in a column of figures.
  var isValue: Bool { shape != .words && shape != .blank }

  /// The cell of a form that the field fills, and what makes its value doubtful.
  func cell(raw: String, kind: ValueKind, place: String) -> (cell: Cell, doubt: Doubt.Reason?) {
    func text(_ doubt: Doubt.Reason? = nil) -> (Cell, Doubt.Reason?) {
      (Cell(class: .text, raw: raw, place: place), doubt)
    }
    switch shape {
    case .blank: return (Cell(class: .blank, raw: raw, place: place), nil)
    case .notApplicable: return (Cell(class: .notApplicable, raw: raw, place: place), nil)
    case .splitDigits: return text(.splitDigits)
    // What the reader could not make out is no word that somebody wrote.
    case .words:
      let isNoCell = raw.unicodeScalars.count > Self.longestRemark
      return text(isNoCell || raw.unicodeScalars.contains("\u{FFFD}") ? .unreadable : nil)
    case .number:
      guard let figure else { return text() }
      let number = Cell(class: .number, number: figure, raw: raw, place: place)
      if wordedSign, kind != .signedCount { return text() }
      // Of what somebody wrote beside it a part is not known: it may have been about the figure.
      if raw.unicodeScalars.contains(where: Self.isUnknown) { return (number, .unreadable) }
      if isCorrected { return (number, .ambiguous) }
      switch (kind, unit) {
      case (_, .none): return (number, nil)
      case (.count, .count), (.signedCount, .count): return (number, nil)
      case (.count, _), (.signedCount, _): return text()
      case (.moneyInTenThousand, .tenThousandYuan): return (number, nil)
      // The figure is as printed, but not in the unit of the column: never converted, never vouched for.
      case (.moneyInTenThousand, .yuan): return (number, .ambiguous)
      case (.moneyInTenThousand, _): return text()
      case (.moneyOfAnyUnit, _): return (number, nil)
      }
    }
  }

  /// What programs write for a character they do not know.
  private static func isUnknown(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{FFFD}" || scalar == "?"
  }

  static let space: UInt32 = 0x20
  /// A cell with more words has taken in what stands behind the table.
  private static let longestRemark = 60

  /// Half width, one dash, one bracket; all white space a space.
  private static func plain(_ scalar: UInt32) -> UInt32 {
    if Fold.isSpace(scalar) { return space }
    switch scalar {
    case 0xFF01...0xFF5E: return scalar - 0xFEE0
    case 0x2010...0x2015, 0x2212, 0x2500, 0xFE63: return 0x2D
    case 0x3010, 0x3014: return 0x28
    case 0x3011, 0x3015: return 0x29
    default: return scalar
    }
  }

  private static func mayBegin(_ scalar: UInt32) -> Bool {
    switch plain(scalar) {
    case 0x20, 0x2B, 0x2D, 0x2F, 0x5C, 0x30...0x39, 0x4E, 0x6E: true
    case 0x65E0, 0x4E0D, 0x96F6, 0x589E, 0x51CF, 0x6E1B, 0x7121, 0x51C0: true
    default: false
    }
  }

  private static let notApplicableWords: [[UInt32]] =
    ["无", "無", "不涉及", "不适用", "N/A", "n/a", "NA", "N/a"].map { (words: String) in
      words.unicodeScalars.map(\.value)
    }

  private static func isNotApplicable(_ text: [UInt32]) -> Bool {
    text.allSatisfy { $0 == 0x2D || $0 == 0x2F || $0 == 0x5C } || notApplicableWords.contains(text)
  }
}

/// `[sign] digits[,ddd…][.digits] [unit] [(remark)]`, with white space only between the parts.
private struct NumberScanner {
  private let text: [UInt32]
  private var index = 0
  var unit = FieldValue.Unit.none
  var wordedSign = false
  /// Two runs of digits with only white space between them.
  var splitDigits = false
  var isCorrected = false

  init(_ text: [UInt32]) { self.text = text }

  mutating func number() -> Figure? {
    skipSpaces()
    var negative = false
    if let sign = word(from: Self.signs) {
      negative = sign.negative
      wordedSign = sign.worded
      skipSpaces()
    }
    guard var digits = integer() else { return nil }
    if peek == 0x2E, index + 1 < text.count, isDigit(text[index + 1]) {
      index += 1
      digits += "."
      while let c = peek, isDigit(c) {
        digits.unicodeScalars.append(scalar(c))
        index += 1
      }
    }
    let beforeSpaces = index
    skipSpaces()
    if index > beforeSpaces, let c = peek, isDigit(c) || c == 0x2E || c == 0x2C {
      splitDigits = onlyDigitsRemain
      return nil
    }
    if let found = word(from: Self.units) { unit = found }
    skipSpaces()
    if peek == 0x28 {
      guard text.last(where: { $0 != FieldValue.space }) == 0x29 else { return nil }
      readRemark()
    } else if peek != nil {
      return nil
    }
    return Figure((negative ? "-" : "") + digits)
  }

  /// The brackets behind the figure: its unit, a remark that explains it (其中…, 含…), or words that may change it.
  private mutating func readRemark() {
    let inner = text[index...].filter { $0 != FieldValue.space }.dropFirst().dropLast()
    var scanner = NumberScanner(Array(inner))
    if unit == .none, let found = scanner.word(from: Self.units), scanner.peek == nil {
      unit = found
      return
    }
    if Self.explaining.contains(where: { inner.starts(with: $0) }), !inner.contains(0x29) { return }
    isCorrected =
      inner.contains { isDigit($0) || $0 == 0x28 || $0 == 0x29 || Self.changing.contains($0) }
      || Self.correcting.contains { Self.find($0, in: inner) }
  }

  private static func find(_ words: [UInt32], in text: ArraySlice<UInt32>) -> Bool {
    text.indices.contains { text[$0...].starts(with: words) }
  }

  private static let explaining = ["其中", "含", "包括", "包含"].map(scalars)
  /// Multiples, other units, changes.
  private static let changing = Set(scalars("百千万萬亿億元减減增%‰"))
  private static let correcting = [
    "应为", "应是", "更正", "改为", "改成", "原", "有误", "作废", "暂", "估", "上年", "去年", "累计", "合计", "计划",
  ].map(scalars)

  private static func scalars(_ words: String) -> [UInt32] { words.unicodeScalars.map(\.value) }

  private var peek: UInt32? { index < text.count ? text[index] : nil }

  private mutating func skipSpaces() { while peek == FieldValue.space { index += 1 } }

  /// Digits, with separators only between groups of three.
  private mutating func integer() -> String? {
    if peek == 0x96F6 {
      index += 1
      return "0"
    }
    var digits = ""
    var group = 0
    var separated = false
    while let c = peek {
      if isDigit(c) {
        digits.unicodeScalars.append(scalar(c))
        group += 1
        if separated, group > 3 { return nil }
        index += 1
      } else if c == 0x2C, group > 0, separated ? group == 3 : group <= 3 {
        separated = true
        group = 0
        index += 1
      } else {
        break
      }
    }
    guard group > 0, !separated || group == 3 else { return nil }
    return digits
  }

  private var onlyDigitsRemain: Bool {
    text[index...].allSatisfy { isDigit($0) || $0 == FieldValue.space || $0 == 0x2C || $0 == 0x2E }
  }

  private func isDigit(_ c: UInt32) -> Bool { c >= 0x30 && c <= 0x39 }

  private func scalar(_ c: UInt32) -> Unicode.Scalar { Unicode.Scalar(c) ?? "0" }

  private mutating func word<T>(from list: [(words: [UInt32], value: T)]) -> T? {
    for (words, value) in list where text[index...].starts(with: words) {
      index += words.count
      return value
    }
    return nil
  }

  // Longer words first.
  private static let signs: [(words: [UInt32], value: (negative: Bool, worded: Bool))] = {
    let spelled: [(String, Bool, Bool)] = [
      ("增加", false, true), ("减少", true, true), ("減少", true, true), ("净增", false, true),
      ("净减", true, true), ("增", false, true), ("减", true, true), ("減", true, true),
      ("+", false, false), ("-", true, false),
    ]
    return spelled.map { ($0.0.unicodeScalars.map(\.value), (negative: $0.1, worded: $0.2)) }
  }()

  private static let units: [(words: [UInt32], value: FieldValue.Unit)] = {
    let spelled: [(String, FieldValue.Unit)] =
      [
        ("万元", .tenThousandYuan), ("萬元", .tenThousandYuan), ("亿元", .other), ("亿", .other),
        ("万件", .other), ("万", .tenThousandYuan), ("萬", .tenThousandYuan), ("千元", .other),
        ("元", .yuan),
      ] + ["人次", "件", "条", "項", "项", "个", "份", "宗", "起", "次", "部", "篇"].map { ($0, .count) }
    return spelled.map { ($0.0.unicodeScalars.map(\.value), $0.1) }
  }()
}
