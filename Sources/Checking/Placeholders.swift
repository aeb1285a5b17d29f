import Forms
import Reports

// TXT-PLACEHOLDER: words of a model text or of a draft that nobody replaced, or a text that could be anybody's.

extension Inquiry {
  var placeholderFindings: [Finding] {
    if let title = report.title, let mark = Placeholder.draft(in: title) {
      return [
        Rule.placeholder.finding(
          quote: title,
          say(
            "标题里还写着“\(mark)”，请报送定稿，已经是定稿的请删去这几个字。",
            en: "The title still says “\(mark)”; please send the final text, or take the words out."
          ))
      ]
    }
    let texts = [report.title ?? ""] + report.structure.sections.map(\.text)
    if let text = texts.first(where: { Placeholder.stands(in: $0) }) {
      let sentences = text.split { "。；\n".contains($0) }.map(String.init)
      let quote = sentences.first { Placeholder.stands(in: $0) } ?? text
      return [
        Rule.placeholder.finding(
          quote: quote,
          say(
            "文中还留有范文的占位文字（“\(quote)”），请换成本单位的实际内容。",
            en: "Words of a model text are left (“\(quote)”); please replace them by your own."))
      ]
    }
    return namesNobody.map { [$0] } ?? []
  }

  private static let anybody = [
    "各级", "各部门", "各单位", "各地", "有关单位", "有关部门", "相关单位", "相关部门", "部分地区", "部分单位", "部分部门", "有的单位",
    "有的地方",
  ]

  /// A long opening section with neither a figure nor a name, nor the 我 or 本 of whoever reports.
  private var namesNobody: Finding? {
    let text = report.structure.sections.filter { $0.section == .overview }.map(\.text).joined()
    // A few words about nobody are enough where they name only 有关单位 and 部分地区.
    let isVague = Self.anybody.count { text.mentions($0) } >= 2
    guard text.unicodeScalars.count >= (isVague ? 40 : 60), !text.hasDigit else { return nil }
    var names = report.evidence.filter { $0.subject == .unit || $0.subject == .region }.map(\.value)
    names += [report.unit, report.region].compactMap { $0 }
    names += names.flatMap { name in
      ["人民政府", "办事处", "委员会", "局"].filter { name.hasSuffix($0) }
        .map { String(name.dropLast($0.count)) }
    }
    names += ["我", "本局", "本镇", "本乡", "本街道", "本机关", "本单位", "本市", "本县", "本区", "本部门", "本委", "本办"]
    guard !text.mentions(anyOf: names.filter { !$0.isEmpty }) else { return nil }
    return Rule.placeholder.finding(
      quote: String(text.prefix(40)),
      say(
        "第一部分通篇没有单位名称和任何数字，像是范文，请写本单位的实际情况。",
        en:
          "Section 1 names no unit and no figure; it reads like a model text. Please tell of your own work."
      ))
  }
}

enum Placeholder {
  /// The word of the title that calls the report a draft. In the text such words tell of other papers.
  static func draft(in title: String) -> String? {
    ["征求意见稿", "送审稿", "讨论稿", "审议稿", "修改稿", "草稿", "初稿"].first { title.mentions($0) }
  }

  /// XX, ××, 20XX; and sentences that tell how to fill in.
  static func stands(in text: String) -> Bool {
    if text.mentions(anyOf: ["此处填写", "填写单位名称", "（单位名称）", "(单位名称)"]) { return true }
    if text.mentions("请与"), text.mentions("规范全称") { return true }
    let scalars = Array(text.unicodeScalars)
    var position = 0
    while position < scalars.count {
      guard crosses.contains(scalars[position]) else {
        position += 1
        continue
      }
      let start = position
      while position < scalars.count, crosses.contains(scalars[position]) { position += 1 }
      guard position - start >= 2 else { continue }
      let before = start > 0 ? scalars[start - 1] : " "
      let after = position < scalars.count ? scalars[position] : " "
      // xxgk in an address is no placeholder, 20XX is.
      let year = start >= 2 && scalars[start - 2] == "2" && before == "0"
      if !isWord(after), year || !isWord(before) { return true }
    }
    return false
  }

  private static let crosses = Set("XxＸｘ×✕".unicodeScalars)

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || scalar == "." || scalar == "/" || scalar == "-" || scalar == "_")
  }
}
