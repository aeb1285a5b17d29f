/// A figure for which its cell is too narrow: a program has broken it over lines as it breaks words.
///
/// What stands on the lines of one cell may be two figures as well. It is one where each line but the last is as full as it can
/// be, so that not one more character would have found its place on it: the break says nothing then.
enum WrappedFigure {
  /// The figure; `nil`: nothing tells that the lines are one.
  /// - Parameters:
  ///   - lines: what stands on each line of the cell.
  ///   - width: of the cell, with the white space inside its edges.
  ///   - margins: how much of that there may be at most, on both sides together.
  static func whole(_ lines: [PageText.Piece], width: Double, margins: Double) -> String? {
    guard (2...8).contains(lines.count), lines.allSatisfy(\.isDigits) else { return nil }
    for (line, next) in zip(lines, lines.dropFirst()) {
      let character = next.width / Double(next.text.unicodeScalars.count)
      guard width - line.width < character + margins,
        line.width > next.width - character / 4
      else { return nil }
    }
    let text = lines.map(\.text).joined()
    let digits = text.unicodeScalars.prefix(2).map(\.properties)
    // No figure begins with a nought that is followed by a digit; the noughts of two rows stand so.
    guard digits[0].numericValue != 0 || digits[1].numericType == nil else { return nil }
    return text
  }
}

extension PageText.Piece {
  fileprivate var width: Double { right - left }

  /// Part of a number and of nothing else; a sign would begin another.
  fileprivate var isDigits: Bool {
    var hasDigit = false
    for scalar in text.unicodeScalars {
      let isDigit = scalar.properties.numericType == .decimal
      guard isDigit || ",.，．".unicodeScalars.contains(scalar) else { return false }
      hasDigit = hasDigit || isDigit
    }
    return hasDigit
  }
}
