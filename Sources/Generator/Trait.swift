/// Something that a printed report has or has not, independently of its ``Layout/Shape``: the entries of the catalogue of
/// real reports that are no shape of their own. Any of them may meet any other.
public enum Trait: String, Sendable, Hashable, CaseIterable {
  // The page.
  /// A list of the headings with page numbers under the title.
  case contents
  /// A table of the page's data in front of the report (F9).
  case metadata
  /// A line between a heading and its table (F10).
  case lineBeforeTable = "line-before-table"
  /// A paragraph with figures between a heading and its table (F11).
  case textBeforeTable = "text-before-table"
  /// Font sizes, shares, visitors around the report (F14).
  case chrome
  /// The name of the site behind the title (F15).
  case gluedSite = "glued-site"
  /// 一 stands twice (L7).
  case restarted
  /// No heading 一 (L7).
  case noFirstHeading = "no-first-heading"
  /// 1. 2. for （一）（二） in section 一 (L8).
  case subNumbers = "sub-numbers"
  /// Other names of the sections (L9).
  case olderHeadings = "older-headings"
  /// The report stands inside a page of another kind.
  case quoted

  // Characters.
  /// 1、 for 1. (L10).
  case ordinals
  /// Traditional characters, most of them (X7).
  case traditional
  /// Pinyin in brackets behind some characters (X9).
  case pinyin
  /// 年 and 月 are lost in the period (X1).
  case lostCharacters = "lost-characters"

  // Tables.
  /// A row 小计 at the end of some groups.
  case subtotals
  /// Remarks behind words of heads (C9).
  case remarksInHeads = "remarks-in-heads"
  /// Remarks behind figures of table 2.
  case remarksInCells = "remarks-in-cells"
  /// 件 behind counts, 万元 behind the fee (C4).
  case units
  /// Blocks of table 2 that are not there (F13).
  case missingBlocks = "missing-blocks"
  /// Group labels on rows of their own, with blank cells (F8).
  case groupRows = "group-rows"
  /// Group label and row label in one field (F7).
  case groupInField = "group-in-field"
  /// The head of table 3 claims more columns than there are (F5).
  case longTail = "long-tail"
  /// Table 3 in two parts.
  case splitTable = "split-table"
  /// As ``splitTable``, with the head once more.
  case repeatedHead = "repeated-head"

  // Text.
  /// Merged cells leave empty fields (F2).
  case mergedRuns = "merged-runs"
  /// Lines of bars behind tables (F12).
  case strayBars = "stray-bars"
  /// A bar at the start of each row, and a ruler under the head.
  case rulers
  /// Page numbers and running heads between rows (F17).
  case pageMarks = "page-marks"

  // Markup.
  /// `th` for labels.
  case headerCells = "header-cells"
  /// A `tbody` around each row.
  case bodies
  /// No `</td>`, no `</tr>`.
  case openTags = "open-tags"
  /// A column without words at one side.
  case spacerColumn = "spacer-column"
  /// Rows without words.
  case spacerRows = "spacer-rows"
  /// Elements that a browser does not show.
  case hidden

  /// The shape can show the trait.
  func fits(_ shape: Layout.Shape) -> Bool {
    switch self {
    case .mergedRuns: shape == .bars || shape == .barsOneLine
    case .rulers: shape == .bars
    case .strayBars: [.bars, .barLines, .barAlone].contains(shape)
    case .groupInField: [.bars, .tabs, .barLines, .clean, .word].contains(shape)
    case .groupRows: shape.isGrid || shape == .bars || shape == .tabs
    case .pageMarks: [.lines, .columns, .bars, .tabs].contains(shape)
    case .longTail: shape.isGrid || shape == .bars
    case .headerCells, .bodies, .openTags, .spacerColumn, .spacerRows: shape.isGrid
    case .hidden: shape.isHTML && shape != .paragraphs
    // Labels of the other side of a page break stand behind their figures: no row is whole.
    case .splitTable, .repeatedHead: shape != .labelsAfter && shape != .columnwise
    default: true
    }
  }

  /// Not every shape can show it.
  private var isSpecial: Bool { !Layout.Shape.usual.allSatisfy(fits) }

  private static let excluding: [[Trait]] = [
    [.groupRows, .groupInField], [.openTags, .bodies], [.restarted, .noFirstHeading],
    [.splitTable, .repeatedHead], [.mergedRuns, .groupRows],
  ]

  /// A few traits that fit a shape and each other.
  static func random(_ shape: Layout.Shape, using random: inout SplitMix64) -> Set<Trait> {
    let possible = allCases.filter { $0.fits(shape) }
    var chosen: Set<Trait> = []
    for _ in 0..<random.int(1...5) { chosen.insert(random.pick(possible)) }
    // What few shapes can show would be rare.
    let special = possible.filter(\.isSpecial)
    if !special.isEmpty, random.chance(0.5) { chosen.insert(random.pick(special)) }
    for pair in excluding where chosen.isSuperset(of: pair) { chosen.remove(pair[1]) }
    return chosen
  }
}
