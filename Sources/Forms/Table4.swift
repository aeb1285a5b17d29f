// Section 四, 政府信息公开行政复议、行政诉讼情况. The same on both forms: one row, 5 + 5 + 5 figures.

private let results = [
  FormColumn("upheld", Label("结果维持", "维持")),
  FormColumn("corrected", Label("结果纠正", "纠正")),
  FormColumn("other", Label("其他结果")),
  FormColumn("pending", Label("尚未审结")),
  FormColumn("total", Label("总计", "合计")),
]

private let suits = Label("行政诉讼")

extension FormTable {
  public static let table4 = FormTable(
    number: .four, template: .v2021,
    blocks: [
      FormBlock("t4", Label("行政复议"), columns: results, rows: [FormRow("review", nil)]),
      FormBlock(
        "t4", Label("未经复议直接起诉"), under: suits, columns: results,
        rows: [FormRow("suit_direct", nil)]),
      FormBlock(
        "t4", Label("复议后起诉"), under: suits, columns: results,
        rows: [FormRow("suit_after_review", nil)]),
    ])
}
