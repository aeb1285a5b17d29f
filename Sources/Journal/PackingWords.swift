import GRDB

// Edition 1 of the dictionaries: what packed rows have in common, the most frequent last. Nothing here may ever change, not a
// character, or journals could not be read any more; PackingTests has the digests. What is wanted otherwise is an edition of
// its own, with its own number in the packed bytes.

enum PackingWords {
  static func dictionary(_ kind: PackedKind) -> [UInt8] {
    switch kind {
    case .report: report
    case .figures: figures
    case .findings: findings
    case .judgement: judgement
    }
  }

  // MARK: - Reports

  private static let report =
    canonical([
      [
        1, "人民政府", "县", "level", 2024, "2024年政府信息公开工作年度报告", "2025-01-", "2019", "2019", "2019", 1,
        "",
      ],
      [
        1, "局", "市", "own", 2023, "2023年政府信息公开工作年度报告", "2024-01-", "2021", "2021", "2021", 1, "",
      ],
    ])
    + Array(
      [
        #"{"cells":["t3.granted.natural"],"quote":"1 2","reason":"splitDigits"},{"cells":[],"quote":""#,
        #"","source":"caption","subject":"kind","value":"level"},{"quote":""#,
        #"","source":"signature","subject":"unit","value":"县人民政府办公室"},{"quote":""#,
        #"","source":"signature","subject":"published","value":"市人民政府办公室"},{"quote":""#,
        #"","source":"directory","subject":"region","value":"街道办事处"},{"quote":""#,
        "表格第行列县市区省自治州乡镇人民政府财政局教育局民政局统计局档案局公安局司法局审计局水利局农业农村局卫生健康局应急管理局",
        "交通运输局自然资源局生态环境局市场监督管理局发展和改革局人力资源和社会保障局住房和城乡建设局文化和旅游局医疗保障局",
        "信访局林业局气象局税务局委员会办公室管理委员会",
        "本局本镇本乡本县本市本区本单位本机关我局我镇我县我市我单位主动公开政府信息条，其中通过门户网站公开条",
        "本年度共收到政府信息公开申请件，均已在法定期限内办结。全年受理行政复议件、行政诉讼件，均为零。",
        #""quote":"本年度新收政府信息公开申请0件","section":3,"subject":{"received":{}},"value":"0"},{"#,
        #""quote":"未收到政府信息公开申请","section":1,"subject":{"nothingReceived":{}}},{"#,
        #""quote":"均已在法定期限内办结","section":1,"subject":{"allDone":{}}},{"#,
        #"一、概述二、主动公开情况三、依申请公开情况四、举报投诉、复议、诉讼情况五、工作存在的主要问题及改进措施六、附件"#,
        #""heading":"（一）","kept":-,"numeral":"（二）","section":"#,
        #"{"cellCounts":[],"rowsMissing":["t3."],"rowsUnknown":[""],"state":"missing","subtotals":[],"table":2},"#,
        #""state":"picture","subtotals":[],"table":3},"state":"blank","#,
        "发布日期：2025-01- 发布时间：2024年1月日 来源： 作者： 索引号： 信息来源：",
        "发布日期:2023-01-16 09:20 信息来源:县人民政府办公室 浏览次数: 字号:[ 大 中 小 ]",
        #"","source":"metadata","subject":"unit","value":"财政局"},{"quote":""#,
        #"政府信息公开工作年度报告（2024年度）","source":"title","subject":"published","value":"2024-01-"},{"quote":""#,
        #"2025年政府信息公开工作年度报告_人民政府门户网站","source":"page_title","subject":"unit","value":""#,
        #"{"doubts":[],"evidence":[{"quote":"2022年县人民政府政府信息公开工作年度报告","source":"title","subject":"unit","#,
        #""value":"镇人民政府"},{"quote":"2023年政府信息公开工作年度报告","source":"title","subject":"year","value":"2023"},{"#,
        #""quote":"2024年政府信息公开工作年度报告","source":"title","subject":"region","value":"县"},{"quote":"#,
        #""报告中所列数据的统计期限为2024年1月1日至2024年12月31日","source":"period","subject":"period","#,
        #""value":"2024-01-01/2024-12-31"},{"quote":""本年度报告所列数据的统计期限自2023年1月1日起，至2023年12月31日止。"#,
        #"","source":"period","subject":"period","value":"2023-01-01/2023-12-31"},{"quote":"#,
        #"","source":"text","subject":"year","value":"2019"},{"quote":"#,
        #""根据《中华人民共和国政府信息公开条例》和国办公开办函〔2019〕60号文件要求，局编制本报告","source":"text","subject":"notice","#,
        #""value":"〔2019〕60号"},{"quote":"按照《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条规定","#,
        #""根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，编制本报告","source":"text","subject":"notice","#,
        #""value":"〔2021〕30号"},{"quote":"，并附上通俗说明","source":"text","subject":"speaker","value":"本局"},{"#,
        #""quote":"","source":"text","subject":"unit","value":"人民政府"},{"quote":"","source":"text","subject":"region","#,
        #""value":"市"},{"quote":"年政府信息公开工作年度报告_县人民政府","source":"page_title","subject":"unit","value":"局"},{"#,
        #""quote":"","source":"page_title","subject":"year","value":"2022"},{"quote":"","source":"page_title","subject":"region","#,
        #""value":"县"},{"quote":"发布日期:2022-01-24 09:20 信息来源:局 浏览次数: 字号:[ 大 中 小 ]","source":"metadata","#,
        #""subject":"unit","value":"局"},{"quote":"","source":"metadata","subject":"region","value":"区"},{"quote":"","#,
        #""source":"metadata","subject":"published","value":"2022-01-"},{"quote":"人民政府门户网站","source":"furniture","#,
        #""subject":"region","value":"县"},{"quote":"主办:县人民政府 承办:县人民政府办公室","source":"furniture","subject":"region","#,
        #""value":"县"},{"quote":"发布日期：2025-01-","source":"metadata","subject":"published","value":"2025-01-"},{"quote":"#,
        #""2021年报 局.html","source":"file_name","subject":"year","value":"2021"},{"quote":"年报 局.htm","#,
        #""source":"file_name","subject":"unit","value":"县局"}],"statements":[],"structure":{"endsEarly":false,"#,
        #"}],"statements":[{"quote":"本年度新收政府信息公开申请35件，上年结转7件，办结34件，结转下年度继续办理1件","section":1,"#,
        #""subject":{"received":{}},"value":"35"},{"quote":"","section":1,"subject":{"carriedIn":{}},"value":"7"},{"quote":"","#,
        #""section":1,"subject":{"done":{}},"value":"34"},{"quote":"","section":1,"subject":{"carriedOut":{}},"value":"1"}],"#,
        #""structure":{"endsEarly":false,"sections":[{"heading":"一、总体情况","kept":5,"numeral":"一","section":1,"text":""},{"#,
        #""heading":"二、主动公开政府信息情况","numeral":"二","section":2,"text":""},{"heading":"#,
        #""三、收到和处理政府信息公开申请情况","numeral":"三","section":3,"text":""},{"heading":"#,
        #""四、政府信息公开行政复议、行政诉讼情况","numeral":"四","section":4,"text":""},{"heading":"#,
        #""五、存在的主要问题及改进情况","kept":-7,"numeral":"五","section":5,"text":""},{"heading":"#,
        #""六、其他需要报告的事项","kept":-6,"numeral":"六","section":6,"text":""}],"tables":[{"cellCounts":[],"rowsMissing":[],"#,
        #""rowsUnknown":[],"state":"read","subtotals":[],"table":2},{"cellCounts":[],"rowsMissing":[],"rowsUnknown":[],"state":"#,
        #""read","subtotals":[],"table":3},{"cellCounts":[],"rowsMissing":[],"rowsUnknown":[],"state":"read","subtotals":[],"#,
        #""table":4}]}}"#,
        #"{"doubts":[],"evidence":[{"quote":"2020年竹沚坞镇人民政府政府信息公开工作年度报告","#,
        #""source":"title","subject":"unit","value":"竹沚坞镇人民政府"},{"#,
        #""quote":"2020年竹沚坞镇人民政府政府信息公开工作年度报告","source":"title","subject":"year","#,
        #""value":"2020"},{"quote":"报告中所列数据的统计期限为2020年1月1日至2020年12月31日","#,
        #""source":"period","subject":"period","value":"2020-01-01/2020-12-31"},{"#,
        #""quote":"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2019〕60号文件要求，竹沚坞镇人民政府编制本报告","#,
        #""source":"text","subject":"notice","value":"〔2019〕60号"},{"#,
        #""quote":"本镇把群众常问的事项列成清单，逐项明确由谁发布、何时发布","source":"text","#,
        #""subject":"speaker","value":"本镇"},{"#,
        #""quote":"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2019〕60号文件要求，竹沚坞镇人民政府编制本报告","#,
        #""source":"text","subject":"unit","value":"竹沚坞镇人民政府"},{"#,
        #""quote":"2020年竹沚坞镇人民政府政府信息公开工作年度报告_汀陂县人民政府","#,
        #""source":"page_title","subject":"unit","value":"竹沚坞镇人民政府"},{"#,
        #""quote":"2020年竹沚坞镇人民政府政府信息公开工作年度报告_汀陂县人民政府","#,
        #""source":"page_title","subject":"year","value":"2020"},{"#,
        #""quote":"2020年竹沚坞镇人民政府政府信息公开工作年度报告_汀陂县人民政府","#,
        #""source":"page_title","subject":"region","value":"汀陂县"},{"#,
        #""quote":"发布日期:2021-01-16 09:20 信息来源:竹沚坞镇人民政府 浏览次数: 字号:[ 大 中 小 ]","#,
        #""source":"metadata","subject":"unit","value":"竹沚坞镇人民政府"},{"#,
        #""quote":"发布日期:2021-01-16 09:20 信息来源:竹沚坞镇人民政府 浏览次数: 字号:[ 大 中 小 ]","#,
        #""source":"metadata","subject":"published","value":"2021-01-16"},{"quote":"汀陂县人民政府门户网站","#,
        #""source":"furniture","subject":"region","value":"汀陂县"},{"#,
        #""quote":"主办:汀陂县人民政府 承办:汀陂县人民政府办公室","source":"furniture","subject":"region","#,
        #""value":"汀陂县"},{"quote":"110-2020年报 竹沚坞镇人民政府.htm","source":"file_name","subject":"year","#,
        #""value":"2020"},{"quote":"110-2020年报 竹沚坞镇人民政府.htm","source":"file_name","subject":"unit","#,
        #""value":"竹沚坞镇人民政府"}],"statements":[{"#,
        #""quote":"本年度新收政府信息公开申请35件，办结34件，结转下年度继续办理1件","section":1,"#,
        #""subject":{"received":{}},"value":"35"},{"#,
        #""quote":"本年度新收政府信息公开申请35件，办结34件，结转下年度继续办理1件","section":1,"#,
        #""subject":{"done":{}},"value":"34"},{"#,
        #""quote":"本年度新收政府信息公开申请35件，办结34件，结转下年度继续办理1件","section":1,"#,
        #""subject":{"carriedOut":{}},"value":"1"}],"structure":{"endsEarly":false,"sections":[{"heading":"一、总体情况","#,
        #""kept":5035989315057945789,"numeral":"一","section":1,"text":""},{"heading":"二、主动公开政府信息情况","#,
        #""numeral":"二","section":2,"text":""},{"heading":"三、收到和处理政府信息公开申请情况","#,
        #""numeral":"三","section":3,"text":""},{"heading":"四、政府信息公开行政复议、行政诉讼情况","#,
        #""numeral":"四","section":4,"text":""},{"heading":"五、存在的主要问题及改进情况","#,
        #""kept":5358202624124836762,"numeral":"五","section":5,"text":""},{"heading":"六、其他需要报告的事项","#,
        #""kept":5602013526836915376,"numeral":"六","section":6,"text":""}],"tables":[{"cellCounts":[],"rowsMissing":[],"#,
        #""rowsUnknown":[],"state":"read","subtotals":[],"table":2},{"cellCounts":[],"rowsMissing":[],"rowsUnknown":[],"#,
        #""state":"read","subtotals":[],"table":3},{"cellCounts":[],"rowsMissing":[],"rowsUnknown":[],"state":"read","#,
        #""subtotals":[],"table":4}]}}"#,
        #"{"doubts":[],"evidence":[{"quote":"翊泽县档案局2025年政府信息公开工作年度报告","source":"title","#,
        #""subject":"unit","value":"翊泽县档案局"},{"#,
        #""quote":"翊泽县档案局2025年政府信息公开工作年度报告","source":"title","subject":"year","#,
        #""value":"2025"},{"quote":"翊泽县档案局2025年政府信息公开工作年度报告","source":"title","#,
        #""subject":"region","value":"翊泽县"},{"#,
        #""quote":"报告中所列数据的统计期限为2025年1月1日至2025年12月31日","source":"period","#,
        #""subject":"period","value":"2025-01-01/2025-12-31"},{"#,
        #""quote":"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，翊泽县档案局编制本报告","#,
        #""source":"text","subject":"notice","value":"〔2021〕30号"},{"#,
        #""quote":"本局围绕办事流程、资金安排和项目进度发布信息，过期的内容及时撤下","#,
        #""source":"text","subject":"speaker","value":"本局"},{"#,
        #""quote":"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，翊泽县档案局编制本报告","#,
        #""source":"text","subject":"unit","value":"翊泽县档案局"},{"#,
        #""quote":"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，翊泽县档案局编制本报告","#,
        #""source":"text","subject":"region","value":"翊泽县"},{"#,
        #""quote":"翊泽县档案局2025年政府信息公开工作年度报告","source":"page_title","subject":"unit","#,
        #""value":"翊泽县档案局"},{"quote":"翊泽县档案局2025年政府信息公开工作年度报告","#,
        #""source":"page_title","subject":"year","value":"2025"},{"#,
        #""quote":"翊泽县档案局2025年政府信息公开工作年度报告","source":"page_title","subject":"region","#,
        #""value":"翊泽县"},{"quote":"发布日期：2026-01-05","source":"metadata","subject":"published","#,
        #""value":"2026-01-05"},{"quote":"534-2025年报 翊泽县档案局.htm","source":"file_name","subject":"year","#,
        #""value":"2025"},{"quote":"534-2025年报 翊泽县档案局.htm","source":"file_name","subject":"unit","#,
        #""value":"翊泽县档案局"}],"statements":[{"#,
        #""quote":"本年度新收政府信息公开申请347件，上年结转7件，办结327件，结转下年度继续办理27件","#,
        #""section":1,"subject":{"received":{}},"value":"347"},{"#,
        #""quote":"本年度新收政府信息公开申请347件，上年结转7件，办结327件，结转下年度继续办理27件","#,
        #""section":1,"subject":{"carriedIn":{}},"value":"7"},{"#,
        #""quote":"本年度新收政府信息公开申请347件，上年结转7件，办结327件，结转下年度继续办理27件","#,
        #""section":1,"subject":{"done":{}},"value":"327"},{"#,
        #""quote":"本年度新收政府信息公开申请347件，上年结转7件，办结327件，结转下年度继续办理27件","#,
        #""section":1,"subject":{"carriedOut":{}},"value":"27"}],"structure":{"endsEarly":false,"sections":[{"#,
        #""heading":"一、总体情况","kept":-6216397654376921772,"numeral":"一","section":1,"text":""},{"#,
        #""heading":"二、主动公开政府信息情况","numeral":"二","section":2,"text":""},{"#,
        #""heading":"三、收到和处理政府信息公开申请情况","numeral":"三","section":3,"text":""},{"#,
        #""heading":"四、政府信息公开行政复议、行政诉讼情况","numeral":"四","section":4,"text":""},{"#,
        #""heading":"五、存在的主要问题及改进情况","kept":155916224029445231,"numeral":"五","section":5,"#,
        #""text":""},{"heading":"六、其他需要报告的事项","kept":5602013526836915376,"numeral":"六","section":6,"#,
        #""text":""}],"tables":[{"cellCounts":[],"rowsMissing":[],"rowsUnknown":[],"state":"read","subtotals":[],"table":2},{"#,
        #""cellCounts":[],"rowsMissing":[],"rowsUnknown":[],"state":"read","subtotals":[],"table":3},{"cellCounts":[],"#,
        #""rowsMissing":[],"rowsUnknown":[],"state":"read","subtotals":[],"table":4}]}}"#,
      ].joined().utf8)

  // MARK: - Figures

  private static let figures: [UInt8] = {
    func runs(_ table: Int, _ rows: ClosedRange<Int>) -> String {
      rows.map { "\(table).\($0).4*7" }.joined(separator: " ")
    }
    return Array(
      [
        "\t5\t0\t3\t12\t1\t0\t7\t2\t0\t0\t0\t0\t0\t2\t26\t0\t555.2\t1",
        "\n0: 0: 0: 0: 0: 0: 0: 0: 第#行\n0:31 31 31 33 33 33 63 63 63 63 63 63 63 65 65 65 65 65 65 65 67 67 67 67 67 67 67",
        "表格#第#行第#列\n0:1.3.2*3 1.4.2*3 1.7.2*3 1.8.2*3 1.11.2*3 1.12.2*3 1.15.2*2 1.18.2*2 ",
        runs(2, 4...26), " 3.4.1*15",
        "表格#第#行第#列\n0:1.3.2*3 1.4.2*3 2.3.2*3 2.4.2*3 3.3.2*3 3.4.2*3 4.3.2*2 5.3.2*2 ",
        runs(6, 4...26), " 7.4.1*15",
      ].joined().utf8)
      + canonical([
        [1, "11-172 194-229", "0\t0\t0\t0\t0\t0\t0\t\t\t\t\t\t\t\t", "", ""],
        [
          1, "1-10 33-207 215-229", "n=b/b／b—", "82-88",
          "表格#第#行第#列\n0:1.3.2*3 1.4.2*3 1.7.2 1.10.2 1.11.2 1.14.2 \(runs(2, 4...28)) 3.4.1*15",
        ],
        [
          1, "1-10 33-207 215-229",
          "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "",
          "表格#第#行第#列\n0:1.3.2*3 1.4.2*3 2.3.2 3.3.2 4.3.2 4.4.2 4.5.2 5.3.2 \(runs(5, 4...28)) 6.4.1*15",
        ],
      ])
  }()

  // MARK: - Findings

  private static let findings: [UInt8] = {
    let applicants = [
      "natural", "company", "research", "charity", "legal_service", "other_org", "total",
    ]
    let rows = [
      "other_total", "deny_law_forbidden", "deny_third_party", "deny_enforcement_file",
      "deny_admin_query", "unable_not_held", "unable_still_unclear", "reject_repeat",
      "reject_publication", "reject_abusive", "other_no_correction", "other_no_fee", "new_received",
      "carried_in", "granted", "partial", "deny_state_secret", "deny_safety_stability",
      "deny_internal_affairs", "deny_process_info", "unable_needs_creation", "reject_petition",
      "reject_reissue", "other_misc", "results_total", "carried_out",
    ]
    let table2 = """
      t2.rules.issued t2.rules.repealed t2.rules.in_force t2.normative.issued \
      t2.normative.repealed t2.normative.in_force t2.license.decisions t2.penalty.decisions \
      t2.coercion.decisions t2.fee.amount_wan t2v19.rules.disclosed_total t2v19.normative.made \
      t2v19.license.prev_items t2v19.other_service.delta t2v19.procurement.amount
      """
    let table3 = rows.flatMap { row in applicants.map { "t3.\(row).\($0)" } }
    let table4 = ["review", "suit_direct", "suit_after_review"].flatMap { row in
      ["upheld", "corrected", "other", "pending", "total"].map { "t4.\(row).\($0)" }
    }.joined(separator: " ")
    func row(
      _ check: String, _ status: String, _ severity: String, _ cells: String, _ expected: String?,
      _ found: String?, _ message: String
    ) -> [(any DatabaseValueConvertible)?] {
      [1, 1, check, status, severity, cells, expected, found, message, nil, nil, nil]
    }
    let labels = """
      “二、上年结转政府信息公开申请数量”一行“（一）予以公开”一行“（二）部分公开”一行“1.属于国家秘密”一行\
      “2.其他法律行政法规禁止公开”一行“3.危及“三安全一稳定””一行“4.保护第三方合法权益”一行“5.属于三类内部事务信息”一行\
      “6.属于四类过程性信息”一行“7.属于行政执法案卷”一行“8.属于行政查询事项”一行“1.本机关不掌握相关政府信息”一行\
      “2.没有现成信息需要另行制作”一行“3.补正后申请内容仍不明确”一行“1.信访举报投诉类申请”一行“2.重复申请”一行\
      “3.要求提供公开出版物”一行“4.无正当理由大量反复申请”一行“5.要求行政机关确认或重新出具已获取信息”一行\
      “1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请”一行\
      “2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请”一行“3.其他”一行“（七）总计”一行\
      “四、结转下年度继续办理”一行“规章”一行“行政规范性文件”一行“行政许可”“行政处罚”“行政强制”“行政事业性收费”\
      行政复议“结果维持”“结果纠正”“其他结果”“尚未审结”行政诉讼（未经复议直接起诉）（复议后起诉）
      """
    return Array(
      [
        table2, " ", table4, " ", table3[..<84].joined(separator: " "), labels,
        "报告中没有找到“”，请补上或核对标题。文中还留有范文的占位文字（“”），请换成本单位的实际内容。",
        "没有找到第二部分主动公开表的数字，请按统一格式补上这张表再报。是图片或附件，读不出数字，请把表格直接放进报告正文再报。",
        "缺少“”一行，这些格子没有读到，凡用到它们的合计均未核对，请补上。程序没有把握读对，请对照原件核实。",
        "一列是负数，这一格不能小于 0，请改正。一列填的是文字（“”），应填数字，没有的填 0。一列是小数，件数应为整数，请改正。",
        "有 2 种可能，按哪一种改都能全部相符，请对照原始资料：（1）把“”一行“”一列由 0 改为 1；（2）把",
        "总计一列：第一项 1 加第二项 0 等于 1，第三项总计 1 加第四项 0 等于 1，两边不等，请核对。",
      ].joined().utf8)
      + canonical([
        row(
          "T2-INFORCE-LOW", "fail", "error", "t2.normative.issued", "5", "2",
          "“行政规范性文件”一行：本年制发 6 件、废止 1 件，现行有效应不少于 5 件，却填 2，请核对。"),
        row(
          "FMT-SECTION-MISSING", "fail", "warning", "", nil, nil, "全国统一格式有六个部分，报告中没有找到“”"),
        row(
          "T3-ROWSUM-granted", "fail", "error", "t3.granted.natural", "1", "2",
          "“（一）予以公开”一行：各类申请人相加等于 1，“总计”填的是 2，两者不等，请核对。"
            + "最可能是“”一行“自然人”一列填错：若由 1 改为 2 就全部相符。"),
        row(
          "T3-COLSUM-total", "fail", "error", "t3.granted.total", "1", "2",
          "自然人一列：第三项各种办理结果相加等于 1，“（七）总计”填的是 2，两者不等，请核对。最可能是"),
        row(
          "T3-IDENTITY-company", "not_assessable", "error", "t3.new_received.company", nil, nil,
          "社会公益组织一列的勾稽关系无法核对："),
        row(
          "FMT-TEMPLATE-MIXED", "fail", "info", "", nil, nil,
          "报告中的表格混用了 2019 年和 2021 年两种格式，数字已按各表实际的格式读取。"),
        row(
          "FMT-TEMPLATE-YEAR", "fail", "warning", "", nil, nil,
          "2020 年度报告应使用 2019 年格式，第二部分主动公开表、第三部分依申请公开表用的是 2021 年格式，请换用规定的格式。"),
        row(
          "VAL-BLANKS", "fail", "info", table4, nil, "12",
          "第四部分行政复议、行政诉讼表有 12 格空白或填“/”，已照原样登记，没有当作 0；确无数量的请填 0。"),
        row(
          "T3-IDENTITY", "not_assessable", "error",
          "t3.new_received.charity t3.new_received.legal_service t3.carried_in.other_org", nil, nil,
          "各列的勾稽关系（第一项加第二项等于第三项加第四项）有 4 处无法核对："
            + "“一、本年新收政府信息公开申请数量”一行“社会公益组织”一列、"
            + "“一、本年新收政府信息公开申请数量”一行“法律服务机构”一列、"
            + "“一、本年新收政府信息公开申请数量”一行“其他”一列等 12 格没有填数字；确无数量的请填 0。"),
        row(
          "T3-COLSUM", "not_assessable", "error", "t3.granted.research", nil, nil,
          "各列的“（七）总计”有 3 处无法核对：“（一）予以公开”一行“科研机构”一列、"
            + "“（一）予以公开”一行“商业企业”一列、“（一）予以公开”一行“自然人”一列等 47 格没有填数字；确无数量的请填 0。"),
        row(
          "T3-ROWSUM", "not_assessable", "error", "t3.partial.natural", nil, nil,
          "各行的“总计”有 10 处无法核对：“（二）部分公开”一行“自然人”一列、"
            + "“（二）部分公开”一行“商业企业”一列、“（二）部分公开”一行“科研机构”一列等 70 格没有填数字；确无数量的请填 0。"),
        row(
          "VAL-BLANKS", "fail", "info", table3[84...].joined(separator: " "), nil, "70",
          "第三部分依申请公开表有 70 格空白或填“/”，已照原样登记，没有当作 0；确无数量的请填 0。"),
        row(
          "XY-GAP", "not_assessable", "info", "", "2020", nil,
          "没有收到本单位 2020 年度报告，未与上年数据核对；收到后会补做核对。"),
      ])
  }()

  // MARK: - Judgements

  private static let judgement = canonical([
    [nil, nil, nil, nil, "docx", "gb18030", "returned", "pdf", "unrecognised", "no_report", nil],
    [
      1, 1_700_000_000_000_000, nil, 2000, "text", "utf-8", "accepted_with_warnings", nil, nil, nil,
      1, 2023, 1000, 1, 1,
    ],
    [
      1, 1_700_000_000_000_000, nil, 9000, "html", "utf-8", "accepted", nil, nil, nil, nil, 2023,
      100_000, 0, 0,
    ],
  ])

  private static func canonical(_ rows: [[(any DatabaseValueConvertible)?]]) -> [UInt8] {
    var canonical = CanonicalBytes()
    for row in rows { canonical.append(row.map { $0?.databaseValue ?? .null }) }
    return canonical.bytes
  }
}
