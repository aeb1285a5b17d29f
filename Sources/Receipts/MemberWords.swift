public import Reports

/// A remark on what was left out of a container's arrivals, for its receipt.
public func leftOut(_ unpacked: Unpacked, language: Language) -> [Finding] {
  var findings: [Finding] = []
  if unpacked.otherTexts > 0 {
    findings.append(
      Finding(
        check: "MAIL-TEXT", severity: .info,
        message: language.say(
          "邮件正文不是年度报告，没有登记；登记的是附件。",
          en: "The text of the mail is no report and was not registered; what is attached was.")))
  }
  guard unpacked.ignoredCount > 0 else { return findings }
  let names = unpacked.ignored.joined(separator: language.say("、", en: ", "))
  let rest = unpacked.ignoredCount > unpacked.ignored.count ? language.say(" 等", en: " …") : ""
  return findings + [
    Finding(
      check: "ARCHIVE-LEFT-OUT", severity: .info,
      message: language.say(
        "有 \(unpacked.ignoredCount) 个系统或办公软件留下的文件，不登记：\(names)\(rest)。",
        en:
          "\(english(unpacked.ignoredCount, "file")) that systems and office programs leave behind: "
          + "\(names)\(rest)."))
  ]
}

/// 压缩包中 5 个文件：已接收 3 个，退回更正 2 个。
func unpackedSentence(_ content: ReceiptContent) -> String {
  let language = content.language
  let counts = Outcome.allCases.compactMap { outcome -> String? in
    let count = content.members.count { $0.outcome == outcome }
    let word = outcomeWord(outcome, language: language)
    return count == 0 ? nil : language.say("\(word) \(count) 个", en: "\(count) \(word)")
  }
  let count = content.members.count
  return language.say(
    "\(content.isMail ? "邮件" : "压缩包")中 \(count) 个文件：\(counts.joined(separator: "；"))。",
    en: "\(english(count, "file")) in the \(content.isMail ? "mail" : "archive"): "
      + "\(counts.joined(separator: "; ")).")
}

/// What to do after a container was handled.
func unpackedStep(_ content: ReceiptContent) -> String {
  let language = content.language
  let isToMend = content.members.contains { $0.outcome?.mustBeMended ?? false }
  let own = language.say(
    "每个文件各有编号和回执，见下表。", en: "Each file has a number and a receipt of its own, as listed below.")
  guard isToMend else { return own }
  return own
    + language.say(
      "需要更正的，请按该文件的回执改好后只报送那一个文件，不必重新打包。",
      en:
        " What has to be corrected is to be filed alone, as its receipt says; there is no need to "
        + "pack all of it again.")
}

func membersText(_ content: ReceiptContent) -> TextPage {
  var page = TextPage()
  guard !content.members.isEmpty else { return page }
  page.title(content.membersTitle)
  for member in content.members {
    page.text(
      "\(visible(member.file, limit: 200))",
      first: "\(member.number)  ")
    let words = content.words(member).map { visible($0, limit: 80) }
    page.text(
      words.joined(separator: content.language.say("，", en: ", ")),
      first: String(repeating: " ", count: "\(member.number)".count + 2))
  }
  return page
}

func membersHTML(_ content: ReceiptContent) -> String {
  guard !content.members.isEmpty else { return "" }
  let language = content.language
  let heads = [
    language.say("编号", en: "No."), language.say("文件", en: "File"),
    language.say("单位和年度", en: "Unit and year"), language.say("结果", en: "Outcome"),
  ]
  let rows = content.members.map { member in
    let words = content.words(member)
    let cells = [
      escaped("\(member.number)"), foreign(member.file, limit: 200),
      words.dropFirst().map { foreign($0, limit: 80) }.joined(separator: " "), escaped(words[0]),
    ]
    return element("tr", [], cells.map { element("td", [], $0) }.joined())
  }
  return element("h2", text: content.membersTitle)
    + element(
      "table", [("class", "members")],
      element(
        "thead", [],
        element("tr", [], heads.map { element("th", [("scope", "col")], escaped($0)) }.joined()))
        + element("tbody", [], rows.joined(separator: "\n")))
}

extension ReceiptContent {
  fileprivate var isMail: Bool { format == .eml }

  fileprivate var membersTitle: String {
    isMail
      ? language.say("邮件中的文件", en: "The files in the mail")
      : language.say("压缩包中的文件", en: "The files in the archive")
  }

  /// Outcome first, then whose report it is.
  fileprivate func words(_ member: Member) -> [String] {
    let outcome =
      member.outcome.map { outcomeWord($0, language: language) }
      ?? language.say("待处理", en: "waiting")
    let year = member.year.map { language.say("\($0) 年度", en: "year \($0)") }
    return [outcome] + [member.unit, year].compactMap(\.self)
  }
}
