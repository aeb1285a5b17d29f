import Checking
import Receipts
import Reports
import Testing

@Suite struct Sentences {
  @Test(arguments: Language.allCases)
  func `every refusal has a sentence of its own`(language: Language) {
    let sentences = Refusal.Code.allCases.map {
      refusalSentence(Refusal($0), language: language)
    }
    #expect(Set(sentences).count == sentences.count)
    for sentence in sentences {
      #expect(sentence.hasSuffix(language == .chinese ? "。" : "."))
      #expect(sentence.count > 12)
      #expect(language == .english || !sentence.contains("please"))
    }
  }

  @Test(arguments: Language.allCases)
  func `every check of the catalogue has a name`(language: Language) {
    for rule in Rule.all {
      // What stands in braces is filled in: a row, a column, a table.
      let check = rule.id.replacing(/\{\w+\}/, with: "x")
      let name = checkName(check, language)
      #expect(name != check && !name.isEmpty, "\(check)")
      #expect(rule.id.hasPrefix(checkFamily(check)))
    }
    #expect(checkName("NEW-CHECK-x", language) == "NEW-CHECK-x")
  }

  @Test(arguments: Language.allCases)
  func `every outcome has a word and a sentence`(language: Language) {
    let sentences = Outcome.allCases.map { outcomeSentence($0, language: language) }
    #expect(Set(sentences).count == Outcome.allCases.count)
    #expect(Set(Outcome.allCases.map { outcomeWord($0, language: language) }).count == 7)
  }

  @Test(arguments: [
    (Refusal(.unsupportedFormat, detail: "PDF"), nil, "PDF 文件"),
    (Refusal(.unsupportedFormat), DocumentFormat.docx, "Word 文档（docx）"),
    (Refusal(.unsupportedFormat, detail: "zip"), nil, "解压"),
    (Refusal(.unsupportedFormat, detail: "什么"), nil, "这种格式"),
    (Refusal(.tooLarge, detail: "209715200 > 67108864"), nil, "（64.0 MB）"),
    (Refusal(.tooLarge), nil, "允许的大小。"),
    (Refusal(.noNationalTemplate, detail: "2017"), nil, "（2017 年）"),
  ])
  func `a refusal says its particulars`(
    refusal: Refusal, format: DocumentFormat?, words: String
  ) {
    let sentence = refusalSentence(refusal, format: format, language: .chinese)
    #expect(sentence.contains(words), "\(sentence)")
  }

  @Test func `a returned report says how to send it again`() throws {
    for text in [receiptHTML, receiptText] {
      let receipt = text(try Example.returned.content())
      #expect(receipt.unwrapped.contains("改好后用原文件名或新文件名重新放入收报文件夹即可"))
      #expect(receipt.unwrapped.contains("有 3 处差错需要更正，另有 2 处请核对"))
    }
  }

  @Test func `a duplicate is told when, how and where it was handled`() throws {
    for text in [receiptHTML, receiptText] {
      let receipt = text(try Example.duplicate.content()).unwrapped
      #expect(receipt.contains("已于 2026年1月22日 收到并处理，结果是“已接收”，见第 97 号回执"))
      #expect(receipt.contains("不需要再做什么"))
    }
  }

  @Test func `a duplicate of a returned report is still to be mended`() throws {
    var content = try Example.duplicate.content()
    content.duplicateOf = .init(
      number: 97, received: Timestamp(microseconds: 0), outcome: .returned)
    let receipt = receiptText(content).unwrapped
    #expect(receipt.contains("请按第 97 号回执更正"))
    #expect(!receipt.contains("不需要再做什么"))
  }

  @Test func `a duplicate in another file says that it is the same report`() throws {
    var content = try Example.duplicate.content()
    content.duplicateOf?.isSameFile = false
    for receipt in [receiptHTML(content), receiptText(content)] {
      #expect(receipt.unwrapped.contains("这份报告已于 2026年1月22日 收到并处理，只是文件不同，结果是“已接收”"))
      #expect(receipt.unwrapped.contains("不需要再做什么"))
    }
  }

  /// To call what was replaced handled, and say no more, would leave the wrong version standing.
  @Test(arguments: [
    (Outcome.accepted, true, "现以第 99 号为准；如果应以这一份为准，请在正文中注明后重新报送"),
    (.returned, true, "现以第 99 号为准"),
    (.returned, false, "请按第 99 号回执更正。改好后用原文件名或新文件名重新放入"),
  ])
  func `a duplicate of what was replaced says what counts now`(
    outcome: Outcome, counts: Bool, words: String
  ) throws {
    var content = try Example.duplicate.content()
    content.duplicateOf = .init(
      number: 97, received: Timestamp(microseconds: 0), outcome: outcome)
    content.duplicateOf?.later = .init(number: 99, counts: counts)
    for receipt in [receiptHTML(content), receiptText(content)] {
      #expect(receipt.unwrapped.contains("第 97 号之后又收到第 99 号"))
      #expect(receipt.unwrapped.contains(words))
      #expect(!receipt.unwrapped.contains("不需要再做什么"))
      #expect(!receipt.unwrapped.contains("请按第 97 号"))
    }
    content.language = .english
    #expect(receiptText(content).unwrapped.contains("Number 99 came after number 97"))
  }

  @Test func `nobody is asked to mend a report of before 2019`() throws {
    var content = try Example.blankForm.content()
    content.refusal = Refusal(.noNationalTemplate, detail: "2017")
    for receipt in [receiptHTML(content), receiptText(content)] {
      #expect(receipt.unwrapped.contains("不需要改正"))
      #expect(!receipt.contains("改好后"))
    }
  }

  @Test(arguments: Outcome.allCases, Language.allCases)
  func `an outcome without its findings counts nothing`(outcome: Outcome, language: Language) {
    #expect(!outcomeSentence(outcome, language: language).contains("0"))
  }

  @Test func `a receipt ends with what it can be checked by`() throws {
    let content = try Example.accepted.content()
    let proofs: [String?] = [
      "128", "2026年1月28日 09:02:05", content.sha256, "512", content.entry?.hash, "shoubao",
    ]
    for receipt in [receiptHTML(content), receiptText(content)] {
      for proof in proofs { #expect(receipt.contains(try #require(proof))) }
    }
  }

  @Test func `a check without a journal speaks of no arrival`() throws {
    let receipt = receiptText(try Example.checkEnglish.content())
    #expect(
      !receipt.contains("Arrival") && !receipt.contains("Journal") && !receipt.contains("inbox"))
  }
}

extension String {
  /// Without the line breaks of a text receipt and their indents.
  fileprivate var unwrapped: String {
    split(separator: "\n").map { line in line.drop { $0 == " " } }.joined()
  }
}
