/// One field of a document: a cell of a grid, a field between bars or tabs, a line, or a figure in a line of figures.
///
/// Every layout becomes a sequence of tokens; the aligner knows nothing else.
struct Token {
  /// How the fields of its row are kept apart, and so whether a blank cell can be seen.
  enum Layout {
    /// A line of its own: blanks have vanished.
    case line
    /// Words and figures in one line with spaces between them: blanks have vanished, and a figure may be in pieces.
    case spaced
    /// Between bars or tabs on the line of its row: blanks are there.
    case fields
    /// Between bars, wherever the lines break (``BarText``): blanks are there, and where its row ends only the next label
    /// tells.
    case stream
    /// A cell of a grid; blanks are there.
    case grid
  }

  let raw: Substring
  let folded: Folded
  let value: FieldValue
  let layout: Layout
  /// Fields of one physical row have the same number.
  let row: Int
  let place: TokenPlace
  /// More than one column or row of the grid.
  var spans = false
  /// How many rows of the grid it stands in.
  var rowSpan = 1
  /// Its row of the grid ends before the margin does: it may have lost a cell.
  var isInShortRow = false
  var isHeading = false
  /// No bar stands between it and the next token of the stream: one cell of two lines, or the last cell of a table.
  var isUnclosed = false
  /// Where it stands on its line, if the line has white space between its parts.
  var columns: TextColumns?

  var isWords: Bool { value.shape == .words }
  var isBlank: Bool { value.shape == .blank }
  /// No figure, but on a line laid out in columns or between bars one that was mistyped, or two without a space between
  /// them: `8O8`, `无0`.
  var mayBeFigures: Bool {
    isWords && (columns != nil || layout == .stream) && Self.mayBeFigures(raw)
  }

  static func mayBeFigures(_ raw: Substring) -> Bool {
    guard raw.utf8.count <= 40 else { return false }
    let scalars = raw.unicodeScalars
    return scalars.contains { Self.isFigureLike($0) || $0 == "\u{FFFD}" || $0 == "?" }
      && scalars.allSatisfy {
        Self.isFigureLike($0) || Self.besideFigures.contains($0)
      }
  }

  /// A line of its own that was a figure until one of its digits became a letter or was lost, `1O2`, `l`, `3?`, `减6o`, or
  /// that was one and the sign of a cell without: `/369`, `0无`.
  var isMistypedFigure: Bool {
    guard isWords, layout == .line, raw.utf8.count <= 40 else { return false }
    let scalars = raw.unicodeScalars
    var strange = 0
    var digits = 0
    for scalar in scalars {
      if "0"..."9" ~= scalar || "０"..."９" ~= scalar {
        digits += 1
      } else if Self.isFigureLike(scalar) || scalar == "\u{FFFD}" || scalar == "?" {
        strange += 1
      } else if !Self.besideFigures.contains(scalar) {
        return false
      }
    }
    let isBesideSign = [scalars.first, scalars.last].contains {
      $0.map(Self.signsOfNone.contains) ?? false
    }
    return strange > 0 && (strange == 1 || digits > 0) || digits > 0 && isBesideSign
  }

  private static func isFigureLike(_ scalar: Unicode.Scalar) -> Bool {
    "0"..."9" ~= scalar || "A"..."Z" ~= scalar || "a"..."z" ~= scalar || "０"..."９" ~= scalar
  }

  private static let signsOfNone = Set("/／无".unicodeScalars)

  private static let besideFigures = Set("\u{FFFD}?？,，.．-－—+＋/／无零增减減件条项个元万宗人次份 ".unicodeScalars)

  /// A heading, by its looks or by its words.
  var opensSection: Bool {
    isHeading || folded.count <= 30 && Outline.section(folded, certain: false) != nil
  }

  /// A cell of a row in a stream, or a blank field beside it.
  var isInStreamRow: Bool { layout == .stream && (!isWords || mayBeFigures) }

  /// Fields of the row can be counted: a blank one is seen.
  var keepsBlanks: Bool {
    switch layout {
    case .fields, .stream, .grid: true
    case .line, .spaced: false
    }
  }
}

/// Where a token stands, counted from 1.
struct TokenPlace {
  var page: Int?
  var line: Int?
  var table: Int?
  var row: Int?
  var column: Int?

  var text: String {
    // Put together piece by piece: every cell has one, and interpolation takes several times as long.
    var text = ""
    func add(_ words: String, _ number: Int, _ unit: String = "") {
      text += words
      text += String(number)
      text += unit
    }
    if let row, let column {
      if let table { add("表格", table) }
      add("第", row, "行")
      add("第", column, "列")
    } else {
      if let page { add("第", page, "页") }
      if let line { add("第", line, "行") }
    }
    return text
  }
}

/// A picture or an attachment, before the token at `position`.
struct PictureMark {
  let position: Int
  let words: String
}
