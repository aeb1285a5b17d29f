public import Reports

/// An outcome in a word or two, for lists and the head of a receipt.
public func outcomeWord(_ outcome: Outcome, language: Language) -> String {
  switch outcome {
  case .accepted: language.say("已接收", en: "accepted")
  case .acceptedWithWarnings: language.say("已接收，请核对", en: "accepted, please check")
  case .returned: language.say("退回更正", en: "returned")
  case .unrecognised: language.say("不是年度报告", en: "not a report")
  case .unreadable: language.say("无法读取", en: "unreadable")
  case .duplicate: language.say("重复报送", en: "duplicate")
  case .unpacked: language.say("已逐件登记", en: "unpacked")
  }
}

/// An outcome in one sentence, as it stands on top of a receipt.
///
/// - Parameters:
///   - findings: of the report; only failed ones are counted.
///   - duplicateOf: the arrival that holds the answer, for ``Outcome/duplicate``.
public func outcomeSentence(
  _ outcome: Outcome, findings: [Finding] = [], duplicateOf: ReceiptContent.Earlier? = nil,
  language: Language
) -> String {
  let errors = findings.count { $0.status == .fail && $0.severity == .error }
  let warnings = findings.count { $0.status == .fail && $0.severity == .warning }
  switch outcome {
  case .accepted:
    return language.say(
      "报告已接收，检查未发现问题。", en: "The report is accepted; the checks found nothing wrong.")
  case .acceptedWithWarnings:
    guard warnings > 0 else {
      return language.say("报告已接收，有内容请核对。", en: "The report is accepted; please check it.")
    }
    return language.say(
      "报告已接收，有 \(warnings) 处请核对。",
      en: "The report is accepted; please check \(english(warnings, "point")).")
  case .returned:
    guard errors > 0 else {
      return language.say("报告退回更正。", en: "The report is returned for correction.")
    }
    let more =
      warnings == 0 ? "" : language.say("，另有 \(warnings) 处请核对", en: " and \(warnings) to check")
    return language.say(
      "报告退回更正：有 \(errors) 处差错需要更正\(more)。",
      en: "The report is returned: \(english(errors, "error")) to correct\(more).")
  case .unrecognised:
    return language.say(
      "没有登记为年度报告：文件能够打开，但不是按全国统一格式填写的政府信息公开工作年度报告。",
      en: "Not taken as a report: the file opens, but it is no annual report on the national form.")
  case .unreadable:
    return language.say(
      "文件无法读取，没有登记为年度报告。", en: "The file cannot be read and was not taken as a report.")
  case .unpacked:
    return language.say(
      "其中的文件已逐个登记，各有回执。", en: "The files in it are arrivals of their own, with receipts.")
  case .duplicate:
    guard let earlier = duplicateOf else {
      return language.say("这份文件以前已经收到并处理过。", en: "This file has been received and handled before.")
    }
    let (date, word) = (earlier.received.date, outcomeWord(earlier.outcome, language: language))
    guard earlier.isSameFile else {
      return language.say(
        "这份报告已于 \(words(date)) 收到并处理，只是文件不同，结果是“\(word)”，见第 \(earlier.number) 号回执。",
        en: "This report was received and handled on \(date), in another file, with the outcome "
          + "“\(word)”: see number \(earlier.number).")
    }
    return language.say(
      "这份文件已于 \(words(date)) 收到并处理，结果是“\(word)”，见第 \(earlier.number) 号回执。",
      en: "This file was received and handled on \(date) with the outcome “\(word)”: see number "
        + "\(earlier.number).")
  }
}

/// What whoever filed it has to do now, in one or two sentences; empty where the refusal has said all.
func nextStep(_ content: ReceiptContent) -> String {
  let language = content.language
  let again = language.say(
    content.arrival == nil ? "改好后再检查一次或直接报送。" : "改好后用原文件名或新文件名重新放入收报文件夹即可。",
    en: content.arrival == nil
      ? "Once corrected, check it again or file it."
      : "Once corrected, put it into the inbox again, under the same name or a new one.")
  switch content.outcome {
  case .accepted:
    return language.say("不需要再做什么。", en: "There is nothing left to do.")
  case .acceptedWithWarnings:
    return language.say(
      "请对照下面各条核对原始台账：确有差错的，改正后重新报送；没有差错的，不需要再做什么。",
      en:
        "Please compare the points below with your records. If something is wrong, correct it and "
        + "file again; if not, there is nothing left to do.")
  case .returned:
    return language.say("请按下面各条更正。", en: "Please correct the points below. ") + again
  case .unrecognised, .unreadable:
    // The sentence of the refusal says what to do; a report of before 2019 is not to be mended.
    return content.refusal?.code == .noNationalTemplate ? "" : again
  case .unpacked: return unpackedStep(content)
  case .duplicate:
    if let earlier = content.duplicateOf, earlier.outcome == .unpacked {
      return language.say(
        "内容与那一次完全相同，不再重复处理；其中各文件的结果见第 \(earlier.number) 号回执。",
        en:
          "It is the same as then and is not handled twice; receipt \(earlier.number) lists what became "
          + "of the files in it.")
    }
    if let earlier = content.duplicateOf, let later = earlier.later {
      return overtakenStep(earlier, later, language) + (later.counts ? "" : again)
    }
    guard let earlier = content.duplicateOf, earlier.outcome.mustBeMended else {
      return language.say("不需要再做什么，也不必再次报送。", en: "There is nothing to do; no need to file again.")
    }
    return language.say(
      "内容与那一次完全相同，不再重复处理。请按第 \(earlier.number) 号回执更正。",
      en: "It is the same as then and is not handled twice. Please correct it as receipt "
        + "\(earlier.number) says. ") + again
  }
}

/// Of a duplicate of what is no longer the newest.
private func overtakenStep(
  _ earlier: ReceiptContent.Earlier, _ later: ReceiptContent.Later, _ language: Language
) -> String {
  guard later.counts else {
    return language.say(
      "第 \(earlier.number) 号之后又收到第 \(later.number) 号，请按第 \(later.number) 号回执更正。",
      en: "Number \(later.number) came after number \(earlier.number): please correct it as "
        + "receipt \(later.number) says. ")
  }
  return language.say(
    "第 \(earlier.number) 号之后又收到第 \(later.number) 号，现以第 \(later.number) 号为准；"
      + "如果应以这一份为准，请在正文中注明后重新报送。",
    en: "Number \(later.number) came after number \(earlier.number) and is the one that counts. "
      + "If this one is to count, please say so in its text and file it again.")
}

extension Outcome {
  /// Something has to be filed again.
  var mustBeMended: Bool {
    switch self {
    case .returned, .unrecognised, .unreadable: true
    case .accepted, .acceptedWithWarnings, .duplicate, .unpacked: false
    }
  }

  /// A sign that tells outcomes apart without colour.
  var sign: String {
    switch self {
    case .accepted: "✓"
    case .acceptedWithWarnings: "△"
    case .returned: "✗"
    case .unrecognised, .unreadable: "?"
    case .duplicate: "="
    case .unpacked: "▤"
    }
  }

  var style: TextStyle {
    switch self {
    case .accepted, .duplicate, .unpacked: .green
    case .acceptedWithWarnings: .yellow
    case .returned, .unrecognised, .unreadable: .red
    }
  }
}

/// 2024年1月30日.
func words(_ date: CalendarDate) -> String { "\(date.year)年\(date.month)月\(date.day)日" }

func english(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
