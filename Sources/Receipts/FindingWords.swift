import Reports

/// The cells of a finding, and what was expected and found, as short phrases.
func findingDetails(_ finding: Finding, _ language: Language) -> [String] {
  var details: [String] = []
  if !finding.cells.isEmpty {
    details.append(language.say("涉及", en: "cells: ") + language.list(finding.cells))
  }
  switch (finding.expected, finding.found) {
  case (let expected?, let found?):
    details.append(
      language.say("应为 \(expected)，现为 \(found)", en: "expected \(expected), found \(found)"))
  case (let expected?, nil):
    details.append(language.say("应为 \(expected)", en: "expected \(expected)"))
  case (nil, let found?): details.append(language.say("现为 \(found)", en: "found \(found)"))
  case (nil, nil): break
  }
  return details
}

/// Why a figure is not vouched for.
func doubtWords(_ reason: Doubt.Reason, _ language: Language) -> String {
  switch reason {
  case .cellCount: language.say("这一行的格数与表格不符", en: "the row has another number of cells")
  case .rowMissing: language.say("文件里没有这一行", en: "the row is not in the document")
  case .ambiguous: language.say("数字属于哪一格不能确定", en: "where the figure belongs is not clear")
  case .splitDigits: language.say("数字被拆开了", en: "the digits stand apart")
  case .cutOff: language.say("文件到这里中断", en: "the document ends here")
  case .unreadable: language.say("这里的字符不能读作数字", en: "the characters are no figure")
  case .headOrder:
    language.say("表头各栏的次序与统一格式不同", en: "the head's words stand in another order than on the form")
  case .otherUnit:
    language.say("文件里写的单位与表格不同", en: "the document gives another unit than the form")
  case .otherMeaning:
    language.say(
      "文件里写的不是统一格式这一格的内容", en: "the document says that it is something else than on the form")
  case .corrected:
    language.say("文件的文字部分更正了这里的数字", en: "the text of the document corrects the figure")
  case .toldTwice:
    language.say(
      "文件里这张表不止一处，数字不同", en: "the document has the table more than once, with other figures")
  case .opticallyRead: language.say("从图片上识别出来的", en: "read off a picture")
  case .damaged:
    language.say(
      "这张表有残损，不能确定这里写的是什么", en: "the table is damaged, and what stands here is not clear")
  }
}
