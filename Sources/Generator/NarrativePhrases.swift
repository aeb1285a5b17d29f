/// What reports say, in words of our own. Marks as in ``NarrativeSpeaker``.
///
/// The phrases are written from what reports look like (sections 10 of the format reference, 6 of the variations), and
/// not from the words the reader knows: they measure it.
enum NarrativePhrases {
  /// Parts that other phrases name.
  static let parts: [String: [String]] = [
    "when": [
      "{Y}年，", "{Y}年", "{Y}年度，", "全年", "本年度", "今年以来，", "一年来，", "报告期内，", "年内，",
      "截至{Y}年12月31日，", "{Y}年1月1日至12月31日，", "过去一年，", "",
    ],
    "who": ["{us}", "我单位", "本机关", "本单位", ""],
    "ask": [
      "政府信息公开申请", "政府信息公开申请", "依申请公开", "政府信息依申请公开", "依申请公开申请", "信息公开申请",
      "依申请公开事项", "依申请公开件", "政府信息公开的申请", "公开政府信息的申请", "依申请公开政府信息申请",
    ],
    "got": [
      "收到", "共收到", "共接收", "累计收到", "受理", "共受理", "新收", "共计收到", "接到", "新收到", "一共收到",
      "总共受理", "接收",
    ],
    "last": ["上年", "上年度", "上一年度", "上一年", "{Y-1}年", "{Y-1}年度", "去年"],
    "next": ["下年", "下年度", "下一年度", "下一年", "{Y+1}年", "{Y+1}年度", "次年"],
    "to": ["至", "到", ""],
    "org": ["法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"],
    "because": [
      "因政府信息公开引发的", "由政府信息公开引起的", "因政府信息公开工作产生的", "涉及政府信息公开的", "政府信息公开",
      "因信息公开被申请", "与政府信息公开有关的",
    ],
  ]

  // MARK: Requests

  /// Requests received, counted without what was carried in.
  static let received = [
    "<when><who><got><ask>{received}", "<when><who><got>{received}<ask>",
    "<when><who><got>[公民、法人和其他组织|群众|申请人|社会公众][提出的|递交的|]<ask>[共|共计|合计|]{received}",
    "<when><who>[的|]<ask>[数量|总数|总量]为{received}",
    "在<ask>[办理|处理]方面，<when><who>新收{received}", "<when><who>新收<ask>[数量|数]为{received}",
    "<ask>办理情况：<when><got><ask>{received}", "<when><who><ask>新增{received}",
    "<when><who>[依法|按规定|]受理<ask>{received}", "<when><who>本年新收<ask>{received}",
    "<when><who>[通过网站、信函等渠道|线上线下]<got><ask>{received?}",
    "<when><who>办理[群众|]<ask>：收到{received}",
  ]

  /// Requests received with those carried in.
  static let receivedAll = [
    "<when><who><got><ask>{receivedAll}（[含|其中][<last>]结转{carriedIn}）",
    "<when><who><got><ask>{receivedAll}，其中<last>结转{carriedIn}",
    "<when><who>共[办理|处理]<ask>{doneAll?}（含<last>结转的{carriedIn}）",
    "<when><who>应办理<ask>{receivedAll?}，包括新收{received}、<last>结转{carriedIn}",
  ]

  /// Behind ``received``.
  static let carriedIn = [
    "，<last>结转{carriedIn}", "，<last>结转<ask>{carriedIn}", "，另有<last>结转{carriedIn}",
    "，加上<last>结转的{carriedIn}", "；<last>结转{carriedIn}", "（另<last>结转{carriedIn}）",
    "，<last>结转来的{carriedIn}", "，<last>未办结转入本年[度|]{carriedIn?}",
  ]
  static let nothingCarriedIn = [
    "，<last>结转{carriedIn}", "，无<last>结转[申请|件|事项]{=carriedIn}", "，没有<last>结转的申请{=carriedIn}",
  ]

  static let done = [
    "，办结{done}", "，[已|]答复{done}", "，[按期|按时|依法]办结{done}", "，[按期|按时|依法]答复{done}",
    "，[共|实际|当年]办结{done}", "，已办结{done}", "，[办理|处理]完毕{done}", "，办结[数|数量]为{done}",
    "，[年内|当年]答复[了|]{done}", "，本年度办理结果[共|合计|总计]{done}", "，已[依法|及时]答复申请人{done}",
    "；办结{done}", "，办理{done?}", "，[共|]作出答复{done}", "，办理答复{done}", "，累计办结{done}",
  ]
  static let doneWithCarriedIn = [
    "，办结{done}（含<last>结转{carriedIn}）", "，办结{done}，其中<last>结转{carriedIn}",
    "，办结{done}(含<last>结转的{carriedIn})",
  ]

  static let carriedOut = [
    "，结转<to><next>[继续办理|办理|]{carriedOut}", "，{carriedOut}结转<to><next>[继续办理|办理|]",
    "，[剩余|尚有|其余|余下]{carriedOut}[结转|转入]<next>[继续|][办理|]", "，转<next>{carriedOut}",
    "，顺延<to><next>[办理|]{carriedOut}", "；结转<to><next>继续办理<ask>{carriedOut}",
    "，[还有|另有]{carriedOut}[正在办理|尚未到期]，[将|]结转<to><next>", "，需结转<next>办理的{carriedOut}",
    "（{carriedOut}结转<to><next>）",
  ]
  static let nothingCarriedOut = [
    "，结转<to><next>[继续办理|]{carriedOut}", "，无结转<next>[办理|继续办理|]的申请{=carriedOut}",
    "，没有结转<to><next>[的|办理的]申请{=carriedOut}", "，无结转<next>事项{=carriedOut}",
  ]

  static let allDone = [
    "，[均|全部|均已|已全部|已][按期|按时|依法|在法定期限内|]办结{!allDone}",
    "，均[按期|按时|在规定时限内|]答复{!allDone?}", "，办结率[为|达|达到|]100%{!allDone}",
    "，[按时|按期|]答复率[为|达|]100%{!allDone?}", "，均已[按照规定|]办理完毕{!allDone}", "，全部答复完毕{!allDone}",
    "，目前均已答复申请人{!allDone?}", "，所有申请[均|都]已办结{!allDone}",
  ]

  /// Both sides in other orders.
  static let whole = [
    "<ask>方面，<last>结转{carriedIn}，<when><got>{received}，办结{done}，结转<to><next>{carriedOut}",
    "<when><who><got><ask>{received}，<last>结转{carriedIn}，办结{done}，结转<next>{carriedOut}",
    "<when>新收<ask>{received}、<last>结转{carriedIn}，共办结{done}、结转<next>{carriedOut}",
    "本年新收<ask>{received}，<last>结转<ask>{carriedIn}，本年度办理结果总计{done}，结转下年度继续办理{carriedOut}",
  ]

  /// Another year for comparison.
  static let comparisons = [
    "，[比|较]{Y-1}年（{#3-90}）[增长|下降]{n1-90}%", "，[比|较][去年|上年]{Y-1}年的{#3-90}[增加|减少]{#1-40}",
    "，同比[增加|减少]{#1-40}", "，同比[增长|下降]{n1-90}%", "，[去年|上年]同期为{#3-90}",
    "，较上年[增加|减少]{#1-40}", "，{Y-1}年为{#3-90}", "（{Y-1}年收到{#3-90}）", "，比上年{#3-90}多",
    "，[与|同]{Y-1}年的{#3-90}相比[略有|]下降", "，增幅{n1-90}%",
  ]

  static let applicants = [
    "，其中自然人[申请|提出|]{natural}，<org>[申请|提出|]{organisations}", "，其中：自然人{natural}、<org>{organisations}",
    "（自然人{natural}，<org>{organisations}）", "，按申请人分，自然人{natural}，<org>{organisations}",
    "，申请人为自然人的{natural}，为<org>的{organisations}", "，其中自然人申请{natural}，占{%natural/received}",
    "，自然人提出申请{natural}，占{%natural/received}", "，其中<org>{organisations}，占比{%organisations/received}",
    "，其中自然人提交{natural}，占总数的{%natural/received}",
  ]

  // MARK: Outcomes

  static let outcomeLeads = [
    "，其中", "，其中，", "，其中：", "。其中，", "。其中：", "：", "。办理结果：", "。从办理结果看，", "。答复结果为：", "。在已办结的申请中，",
  ]
  static let outcomeWords: [(name: String, ahead: [String], behind: [String])] = [
    (
      "granted", ["予以公开{granted}", "[依法|决定]予以公开{granted}", "予以公开的{granted}", "予以公开答复{granted}"],
      ["{granted}予以公开", "{granted}决定予以公开"]
    ),
    (
      "partial", ["部分公开{partial}", "予以部分公开{partial}", "部分公开的{partial}", "作部分公开{partial}"],
      ["{partial}部分公开", "{partial}予以部分公开"]
    ),
    (
      "denied",
      ["不予公开{denied}", "[决定|依法]不予公开{denied}", "不予公开的{denied}", "答复不予公开{denied}"],
      ["{denied}不予公开", "{denied}依法不予公开"]
    ),
    ("unable", ["无法提供{unable}", "无法提供的{unable}", "答复无法提供{unable}"], ["{unable}无法提供"]),
    ("rejected", ["不予处理{rejected}", "不予处理的{rejected}"], ["{rejected}不予处理"]),
    (
      "otherwise", ["其他处理{otherwise}", "作其他处理{otherwise}", "其他处理的{otherwise}"], ["{otherwise}作其他处理"]
    ),
  ]
  static let both = ["予以公开及部分公开{both}", "予以公开和部分公开{both}", "予以公开或部分公开{both}", "予以公开、部分公开共{both}"]
  /// In brackets behind an outcome: the rows it is made of.
  static let reasons: [String: [(row: String, words: String)]] = [
    "denied": [
      ("deny_law_forbidden", "法律行政法规禁止公开"), ("deny_third_party", "保护第三方合法权益"),
      ("deny_internal_affairs", "属于三类内部事务信息"), ("deny_process_info", "属于过程性信息"),
      ("deny_enforcement_file", "属于行政执法案卷"), ("deny_admin_query", "属于行政查询事项"),
    ],
    "unable": [
      ("unable_not_held", "本机关不掌握"), ("unable_needs_creation", "需另行制作"),
      ("unable_still_unclear", "补正后仍不明确"),
    ],
    "rejected": [
      ("reject_petition", "信访举报投诉类"), ("reject_repeat", "重复申请"), ("reject_abusive", "大量反复申请"),
    ],
  ]
  /// The list closes on what was to be handled, not on what was done (N4).
  static let closing = [
    "<when><ask>办结{-doneAll}：{unable}无法提供，{-rest}按期答复，{carriedOut}结转到<next>",
    "<when>共办结<ask>{-doneAll}，其中无法提供{unable}，按期答复{-rest}，结转<next>{carriedOut}",
  ]

  // MARK: None

  static let none = [
    "<when><who>未收到[任何|]<ask>{!none}", "<when><who>没有收到<ask>{!none}",
    "<when><who>未接到[公民、法人和其他组织|群众|]的<ask>{!none}", "<when><who>未收到[公民、法人或者其他组织提出的|]政府信息公开申请{!none}",
    "<when><who>无<ask>{!none}", "<when><who>没有依申请公开[事项|的情况]{!none}",
    "<when><who>依申请公开[为零|零报告|为零申请]{!none}",
    "<when><who>[未发生|没有发生]依申请公开[事项|情形]{!none}", "<when><who>收到<ask>{received}",
    "<when><who><ask>{received}",
    "<when><who>无申请政府信息公开的情况{!none}", "<when><who>没有[公民、法人或其他组织|群众|人]向{us}申请公开政府信息{!none}",
    "<when><who>未新收到<ask>{!none}", "<when><who>未受理<ask>{!none}", "<when><who>暂无<ask>{!none}",
    "<when><who>收到和处理的<ask>均为{received}", "<when><who>受理<ask>{received}、办结{done}",
  ]

  // MARK: Reviews and suits

  static let disputes = [
    "<when><because>行政复议[案件|]{review}，行政诉讼[案件|]{suit}", "<when><because>行政复议{review}、行政诉讼{suit}",
    "<when>因政府信息公开被申请行政复议{review}，被提起行政诉讼{suit}",
    "<when><who>因政府信息公开工作[发生|引发]行政复议{review}；行政诉讼{suit}",
    "<because>行政复议[共|共有|为|]{review}，行政诉讼[共|共有|为|]{suit}",
    "<because>行政复议{review}，[其中|]结果维持{review.upheld}，结果纠正{review.corrected}；行政诉讼{suit}，其中胜诉{suit.upheld}，尚未审结{suit.pending}",
    "<when>申请人不服政府信息公开答复申请行政复议{review}，提起行政诉讼{suit}",
  ]
  static let review = [
    "<when><because>行政复议{review}", "因政府信息公开被申请行政复议{review}，[其中维持{review.upheld}|均已审结]",
  ]
  static let suit = [
    "<when><because>行政诉讼{suit}", "因政府信息公开被提起行政诉讼{suit}，[其中胜诉{suit.upheld}|案件正在审理]",
  ]
  static let noDisputes = [
    "<when><who>未发生因政府信息公开[引发|引起|产生]的行政复议、行政诉讼[案件|]{=review}{=suit}",
    "<when><who>没有因政府信息公开[申请|工作]被申请行政复议、提起行政诉讼的情况{=review}{=suit}",
    "<because>行政复议{review}、行政诉讼{suit}", "<when><who>无政府信息公开行政复议和行政诉讼[案件|]{=review}{=suit}",
    "<because>行政复议、行政诉讼均为{n0-0}件{=review}{=suit}",
  ]

  // MARK: Table 2

  static let table2 = [
    "<when><who>作出行政许可决定{license}、行政处罚决定{penalty}", "<when>共作出行政许可处理决定{license}",
    "<when><who>作出行政处罚决定{penalty}，行政强制决定{coercion}", "行政许可处理决定{license}，行政处罚处理决定{penalty}",
    "<when>制发行政规范性文件{issued}，废止行政规范性文件{repealed}", "<when>现行有效行政规范性文件{inForce}",
    "<when><who>制发规范性文件{issued}，[废止{repealed?}|]", "截至年底，现行有效的行政规范性文件{inForce}",
    "<when>依法作出行政处罚决定共{penalty}",
  ]
  /// Notices are no decisions, and what is counted by 条 is information (N9, N10).
  static let published = [
    "<when>主动公开政府信息{n20-900}条，其中政务动态{n10-300}条，通知公告{n5-90}条", "<when>在门户网站发布行政处罚决定{#3-900}",
    "<when>公示行政许可信息{n20-900}条、行政处罚信息{n20-900}条", "微信公众号推送信息{n20-900}篇，阅读{n1000-9999}人次",
    "上传行政处罚决定书{#3-900}", "发布政策解读材料{#2-40}，其中图解{#1-9}", "公开规范性文件{#2-40}",
    "办理行政许可事项{#20-900}", "网站更新栏目{n3-30}个，发布各类信息{n100-2000}余条",
  ]

  // MARK: Other matters, which tell nothing of requests

  static let others = [
    "收到群众来信{#3-90}，均已答复", "[受理|办结]12345热线工单{#20-900}，办结率{n90-99}%",
    "承办人大代表建议{#3-30}、政协提案{#3-30}，已全部办结",
    "回复网上留言{#20-200}", "接待来访群众{n20-300}人次", "组织业务培训{n1-9}次，参训{n20-300}人次",
    "召开专题会议{n1-9}次，研究解决问题{n2-20}个", "办理信访事项{#3-90}，按期答复率100%",
    "{Y-1}年收到政府信息公开申请{#3-90}，办结{#3-90}", "政府信息公开申请[比|较]上年[增加|减少]{#2-40}",
    "各乡镇[共|]收到政府信息公开申请{#3-90}", "所属单位受理依申请公开{#3-90}，答复{#3-90}",
    "通过信函收到政府信息公开申请{#3-90}", "向县档案馆报送备案文件{#3-90}", "办理行政复议案件{#3-90}，审结{#3-90}",
    "代理行政诉讼案件{#3-30}", "答复咨询电话{#20-300}", "平均每{#1-3}申请用时{n3-15}个工作日",
    "涉及征地补偿的申请{#1-9}，涉及人事管理的申请{#1-9}", "更正政府信息{#1-9}", "收到申请更正政府信息的来件{#1-9}",
    "因信息不存在无法提供{-unable_not_held}", "{n2-9}个部门参与办理政府信息公开申请", "其中{#1-9}申请人主动撤回申请",
    "协助上级机关答复依申请公开{#1-9}", "发放办事指南{n100-900}份", "{Y+1}年计划将政府信息公开申请平均办理时限缩短{n1-5}天",
    "收到县政府转办的公开申请{#1-9}", "政务公开在年度考核中占{n2-9}分", "电子邮件申请{#1-9}，当面申请{#1-9}",
    "政府信息公开申请满意率{n90-99}%", "信息公开申请量占全县的{n1-30}%", "延期答复{#1-9}，均经负责人批准",
    "对{#1-9}申请开展了会商",
  ]
  static let otherScopes = [
    "全市各级行政机关[共|]收到政府信息公开申请{n900-9000}件", "全县共受理依申请公开{#100-900}，办结{#100-900}",
    "全省系统新收政府信息公开申请{n900-9000}件",
  ]
  static let plain = ["申请由专人登记、分办和催办", "答复书统一审核后送达", "对疑难申请实行会商", "严格执行收件、登记、办理、答复流程", "规范答复文书格式"]

  // MARK: Section 六

  static let fees = [
    "{Y}年未收取政府信息公开信息处理费", "本年度没有收取信息处理费", "全年收取政府信息公开信息处理费{n10-900}元，涉及申请{#1-5}",
    "按照《政府信息公开信息处理费管理办法》，本机关{Y}年未发生收费", "依申请公开信息处理费收取{n0-0}元", "信息处理费：本年未收取任何费用",
    "{us}在办理政府信息公开申请中没有收取费用",
  ]
  static let noFees = ["没有其他需要报告的事项", "本年度无其他需要报告的事项", "无", "除上述情况外，没有需要说明的事项"]
  static let fullDuties = ["存在的问题：个别栏目更新不够及时", "一是人手不足，二是解读形式单一，下步将加强培训", "答复文书质量有待提高，拟编写样例"]
  static let emptyDuties = ["无", "无。", "暂无", "不存在问题", "/"]
  static let placeholders = [
    "XX单位依申请公开工作有序开展", "××局健全了信息发布机制", "20XX年公开工作稳步推进", "请与县政府办规范全称联系后填写本段", "X×镇公开专栏运行正常",
    "（单位名称）按要求公开了信息", "ＸＸ镇设有公开专区",
  ]
  static let lastYears = [
    "{Y-1}年{us}通过信函、窗口受理政府信息公开申请{#3-90}", "{Y-1}年，{us}主动公开政府信息{n20-300}条",
    "{Y-1}年度我单位共公开信息{n20-300}条",
    "{Y-1}年本单位开展信息公开培训{n2-9}次",
  ]
}
