import Reports

/// Names of organs and regions.
enum UnitName {
  /// Words that name whoever speaks, not an organ.
  private static let selves = Set(
    [
      "本机关", "本单位", "我单位", "我局", "本局", "我镇", "本镇", "我街道", "我办", "我县", "我市", "我区", "我委", "我院", "各单位",
      "单位", "部门", "政府", "人民政府", "本级", "全市", "全县", "全区", "全省", "政府部门", "年度", "工作",
    ].map(f))
  private static let placeholders = WordSet(["XX", "xx", "××", "**", "〇〇", "某"])

  /// Names of web sites and of lists of organs.
  private static let noUnits = WordSet([
    "网站", "门户", "政府网", "政务网", "平台", "专栏", "栏目", "网", "公众号", "乡镇街道", "镇街道", "各街道", "各乡镇", "各镇", "各乡",
    "县乡镇", "区乡镇", "市乡镇", "部门乡镇", "镇乡", "乡镇", "各部门", "各委", "各局", "委办局", "县直单位", "集团",
  ])
  private static let innerOffices = WordSet([
    "党政办公室", "党政综合办公室", "党政办", "党政综合办", "综合办公室", "综合办", "综合科", "综合股", "秘书科", "法规科", "法制办", "党建办公室",
    "党建办",
  ])
  private static let office = [f("办公室"), f("局办公室"), f("委办公室"), f("办公室(法规科)")]

  /// An office inside an organ, which reports for nobody: 党政综合办, 长乐镇党政办公室.
  static func isInner(_ words: Folded) -> Bool {
    innerOffices.isSuffix(of: words) || words == office[0]
      || office[1...].contains(where: words.hasSuffix)
  }

  private static let governmentOffices = WordSet([
    "人民政府办公室", "人民政府办公厅", "政府办公室", "政府办公厅", "政府办", "府办", "府办公室", "政务公开办公室", "政务公开办", "政府信息公开办公室",
    "大数据发展管理中心", "政务服务中心", "行政审批局", "政务服务管理局", "政务服务局", "政务服务和数据管理局",
  ])

  /// The office of a government, or what else may compile the report of a level.
  static func isGovernmentOffice(_ words: Folded) -> Bool { governmentOffices.isSuffix(of: words) }

  /// A town, township or street.
  static func isTown(_ words: Folded) -> Bool { towns.isSuffix(of: words) }
  private static let towns = WordSet([
    "镇", "乡", "苏木", "街道", "镇人民政府", "乡人民政府", "镇政府", "乡政府", "苏木人民政府", "街道办事处", "街道办",
  ])

  /// Could be the name of a unit: Han characters and digits in it (第8师, 101街道), not whoever speaks, not a
  /// place-holder.
  static func isName(_ words: Folded) -> Bool {
    words.count >= 2 && words.count <= 40 && !selves.contains(words)
      && !placeholders.isIn(words) && !noUnits.isSuffix(of: words)
      && words.contains(where: Fold.isHan)
      && words.allSatisfy {
        Fold.isHan($0) || Fold.isDigit($0) || $0 == U.open || $0 == U.close || $0 == 0xB7
          || $0 == U.enumerationComma
      }
  }

  private static let organEnds = WordSet([
    "人民政府", "政府", "办事处", "街道", "镇", "乡", "苏木", "局", "委员会", "委", "办公室", "办", "厅", "署", "总队", "支队",
    "大队",
    "中心", "管委会", "法院", "检察院", "海关", "学校", "大学", "学院", "医院", "管理处", "联合会", "协会", "总工会",
    "工作站",
    "管理站", "服务站", "团", "农场", "林场", "牧场", "农垦", "分局", "供销社", "总社", "国家税务总局", "部门",
  ])

  /// Ends as organs do; what is taken from lines that are no title must.
  static func isOrgan(_ words: Folded) -> Bool {
    isName(words) && words.count >= 3 && organEnds.isSuffix(of: words)
  }

  // MARK: Regions

  private static let province: UInt16 = 0x7701
  private static let city: UInt16 = 0x5E02
  private static let county: UInt16 = 0x53BF
  private static let district: UInt16 = 0x533A
  private static let prefecture: UInt16 = 0x5DDE
  private static let banner: UInt16 = 0x65D7
  private static let league: UInt16 = 0x76DF
  private static let regionEnds: CharacterSet = [
    province, city, county, district, prefecture, banner, league,
  ]
  /// Words that end as regions do and are none.
  private static let noRegions = WordSet([
    "城市", "都市", "超市", "本市", "全市", "我市", "各市", "全县", "我县", "本县", "各县", "全区", "我区", "本区", "各区", "全省",
    "我省",
    "本省", "社区", "园区", "开发区", "高新区", "示范区", "景区", "保税区", "库区", "灌区", "辖区", "校区", "矿区", "工业区", "管理区",
    "合作区", "保护区", "产业区", "集聚区", "实验区", "试验区", "地区", "同盟", "联盟", "红旗", "关区", "功能区", "度假区", "港区",
  ])
  /// What an organ is in charge of: 恩施州市场监管局 is of no city 恩施州市. As long as it takes to be no 市民政局 and no county
  /// behind a city (民和县, 容县, 政和县).
  private static let duties = WordSet([
    "市场", "市容管", "市容环", "市容和", "市容市", "市容园", "市容局", "市民中", "市民服", "市民热", "市政管", "市政公", "市政工", "市政设",
    "市政园", "市政处", "市政局", "区域", "区划",
  ])
  private static let autonomous = ["自治区", "自治州", "自治县", "自治旗"].map { Fold.fold($0) }

  /// The regions that a name begins with, outermost first, and how many characters they take.
  static func regions(of words: Folded) -> (names: [Folded], length: Int) {
    var names: [Folded] = []
    var start = systemEnd(words)
    while let end = region(words, from: start) {
      names.append(Array(words[start..<end]))
      start = end
      if names.count == 4 { break }
    }
    return (names, start)
  }

  /// What stands in front of the region in names of bodies of the state and of the corps: 国家税务总局, 第六师.
  private static let systems = WordSet([
    "国家税务总局", "国家统计局", "国家能源局", "国家矿山安全监察局", "中华人民共和国", "新疆生产建设兵团", "中国人民银行", "中共",
  ])
  private static let ordinal: UInt16 = 0x7B2C
  private static let division: UInt16 = 0x5E08

  private static func systemEnd(_ words: Folded) -> Int {
    var start = systems.word(at: 0, in: words)?.count ?? 0
    if words.has([ordinal], at: start),
      let end = words[start...].prefix(5).firstIndex(of: division)
    {
      start = end + 1
    }
    return region(words, from: start) == nil ? 0 : start
  }

  private static func region(_ words: Folded, from start: Int) -> Int? {
    guard start < words.count, Fold.isHan(words[start]) else { return nil }
    for word in autonomous {
      if let index = words.find(word, from: start), index - start <= 9, index > start {
        // 新疆维吾尔自治区 before any shorter reading.
        let end = index + word.count
        if !words[start..<index].contains(where: { regionEnds.contains($0) }) { return end }
      }
    }
    var index = start + 1
    while index < words.count, index - start < 7 {
      let c = words[index]
      if !Fold.isHan(c), !Fold.isDigit(c) { return nil }
      if regionEnds.contains(c) {
        let end = index + 1
        let name = Array(words[start..<end])
        // 市区, 区县, 省市: two classes and no name.
        let isNone =
          noRegions.isSuffix(of: name) || autonomous.contains(name)
          || name.count == 2 && regionEnds.contains(name[0])
        if !isNone, !isCut(name, end, words), duties.word(at: index, in: words) == nil {
          return end
        }
      }
      index += 1
    }
    return nil
  }

  /// 兰州, 苏州工业园区: a name on 州 is a region of its own only with three characters and no 市 behind. 沙市区 is no 沙市.
  private static func isCut(_ name: Folded, _ end: Int, _ words: Folded) -> Bool {
    switch name.last {
    case prefecture: name.count < 3 || follows(words, end) && words[end] != prefecture
    case league: name.count < 3
    case city: name.count < 3 && follows(words, end) && words[end] == district
    default: false
    }
  }

  /// A class of region stands there, and not a word of office that begins with its character.
  private static func follows(_ words: Folded, _ index: Int) -> Bool {
    index < words.count && regionEnds.contains(words[index])
      && duties.word(at: index, in: words) == nil
  }

  private static let governments = ["人民政府", "政府"].map(f)

  /// The region that a name stands for as a whole: 嵊州市, 嵊州市人民政府.
  static func level(_ words: Folded) -> Folded? {
    let (names, length) = regions(of: words)
    guard let last = names.last else { return nil }
    let rest = Array(words[length...])
    return rest.isEmpty || governments.contains(rest) ? last : nil
  }

  /// The innermost region in front of a name.
  static func region(of words: Folded) -> String? { regions(of: words).names.last?.string }

  /// 省 or 自治区, and nothing below it.
  static func isProvince(_ words: Folded) -> Bool {
    words.last == province || words.hasSuffix(autonomous[0])
  }
}
