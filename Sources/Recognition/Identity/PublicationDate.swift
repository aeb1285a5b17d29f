import Reports

/// When the report was published: a labelled date, the one nearest to the title; else the signature; else a date alone
/// on a line under the title; else an address in the text.
struct PublicationDate {
  let tokens: [Token]
  /// The token behind the title.
  let title: Int?
  /// First token of the report's body.
  let body: Int
  /// First token of the foot of the page.
  let end: Int
  let endsEarly: Bool

  private static let labels = [
    "发布日期", "发布时间", "公开日期", "公开时间", "发文日期", "成文日期", "生成日期", "印发日期", "发布于", "日期", "时间",
  ].map(f)
  /// Labels that end in 日期 or 时间 and mean another date.
  private static let others = [
    "废止", "失效", "有效", "更新", "打印", "当前", "访问", "截止", "系统", "浏览", "下载", "生效", "存档", "归档",
  ].map(f)

  func find(into found: inout EvidenceList) -> CalendarDate? {
    var chosen: CalendarDate?
    let (own, copies) = labelled()
    for (source, date, quote) in own + signed() + copies + alone() + addresses() {
      found.add(.published, source, date.description, quote)
      chosen = chosen ?? date
    }
    return chosen
  }

  private static let scheme = f("://")

  private typealias Item = (source: Evidence.Source, date: CalendarDate, quote: String)

  /// A date that the end of a broken-off document may have cut.
  private func isCut(_ index: Int, _ range: Range<Int>, _ count: Int) -> Bool {
    endsEarly && index == tokens.count - 1 && range.upperBound == count
  }

  private static let company = f("公司")

  /// Dates with a label, nearest to the title first; apart from them those that a company's site gives, which copied the
  /// report on that day.
  private func labelled() -> (own: [Item], copies: [Item]) {
    var items: [(distance: Int, isCopy: Bool, item: Item)] = []
    let anchor = title ?? body
    for index in tokens.indices where index < body || index >= end {
      let token = tokens[index]
      guard token.isWords, token.folded.count <= 200, token.folded.count >= 2 else { continue }
      guard Self.labels.contains(where: { token.folded.contains(words: $0) }) else { continue }
      let text = Fold.foldKeepingSpaces(token.raw)
      for label in Self.labels {
        guard let start = text.find(label) else { continue }
        let before = Array(text[max(0, start - 2)..<start])
        if Self.others.contains(where: { before.hasSuffix($0) }) { continue }
        if label.count == 2, start > 0, Fold.isHan(text[start - 1]) { continue }
        var found = date(text, after: start + label.count)
        var place = (index: index, count: text.count)
        if found == nil, start + label.count >= text.count - 2, index + 1 < tokens.count {
          let next = Fold.foldKeepingSpaces(tokens[index + 1].raw)
          found = date(next, after: 0)
          place = (index + 1, next.count)
        }
        if let found, !isCut(place.index, found.range, place.count) {
          items.append(
            (
              abs(index - anchor), token.folded.contains(words: Self.company),
              (.metadata, found.date, String(token.raw))
            ))
          break
        }
      }
    }
    items.sort { $0.distance < $1.distance }
    return (items.filter { !$0.isCopy }.map(\.item), items.filter(\.isCopy).map(\.item))
  }

  private func date(_ text: Folded, after start: Int) -> Dates.Found? {
    var index = start
    while index < text.count, [0x20, U.colon, U.open, U.close, U.bar].contains(text[index]) {
      index += 1
    }
    return Dates.damaged(text, at: index)
  }

  private func signed() -> [Item] {
    guard end > 0 else { return [] }
    for index in stride(from: end - 1, through: max(body, end - 3), by: -1)
    where index < tokens.count {
      let token = tokens[index]
      guard token.isWords, token.folded.count <= 40 else { continue }
      let text = Fold.foldKeepingSpaces(token.raw)
      guard let found = Dates.first(in: text), found.range.upperBound == text.count,
        !isCut(index, found.range, text.count)
      else { continue }
      let name = text[..<found.range.lowerBound].filter { $0 != 0x20 }
      if name.isEmpty || UnitName.isOrgan(Array(name)) {
        return [(.signature, found.date, String(token.raw))]
      }
    }
    return []
  }

  /// A line under the title that begins with a date.
  private func alone() -> [Item] {
    // A title found behind the first heading (a quoted report, a contents page) has no line of its own under it.
    guard let title, title < body else { return [] }
    for index in title..<min(body, title + 4) where index < tokens.count {
      let token = tokens[index]
      guard token.isWords, token.folded.count <= 60 else { continue }
      let text = Fold.foldKeepingSpaces(token.raw)
      if let found = Dates.date(text, at: 0) {
        return [(.furniture, found.date, String(token.raw))]
      }
    }
    return []
  }

  /// `/t20230118_`, `/2023/1/18/` in an address that the text gives.
  private func addresses() -> [Item] {
    for token in tokens where token.isWords && token.folded.count <= 300 {
      let text = token.folded
      guard text.contains(words: Self.scheme) else { continue }
      for index in text.indices.dropLast() where text[index] == 0x2F {
        if text[index + 1] == 0x74, let digits = text.digits(at: index + 2, limit: 9),
          digits.count == 8,
          let date = CalendarDate(
            year: digits.value / 10000, month: digits.value / 100 % 100, day: digits.value % 100),
          (2000...2099).contains(date.year)
        {
          return [(.furniture, date, String(token.raw))]
        }
        if let found = Dates.date(text, at: index + 1),
          text.has([0x2F], at: found.range.upperBound)
        {
          return [(.furniture, found.date, String(token.raw))]
        }
      }
    }
    return []
  }
}
