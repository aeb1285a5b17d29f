import Reports

/// How a report names whoever reports, in its sentences (长乐镇人民政府编制本报告; 现公布长乐镇2023年…年度报告; 我镇) and under
/// its last line; and the year that such a sentence names.
struct SelfNaming {
  let tokens: [Token]
  let start: Int
  let end: Int
  /// The word of office by which the text speaks of itself: 镇 of 我镇, 局 of 本局; `nil` where it never does.
  let speaker: Speaker?
  /// The text speaks of a whole county, city or province.
  let speaksForLevel: Bool

  init(tokens: [Token], start: Int, end: Int) {
    self.tokens = tokens
    self.start = min(start, end)
    self.end = end
    speaker = Speaker.find(in: tokens[min(start, end)..<end])
    speaksForLevel = Speaker.speaksForLevel(tokens[min(start, end)..<end])
  }

  func gather(into found: inout EvidenceList) {
    if let speaker { found.add(.speaker, .text, speaker.word, speaker.quote) }
    addStated(&found)
    addPublished(&found)
    addSignature(&found)
  }

  // MARK: Sentences

  private static let verbs = WordSet(["编制", "现向社会", "现公布", "现发布", "现将"])
  private static let reports = WordSet(["报告", "年报"])
  private static let before = WordSet(["本报告由", "本年度报告由", "年度报告由", "报告由", "年报由", "由", "现由"])
  private static let behind = WordSet(["组织", "负责", "牵头", "统一", "认真"])
  /// What a clause in front of 编制 holds that is more than a name.
  private static let clauses = WordSet([
    "要求", "规定", "条例", "按照", "根据", "通知", "结合", "实际", "工作", "情况", "信息公开", "报告",
  ])
  private static let stops: CharacterSet = [
    U.comma, U.semicolon, U.fullStop, U.colon, U.enumerationComma, U.close,
  ]

  private func addStated(_ found: inout EvidenceList) {
    for token in tokens[start..<end] where token.isWords && token.folded.count >= 12 {
      let words = token.folded
      for index in words.indices {
        guard let verb = Self.verbs.word(at: index, in: words),
          Self.reports.isIn(Array(words[index...].prefix(verb.count + 30)))
        else { continue }
        let near = max(0, index - 40)
        let stop = words[near..<index].lastIndex(where: Self.stops.contains).map { $0 + 1 } ?? near
        var name = Array(words[stop..<index])
        if let word = Self.before.word(at: 0, in: name) { name.removeFirst(word.count) }
        if let word = Self.behind.word(before: name.count, in: name) { name.removeLast(word.count) }
        guard name.count <= 25, UnitName.isOrgan(name), !UnitName.isInner(name),
          !Self.clauses.isIn(name)
        else { continue }
        found.add(
          .unit, .text, name.string, Sentences.around(index, in: String(token.raw)))
        return
      }
    }
  }

  private static let publishing = WordSet(["现公布", "现将", "现向社会公布", "现发布", "现予公布", "现予以公布"])

  /// 现公布青石县水利局2023年政府信息公开工作年度报告: the opening words name the report again.
  private func addPublished(_ found: inout EvidenceList) {
    for token in tokens[start..<end] where token.isWords && token.folded.count >= 12 {
      let words = token.folded
      for index in words.indices {
        guard let verb = Self.publishing.word(at: index, in: words) else { continue }
        let behind = words[(index + verb.count)...].prefix(90)
        guard let title = Self.title(in: behind.prefix { !Self.stops.contains($0) }) else {
          continue
        }
        let quote = Sentences.around(index, in: String(token.raw))
        if let unit = title.unit, UnitName.isOrgan(f(unit)) {
          found.add(.unit, .text, unit, quote)
        }
        if let year = title.year { found.add(.year, .text, String(year), quote) }
        return
      }
    }
  }

  /// The title that the words begin with, up to the last 报告 or 年报 in them.
  private static func title(in words: Folded.SubSequence) -> Title? {
    let words = Array(words)
    let end = reports.words.compactMap { report in
      words.findLast(report).map { $0 + report.count }
    }.max()
    return end.flatMap { Title(Array(words[..<$0])) }
  }

  // MARK: Signature

  /// The last lines of the report: a unit over a date, or before it, or alone.
  private func addSignature(_ found: inout EvidenceList) {
    for index in stride(from: end - 1, through: max(start, end - 4), by: -1) {
      let token = tokens[index]
      guard token.isWords, token.layout == .line || token.layout == .spaced else { continue }
      var words = token.folded
      guard words.count <= 40 else { continue }
      if let date = Dates.first(in: words), date.range.upperBound == words.count {
        words.removeSubrange(date.range.lowerBound...)
      }
      guard UnitName.isOrgan(words), !UnitName.isInner(words) else { continue }
      found.add(.unit, .signature, words.string, String(token.raw))
      return
    }
  }
}

/// The word by which a text speaks of the organ that wrote it.
struct Speaker {
  /// As printed: 我镇.
  let word: String
  let quote: String
  private let office: Folded

  private static let offices = ["街道", "镇", "乡", "局", "委", "办", "厅", "院", "中心", "管委会"].map(f)
  private static let selves: CharacterSet = [0x6211, 0x672C]
  /// 本办法, 本委托, 本局部: words that only begin so.
  private static let others = WordSet(["办法", "办理", "委托", "局部", "镇区域", "院校", "办公"])
  /// 我县, 全市: the text speaks for the whole level.
  private static let levels = WordSet([
    "我县", "我市", "我区", "我省", "我州", "我旗", "全县", "全市", "全区", "全省", "全州", "全旗", "本县", "本市", "本区",
  ])

  /// The commonest of such words; the first where two are as common.
  static func find(in tokens: ArraySlice<Token>) -> Speaker? {
    var counts: [Folded: (count: Int, order: Int, quote: String)] = [:]
    for token in tokens where token.isWords && token.folded.count >= 8 {
      let words = token.folded
      for index in words.indices where selves.contains(words[index]) {
        guard let office = offices.first(where: { words.has($0, at: index + 1) }),
          others.word(at: index + 1, in: words) == nil
        else { continue }
        let word = Array(words[index...(index + office.count)])
        if counts[word] == nil {
          counts[word] = (0, counts.count, Sentences.around(index, in: String(token.raw)))
        }
        counts[word]?.count += 1
      }
    }
    guard
      let best = counts.min(by: {
        ($1.value.count, $0.value.order) < ($0.value.count, $1.value.order)
      })
    else { return nil }
    return Speaker(
      word: best.key.string, quote: best.value.quote, office: Array(best.key.dropFirst()))
  }

  /// The text speaks of a whole county, city or province.
  static func speaksForLevel(_ tokens: ArraySlice<Token>) -> Bool {
    tokens.contains { $0.isWords && levels.isIn($0.folded) }
  }

  private static let towns: [Folded: [Folded]] = [
    f("街道"): ["街道", "办事处", "街道办"].map(f),
    f("镇"): ["镇", "镇人民政府", "镇政府"].map(f),
    f("乡"): ["乡", "乡人民政府", "乡政府", "苏木", "苏木人民政府"].map(f),
    f("局"): ["局", "总队", "支队", "大队"].map(f),
    f("委"): ["委", "委员会", "管委会"].map(f),
    f("办"): ["办", "办公室", "办公厅", "办事处"].map(f),
    f("厅"): ["厅", "办公厅"].map(f),
    f("院"): ["院"].map(f),
    f("中心"): ["中心"].map(f),
    f("管委会"): ["管委会", "管理委员会"].map(f),
  ]

  /// Whether an organ of this name may speak so of itself.
  func canBe(_ name: Folded) -> Bool {
    Self.towns[office]?.contains { name.hasSuffix($0) } ?? true
  }
}
