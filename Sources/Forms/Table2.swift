// Section 二, 主动公开政府信息情况. Blocks are named after items of article 20 of the Regulation (国务院令第711号).

private let item1 = Label("第二十条第（一）项")
private let item5 = Label("第二十条第（五）项")
private let item6 = Label("第二十条第（六）项")
private let item8 = Label("第二十条第（八）项")
private let item9 = Label("第二十条第（九）项")

extension FormTable {
  /// 国办公开办函〔2021〕30号: 10 figures.
  public static let table2of2021 = FormTable(
    number: .two, template: .v2021,
    blocks: [
      FormBlock(
        "t2", item1,
        columns: [
          FormColumn("issued", Label("本年制发件数", "本年制发数", "制发件数", "本年度制发件数")),
          FormColumn("repealed", Label("本年废止件数", "本年废止数", "废止件数", "本年度废止件数")),
          FormColumn("in_force", Label("现行有效件数", "现行有效数", "现行有效")),
        ],
        rows: [
          FormRow("rules", Label("规章")),
          FormRow("normative", Label("行政规范性文件", "规范性文件", "行政规范性档案")),
        ]),
      FormBlock(
        "t2", item5, columns: [decisions2021],
        rows: [FormRow("license", Label("行政许可"))]),
      FormBlock(
        "t2", item6, columns: [decisions2021],
        rows: [
          FormRow("penalty", Label("行政处罚")),
          FormRow("coercion", Label("行政强制")),
        ]),
      FormBlock(
        "t2", item8,
        columns: [
          FormColumn(
            "amount_wan",
            Label("本年收费金额（单位：万元）", "本年收费金额", "收费金额（单位：万元）", "收费金额"),
            .moneyInTenThousand)
        ],
        rows: [FormRow("fee", Label("行政事业性收费"))]),
    ])

  private static let decisions2021 = FormColumn(
    "decisions", Label("本年处理决定数量", "处理决定数量", "本年处理决定数"))

  /// 国办公开办函〔2019〕60号: 22 figures.
  public static let table2of2019 = FormTable(
    number: .two, template: .v2019,
    blocks: [
      FormBlock(
        "t2v19", item1,
        columns: [
          FormColumn("made", Label("本年新制作数量", "本年新制作数", "新制作数量")),
          FormColumn("disclosed", Label("本年新公开数量", "本年新公开数", "新公开数量")),
          FormColumn("disclosed_total", Label("对外公开总数量", "对外公开总数")),
        ],
        rows: [
          FormRow("rules", Label("规章")),
          FormRow("normative", Label("规范性文件", "行政规范性文件")),
        ]),
      FormBlock(
        "t2v19", item5, columns: [previousItems, delta, decisions2019],
        rows: [
          FormRow("license", Label("行政许可")),
          FormRow("other_service", Label("其他对外管理服务事项")),
        ]),
      FormBlock(
        "t2v19", item6, columns: [previousItems, delta, decisions2019],
        rows: [
          FormRow("penalty", Label("行政处罚")),
          FormRow("coercion", Label("行政强制")),
        ]),
      FormBlock(
        "t2v19", item8, columns: [previousItems, delta],
        rows: [FormRow("fee", Label("行政事业性收费"))]),
      FormBlock(
        "t2v19", item9,
        columns: [
          FormColumn("count", Label("采购项目数量")),
          FormColumn("amount", Label("采购总金额"), .moneyOfAnyUnit),
        ],
        rows: [FormRow("procurement", Label("政府集中采购"))]),
    ])

  private static let previousItems = FormColumn(
    "prev_items", Label("上一年项目数量", "上年项目数量", "上一年项目数"))
  private static let delta = FormColumn(
    "delta", Label("本年增/减", "本年增减", "增/减"), .signedCount)
  private static let decisions2019 = FormColumn("decisions", Label("处理决定数量", "处理决定数"))
}
