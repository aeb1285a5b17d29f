import Forms

/// The labels that one table of the form is recognised by, in the order of the form.
///
/// Both templates are laid over each other, so that one alignment serves whichever a document follows: the words tell
/// the template, not the other way round.
struct AnchorSet: Sendable {
  struct Anchor: Sendable {
    enum Role: Sendable, Hashable {
      /// A row of figures. In the 2019 form （六）其他处理 is one; in the 2021 form it is a heading.
      case row(String)
      case group(RowGroup)
      /// Caption of a block of table 2, by its number in the union of the templates.
      case caption(Int)
    }

    let roles: [Role]
    /// The block of table 2 that it belongs to.
    let block: Int
    /// Figures that may follow it.
    let counts: Set<Int>

    var row: String? {
      for case .row(let key) in roles { return key }
      return nil
    }

    var group: RowGroup? {
      for case .group(let group) in roles { return group }
      return nil
    }
  }

  struct Spelling: Sendable {
    let folded: Folded
    let signature: UInt64
    let anchor: Int
    /// 1 for the words of the form; less for words that lost their number.
    let weight: Double
    /// Only as it stands: one wrong character makes another label of it.
    let exactOnly: Bool
  }

  private(set) var anchors: [Anchor] = []
  private(set) var spellings: [Spelling] = []
  /// Spellings by their words.
  private(set) var index = LabelIndex()
  private(set) var longest = 0
  /// Labels of groups and captions as they stand in front of a row's label in one field, with the rows under them.
  private(set) var prefixes: [Prefix] = []
  /// Spellings that words which are not quite theirs could be meant for, by the number of characters of the words.
  private(set) var similar: [[SpellingOutline]] = []

  struct Prefix: Sendable {
    let words: Folded
    /// Whatever one character is wrong, one half is as it stands.
    let first: Folded
    let second: Folded
    fileprivate(set) var anchors: Set<Int>

    fileprivate init(_ words: Folded, anchor: Int) {
      self.words = words
      first = Folded(words[..<(words.count / 2)])
      second = Folded(words[(words.count / 2)...])
      anchors = [anchor]
    }
  }

  /// What rules a spelling out without its words, or tells how far they are away.
  struct SpellingOutline: Sendable {
    let signature: UInt64
    /// Its place in ``spellings``.
    let number: Int
    /// Of both.
    let longest: Int
    /// So many steps may be between them.
    let limit: Int
    /// It is too long to be meant, unless it begins with the words.
    let isCut: Bool
    let pattern: EditPattern?
  }

  static let table2 = AnchorSet(FormTable.table2of2021, FormTable.table2of2019)
  static let table3 = AnchorSet(FormTable.table3of2021, FormTable.table3of2019)

  private init(_ newer: FormTable, _ older: FormTable) {
    if newer.number == .two {
      addBlocks(newer, older)
    } else {
      addRows(newer.blocks[0], older.blocks[0])
    }
    for (number, spelling) in spellings.enumerated() {
      index.add(spelling.folded, number)
      longest = max(longest, spelling.folded.count)
    }
    let patterns = spellings.map { EditPattern($0.folded) }
    similar = (0...EditPattern.limit).map { count in
      spellings.indices.compactMap { number in
        let spelling = spellings[number]
        let longest = max(count, spelling.folded.count)
        let limit = Int(Double(longest) * (1 - Self.floor))
        let isCut = spelling.folded.count - count > limit
        guard !spelling.exactOnly, count - spelling.folded.count <= limit,
          !isCut || count >= Self.shortestCut
        else { return nil }
        return SpellingOutline(
          signature: spelling.signature, number: number, longest: longest, limit: limit,
          isCut: isCut, pattern: patterns[number])
      }
    }
  }

  /// Labels less alike than this are not compared.
  private static let floor = 0.6
  /// Labels that are cut off have at least so many characters left.
  static let shortestCut = 7

  // MARK: Table 3: rows under groups

  private mutating func addRows(_ newer: FormBlock, _ older: FormBlock) {
    var groups: Set<RowGroup> = []
    let rowsOfGroups = Dictionary(
      older.rows.compactMap { row in
        RowGroup.allCases.first { $0.label.official == row.label?.official }.map { ($0, row) }
      }, uniquingKeysWith: { first, _ in first })
    for row in newer.rows {
      for group in [row.group == nil ? nil : RowGroup.results, row.group] {
        guard let group, groups.insert(group).inserted else { continue }
        var roles: [Anchor.Role] = [.group(group)]
        if let row = rowsOfGroups[group] { roles.append(.row(row.key)) }
        addAnchor(
          roles, block: 0, counts: [0, older.columns.count], labels: [group.label],
          parents: group == .results ? [] : [[RowGroup.results.label]])
      }
      var parents: [[Label]] = []
      if let group = row.group {
        parents.append([group.label])
        if group != .results { parents.append([RowGroup.results.label, group.label]) }
      }
      addAnchor(
        [.row(row.key)], block: 0, counts: [newer.columns.count],
        labels: row.label.map { [$0] } ?? [], parents: parents)
    }
  }

  // MARK: Table 2: blocks with captions

  private mutating func addBlocks(_ newer: FormTable, _ older: FormTable) {
    let union = older.blocks
    for (number, block) in union.enumerated() {
      guard let caption = block.caption else { continue }
      let sibling = newer.blocks.first { $0.caption == block.caption }
      addAnchor([.caption(number)], block: number, counts: [0], labels: [caption], parents: [])
      for row in block.rows {
        let twin = sibling?.rows.first { $0.key == row.key }
        var counts: Set = [block.columns.count]
        if let sibling, twin != nil { counts.insert(sibling.columns.count) }
        addAnchor(
          [.row(row.key)], block: number, counts: counts,
          labels: [row.label, twin?.label].compactMap(\.self), parents: [[caption]])
      }
    }
  }

  // MARK: Spellings

  private mutating func addAnchor(
    _ roles: [Anchor.Role], block: Int, counts: Set<Int>, labels: [Label], parents: [[Label]]
  ) {
    let anchor = anchors.count
    anchors.append(Anchor(roles: roles, block: block, counts: counts))
    var isCaption = false
    for case .caption in roles { isCaption = true }
    var seen: Set<Folded> = []
    func add(_ words: Folded, weight: Double, exactOnly: Bool) {
      guard !words.isEmpty, seen.insert(words).inserted else { return }
      spellings.append(
        Spelling(
          folded: words, signature: Similarity.signature(words), anchor: anchor, weight: weight,
          exactOnly: exactOnly))
    }
    let written = labels.flatMap { [$0.official] + $0.variants }.map(Fold.fold)
    for words in written {
      add(words, weight: 1, exactOnly: isCaption || words.count < 4)
      if isCaption {
        add(words.filter { $0 != U.open && $0 != U.close }, weight: 1, exactOnly: true)
      }
    }
    for words in written {
      for chain in parents {
        let prefix = chain.flatMap { Fold.fold($0.official) }
        if let known = prefixes.firstIndex(where: { $0.words == prefix }) {
          prefixes[known].anchors.insert(anchor)
        } else {
          prefixes.append(Prefix(prefix, anchor: anchor))
        }
        add(prefix + words, weight: 1, exactOnly: true)
      }
      let bare = Ordinal.dropped(from: words)
      if bare.count < words.count {
        // 其他 and 总计 are words of the head too: without their number only the place tells them.
        add(bare, weight: bare.count > 2 ? 0.9 : 0.7, exactOnly: bare.count < 6)
      }
    }
  }
}

/// Numbers in front of labels and headings.
enum Ordinal {
  static let numerals = CharacterSet("一二三四五六七八九十".utf16)

  /// Without `1.`, `（一）`, `一、` in front.
  static func dropped(from words: Folded) -> Folded {
    var index = 0
    if words.first == U.open {
      index = 1
      while index < words.count, isNumeral(words[index]) { index += 1 }
      guard index > 1, index < words.count, words[index] == U.close else { return words }
      return Array(words[(index + 1)...])
    }
    while index < words.count, isNumeral(words[index]) { index += 1 }
    guard index > 0, index < words.count, separators.contains(words[index]) else { return words }
    return Array(words[(index + 1)...])
  }

  static func isNumeral(_ c: UInt16) -> Bool { Fold.isDigit(c) || numerals.contains(c) }

  static let separators: CharacterSet = [U.point, U.enumerationComma, U.colon, U.comma]
}
