// Section 三, 收到和处理政府信息公开申请情况.

private let organisations = Label("法人或其他组织")

/// Left to right, in the order of the *figures*. The words of the head do not flatten in this order: 总计 stands in an
/// earlier line than 商业企业 (merged cells).
private let applicants = [
  FormColumn("natural", Label("自然人")),
  FormColumn("company", Label("商业企业"), under: organisations),
  FormColumn("research", Label("科研机构"), under: organisations),
  FormColumn("charity", Label("社会公益组织"), under: organisations),
  FormColumn("legal_service", Label("法律服务机构"), under: organisations),
  FormColumn("other_org", Label("其他"), under: organisations),
  FormColumn("total", Label("总计", "合计")),
]

private let rowsBeforeOther = [
  FormRow("new_received", Label("一、本年新收政府信息公开申请数量")),
  FormRow("carried_in", Label("二、上年结转政府信息公开申请数量")),
  FormRow("granted", Label("（一）予以公开"), in: .results),
  FormRow(
    "partial",
    Label("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"), in: .results),
  FormRow("deny_state_secret", Label("1.属于国家秘密"), in: .deny),
  FormRow(
    "deny_law_forbidden", Label("2.其他法律行政法规禁止公开", "2.其他法律、行政法规禁止公开"), in: .deny),
  FormRow(
    "deny_safety_stability", Label("3.危及“三安全一稳定”", "3.危及三安全一稳定"), in: .deny),
  FormRow("deny_third_party", Label("4.保护第三方合法权益"), in: .deny),
  FormRow("deny_internal_affairs", Label("5.属于三类内部事务信息"), in: .deny),
  FormRow("deny_process_info", Label("6.属于四类过程性信息"), in: .deny),
  FormRow("deny_enforcement_file", Label("7.属于行政执法案卷"), in: .deny),
  FormRow("deny_admin_query", Label("8.属于行政查询事项"), in: .deny),
  FormRow("unable_not_held", Label("1.本机关不掌握相关政府信息"), in: .unable),
  FormRow("unable_needs_creation", Label("2.没有现成信息需要另行制作"), in: .unable),
  FormRow("unable_still_unclear", Label("3.补正后申请内容仍不明确"), in: .unable),
  FormRow("reject_petition", Label("1.信访举报投诉类申请"), in: .reject),
  FormRow("reject_repeat", Label("2.重复申请"), in: .reject),
  FormRow("reject_publication", Label("3.要求提供公开出版物"), in: .reject),
  FormRow("reject_abusive", Label("4.无正当理由大量反复申请"), in: .reject),
  FormRow("reject_reissue", Label("5.要求行政机关确认或重新出具已获取信息"), in: .reject),
]

private let rowsAfterOther = [
  FormRow("results_total", Label("（七）总计"), in: .results),
  FormRow("carried_out", Label("四、结转下年度继续办理")),
]

extension FormTable {
  /// 国办公开办函〔2021〕30号: 25 rows of 7, 175 figures.
  public static let table3of2021 = FormTable(
    number: .three, template: .v2021,
    blocks: [
      FormBlock(
        "t3", nil, columns: applicants,
        rows: rowsBeforeOther + [
          FormRow(
            "other_no_correction",
            Label(
              "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
              "1.申请人无正当理由逾期不补正"), in: .other),
          FormRow(
            "other_no_fee",
            Label(
              "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
              "2.申请人逾期未按收费通知要求缴纳费用"), in: .other),
          FormRow("other_misc", Label("3.其他"), in: .other),
        ] + rowsAfterOther)
    ])

  /// 国办公开办函〔2019〕60号: 23 rows of 7, 161 figures; （六）其他处理 is one row with figures.
  public static let table3of2019 = FormTable(
    number: .three, template: .v2019,
    blocks: [
      FormBlock(
        "t3", nil, columns: applicants,
        rows: rowsBeforeOther + [FormRow("other_total", RowGroup.other.label, in: .results)]
          + rowsAfterOther)
    ])

  /// Both forms in one table, for sums over reports of either: the three rows of （六）其他处理 of 2021, and its one row of 2019
  /// below them. No document looks so.
  public static let table3ofBothForms = FormTable(
    number: .three, template: .v2021,
    blocks: [
      FormBlock(
        "t3", nil, columns: applicants,
        rows: table3of2021.blocks[0].rows.dropLast(2) + [
          FormRow("other_total", Label("（六）其他处理（2019年表式，只有一行）"), in: .results)
        ] + rowsAfterOther)
    ])
}
