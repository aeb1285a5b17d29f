/// The words by which figures are told in the text (section 10 of the format reference).
enum StatementWords {
  /// What requests are called, and who makes them: stands between a verb and its figure without changing what is counted.
  private static let asking =
    "政府信息公开 政务信息公开 信息公开 依申请公开 依申请 政府信息 公开 申请 申请件 申请书 案件 事项 书面 各类 有效 公民 法人 其他组织 及其他组织 或者 和 或 及 与 、 的 政务 信息 "
    + "向我局 向本机关 提出 提交 递交 群众 社会 社会公众 公众 申请人 企业 任何 单位 个人 关于 要求 件 相关 来件 来信 新 办件 人 个体"
  private static let counting = " 共 共计 总计 合计 累计 均为 均 分别为 数量 总数 总量 件数 数 量 为 是 有 了 到 达 计"

  static let fillers = WordSet(spaced: asking + counting + " 完毕 完成 已 并 新增 情况")
  static let doneFillers = WordSet(
    spaced: asking + counting + " 完毕 完成 了 并 答复 办结 申请人 结果 处理")
  static let outcomeFillers = WordSet(
    spaced: "的 共 共计 总计 合计 有 为 数量 申请 了 件数 答复 决定 政府信息 信息 类 数 处理")
  static let outcomeBefore = WordSet(
    spaced: "作出 作 决定 依法 答复 申请 的 为 属于 均 予以 按规定 被 同意 政府信息公开 政府信息 信息")
  static let carryFillers = WordSet(
    spaced: asking + counting + " 来 继续 办理 处理 答复 办结 至本年 到本年 至今年 到今年 至本年度 到本年度 入本年 入本年度 本年度 度")
  static let carryBefore = WordSet(
    spaced: "申请 需 将 的 正在办理 未办结 因 顺延 并 予以 为 系 是 属 件 政府信息公开 依申请公开 未到期 未到答复期限 正在 办理 中")
  static let peopleFillers = WordSet(spaced: "申请 提出 提交 的 政府信息公开 信息公开 有 为 共 共计 数量 件数 人 递交 类")
  static let caseFillers = WordSet(spaced: "案件 申请 的 共 共计 有 为 数量 总数 数 了 发生 被 案 均为 均 是 件数 情况")
  /// Behind the words for none: everything up to the end of the clause.
  static let noneFillers = WordSet(
    spaced: asking + counting
      + " 通过 来自 有关 我局 本机关 我镇 我单位 本单位 情况 情形 事宜 诉求 业务 接收 受理 收到 办理 发生 出现 产生 过 方面 工作 处理 及其 以及 本年 本年度 内 件次"
  )
  /// In front of requests told without a verb: when, and who.
  static let leads = WordSet(
    spaced:
      "全年 本年度 年度 本年 今年 年内 度 我局 我镇 我乡 我街道 我单位 我办 我委 我县 我市 我区 我部门 本局 本镇 本乡 本街道 本单位 本机关 本部门 本办 本委 "
      + "全县 全市 全区 全镇 全局 共有 共 的 其中新 收到和处理的 收到的 受理的 关于")

  static let receivedVerbs = WordSet(spaced: "新收到 新收 收到 受理 接收 接到 新增")
  static let doneVerbs = WordSet(spaced: "办结 答复 办理完毕 处理完毕 办理完成 处理完成 办理结果 办理")
  /// Before such a verb: part of what was done, or done for others.
  static let doneBefore = WordSet(
    spaced: "不予 延期 延长 协助 配合 未 没 没有 逾期 超期 待 继续 未按期 未按时 口头 当场 正在 需 应 拟 如何 不 无 会商 指导 代 转")
  static let requests = WordSet(spaced: "申请")
  static let aboutRequests = WordSet(spaced: "公开申请 依申请 申请公开 信息的申请 申请政府信息 申请信息公开 公开的申请")
  /// Nothing but a request for information ends so.
  static let outcomes = WordSet(spaced: "部分公开 不予公开")
  static let lastYear = WordSet(spaced: "上年度 上年 上一年度 上一年 去年 上年末 上年底 去年度")
  static let nextYear = WordSet(spaced: "下年度 下年 下一年度 下一年 次年 次年度 明年 下一个年度")

  /// The clause is about something other than requests for information.
  static let otherMatters = WordSet(
    spaced:
      "复议 诉讼 信访 投诉 举报 信件 来信 提案 议案 建议 留言 咨询 热线 12345 信箱 备案 意见 更正 收费 费用 转办 转送 许可 处罚 网民 市民 公告 合同 案卷 证明 工单 来访 来电 批示 督办 满意"
  )
  /// Rows of the form by which outcomes are explained; they contain words of other matters.
  static let reasons = WordSet(
    spaced:
      "信访举报投诉 信访、举报 信访投诉 投诉举报类 行政执法案卷 执法案卷 行政查询 咨询类 信访类 缴纳费用 收费通知 公开出版物 重复申请 反复申请 内部事务 过程性 国家秘密 第三方 三安全一稳定"
  )
  /// By another way of counting: a part of the whole, another body, another year.
  static let branches = WordSet(
    spaced: "其中 另 另有 另外 余 剩余 网络 网上 线上 信函 邮寄 邮件 当面 现场 传真 电话 在线 平台 系统 窗口 平均 每 涉及 约 近 左右 季度 半年 月份")
  static let scopes = WordSet(
    spaced:
      "各镇 各乡镇 各部门 各单位 各街道 各级 下属 所属 辖区 基层 直属 二级单位 上级 办公室转 交办 办转来 局转来 政府转来 部门转来 机关转来 转由 转给 转办 转交 协助 各分局 各科室 各县 各区 转我局 转我镇 转我乡 转我街道 转我办 转我单位 转本局 转本单位 代县政府 代区政府 代市政府 代镇政府 代乡政府 代为受理 代为办理 代为答复"
  )
  static let levelScopes = WordSet(spaced: "全市 全县 全区 全省 全州 全旗 全系统 全镇各")
  /// What a level of government receives itself, through its office.
  static let offices = WordSet(
    spaced: "政府办 府办 办公室 公开办 政务公开科 本级 代表县政府 代表区政府 代表市政府 代表县人民政府 代表区人民政府 代表市人民政府")
  /// A figure of several years.
  static let manyYears = WordSet(
    spaced: "近两年 近三年 近四年 近五年 近几年 两年来 三年来 五年来 施行以来 实施以来 历年 历年来 连续两年 连续三年")
  /// Whoever reports, by himself.
  static let own = WordSet(spaced: "本级 我局 我镇 我乡 我街道 我单位 我办 我委 本局 本镇 本乡 本街道 本单位 本机关 机关本级")
  static let organs = WordSet(spaced: "办公室 政府办 局 委员会 街道办事处 街道 镇 乡 镇政府 人民政府 管委会 委 中心 法院 部门")
  static let adverbs = WordSet(spaced: "共 累计 一共 总共 共计 已 新 合计 年内 全年 当年")
  static let comparisons = WordSet(
    spaced: "同比 较上年 比上年 较去年 比去年 上年同期 去年同期 与上年 与去年 增长 下降 增加 减少 上升 持平 较20 比20 同期 增幅 降幅 相比")
  static let published = WordSet(spaced: "公开 公示 发布 更新 上传 录入 公布 推送 报送")
}
