import Documents
import Reports

/// Unit, region, kind, year and date by all the evidence of the document, best first; nothing is guessed in silence.
///
/// The order of trust is that of section 9 of the format reference; each kind of evidence is gathered in a file of its
/// own, and ``UnitChoice`` weighs the names.
struct Identity {
  private(set) var title: String?
  private(set) var titleParts: Title?
  /// The token behind the title.
  private(set) var titleEnd: Int?
  let unit: String?
  let region: String?
  let kind: Report.Kind?
  let year: Int?
  let published: CalendarDate?
  let evidence: [Evidence]
  /// The unit and the year stand in the document, not only in its file name.
  let isInDocument: Bool

  /// `tables` are the tokens that tables take.
  init(
    _ flow: Flow, title pageTitle: String?, outline: Outline, tables: [Range<Int>], hints: Hints,
    endsEarly: Bool
  ) {
    let tokens = flow.tokens
    let body = Self.bodyStart(outline, tables) ?? tokens.count
    let end = Self.reportEnd(tokens, outline: outline, tables: tables)
    var found = EvidenceList()

    if let search = TitleSearch.find(in: tokens, before: body) {
      title = search.words
      titleParts = search.parts
      titleEnd = search.range.upperBound
      if let unit = search.parts.unit {
        found.add(.unit, search.unitIsBanner ? .banner : .title, unit, search.words)
      }
      if let year = search.parts.year { found.add(.year, .title, String(year), search.words) }
    }
    if let pageTitle, let parts = Title(Fold.fold(pageTitle)) {
      if let unit = parts.unit { found.add(.unit, .pageTitle, unit, pageTitle) }
      if let year = parts.year { found.add(.year, .pageTitle, String(year), pageTitle) }
      if titleParts == nil {
        titleParts = parts
        title = pageTitle
      }
    }
    YearEvidence(tokens: tokens).gather(outline: outline, into: &found)
    PageData(tokens: tokens).gather(before: body, end: end, into: &found)
    let naming = SelfNaming(tokens: tokens, start: titleEnd ?? 0, end: end)
    naming.gather(into: &found)
    if titleParts?.isOfLevel ?? false { Self.addLevels(&found) }
    RegionEvidence(tokens: tokens).gather(
      before: body, after: end, pageTitle: pageTitle, into: &found)
    HintEvidence(hints: hints).gather(into: &found)

    let choice = UnitChoice(
      found.items, title: titleParts, speaker: naming.speaker,
      speaksForLevel: naming.speaksForLevel)
    unit = choice.unit
    region = choice.region
    kind = choice.kind
    let told = found.best(.year, [.title, .pageTitle, .text, .fileName, .folder])
    let period = found.items.first { $0.subject == .period }.flatMap { Period.year(of: $0.value) }
    let until = found.best(.year, [.period])
    year = period ?? until.flatMap { Int($0.value) } ?? told.flatMap { Int($0.value) }
    isInDocument =
      choice.isInDocument
      && (period != nil || until != nil || told.map { !$0.source.isHint } ?? false)
    published = PublicationDate(
      tokens: tokens, title: titleEnd, body: body, end: end, endsEarly: endsEarly
    ).find(into: &found)
    evidence = found.byTrust
  }

  /// 青石县人民政府办公室 under a report of 全县: the office publishes and signs it for the county.
  private static func addLevels(_ found: inout EvidenceList) {
    for item in found.items where item.subject == .unit {
      let words = f(item.value)
      let length = UnitName.regions(of: words).length
      guard length > 0, UnitName.isGovernmentOffice(words) else { continue }
      found.add(.unit, item.source, words[..<length].string, item.quote)
    }
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
}

/// Evidence as it is gathered: each piece once, and of one source no more than anybody would read, so that a page of a
/// million such lines costs no more than a page.
struct EvidenceList {
  private(set) var items: [Evidence] = []
  private var counts: [Evidence.Subject: [Evidence.Source: Int]] = [:]
  private static let most = 12

  mutating func add(
    _ subject: Evidence.Subject, _ source: Evidence.Source, _ value: String, _ quote: String
  ) {
    guard counts[subject]?[source] ?? 0 < Self.most else { return }
    let item = Evidence(subject: subject, source: source, value: value, quote: quote)
    guard !items.contains(item) else { return }
    items.append(item)
    counts[subject, default: [:]][source, default: 0] += 1
  }

  /// The first piece of the best source that has one.
  func best(_ subject: Evidence.Subject, _ order: [Evidence.Source]) -> Evidence? {
    for source in order {
      if let item = items.first(where: { $0.subject == subject && $0.source == source }) {
        return item
      }
    }
    return nil
  }

  /// Best source first; pieces of one source in the order of the document.
  var byTrust: [Evidence] {
    items.enumerated().sorted {
      ($0.element.source.rank, $0.offset) < ($1.element.source.rank, $1.offset)
    }.map(\.element)
  }
}

extension Evidence.Source {
  /// Not from the document itself.
  var isHint: Bool { self == .fileName || self == .folder }

  fileprivate var rank: Int {
    switch self {
    case .title: 0
    case .period: 1
    case .text: 2
    case .breadcrumb: 3
    case .pageTitle: 4
    case .metadata: 5
    case .signature: 6
    case .banner: 7
    case .furniture: 8
    case .fileName: 9
    case .folder: 10
    }
  }
}
