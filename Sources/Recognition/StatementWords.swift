/// The words by which figures are told in the text (section 10 of the format reference).
enum StatementWords {
  /// Words that may stand between a verb and its figure without changing what is counted.
  static let fillers = WordSet(
    spaced:
      "政府信息公开 政务信息公开 信息公开 依申请公开 政府信息 公开 申请 申请件 申请书 案件 事项 书面 各类 有效 公民 法人 其他组织 和 或 及 、 的 共 共计 总计 合计 累计 "
      + "数量 总数 总量 件数 数 量 为 是 有 了 到 达 计 完毕 完成 已 并 政务 信息 向我局 向本机关 提出 提交 群众 社会公众 新 办件 任何 单位 个人 关于 要求 件 相关"
  )
  static let doneFillers = WordSet(
    spaced:
      "政府信息公开 信息公开 依申请公开 公开 申请 申请件 事项 完毕 完成 了 的 共 共计 总计 合计 累计 数量 总数 件数 数 量 为 有 办件 政府信息")
  static let outcomeFillers = WordSet(spaced: "的 共 共计 总计 合计 有 为 数量 申请 了 件数 答复 决定 政府信息")
  static let outcomeBefore = WordSet(spaced: "作出 决定 依法 答复 申请 的 为 属于 均")
  static let carryFillers = WordSet(
    spaced:
      "政府信息公开 信息公开 依申请公开 公开 申请 的 继续 办理 处理 答复 来 至本年 到本年 至今年 到今年 至本年度 本年度 数量 共 有 为 度 件数")
  static let carryBefore = WordSet(spaced: "申请 需 将 的 正在办理 未办结 因 顺延 并 予以 为 系 是 属")
  static let peopleFillers = WordSet(spaced: "申请 提出 提交 的 政府信息公开 信息公开 有 为 共 共计 数量 件数 人")
  static let caseFillers = WordSet(spaced: "案件 申请 的 共 共计 有 为 数量 总数 数 了 发生 被")

  static let receivedVerbs = WordSet(spaced: "新收到 新收 收到 受理 接收 接到")
  static let doneVerbs = WordSet(spaced: "办结 答复 办理")
  static let requests = WordSet(spaced: "申请")
  static let aboutRequests = WordSet(spaced: "公开申请 依申请 申请公开")
  static let lastYear = WordSet(spaced: "上年度 上年 上一年度 上一年 去年 上年末 上年底")
  static let nextYear = WordSet(spaced: "下年度 下年 下一年度 下一年 次年 次年度 明年")

  /// The clause is about something other than requests for information.
  static let otherMatters = WordSet(
    spaced:
      "复议 诉讼 信访 投诉 举报 信件 来信 提案 议案 建议 留言 咨询 热线 12345 信箱 备案 意见 更正 收费 费用 转办 转送 许可 处罚 网民 市民 公告 合同 案卷 证明"
  )
  /// By another way of counting: a part of the whole, another body, another year.
  static let branches = WordSet(
    spaced: "其中 另 另有 另外 余 剩余 网络 网上 线上 信函 邮寄 邮件 当面 现场 传真 电话 在线 平台 系统 窗口 平均 每")
  static let scopes = WordSet(spaced: "各镇 各乡镇 各部门 各单位 各街道 各级 下属 所属 辖区 基层 直属 二级单位 上级 办公室转 交办")
  static let levelScopes = WordSet(spaced: "全市 全县 全区 全省 全州 全旗 全系统 全镇各")
  static let comparisons = WordSet(
    spaced: "同比 较上年 比上年 较去年 比去年 上年同期 去年同期 与上年 与去年 增长 下降 增加 减少 上升 持平 较20 比20")
  static let published = WordSet(spaced: "公开 公示 发布 更新 上传 录入 公布")
}
