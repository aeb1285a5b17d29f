/// The county, city or province that names, the page around the report and its title tell.
struct RegionEvidence {
  let tokens: [Token]

  private static let hosts = ["主办单位", "主办", "版权所有", "门户网站", "政府网", "承办"].map(f)

  /// `found` holds the names of units already; the page lies before `body` and from `end` on.
  func gather(
    before body: Int, after end: Int, pageTitle: String?, into found: inout EvidenceList
  ) {
    for item in found.items where item.subject == .unit {
      if let region = UnitName.region(of: f(item.value)) {
        found.add(.region, item.source, region, item.quote)
      }
    }
    for index in tokens.indices where index < body || index >= end {
      let token = tokens[index]
      guard token.isWords, token.folded.count >= 3, token.folded.count <= 120 else { continue }
      if let region = Self.told(by: token.folded) {
        found.add(.region, .furniture, region, String(token.raw))
      }
    }
    guard let pageTitle else { return }
    let parts = Fold.fold(pageTitle).split {
      [U.dash, U.underscore, U.bar].contains($0)
    }
    for part in parts.dropFirst() {
      if let region = UnitName.region(of: Array(part)) {
        found.add(.region, .pageTitle, region, pageTitle)
      }
    }
  }

  private static func told(by words: Folded) -> String? {
    let name = words.last == U.colon ? words.dropLast() : words[...]
    if let level = UnitName.level(Array(name)), level.count < name.count { return level.string }
    for host in hosts {
      guard let position = words.find(host) else { continue }
      let name =
        position == 0
        ? Array(words.dropFirst(host.count).drop { $0 == U.colon })
        : Array(words[..<position])
      let start = name.lastIndex { !Fold.isHan($0) }.map { position == 0 ? 0 : $0 + 1 } ?? 0
      if let region = UnitName.region(of: Array(name[start...].prefix(30))) { return region }
    }
    return nil
  }
}
