import Documents
import Forms
import Reports

/// Unit, region, year and date by all the evidence of the document, best first; nothing is guessed in silence.
struct Identity {
  private(set) var title: String?
  private(set) var titleParts: Title?
  /// The token behind the title.
  private(set) var titleEnd: Int?
  private(set) var unit: String?
  private(set) var region: String?
  private(set) var kind: Report.Kind?
  private(set) var year: Int?
  private(set) var published: CalendarDate?
  private(set) var evidence: [Evidence] = []
  /// The unit and the year stand in the document, not only in its file name.
  private(set) var isInDocument = false

  let tokens: [Token]

  /// `body` are the tokens from the first section or table on.
  init(
    _ flow: Flow, title pageTitle: String?, outline: Outline, tables: [Range<Int>], hints: Hints,
    endsEarly: Bool
  ) {
    tokens = flow.tokens
    let body = Self.bodyStart(outline, tables) ?? tokens.count
    findTitle(before: body, pageTitle: pageTitle)
    addTitleEvidence(pageTitle)
    addPeriod()
    addFirstSentence(outline)
    addMetadata(before: body)
    let end = Self.reportEnd(tokens, outline: outline, tables: tables)
    addSignature(end: end)
    addRegions(before: body, end: end, pageTitle: pageTitle)
    addHints(hints)
    addNotices()
    settle()
    published = PublicationDate(
      tokens: tokens, title: titleEnd, body: body, end: end, endsEarly: endsEarly
    ).find(into: &evidence)
  }

  private static func bodyStart(_ outline: Outline, _ tables: [Range<Int>]) -> Int? {
    (outline.headings.map(\.position) + tables.map(\.lowerBound)).min()
  }

  /// Where the report ends and the foot of the page begins.
  private static func reportEnd(
    _ tokens: [Token], outline: Outline, tables: [Range<Int>]
  ) -> Int {
    let start = max(
      outline.headings.map(\.position).max() ?? 0, tables.map(\.upperBound).max() ?? 0)
    guard start < tokens.count else { return tokens.count }
    return tokens[start...].firstIndex { Furniture.isEnd($0.folded) } ?? tokens.count
  }

  private mutating func add(
    _ subject: Evidence.Subject, _ source: Evidence.Source, _ value: String, _ quote: String
  ) {
    let item = Evidence(subject: subject, source: source, value: value, quote: quote)
    if !evidence.contains(item) { evidence.append(item) }
  }

  // MARK: Title

  private mutating func findTitle(before body: Int, pageTitle: String?) {
    var best: (score: Int, start: Int, end: Int, title: Title)?
    // A title stands before the report, except where the copy has only its end; then it is searched everywhere.
    for range in [0..<min(body, tokens.count), 0..<min(tokens.count, 400)] where best == nil {
      for start in range {
        var words: Folded = []
        for end in start..<min(start + 3, range.upperBound) {
          let token = tokens[end]
          guard token.isWords, token.folded.count <= 70 else { break }
          words += token.folded
          guard let title = Title(words) else { continue }
          var score = 10 - 3 * (end - start)
          if title.unit != nil { score += 4 }
          if title.year != nil { score += 4 }
          if title.isOnDisclosure { score += 3 }
          if token.isHeading { score += 5 }
          if words.contains(0x3E) { score -= 8 }
          if score > best?.score ?? Int.min { best = (score, start, end + 1, title) }
        }
      }
    }
    guard let best else { return }
    titleParts = best.title
    titleEnd = best.end
    let pieces = tokens[best.start..<best.end].map { String($0.raw) }
    title = pieces.joined()
  }

  private mutating func addTitleEvidence(_ pageTitle: String?) {
    if let parts = titleParts, let title {
      if let unit = parts.unit { add(.unit, .title, unit, title) }
      if let year = parts.year { add(.year, .title, String(year), title) }
    }
    if let pageTitle, let parts = Title(Fold.fold(pageTitle)) {
      if let unit = parts.unit { add(.unit, .pageTitle, unit, pageTitle) }
      if let year = parts.year { add(.year, .pageTitle, String(year), pageTitle) }
      if titleParts == nil {
        titleParts = parts
        title = pageTitle
      }
    }
  }

  // MARK: Year

  private static let periodWords = WordSet(["统计", "期限", "时限", "周期", "时段", "所列数据", "截止"])

  private mutating func addPeriod() {
    var fallback: (period: Period, quote: String)?
    for token in tokens where token.isWords && token.folded.count >= 12 {
      guard let period = Period.find(in: token.folded) else { continue }
      let isWhole =
        period.year != nil && period.start.month == 1 && period.start.day == 1
        && period.end.month == 12 && period.end.day == 31
      let quote = Sentences.around(period.range.lowerBound, in: String(token.raw))
      if isWhole || Self.periodWords.isIn(token.folded) {
        if isWhole {
          add(.period, .period, period.value, quote)
          return
        }
        fallback = fallback ?? (period, quote)
      }
    }
    if let fallback { add(.period, .period, fallback.period.value, fallback.quote) }
  }

  private mutating func addFirstSentence(_ outline: Outline) {
    guard let range = outline.range(of: .overview, count: tokens.count),
      let first = range.first(where: { tokens[$0].folded.count > 15 }),
      let sentence = Sentences.split(tokens[first].raw).first
    else { return }
    let words = Fold.fold(sentence)
    var index = 0
    while index < words.count {
      if let digits = words.digits(at: index, limit: 5), digits.count == 4,
        (2000...2099).contains(digits.value), words.has([U.year], at: index + 4)
      {
        // A date of a law or a notice is no report year.
        let next = index + 5
        let isDate = next < words.count && Fold.isDigit(words[next])
        let isNotice = index > 0 && words[index - 1] == U.open
        if !isDate, !isNotice {
          add(.year, .text, String(digits.value), String(sentence))
          return
        }
      }
      index += 1
    }
  }

  // MARK: Around the report

  private static let publishers = [
    "发布机构", "公开机构", "发布单位", "信息来源", "发文机关", "责任单位", "公开主体", "来源", "公开单位", "单位", "制作单位", "填报单位",
    "填表单位",
    "发布者",
  ].map(f)

  private mutating func addMetadata(before body: Int) {
    for index in 0..<min(body, tokens.count) where tokens[index].isWords {
      let token = tokens[index]
      if token.folded.contains(0x3E) || token.folded.contains(0x300B) {
        addBreadcrumb(token)
        continue
      }
      for label in Self.publishers {
        guard let start = token.folded.find(label) else { continue }
        if start > 0, Fold.isHan(token.folded[start - 1]) { continue }
        var value: Folded
        let after = start + label.count
        if after == token.folded.count, index + 1 < tokens.count {
          value = tokens[index + 1].folded
        } else if after < token.folded.count, token.folded[after] == U.colon {
          // Cut where the next label of the line begins: white space is gone, so by the raw text.
          value = Self.valueAfterColon(token.raw, label)
        } else {
          continue
        }
        if value.first == U.colon { value.removeFirst() }
        if UnitName.isOrgan(value) { add(.unit, .metadata, value.string, String(token.raw)) }
        break
      }
    }
  }

  private static func valueAfterColon(_ raw: Substring, _ label: Folded) -> Folded {
    for piece in raw.unicodeScalars.split(whereSeparator: Fold.isSpace) {
      let words = Fold.fold(String(piece))
      if let start = words.find(label), start + label.count + 1 < words.count {
        return Array(words[(start + label.count + 1)...])
      }
    }
    return []
  }

  private mutating func addBreadcrumb(_ token: Token) {
    let parts = token.folded.split { $0 == 0x3E || $0 == 0x300B || $0 == U.colon }.map(Array.init)
    for part in parts.reversed() where UnitName.isOrgan(part) && part.count <= 25 {
      add(.unit, .breadcrumb, part.string, String(token.raw))
      return
    }
  }

  /// The last lines of the report: a unit over a date.
  private mutating func addSignature(end: Int) {
    guard end > 0 else { return }
    for index in stride(from: end - 1, through: max(0, end - 4), by: -1) {
      let token = tokens[index]
      guard token.isWords, token.layout == .line, token.folded.count <= 30 else { continue }
      let words = token.folded
      if let date = Dates.first(in: words), date.range.upperBound == words.count,
        date.range.lowerBound > 3
      {
        let name = Array(words[..<date.range.lowerBound])
        if UnitName.isOrgan(name) { add(.unit, .signature, name.string, String(token.raw)) }
      } else if UnitName.isOrgan(words), index + 1 < end,
        let date = Dates.first(in: tokens[index + 1].folded), date.range.lowerBound == 0
      {
        add(.unit, .signature, words.string, String(token.raw))
      }
    }
  }

  private static let hosts = ["主办单位", "主办", "版权所有", "门户网站", "政府网", "承办"].map(f)

  private mutating func addRegions(before body: Int, end: Int, pageTitle: String?) {
    for item in evidence where item.subject == .unit {
      if let region = UnitName.region(of: f(item.value)) {
        add(.region, item.source, region, item.quote)
      }
    }
    for index in tokens.indices where index < body || index >= end {
      let token = tokens[index]
      let words = token.folded
      guard token.isWords, words.count >= 3, words.count <= 120 else { continue }
      if let level = UnitName.level(words), level.count < words.count {
        add(.region, .furniture, level.string, String(token.raw))
        continue
      }
      for host in Self.hosts {
        guard let position = words.find(host) else { continue }
        let name =
          position == 0
          ? Array(words.dropFirst(host.count).drop { $0 == U.colon })
          : Array(words[..<position])
        let start = name.lastIndex { !Fold.isHan($0) }.map { position == 0 ? 0 : $0 + 1 } ?? 0
        let candidate = Array(name[start...].prefix(30))
        if let region = UnitName.region(of: candidate) {
          add(.region, .furniture, region, String(token.raw))
          break
        }
      }
    }
    if let pageTitle {
      let words = Fold.fold(pageTitle)
      for part in words.split(whereSeparator: { [U.dash, U.underscore, U.bar].contains($0) })
        .dropFirst()
      {
        if let region = UnitName.region(of: Array(part)) {
          add(.region, .pageTitle, region, pageTitle)
        }
      }
    }
  }

  private mutating func addHints(_ hints: Hints) {
    if let name = hints.fileName {
      let stem = name.split(separator: ".").dropLast().joined(separator: ".")
      let words = Fold.fold(stem.isEmpty ? name : stem)
      if let parts = Title(words) {
        if let unit = parts.unit { add(.unit, .fileName, unit, name) }
        if let year = parts.year { add(.year, .fileName, String(year), name) }
      } else if let index = words.indices.first(where: {
        guard let digits = words.digits(at: $0, limit: 5) else { return false }
        return digits.count == 4 && (2000...2099).contains(digits.value)
          && ($0 == 0 || !Fold.isDigit(words[$0 - 1]))
      }), let digits = words.digits(at: index, limit: 4) {
        add(.year, .fileName, String(digits.value), name)
        let unit = Array(words[..<index])
        if UnitName.isOrgan(unit) { add(.unit, .fileName, unit.string, name) }
      }
    }
    for folder in hints.folders.reversed() {
      let words = Fold.fold(folder)
      if UnitName.isOrgan(words) {
        add(.unit, .folder, words.string, folder)
      } else if let level = UnitName.level(words) {
        add(.region, .folder, level.string, folder)
      }
    }
  }

  /// 国办公开办函〔2021〕30号 and other notices cited for the format.
  private mutating func addNotices() {
    for token in tokens where token.folded.count > 15 {
      let words = token.folded
      guard let index = words.find(Self.notice) else { continue }
      let tail = words[index...].prefix(20)
      guard let open = tail.firstIndex(of: U.open),
        let year = words.digits(at: open + 1, limit: 4), year.count == 4
      else { continue }
      var position = open + 5
      while position < words.count, !Fold.isDigit(words[position]), position < open + 9 {
        position += 1
      }
      guard let number = words.digits(at: position, limit: 3) else { continue }
      add(
        .notice, .text, "〔\(year.value)〕\(number.value)号",
        Sentences.around(index, in: String(token.raw)))
      return
    }
  }

  private static let notice = f("办函")

  // MARK: Decision

  private static let unitOrder: [Evidence.Source] = [
    .title, .breadcrumb, .pageTitle, .metadata, .signature, .fileName, .folder,
  ]
  private static let yearOrder: [Evidence.Source] = [.title, .pageTitle, .text, .fileName]
  private static let regionOrder: [Evidence.Source] = [
    .title, .furniture, .pageTitle, .breadcrumb, .metadata, .signature, .fileName, .folder,
  ]

  private func best(_ subject: Evidence.Subject, _ order: [Evidence.Source]) -> Evidence? {
    for source in order {
      if let item = evidence.first(where: { $0.subject == subject && $0.source == source }) {
        return item
      }
    }
    return nil
  }

  private mutating func settle() {
    let unitEvidence = best(.unit, Self.unitOrder)
    unit = unitEvidence?.value
    // What the unit's own name says of its region comes before the page around it.
    region =
      unit.flatMap { UnitName.region(of: f($0)) } ?? best(.region, Self.regionOrder)?.value
    let periodYear = evidence.first { $0.subject == .period }.flatMap { item -> Int? in
      let parts = item.value.split(separator: "/")
      guard parts.count == 2, parts[0].prefix(4) == parts[1].prefix(4) else { return nil }
      return Int(parts[0].prefix(4))
    }
    let told = best(.year, Self.yearOrder)
    year = periodYear ?? told.flatMap { Int($0.value) }
    kind = unit.map { UnitName.kind(unit: $0, scope: titleParts?.scope) }
    let own: Set<Evidence.Source> = [.fileName, .folder]
    isInDocument =
      unitEvidence.map { !own.contains($0.source) } ?? false
      && (periodYear != nil || told.map { !own.contains($0.source) } ?? false)
    let order = Evidence.Source.trust
    evidence = evidence.enumerated().sorted {
      (order[$0.element.source] ?? 99, $0.offset) < (order[$1.element.source] ?? 99, $1.offset)
    }.map(\.element)
  }
}

extension Evidence.Source {
  fileprivate static let trust: [Evidence.Source: Int] = [
    .title: 0, .period: 1, .text: 2, .metadata: 3, .breadcrumb: 4, .pageTitle: 5, .signature: 6,
    .furniture: 7, .fileName: 8, .folder: 9,
  ]
}
