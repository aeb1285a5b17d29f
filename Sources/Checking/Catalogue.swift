public import Reports

/// A check of the catalogue: its id, and how grave it is when it fails.
///
/// Ids in braces stand for a family: `T3-ROWSUM-{row}` gives one check for each row. Ids and severities are those of
/// section 11 of the format reference.
public struct Rule: Sendable, Hashable {
  public let id: String
  public let severity: Finding.Severity

  private init(_ id: String, _ severity: Finding.Severity) {
    self.id = id
    self.severity = severity
  }

  // Structure and identity.
  static let sectionMissing = Rule("FMT-SECTION-MISSING", .warning)
  static let sectionNumbering = Rule("FMT-SECTION-NUMBERING", .info)
  static let tableMissing = Rule("FMT-TABLE-MISSING-{table}", .error)
  static let rowMissing = Rule("FMT-ROW-MISSING", .warning)
  static let rowUnknown = Rule("FMT-ROW-UNKNOWN", .warning)
  static let cellCount = Rule("FMT-CELL-COUNT", .error)
  static let templateYear = Rule("FMT-TEMPLATE-YEAR", .warning)
  static let templateMixed = Rule("FMT-TEMPLATE-MIXED", .info)
  /// Ours, beside the catalogue: the columns of a table stand in another order than on the form.
  static let headOrder = Rule("FMT-HEAD-ORDER", .warning)
  /// Ours, beside the catalogue: reports of several units or years in one document.
  static let twoReports = Rule("FMT-TWO-REPORTS", .error)
  /// The same check where only a table stands there twice, with other figures.
  static let twoTables = Rule("FMT-TWO-REPORTS", .warning)
  /// Ours: the file has tracked changes, which were read as accepted.
  static let trackedChanges = Rule("FMT-TRACKED-CHANGES", .info)
  /// Ours: something in the file was not read, as it is not shown: hidden cells, macros.
  static let leftOut = Rule("FMT-LEFT-OUT", .info)
  /// Ours: the file is a scan; no figure is vouched for.
  static let scan = Rule("FMT-SCAN", .warning)
  static let unitUnknown = Rule("ID-UNIT-UNKNOWN", .warning)
  /// Ours, beside the catalogue: title, text and signature name different organs.
  static let unitConflict = Rule("ID-UNIT-CONFLICT", .warning)
  /// The same check where only the page around the report, its file or its folder names another.
  static let unitElsewhere = Rule("ID-UNIT-CONFLICT", .info)
  /// Ours: letters or foreign words stand in the name of the unit.
  static let unitForeign = Rule("ID-UNIT-FOREIGN", .info)
  /// Ours: unit or year is known only by the name of the file or its folder.
  static let fromHint = Rule("ID-FROM-HINT", .info)
  /// Ours: nothing tells the year.
  static let yearUnknown = Rule("ID-YEAR-UNKNOWN", .warning)
  static let yearConflict = Rule("ID-YEAR-CONFLICT", .warning)
  static let period = Rule("ID-PERIOD", .warning)

  // Values.
  static let notNumber = Rule("VAL-NOT-NUMBER", .warning)
  static let negative = Rule("VAL-NEGATIVE", .error)
  static let fraction = Rule("VAL-FRACTION", .error)
  static let blanks = Rule("VAL-BLANKS", .info)
  /// The same check where not one cell of the table is filled.
  static let allBlank = Rule("VAL-BLANKS", .warning)
  static let runTogether = Rule("VAL-RUN-TOGETHER", .warning)
  static let digitSplit = Rule("VAL-DIGIT-SPLIT", .warning)
  /// Ours, beside the catalogue: cells that the program does not vouch for and no other finding names. Whoever relies
  /// on them has to compare them with the original first.
  static let uncertain = Rule("VAL-UNCERTAIN", .warning)

  // Table 2.
  static let rulesPower = Rule("T2-RULES-POWER", .warning)
  static let inForceLow = Rule("T2-INFORCE-LOW", .error)
  static let feeUnit = Rule("T2-FEE-UNIT", .warning)
  static let asSum = Rule("T2-V19-AS-SUM", .warning)
  static let disclosedTotal = Rule("T2-V19-TOTAL", .warning)
  static let zeroAll = Rule("T2-ZERO-ALL", .info)

  // Tables 3 and 4.
  static let identity = Rule("T3-IDENTITY-{col}", .error)
  static let columnSum = Rule("T3-COLSUM-{col}", .error)
  static let rowSum = Rule("T3-ROWSUM-{row}", .error)
  static let subtotal = Rule("T3-SUBTOTAL", .warning)
  static let stateSecret = Rule("T3-REPEAT-DENY", .info)
  static let caseSum = Rule("T4-SUM-{block}", .error)
  static let casesWithoutRequests = Rule("T4-VS-T3", .info)
  static let suitsAfterReview = Rule("T4-AFTER-REVIEW", .info)

  // Text against tables.
  static let received = Rule("TXT-RECEIVED", .warning)
  static let carriedIn = Rule("TXT-CARRIED-IN", .warning)
  static let done = Rule("TXT-DONE", .warning)
  static let carriedOut = Rule("TXT-CARRIED-OUT", .warning)
  static let outcome = Rule("TXT-OUTCOME-{outcome}", .warning)
  static let review = Rule("TXT-REVIEW", .warning)
  static let suit = Rule("TXT-SUIT", .warning)
  static let table2 = Rule("TXT-TABLE2", .info)
  static let none = Rule("TXT-NONE", .warning)
  static let percent = Rule("TXT-PERCENT", .info)
  static let textYear = Rule("TXT-YEAR", .warning)
  static let problems = Rule("TXT-DUTY-5", .warning)
  static let processingFee = Rule("TXT-DUTY-6-FEE", .info)
  static let contradiction = Rule("TXT-CONTRADICTION", .warning)
  static let placeholder = Rule("TXT-PLACEHOLDER", .warning)

  // Dates and versions.
  static let late = Rule("DL-LATE", .warning)
  static let early = Rule("DL-EARLY", .warning)
  static let sameFile = Rule("DUP-SAME-FILE", .info)
  static let otherVersion = Rule("DUP-OTHER-VERSION", .warning)

  static let otherUnit = Rule("DUP-OTHER-UNIT", .warning)

  // Across years and units.
  static let carriedTotal = Rule("XY-CARRY-{col}", .error)
  /// The same check for the columns that are no total.
  static let carried = Rule("XY-CARRY-{col}", .warning)
  static let inForceCarried = Rule("XY-INFORCE-{row}", .warning)
  static let itemsCarried = Rule("XY-V19-ITEMS", .info)
  static let jump = Rule("XY-JUMP", .info)
  static let sameTables = Rule("XY-SAME", .warning)
  static let gap = Rule("XY-GAP", .info)
  static let aggregateSum = Rule("AGG-SUM-{cell}", .warning)
  static let aggregateBound = Rule("AGG-BOUND-{cell}", .error)
  static let aggregateComplete = Rule("AGG-COMPLETE", .info)

  /// Every check of this module, in the order of the catalogue.
  public static let all: [Rule] = [
    sectionMissing, sectionNumbering, tableMissing, rowMissing, rowUnknown, cellCount,
    templateYear, templateMixed, headOrder, twoReports, twoTables, trackedChanges, leftOut,
    scan, unitUnknown, unitConflict, unitForeign, fromHint, yearUnknown, yearConflict, period,
    notNumber, negative, fraction,
    blanks, runTogether, digitSplit, uncertain, rulesPower, inForceLow, feeUnit, asSum,
    disclosedTotal, zeroAll, identity, columnSum, rowSum, subtotal, stateSecret, caseSum,
    casesWithoutRequests, suitsAfterReview, received, carriedIn, done, carriedOut, outcome, review,
    suit, table2, none, percent, textYear, problems, processingFee, contradiction, placeholder,
    late, early, sameFile, otherVersion, otherUnit, carriedTotal, carried, inForceCarried,
    itemsCarried, jump, sameTables, gap, aggregateSum, aggregateBound, aggregateComplete,
  ]

  /// The id without the part in braces: `T3-ROWSUM`.
  var family: Substring {
    guard let brace = id.firstIndex(of: "{") else { return id[...] }
    return id[..<brace].dropLast()
  }

  /// The id of one member of the family, or of the family where several are told in one finding.
  func id(_ member: (some StringProtocol)?) -> String {
    guard id.utf8.last == UInt8(ascii: "}") else { return id }
    return member.map { "\(family)-\($0)" } ?? String(family)
  }

  private static let families = all.map { String($0.family) }

  /// Where a check stands in the catalogue.
  static func place(of check: String) -> Int {
    families.firstIndex { check == $0 || check.hasPrefix($0 + "-") } ?? families.count
  }
}
