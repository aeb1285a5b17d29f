import Reports

/// Which of the names a document gives is that of whoever reports.
///
/// Title, breadcrumb, page title, a sentence of the report, publisher, signature: in this order. A whole level of
/// government that stands above the title, where web sites print their own name, comes after all of them; the name of
/// the file and its folder come last. A name at the edge of the page is not taken against what the text calls itself
/// (我镇): then the unit is unknown rather than wrong.
struct UnitChoice {
  let unit: String?
  let region: String?
  let kind: Report.Kind?
  /// The name stands in the document, not only in the name of its file.
  let isInDocument: Bool

  private static let order: [Evidence.Source] = [
    .title, .breadcrumb, .pageTitle, .text, .metadata, .signature, .banner, .fileName, .folder,
  ]
  private static let regionOrder: [Evidence.Source] = [
    .title, .text, .signature, .furniture, .pageTitle, .breadcrumb, .metadata, .banner, .fileName,
    .folder,
  ]

  /// `speaksForLevel`: the text speaks of the whole county, city or province (我县, 全市).
  init(_ evidence: [Evidence], title: Title?, speaker: Speaker?, speaksForLevel: Bool) {
    let chosen = Self.choose(
      evidence, title: title, speaker: speaker, speaksForLevel: speaksForLevel)
    unit = chosen?.value
    isInDocument = chosen.map { !$0.source.isHint } ?? false
    region = Self.region(of: chosen, evidence)
    let scope = chosen.map { $0.source == .title || $0.source == .banner } ?? true
    kind =
      unit.map { ReportKind.of(unit: $0, scope: scope ? title?.scope : nil) }
      ?? title?.scope.flatMap(ReportKind.of(scope:))
  }

  /// Sources at the edge of the page: a level of government named there may be the web site's owner.
  private static let edges: Set<Evidence.Source> = [.breadcrumb, .pageTitle, .metadata, .banner]

  private static func choose(
    _ evidence: [Evidence], title: Title?, speaker: Speaker?, speaksForLevel: Bool
  ) -> Evidence? {
    let names = order.flatMap { source in
      evidence.filter { $0.subject == .unit && $0.source == source }
    }
    func isLevel(_ item: Evidence) -> Bool { UnitName.level(f(item.value)) != nil }
    func fits(_ item: Evidence) -> Bool {
      switch item.source {
      case .title, .text, .signature: true
      default: speaker.map { $0.canBe(f(item.value)) } ?? true
      }
    }
    let fitting = names.filter(fits)
    let inside = fitting.filter { !$0.source.isHint }
    if title?.isOfLevel ?? false, let level = inside.first(where: isLevel) { return level }
    let level = inside.first { edges.contains($0.source) && isLevel($0) }
    let first = inside.first { !edges.contains($0.source) || !isLevel($0) }
    let best = first.map {
      whole($0, among: inside, hadForeignWords: title?.hadForeignWords ?? false)
    }
    // The office that compiles the report of the whole county publishes and signs it.
    if let level, let best, best.source != .title, UnitName.isGovernmentOffice(f(best.value)),
      speaksForLevel, speaker == nil
    {
      return level
    }
    return best ?? level ?? fitting.first
  }

  /// A name in the title that a copying site put words into is taken from where the report has it whole: the title ends
  /// as that name does.
  private static func whole(
    _ item: Evidence, among names: [Evidence], hadForeignWords: Bool
  ) -> Evidence {
    guard item.source == .title else { return item }
    let name = f(item.value)
    let other = names.first { other in
      let words = f(other.value)
      let length = UnitName.regions(of: words).length
      guard words != name, length > 0, words.count - length >= 3 else { return false }
      if hadForeignWords { return name.hasSuffix(Array(words[length...])) }
      guard name.hasSuffix(words) else { return false }
      let front = Array(name.dropLast(words.count))
      return UnitName.regions(of: front).length < front.count
    }
    return other ?? item
  }

  /// What the unit's own name says of its region comes before the page around it; where that is only a province, the
  /// page may tell the county that a town or a bureau belongs to.
  private static func region(of chosen: Evidence?, _ evidence: [Evidence]) -> String? {
    let own = chosen.flatMap { UnitName.region(of: f($0.value)) }
    if let own, !UnitName.isProvince(f(own)) || !UnitName.isTown(f(chosen?.value ?? "")) {
      return own
    }
    let around = regionOrder.lazy.compactMap { source in
      evidence.first {
        $0.subject == .region && $0.source == source && !UnitName.isProvince(f($0.value))
      }
    }.first?.value
    let any = regionOrder.lazy.compactMap { source in
      evidence.first { $0.subject == .region && $0.source == source }
    }.first?.value
    return around ?? own ?? any
  }
}
