public import Reports

/// What a check is called, for people. Of a family the name of the family: `T3-ROWSUM-granted` is 表三横向合计不等. An id without a
/// name is shown as it stands.
public func checkName(_ check: String, _ language: Language) -> String {
  guard let (chinese, inEnglish) = names[checkFamily(check)] else { return check }
  return language.say(chinese, en: inEnglish)
}

/// The part of a check's id that has a name: without the row, column or table behind it.
public func checkFamily(_ check: String) -> String {
  var family = check[...]
  while names[String(family)] == nil {
    guard let dash = family.lastIndex(of: "-") else { return check }
    family = family[..<dash]
  }
  return String(family)
}

private let names: [String: (String, String)] = [
  "FMT-SECTION-MISSING": ("缺少部分章节", "sections missing"),
  "FMT-SECTION-NUMBERING": ("章节编号不连续", "sections numbered wrongly"),
  "FMT-TABLE-MISSING": ("缺表，或表为图片、附件", "a table missing, or a picture"),
  "FMT-ROW-MISSING": ("表中缺行", "rows missing"),
  "FMT-ROW-UNKNOWN": ("表中有统一格式以外的行", "rows that are not on the form"),
  "FMT-CELL-COUNT": ("一行的格数不对", "a row with a wrong number of cells"),
  "FMT-TEMPLATE-YEAR": ("表格不是当年适用的格式", "the form of another year"),
  "FMT-TEMPLATE-MIXED": ("新旧格式混用", "both forms mixed"),
  "FMT-HEAD-ORDER": ("表头次序与统一格式不同", "columns in another order"),
  "FMT-TWO-REPORTS": ("一个文件里不止一份报告或一张表", "more than one report or table in a file"),
  "FMT-TRACKED-CHANGES": ("文件带有修订痕迹", "tracked changes"),
  "FMT-LEFT-OUT": ("文件有隐藏内容或宏", "hidden cells or macros"),
  "FMT-SCAN": ("扫描件，由文字识别读出", "a scan, read by recognition"),
  "ID-UNIT-UNKNOWN": ("单位认不出或不在名册", "unit unknown"),
  "ID-UNIT-CONFLICT": ("标题、正文、落款单位不一致", "different units in one report"),
  "ID-UNIT-FOREIGN": ("单位名称中夹有外文", "foreign letters in the unit's name"),
  "ID-FROM-HINT": ("单位或年度只能从文件名得知", "unit or year only in the file's name"),
  "ID-YEAR-UNKNOWN": ("年度认不出", "year unknown"),
  "ID-YEAR-CONFLICT": ("标题、统计期限等处年度不一致", "different years in one report"),
  "ID-PERIOD": ("统计期限不是一整年", "the period is not one year"),
  "VAL-NOT-NUMBER": ("数字格里填了文字", "words in a figure's cell"),
  "VAL-NEGATIVE": ("出现负数", "negative figures"),
  "VAL-FRACTION": ("件数出现小数", "fractions in counts"),
  "VAL-BLANKS": ("有空白格", "blank cells"),
  "VAL-RUN-TOGETHER": ("数字连写，分不开", "figures run together"),
  "VAL-DIGIT-SPLIT": ("一个数字拆在两格", "one figure split over two cells"),
  "VAL-UNCERTAIN": ("有数字没有把握读对", "figures not read with certainty"),
  "T2-RULES-POWER": ("没有规章制定权却填了规章", "rules without the power to make them"),
  "T2-INFORCE-LOW": ("表二现行有效数偏小", "table 2: too few in force"),
  "T2-REPEAL-HIGH": ("表二废止数偏大", "table 2: too many repealed"),
  "T2-FEE-UNIT": ("收费金额单位疑似填成元", "table 2: fee looks like yuan"),
  "T2-V19-AS-SUM": ("处理决定数填成项目数", "table 2: decisions look like items"),
  "T2-V19-TOTAL": ("公开总数小于新公开数", "table 2: total below new"),
  "T2-ZERO-ALL": ("表二全为 0", "table 2 all zero"),
  "T3-IDENTITY": ("表三收、结、办、转不平（勾稽关系）", "table 3: received and handled differ"),
  "T3-COLSUM": ("表三纵向合计不等", "table 3: a column does not add up"),
  "T3-ROWSUM": ("表三横向合计不等", "table 3: a row does not add up"),
  "T3-SUBTOTAL": ("表三小计不等", "table 3: a subtotal does not add up"),
  "T3-REPEAT-DENY": ("乡镇、街道以国家秘密为由不予公开", "state secrets of a town or street"),
  "T4-SUM": ("表四合计不等", "table 4: a sum does not add up"),
  "T4-VS-T3": ("没有申请却有复议诉讼", "cases without requests"),
  "T4-AFTER-REVIEW": ("复议后起诉多于复议", "more suits after review than reviews"),
  "TXT-RECEIVED": ("正文与表三收到数不一致", "text and table: received"),
  "TXT-CARRIED-IN": ("正文与表三上年结转不一致", "text and table: carried in"),
  "TXT-DONE": ("正文与表三办结数不一致", "text and table: answered"),
  "TXT-CARRIED-OUT": ("正文与表三结转下年不一致", "text and table: carried out"),
  "TXT-OUTCOME": ("正文与表三办理结果不一致", "text and table: results"),
  "TXT-REVIEW": ("正文与表四复议数不一致", "text and table: reviews"),
  "TXT-SUIT": ("正文与表四诉讼数不一致", "text and table: suits"),
  "TXT-TABLE2": ("正文与表二不一致", "text and table 2"),
  "TXT-NONE": ("正文说没有申请，表中却有", "text says none, the table has some"),
  "TXT-PERCENT": ("百分比算错", "percentages"),
  "TXT-YEAR": ("正文写成别的年度", "another year in the text"),
  "TXT-DUTY-5": ("第五部分没有内容", "section five is empty"),
  "TXT-DUTY-6-FEE": ("第六部分没有说明信息处理费", "section six without the processing fee"),
  "TXT-CONTRADICTION": ("正文说全部办结，表中有结转", "all answered, yet some carried over"),
  "TXT-PLACEHOLDER": ("留有范文的占位文字", "words of a model text left in"),
  "TXT-COPIED": ("正文与去年或别的单位雷同", "copied text"),
  "XY-CARRY": ("上年结转与去年报告不符", "carried in differs from last year's report"),
  "XY-INFORCE": ("现行有效数与去年接不上", "in force does not follow from last year"),
  "XY-V19-ITEMS": ("项目数与去年接不上", "items do not follow from last year"),
  "XY-JUMP": ("与去年相比增减过大", "a jump against last year"),
  "XY-SAME": ("三张表与去年完全相同", "the same figures as last year"),
  "XY-GAP": ("没有上一年度报告可比", "no report of last year"),
  "ROS-MISSING": ("未报", "not filed"),
  "ROS-UNEXPECTED": ("不在应报单位名册", "not on the roster"),
  "DL-LATE": ("发布晚于规定日期", "published late"),
  "DL-EARLY": ("年度未完就已发布", "published before the year ended"),
  "DUP-SAME-FILE": ("同一文件重复报送", "the same file again"),
  "DUP-OTHER-VERSION": ("同一单位同一年度有不同内容", "another version"),
  "DUP-OTHER-UNIT": ("三张表与别的单位相同", "the same figures as another unit"),
  "AGG-SUM": ("汇总数不等于各单位之和", "a total differs from the sum of its members"),
  "AGG-BOUND": ("汇总数小于已报单位之和", "a total is below the sum of its members"),
  "AGG-COMPLETE": ("汇总时还有单位缺报", "members missing from a total"),
]
