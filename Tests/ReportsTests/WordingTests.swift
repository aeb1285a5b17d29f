import Forms
import Reports
import Testing

@Suite struct Wordings {
  @Test(arguments: [
    ("共收到申请12件。\n均已办结", "共收到申请 １２ 件，均已办结。", true, "spaces, line ends, punctuation, width"),
    ("共收到申请12件", "共收到申请13件", false, "a figure"),
    ("甲乙", "乙甲", false, "the order"),
    ("负责ABC", "负责abc", false, "letters are letters"),
    ("一", "〇", false, "numerals that are no letters"),
  ])
  func `are one where only the format differs`(a: String, b: String, same: Bool, reason: String) {
    #expect((Wording(a) == Wording(b)) == same, "\(reason)")
  }

  @Test(arguments: ["", " \n　", "——……。"])
  func `of nothing there are none`(text: String) { #expect(Wording(text) == nil) }

  @Test func `a section without its text still tells whether another says the same`() {
    func section(_ text: String) -> SectionFound {
      SectionFound(section: .overview, heading: "一、总体情况", numeral: "一", text: text)
    }
    let kept = section("做好公开工作。").withoutText
    #expect(kept.text.isEmpty)
    #expect(kept.wording == section("做好 公开工作").wording)
    #expect(kept.withoutText == kept)
    #expect(kept.wording != section("做好信息公开工作。").wording)
    #expect(section("").withoutText.wording == nil)
  }
}
