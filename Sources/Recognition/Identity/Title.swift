/// The title of an annual report, taken apart: unit, year, scope.
struct Title {
  var unit: String?
  var year: Int?
  /// 本级机关, 汇总 and the like, in brackets behind the unit.
  var scope: String?
  /// 政府信息公开, not only 政务公开.
  var isOnDisclosure: Bool
  /// Letters, as of a host's name, stood in the unit's name and were left out.
  var hadForeignWords = false

  /// 全县2023年…: of a whole level of government, by no name.
  var isOfLevel: Bool { unit == nil && scope.flatMap(ReportKind.of(scope:)) == .level }

  /// Reads a title; `nil` where the words are not the title of such a report.
  init?(_ folded: Folded) {
    guard folded.count >= 6, folded.count <= 90 else { return nil }
    var words = folded
    if let colon = words.firstIndex(of: U.colon), words[..<colon].count <= 4 {
      words.removeFirst(colon + 1)
    }
    guard let report = Self.endOfReport(words) else { return nil }
    let tail = Array(words[report.end...])
    guard Self.isTail(tail) else { return nil }
    let head = Array(words[..<report.start])
    guard let core = Self.core(in: head) else { return nil }
    guard !Self.otherDocuments.isIn(head) else { return nil }

    isOnDisclosure = core.isOnDisclosure
    var front = Self.withoutOtherSubject(Array(head[..<core.start]))
    let back = Array(head[core.end...])
    // 华容县人民政府信息公开: 政府 is told once and belongs to both.
    if core.isOnDisclosure, front.hasSuffix(Self.people) { front += Self.government }
    year = Self.takeYear(&front)
    for words in [back, tail] where year == nil {
      var rest = words
      year = Self.takeYear(&rest)
    }
    (unit, scope) = Self.unit(front)
    hadForeignWords = front.contains(where: Fold.isLatin)
  }

  // MARK: Parts

  private static let reports = [
    "年度工作报告", "年度报告", "工作年度报告", "工作报告", "工作年报", "年度总结报告", "年报", "报告",
  ].map(f)
  private static let cores: [(words: Folded, isOnDisclosure: Bool)] = [
    (f("政府信息公开"), true), (f("政府信息主动公开"), true), (f("政府资讯公开"), true), (f("信息公开"), false),
    (f("政务信息公开"), false), (f("政务公开"), false),
  ]
  private static let ends = ["报告", "年报"].map(f)
  private static let wholeText = f("全文")
  private static let about = f("关于")
  private static let joint: UInt16 = 0x66A8
  private static let people = f("人民")
  private static let government = f("政府")
  /// Documents about the report, news of it, and menus. No word that an organ may be named after.
  private static let otherDocuments = WordSet([
    "通知", "印发", "格式", "指南", "目录", "办法", "细则", "方案", "要点", "解读", "会议", "培训", "公示", "问卷", "第三方", "测评",
    "公布",
    "发布", "出炉", "报送", "如何", "根据", "现将", ">", "首页",
  ])

  private static func endOfReport(_ words: Folded) -> (start: Int, end: Int)? {
    var last: (start: Int, end: Int)?
    for report in ends {
      if let index = words.findLast(report), index + 2 > last?.end ?? 0 {
        last = (index, index + 2)
      }
    }
    guard var found = last else { return nil }
    for report in reports {
      let start = found.end - report.count
      if words.has(report, at: start), start < found.start { found.start = start }
    }
    return found
  }

  /// Behind the word 报告: nothing, a year in brackets, or the name of a site behind a dash, or both.
  private static func isTail(_ tail: Folded) -> Bool {
    guard let first = tail.first else { return true }
    switch first {
    case U.dash, U.underscore, U.bar, U.tilde, 0xB7, 0x2F: return true
    case U.open:
      guard let close = tail.firstIndex(of: U.close), close < 16 else { return false }
      return tail.count <= 16 || isTail(Array(tail[(close + 1)...]))
    default: return tail == wholeText || tail == [U.fullStop]
    }
  }

  private static func core(
    in head: Folded
  ) -> (start: Int, end: Int, isOnDisclosure: Bool)? {
    for (words, isOnDisclosure) in cores {
      if let start = head.find(words) { return (start, start + words.count, isOnDisclosure) }
    }
    return nil
  }

  /// Removes every year from the words and gives the first.
  static func takeYear(_ words: inout Folded) -> Int? {
    var year: Int?
    var index = 0
    while index < words.count {
      var found: (year: Int, count: Int)?
      if let digits = words.digits(at: index, limit: 5), digits.count == 4,
        (1990...2099).contains(digits.value), index == 0 || !Fold.isDigit(words[index - 1])
      {
        found = (digits.value, 4)
      } else if let value = Dates.chineseYear(words, at: index), words.has([U.year], at: index + 4)
      {
        found = (value, 4)
      }
      guard let found else {
        index += 1
        continue
      }
      var end = index + found.count
      if words.has([U.year], at: end) { end += 1 }
      if words.has([0x5EA6], at: end) { end += 1 }
      year = year ?? found.year
      words.removeSubrange(index..<end)
    }
    return year
  }

  /// 水利局2023年度依法行政暨(政府信息公开): what stands between the year and the joint is another subject of the report.
  /// Without a year in front of it nothing tells where the name ends.
  private static func withoutOtherSubject(_ front: Folded) -> Folded {
    guard front.last == joint else { return front }
    return front.lastIndex(of: U.year).map { Array(front[...$0]) } ?? []
  }

  private static func unit(_ front: Folded) -> (unit: String?, scope: String?) {
    var words = withoutOddYears(front)
    if words.hasPrefix(about) { words.removeFirst(2) }
    // （盖章）水利局, 【转载】水利局: a note in front of the name.
    while words.first == U.open, let close = words.firstIndex(of: U.close) {
      words.removeFirst(close + 1)
    }
    var scope: String?
    if words.last == U.close, let open = words.lastIndex(of: U.open) {
      let inner = words[(open + 1)..<(words.count - 1)]
      if !inner.isEmpty { scope = inner.string }
      words.removeSubrange(open...)
    }
    while let last = words.last, last == 0x7684 || junk.contains(last) { words.removeLast() }
    while let first = words.first, junk.contains(first) { words.removeFirst() }
    if words.hasSuffix([U.year, 0x5EA6]) { words.removeLast(2) }
    words = withoutOddDigits(withoutHosts(words))
    if words.hasSuffix(about) { words.removeLast(2) }
    if scope == nil, let word = scopes.word(before: words.count, in: words) {
      scope = word.string
      words.removeLast(word.count)
    }
    if wholes.contains(words) { scope = scope ?? words.string }
    return (UnitName.isName(words) ? words.string : nil, scope)
  }

  /// Without what is told for a year and is none: 23年, 2203年度, ____年.
  private static func withoutOddYears(_ words: Folded) -> Folded {
    var result: Folded = []
    for (index, c) in words.enumerated() {
      if c == U.year, let last = result.last, isBlank(last) {
        while let last = result.last, isBlank(last) { result.removeLast() }
      } else if c == 0x5EA6, index > 0, words[index - 1] == U.year, result.last != U.year {
        continue
      } else {
        result.append(c)
      }
    }
    return result
  }

  private static func isBlank(_ c: UInt16) -> Bool { Fold.isDigit(c) || c == U.underscore }

  /// Words of scope that stand behind a name without brackets.
  private static let scopes = WordSet(["本级", "本机关"])
  /// 全县 in place of a name.
  private static let wholes = Set(
    ["全市", "全县", "全区", "全省", "全州", "全旗", "我市", "我县", "我区", "我省", "我州", "我旗"].map(f))

  /// Without the name of a host that a copying site put into the text: letters, and the digits and marks among them.
  private static func withoutHosts(_ words: Folded) -> Folded {
    var result: Folded = []
    var index = 0
    while index < words.count {
      let end = words[index...].firstIndex { $0 >= 0x80 || $0 == U.open || $0 == U.close }
      let run = words[index..<(end ?? words.count)]
      if run.isEmpty {
        result.append(words[index])
        index += 1
        continue
      }
      if run.allSatisfy(Fold.isDigit) { result += run }
      index = run.endIndex
    }
    return result
  }

  /// Digits belong to a name where a count of streets, villages or regiments does: few of them, and a character behind
  /// them (第8师, 101街道, 16团). Others are numbers of lines and files.
  static func withoutOddDigits(_ words: Folded) -> Folded {
    var result: Folded = []
    var index = 0
    while index < words.count {
      let end = words[index...].prefix(while: Fold.isDigit).endIndex
      guard end > index else {
        result.append(words[index])
        index += 1
        continue
      }
      if end - index <= 3, end < words.count, Fold.isHan(words[end]),
        ![U.year, U.month, U.day].contains(words[end])
      {
        result += words[index..<end]
      }
      index = end
    }
    return result
  }

  private static let junk: CharacterSet = [
    U.open, U.close, U.dash, U.colon, U.comma, U.point, U.underscore, U.bar, U.fullStop, U.tilde,
    U.enumerationComma, 0x3E, 0xB7,
  ]
}
