import Forms
import Reports

/// A name and what is known under it; `code` is to be shown in a fixed width.
struct Fact: Sendable, Hashable {
  let name: String
  let value: String
  var isCode = false
}

extension ReceiptContent {
  /// Who reports on what, as recognised, and what came in.
  var facts: [Fact] {
    var facts = [Fact(name: language.say("文件", en: "File"), value: file)]
    if let parent {
      facts.append(
        Fact(
          name: language.say("所在文件", en: "Came in"),
          value: language.say(
            "第 \(parent.number) 号 \(parent.file ?? "")",
            en: "number \(parent.number) \(parent.file ?? "")")))
    }
    if let report {
      facts.append(Fact(name: language.say("单位", en: "Unit"), value: report.unit ?? unknown))
      if let region = report.region {
        facts.append(Fact(name: language.say("地区", en: "Region"), value: region))
      }
      if report.kind == .level {
        facts.append(
          Fact(
            name: language.say("种类", en: "Kind"),
            value: language.say("本级政府汇总报告", en: "report of a level of government")))
      }
      facts.append(
        Fact(name: language.say("年度", en: "Year"), value: report.year.map(String.init) ?? unknown))
      facts.append(
        Fact(
          name: language.say("发布日期", en: "Published"),
          value: report.published?.description ?? unknown))
      facts.append(
        Fact(name: language.say("表格格式", en: "Form"), value: templateWords(report.template)))
    }
    facts.append(Fact(name: language.say("文件格式", en: "Format"), value: formatWords))
    if let supersedes {
      facts.append(
        Fact(
          name: outcome == .returned
            ? language.say("前一次", en: "Came after") : language.say("替代", en: "Replaces"),
          value: sentence(supersedes)))
    }
    return facts
  }

  /// What a receipt is checked by.
  var proof: [Fact] {
    var facts: [Fact] = []
    if let arrival {
      facts.append(Fact(name: language.say("收件编号", en: "Arrival"), value: String(arrival)))
    }
    if let received {
      facts.append(
        Fact(
          name: language.say("收到时间", en: "Received"),
          value: language.say(
            "\(words(received.date)) \(received.clock)（北京时间）",
            en: "\(received.date) \(received.clock) (UTC+8)")))
    }
    if let sha256 { facts.append(Fact(name: "SHA-256", value: sha256, isCode: true)) }
    if let entry {
      facts.append(
        Fact(
          name: language.say("台账条目", en: "Journal entry"),
          value: language.say("第 \(entry.sequence) 条", en: "\(entry.sequence)")))
      facts.append(
        Fact(name: language.say("条目校验值", en: "Entry hash"), value: entry.hash, isCode: true))
    }
    facts.append(Fact(name: language.say("处理程序", en: "Program"), value: program))
    return facts
  }

  /// What there is to show of the report. A duplicate's answer stands on the receipt it refers to.
  var shownReport: Report? { outcome == .duplicate ? nil : report }
  var shownFindings: [Finding] { outcome == .duplicate ? [] : findings }

  /// Why there is no report, and what to do.
  var refusalWords: String? {
    guard outcome != .duplicate else { return nil }
    return refusal.map { refusalSentence($0, format: format, language: language) }
  }

  /// The outcome in one sentence.
  var whatBecame: String {
    if outcome == .unpacked, !members.isEmpty { return unpackedSentence(self) }
    return outcomeSentence(
      outcome, findings: findings, duplicateOf: duplicateOf, language: language)
  }

  var heading: String {
    arrival == nil
      ? language.say("年度报告检查结果", en: "Check of an annual report")
      : language.say("年度报告收报回执", en: "Receipt for an annual report")
  }

  private var unknown: String { language.say("未识别", en: "not recognised") }

  private var formatWords: String {
    let details = [encoding, sizeWords(bytes)].compactMap(\.self).joined(separator: ", ")
    let name = formatName(format, language: language)
    return language.say(
      "\(name)，\(details.replacingCommas)", en: "\(name), \(details)")
  }

  func sentence(_ earlier: Earlier) -> String {
    let word = outcomeWord(earlier.outcome, language: language)
    return language.say(
      "第 \(earlier.number) 号（\(words(earlier.received.date))，\(word)）",
      en: "number \(earlier.number) (\(earlier.received.date), \(word))")
  }

  private func templateWords(_ templates: Report.Templates) -> String {
    let two: Template? =
      switch templates.two {
      case .v2019: .v2019
      case .v2021: .v2021
      case .mixed, nil: nil
      }
    let notices = [
      Template.v2019: "国办公开办函〔2019〕60号", .v2021: "国办公开办函〔2021〕30号",
    ]
    if let three = templates.three, two == three || templates.two == nil {
      return language.say(
        "\(three.rawValue) 年格式（\(notices[three] ?? "")）",
        en: "\(three.rawValue) (\(notices[three] ?? ""))")
    }
    let second = language.say(
      templates.two.map { $0 == .mixed ? "两种格式混用" : "\($0.rawValue) 年格式" } ?? "未找到",
      en: templates.two.map { $0 == .mixed ? "both forms mixed" : $0.rawValue } ?? "not found")
    let third = language.say(
      templates.three.map { "\($0.rawValue) 年格式" } ?? "未找到",
      en: templates.three?.rawValue ?? "not found")
    return language.say(
      "第二部分\(second)，第三部分\(third)", en: "section 2: \(second), section 3: \(third)")
  }
}

extension String {
  fileprivate var replacingCommas: String { split(separator: ", ").joined(separator: "，") }
}
