/// Two figures between which the white space is lost.
enum JoinedFigures {
  /// A blank cell with a figure of several digits, or several dashes, in the unbroken run in front of it: one of these may be
  /// two, and those behind it have moved up.
  static func mayHave(_ fields: some Collection<Int?>, _ tokens: [Token]) -> Bool {
    var run = false
    for field in fields {
      if let field {
        run = run || tokens[field].raw.count > 1
      } else if run {
        return true
      }
    }
    return false
  }

  /// `316增5`: words that begin and end with digits.
  static func areTwo(_ token: Token) -> Bool {
    guard token.isWords, token.folded.count <= 24, let first = token.folded.first,
      let last = token.folded.last
    else { return false }
    return Fold.isDigit(first) && Fold.isDigit(last)
  }

  /// `+5`, `—0`: a sign where no figure has one, or the dash of a cell and the figure of the next. With a hyphen it is a negative
  /// figure, which the checks speak of.
  static func hasSign(_ token: Token) -> Bool {
    guard token.value.shape == .number, let first = token.raw.unicodeScalars.first,
      !("0"..."9" ~= first),
      signs.unicodeScalars.contains(first)
    else { return false }
    // Where it stands by itself, with no mark of its own.
    return token.raw.first.map(signs.contains) ?? false
  }

  private static let signs = "+＋—–―－─"

  /// `00`, `04`, `O4`: no figure that anyone writes, where nothing but white space keeps the figures of a row apart, or bars
  /// of which one may be lost.
  static func hasZeroInFront(_ token: Token) -> Bool {
    guard !token.keepsBlanks || token.layout == .stream, token.raw.count > 1,
      token.value.shape == .number || token.value.shape == .words
    else { return false }
    let scalars = token.raw.unicodeScalars
    guard let first = scalars.first, "0０Oo".unicodeScalars.contains(first) else { return false }
    let next = scalars[scalars.index(after: scalars.startIndex)]
    return "0"..."9" ~= next || "０"..."９" ~= next
  }
}
