import Receipts
import Testing

@Suite struct `A field of CSV` {
  @Test(arguments: [
    ("青石镇", "青石镇", "plain"), ("", "", "nothing"),
    ("甲,乙", "\"甲,乙\"", "a comma"), ("他说\"好\"", "\"他说\"\"好\"\"\"", "quotes"),
    ("甲\n乙", "\"甲\n乙\"", "two lines"), ("-3", "-3", "a numeral"),
    ("+57", "+57", "a change, as the form of 2019 has it"), ("-", "-", "a dash for nothing"),
    ("=1+1", "'=1+1", "a formula"), ("@SUM(A1)", "'@SUM(A1)", "a formula"),
    ("+A1", "'+A1", "a formula"), ("-A1", "'-A1", "a formula"),
  ])
  func `is what was printed, and no formula`(text: String, field: String, reason: String) {
    #expect(CSVText.row([text]) == field + "\r\n", "\(reason)")
  }
}
