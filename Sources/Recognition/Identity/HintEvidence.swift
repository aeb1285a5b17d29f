/// What the name of the file and the folders it stood in tell: the weakest evidence there is.
struct HintEvidence {
  let hints: Hints

  func gather(into found: inout EvidenceList) {
    if let name = hints.fileName { addName(name, &found) }
    for folder in hints.folders.reversed() {
      for piece in Self.pieces(folder) {
        if UnitName.isOrgan(piece), !UnitName.isInner(piece) {
          found.add(.unit, .folder, piece.string, folder)
        } else if let level = UnitName.level(piece) {
          found.add(.region, .folder, level.string, folder)
        }
      }
      if let year = Self.year(in: Fold.fold(folder)) {
        found.add(.year, .folder, String(year), folder)
      }
    }
  }

  private func addName(_ name: String, _ found: inout EvidenceList) {
    let stem = name.split(separator: ".").dropLast().joined(separator: ".")
    let words = Fold.fold(stem.isEmpty ? name : stem)
    if let parts = Title(words) {
      if let unit = parts.unit { found.add(.unit, .fileName, unit, name) }
      if let year = parts.year { found.add(.year, .fileName, String(year), name) }
      return
    }
    if let year = Self.year(in: words) { found.add(.year, .fileName, String(year), name) }
    if let unit = Self.pieces(stem.isEmpty ? name : stem).first(where: {
      UnitName.isOrgan($0) && !UnitName.isInner($0)
    }) {
      found.add(.unit, .fileName, unit.string, name)
    }
  }

  /// Runs of characters without the year, marks, spaces and digits between them.
  private static func pieces(_ name: String) -> [Folded] {
    name.unicodeScalars.split { scalar in
      Fold.isSpace(scalar)
        || !Fold.isHan(UInt16(truncatingIfNeeded: scalar.value))
          && !(0x30...0x39).contains(scalar.value)
    }.map { piece in
      var words = Fold.fold(String(piece))
      _ = Title.takeYear(&words)
      return Title.withoutOddDigits(withoutReport(words))
    }
  }

  private static let report = WordSet([
    "政府信息公开", "政务公开", "信息公开", "年度报告", "工作报告", "报告", "工作年报", "年报", "年度",
  ])

  /// 云桥镇年报, 年报云桥镇: the name without the words for the report.
  private static func withoutReport(_ words: Folded) -> Folded {
    var rest = words
    while let word = report.word(at: 0, in: rest) { rest.removeFirst(word.count) }
    let end = rest.indices.first { report.word(at: $0, in: rest) != nil }
    return Array(rest[..<(end ?? rest.count)])
  }

  /// The first four digits that stand alone and are a year: 20240130 is a day.
  private static func year(in words: Folded) -> Int? {
    for index in words.indices where index == 0 || !Fold.isDigit(words[index - 1]) {
      if let digits = words.digits(at: index, limit: 5), digits.count == 4,
        (2000...2099).contains(digits.value)
      {
        return digits.value
      }
    }
    return nil
  }
}
