import Forms
import Reports

/// A page of a government that is no annual report on the national form, of many kinds: some share its words, some its
/// headings, some its tables.
public enum OtherPage: String, Sendable, CaseIterable {
  case budget, accounts, guide, catalogue, rules, news, links, statistics, jobs, minutes, tender
  case notice
  /// The notice on the report with the form in it, or the form alone.
  case form
  /// As ``form``, from a county to its offices: names unit and year.
  case call
  /// A report of before 2019.
  case before2019 = "before-2019"
  case ruleOfLaw = "rule-of-law"
  /// Letters and visits: received, done, pending.
  case complaints
  /// 行政许可, 行政处罚, 行政强制 with figures: the yearly table of enforcement.
  case enforcement
  /// Requests by month, of persons and organisations.
  case requests
  /// Reviews and suits by result.
  case disputes
  /// Marks for openness, with the words of the report.
  case assessment

  /// The page of a number; the same for the same seed.
  public func bytes(number: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed).fork(number)
    let organ = Organ(number: random.int(0...Organ.count - 1))
    var page = OtherPageText(organ: organ, year: random.int(2019...2025), random: random)
    page.write(self)
    return page.bytes()
  }
}

/// What the pages say.
private struct OtherPageText {
  enum Block {
    case line(String)
    case table([[String]])
  }

  let organ: Organ
  let year: Int
  var random: SplitMix64
  private var title = ""
  private var blocks: [Block] = []

  init(organ: Organ, year: Int, random: SplitMix64) {
    self.organ = organ
    self.year = year
    self.random = random
  }

  private var unit: String { organ.name }
  private var us: String { organ.short }

  private mutating func n(_ range: ClosedRange<Int> = 0...400) -> String {
    String(random.int(range))
  }
  private mutating func say(_ lines: String...) { blocks += lines.map(Block.line) }
  private mutating func rows(_ head: [String], _ names: [String]) {
    var table = [head]
    for name in names {
      var row = [name]
      for _ in head.dropFirst() { row.append(random.chance(0.3) ? "0" : n()) }
      table.append(row)
    }
    blocks.append(.table(table))
  }

  mutating func write(_ kind: OtherPage) {
    switch kind {
    case .budget: budget()
    case .accounts: accounts()
    case .guide: guide()
    case .catalogue: catalogue()
    case .rules: rules()
    case .news: news()
    case .links: links()
    case .statistics: statistics()
    case .jobs: jobs()
    case .minutes: minutes()
    case .tender: tender()
    case .notice: notice()
    case .form: form(call: false)
    case .call: form(call: true)
    case .before2019: before2019()
    case .ruleOfLaw: ruleOfLaw()
    case .complaints: complaints()
    case .enforcement: enforcement()
    case .requests: requests()
    case .disputes: disputes()
    case .assessment: assessment()
    }
  }

  // MARK: Ordinary pages

  private mutating func budget() {
    title = "\(unit)\(year)年部门预算公开表"
    say("一、\(us)收支总表", "单位：万元")
    rows(["项目", "本年预算", "上年预算"], ["基本支出", "项目支出", "上级补助收入", "其他", "总计"])
    say("二、一般公共预算“三公”经费支出表")
    rows(["项目", "预算数", "增减"], ["公务接待费", "因公出国（境）费", "公务用车运行维护费", "合计"])
  }

  private mutating func accounts() {
    title = "\(unit)\(year)年度部门决算公开"
    say(
      "一、总体情况", "\(year)年度收入总计\(n())万元，支出总计\(n())万元，与上年相比增加\(n())万元。",
      "二、收入决算情况说明", "本年收入合计\(n())万元，其中财政拨款收入\(n())万元。", "三、支出决算情况说明")
    rows(["功能分类", "基本支出", "项目支出", "合计"], ["一般公共服务", "教育支出", "农林水支出", "其他"])
    say("四、政府采购支出情况", "政府采购支出总额\(n())万元。", "五、国有资产占用情况", "共有车辆\(n(0...9))辆。", "六、其他需要说明的事项", "无。")
  }

  private mutating func guide() {
    title = "\(unit)政府信息公开指南"
    say(
      "一、主动公开", "（一）公开范围：\(us)主动向社会公开下列信息：规章、行政规范性文件；行政许可、行政处罚、行政强制的依据、条件和程序；行政事业性收费项目及标准。",
      "二、依申请公开", "自然人、法人或者其他组织可以申请获取信息。申请表可在办公室领取，共\(n(1...4))联。",
      "三、答复方式", "（一）予以公开；（二）部分公开；（三）不予公开；（四）无法提供；（五）不予处理。",
      "四、受理机构", "\(unit)办公室，电话0000-\(n(100_000...999_999))。", "五、救济", "可以依法申请行政复议或者提起行政诉讼。")
  }

  private mutating func catalogue() {
    title = "\(unit)基层政务公开标准目录"
    var table = [["序号", "一级事项", "公开内容", "公开依据", "公开时限", "公开主体"]]
    for number in 1...random.int(5...12) {
      table.append([
        "\(number)", random.pick(["行政许可", "行政处罚", "行政强制", "行政事业性收费", "规章", "政府集中采购"]),
        "事项\(n())的依据和结果", "《政府信息公开条例》第二十条第（\(random.pick(["一", "五", "六", "八"]))）项",
        "\(n(1...20))个工作日内", unit,
      ])
    }
    blocks.append(.table(table))
  }

  private mutating func rules() {
    title = "\(organ.county)政府信息公开工作办法"
    say(
      "第一条 为规范政府信息公开工作，制定本办法。", "第二条 收到政府信息公开申请后，当日登记，\(n(1...5))日内分办。",
      "第三条 对申请分别作出予以公开、部分公开、不予公开、无法提供、不予处理的答复。",
      "第四条 属于国家秘密、危及“三安全一稳定”、属于三类内部事务信息、属于四类过程性信息、属于行政执法案卷、属于行政查询事项的，按条例办理。",
      "第五条 每年1月31日前报送上年度政府信息公开工作年度报告。", "第六条 本办法自\(year)年\(n(1...12))月1日起施行。")
  }

  private mutating func news() {
    title = random.pick([
      "\(organ.county)各单位\(year)年政府信息公开工作年度报告全部发布", "\(unit)解读\(year)年政府信息公开年报",
      "\(organ.county)召开政务公开工作推进会",
    ])
    say(
      "本网讯 截至1月31日，全县\(n(20...90))家单位发布了\(year)年政府信息公开工作年度报告。",
      "据统计，去年全县新收政府信息公开申请\(n())件，办结\(n())件，行政复议\(n(0...20))件，行政诉讼\(n(0...20))件。",
      "办公室负责人说，年报数据由各单位自行核对，逾期未报的将予通报。")
  }

  private mutating func links() {
    title = "\(organ.county)政府信息公开年报"
    for number in 1...random.int(8...30) {
      say("\(Organ(number: number * 7).name)\(year - number % 4)年政府信息公开工作年度报告")
    }
    say("上一页 1 2 3 下一页")
  }

  private mutating func statistics() {
    title = "\(organ.county)\(year)年国民经济和社会发展统计公报"
    say("一、综合", "初步核算，全年生产总值\(n(100...900))亿元，比上年增长\(n(1...9)).\(n(0...9))%。")
    rows(["指标", "本年", "上年", "增长（%）"], ["粮食产量", "工业增加值", "商业企业个数", "科研机构个数", "其他", "总计"])
    say("二、财政", "全年收入\(n(10...90))亿元。")
  }

  private mutating func jobs() {
    title = "\(unit)\(year)年公开招聘工作人员公告"
    say("一、招聘岗位")
    rows(["岗位", "人数", "年龄上限"], ["办公室文员", "法律服务", "财务", "其他", "总计"])
    say("二、报名时间：\(year)年\(n(1...12))月1日起。", "三、其他事项：报名不收费。")
  }

  private mutating func minutes() {
    title = "\(organ.county)人民政府第\(n(1...60))次常务会议纪要"
    say(
      "\(year)年\(n(1...12))月\(n(1...28))日，会议研究了以下事项：", "一、听取政务公开工作情况汇报。会议指出，全年收到申请\(n())件，办结及时。",
      "二、审议行政规范性文件\(n(1...9))件，同意废止\(n(1...9))件。", "三、研究行政复议和行政诉讼应诉工作。")
  }

  private mutating func tender() {
    title = "\(unit)政府集中采购项目中标公告"
    say("一、项目编号：\(n(1000...9999))")
    rows(["供应商", "报价（万元）", "得分"], ["甲公司", "乙公司", "丙公司"])
    say("二、采购总金额：\(n())万元。", "三、公告期限：1个工作日。")
  }

  private mutating func notice() {
    title = "关于做好\(year)年政府信息公开工作年度报告编制工作的通知"
    say(
      "各乡镇人民政府、县政府各部门：", "一、各单位应于\(year + 1)年1月31日前报送并公布年度报告。",
      "二、年度报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。",
      "三、表格数据须符合勾稽关系：第一项加第二项之和，等于第三项加第四项之和。", "联系电话：\(n(100_000...999_999))")
  }

  // MARK: Pages with the words of the report

  private mutating func form(call: Bool) {
    var seed = random.fork(9)
    let options = SyntheticReport.Options(
      year: random.pick([2020, 2023]), size: .none, blanks: .none)
    var blank = SyntheticReport.random(organ: organ, options: options, using: &seed)
    blank.cells = [:]
    if call {
      title = "\(organ.county)人民政府办公室关于印发\(year)年政府信息公开工作年度报告格式的通知"
      say("各有关单位：", "现将年度报告格式印发给你们，请于\(year + 1)年1月\(n(10...31))日前按此填报。")
    } else {
      title = random.pick(["政府信息公开工作年度报告格式", "关于印发《政府信息公开工作年度报告格式》的通知", "政府信息公开工作年度报告（格式）"])
    }
    if random.chance(0.6) { say("附件：政府信息公开工作年度报告格式") }
    let prose = Prose(blank)
    for section in Section.allCases {
      say(prose.heading(section))
      if random.chance(0.5), section == .overview { say("（包括主动公开、依申请公开、政府信息管理、平台建设、监督保障等方面。）") }
      for grid in blank.grids(section, Layout(.bars), &seed) {
        blocks.append(.table(grid.rows.map { $0.map { $0.text.filter { $0 != "\n" } } }))
      }
    }
    if random.chance(0.5) { say("填表说明：各项均为整数，没有的填0。") }
  }

  private mutating func before2019() {
    let year = random.int(2009...2018)
    title = random.pick([
      "\(unit)\(year)年政府信息公开工作年度报告", "\(year)年\(unit)政府信息公开年报",
    ])
    say(
      "一、概述", "\(year)年，\(us)按照条例要求开展工作，现将情况报告如下。", "二、主动公开政府信息情况",
      "全年主动公开信息\(n())条，其中机构职能类\(n())条。", "三、依申请公开政府信息情况", "受理申请\(n(0...9))件，均已答复。",
      "四、政府信息公开收费及减免情况", "没有收取费用。", "五、因政府信息公开申请行政复议、提起行政诉讼情况", "行政复议\(n(0...3))件，行政诉讼0件。",
      "六、存在的主要问题及改进情况", "公开内容还不够全面，今后加强培训。")
    if random.chance(0.5) {
      say("附表：政府信息公开情况统计表")
      rows(
        ["统计指标", "单位", "统计数"],
        ["主动公开政府信息数", "收到申请数", "申请办结数", "行政复议数量", "行政诉讼数量", "机构建设和保障经费情况"])
    }
  }

  private mutating func ruleOfLaw() {
    title = "\(unit)\(year)年法治政府建设年度报告"
    say(
      "一、总体情况", "\(year)年，\(us)深入学习法治思想，全年制发行政规范性文件\(n(0...9))件，废止\(n(0...9))件。",
      "二、推进政务公开情况", "收到政府信息公开申请\(n())件，予以公开\(n())件，行政复议\(n(0...9))件，行政诉讼\(n(0...9))件。",
      "三、行政执法情况", "作出行政许可\(n())件、行政处罚\(n())件、行政强制\(n())件。",
      "四、存在的主要问题及改进情况", "执法队伍还需加强。", "五、其他需要报告的事项", "无其他需要报告的事项。")
  }

  private mutating func complaints() {
    title = "\(unit)\(year)年信访举报投诉办理情况统计表"
    rows(
      ["类别", "本年新收", "上年结转", "予以受理", "不予受理", "其他处理", "结转下年度", "总计"],
      ["来信", "来访", "网上信访", "重复信访", "其他", "总计"])
    say("说明：以上数据截至\(year)年12月31日。")
  }

  private mutating func enforcement() {
    title = "\(unit)\(year)年度行政执法总体情况"
    say("根据有关规定，现将\(us)\(year)年1月1日至12月31日的行政执法数据公布如下：", "一、行政许可、行政处罚、行政强制实施情况")
    rows(["执法类别", "案件总数"], ["行政许可", "行政处罚", "行政强制", "行政检查", "行政征收", "合计"])
    say("二、行政复议、行政诉讼情况", "被申请行政复议\(n(0...9))件，被提起行政诉讼\(n(0...9))件。")
  }

  private mutating func requests() {
    title = "\(organ.county)\(year)年依申请公开办理情况月度统计"
    rows(
      ["月份", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
      (1...12).map { "\($0)月" } + ["全年合计"])
  }

  private mutating func disputes() {
    title = "\(organ.county)\(year)年行政复议和行政应诉案件统计"
    rows(
      ["案件类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
      ["公安", "自然资源", "市场监管", "人力资源社会保障", "其他"])
    say("注：行政诉讼案件包括未经复议直接起诉和复议后起诉。")
  }

  private mutating func assessment() {
    title = "\(organ.county)\(year)年政务公开工作考核评分表"
    rows(
      ["考核内容", "分值", "得分"],
      ["主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况", "政府信息公开工作年度报告", "平台建设", "监督保障", "总计"])
  }

  // MARK: Printing

  mutating func bytes() -> [UInt8] {
    let date = "发布日期：\(year + 1)-0\(random.int(1...9))-1\(random.int(0...9))"
    let isPage = random.chance(0.6)
    let separator = random.pick([" | ", "\t", "\n"])
    let encoding = random.pick(isPage ? TextEncoding.ofPages : TextEncoding.ofTexts)
    var lines: [String] = []
    if random.chance(0.5) { lines.append("当前位置：首页 > 政府信息公开 > \(organ.county)") }
    if isPage {
      let head = encoding.declared.map { "<meta charset=\"\($0)\">" } ?? ""
      lines =
        ["<html><head>\(head)<title>\(title)</title></head><body>"] + lines.map { "<p>\($0)</p>" }
      lines.append("<h1>\(title)</h1><p>\(date)</p>")
    } else {
      lines += [title, date]
    }
    for block in blocks {
      switch block {
      case .line(let text): lines.append(isPage ? "<p>\(text)</p>" : text)
      case .table(let rows):
        if isPage {
          lines.append("<table border=1>")
          lines += rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }
          lines.append("</table>")
        } else {
          for row in rows {
            let cells = separator == "\n" ? row.filter { !$0.isEmpty } : row
            lines.append(cells.joined(separator: separator) + (separator == " | " ? " |" : ""))
          }
        }
      }
    }
    if isPage { lines.append("</body></html>") }
    return encoding.encode(lines.joined(separator: "\n") + "\n")
  }
}
