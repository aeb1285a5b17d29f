import Forms
import Reports

/// The words around the tables: sentences of our own that say what such reports say.
struct Prose {
  let report: SyntheticReport
  private let wording: UInt64

  init(_ report: SyntheticReport) {
    self.report = report
    wording = report.wording
  }

  private func pick(_ choices: [String], _ salt: Int) -> String {
    var random = SplitMix64(seed: wording).fork(salt)
    return random.pick(choices)
  }

  /// The title, in lines.
  func title(_ style: Layout.Title) -> [String] {
    let unit = report.organ.name
    let year = report.titleYear
    let words = "政府信息公开工作年度报告"
    return switch style {
    case .unitYear: ["\(unit)\(year)年\(words)"]
    case .yearUnit: ["\(year)年\(unit)\(words)"]
    case .yearOfUnit: ["\(year)年度\(unit)\(words)"]
    case .bracketed: ["\(unit)\(words)（\(year)年）"]
    case .yearbook: ["\(unit)\(year)年政府信息公开工作年报"]
    case .twoLines: [unit, "\(year)年\(words)"]
    }
  }

  func heading(_ section: Section) -> String { "\(section.numeral)、\(section.title.official)" }

  /// The paragraphs of a section; none for the sections of tables.
  func paragraphs(_ section: Section) -> [String] {
    if let text = report.sectionTexts[section] {
      return text.split(separator: "\n").map(String.init)
    }
    return switch section {
    case .overview: overview(disclosure: "", requests: requests)
    case .problems: problems
    case .other: other
    default: []
    }
  }

  /// The first section, with what is told of published information and of requests.
  func overview(disclosure: String, requests: String) -> [String] {
    let unit = report.organ.name
    let us = report.organ.short
    let year = report.year
    let notice =
      report.template3 == .v2019 ? "国办公开办函〔2019〕60号" : "国办公开办函〔2021〕30号"
    return [
      "根据《中华人民共和国政府信息公开条例》和\(notice)文件要求，\(unit)编制本报告。"
        + "报告中所列数据的统计期限为\(year)年1月1日至\(year)年12月31日。",
      "（一）主动公开。"
        + pick(
          [
            "\(us)把群众常问的事项列成清单，逐项明确由谁发布、何时发布。",
            "\(us)围绕办事流程、资金安排和项目进度发布信息，过期的内容及时撤下。",
            "凡应当让群众知道的事项，\(us)都在形成之后按时发布，并附上通俗说明。",
          ], 1) + disclosure,
      "（二）依申请公开。" + requests,
      "（三）政府信息管理。"
        + pick(
          [
            "文件起草时即注明能否公开，发布前由两人分别核对。",
            "已发布的文件按年份编号，失效的及时标明。", "信息发布登记到人，每季度对照目录清点一次。",
          ], 2),
      "（四）平台建设。"
        + pick(
          [
            "门户网站的栏目作了归并，查找路径比以前短。", "大厅里的查询机增加了大字界面。",
            "办事窗口备有纸质目录，供不便上网的群众查阅。",
          ], 3),
      "（五）监督保障。"
        + pick(
          [
            "公开工作列入年度考核，结果在内部通报。", "请来基层代表座谈，所提建议逐条答复。",
            "组织经办人员培训，讲解受理和答复的时限要求。",
          ], 4),
    ]
  }

  private var requests: String {
    let plain = "申请由专人登记、分办和催办，答复书统一审核后送达。"
    let received = report.value("t3.new_received.total")
    let carriedIn = report.value("t3.carried_in.total")
    let done = report.value("t3.results_total.total")
    let carriedOut = report.value("t3.carried_out.total")
    var shift = 0
    switch report.narrative {
    case .silent: return plain
    case .figures: break
    case .receivedOffBy(let by): shift = by
    }
    guard let received, let carriedIn, let done, let carriedOut, received >= 0, carriedIn >= 0,
      done >= 0, carriedOut >= 0, !report.tablesMissing.contains(.three)
    else { return plain }
    if received + shift == 0, carriedIn == 0, done == 0 { return "本年度未收到政府信息公开申请。" }
    var text = "本年度新收政府信息公开申请\(received + shift)件"
    if carriedIn > 0 { text += "，上年结转\(carriedIn)件" }
    text += "，办结\(done)件"
    if carriedOut > 0 { text += "，结转下年度继续办理\(carriedOut)件" }
    return text + "。" + plain
  }

  private var problems: [String] {
    [
      "存在的问题："
        + pick(
          [
            "个别栏目更新不够及时，政策说明的形式还比较单一。", "经办人员轮换较快，对答复口径的把握不够一致。",
            "基层站所报送信息有早有晚，目录与实际公开的内容不完全对应。",
          ], 5),
      "改进情况："
        + pick(
          [
            "今后把更新时限写进岗位职责，多用图示和短片说明政策。",
            "今后编写答复样例供经办人员参照，新到岗的先培训再上手。",
            "今后按季度核对目录与栏目，报送迟缓的当月提醒。",
          ], 6),
    ]
  }

  private var other: [String] {
    [
      pick(
        [
          "本年度没有收取政府信息公开信息处理费，也没有其他需要报告的事项。",
          "按规定可以收取的信息处理费，本年度没有发生。除此以外没有需要报告的事项。",
        ], 7)
    ]
  }
}
