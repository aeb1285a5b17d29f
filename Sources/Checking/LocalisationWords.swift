import Forms
import Reports

// T3-LOCATE, attached to the failures of the relations: which cells may be wrong, in words.

extension Inquiry {
  /// To follow the message of a failure. Empty where nothing can be said.
  func hint(_ localisation: Localisation) -> String {
    if let change = localisation.suspect, let found = change.found, let value = change.balancesAt {
      let slip = localisation.corrections.first?.mistakes.first?.slip.map { $0.words(language) }
      let name = language.name(change.cell)
      return say(
        "最可能是\(name)填错：若由 \(found) 改为 \(value) 就全部相符\(slip.map { "（\($0)）" } ?? "")。",
        en: " Most likely \(name) is wrong: everything balances if \(found) is changed to \(value)"
          + (slip.map { " (\($0))" } ?? "") + ".")
    }
    let ways = localisation.corrections
    let hasMore = !localisation.isComplete
    switch ways.count {
    case 0:
      let count = localisation.failing.count
      guard count > 1 else { return "" }
      return say(
        "不相符的共有 \(count) 处，推断不出是哪几格填错，请逐格核对。",
        en:
          " \(count) sums fail, and which cells are wrong cannot be told; please check cell by cell."
      )
    case 1 where !hasMore:
      return say("若\(words(ways[0]))，就全部相符。", en: " Everything balances if \(words(ways[0])).")
    case 2...Self.told where !hasMore:
      return say(
        "有 \(ways.count) 种可能，按哪一种改都能全部相符，请对照原始资料：\(list(ways))。",
        en: " There are \(ways.count) possibilities, and with any of them everything balances; "
          + "please compare with your records: \(list(ways)).")
    default:
      let few = Array(ways.prefix(3))
      return say(
        "有 \(ways.count) 种\(hasMore ? "以上" : "")可能，无法断定，请对照原始资料，例如：\(list(few))。",
        en: " There are \(hasMore ? "more than " : "")\(ways.count) possibilities; "
          + "please compare with your records. Among them: \(list(few)).")
    }
  }

  /// As many possibilities are told one by one.
  private static let told = 4

  private func list(_ ways: [Correction]) -> String {
    ways.enumerated().map { "（\($0.offset + 1)）\(words($0.element))" }
      .joined(separator: say("；", en: "; "))
  }

  private func words(_ correction: Correction) -> String {
    correction.mistakes.map(words).joined(separator: say("，并", en: ", and "))
  }

  private func words(_ mistake: Correction.Mistake) -> String {
    let slip = mistake.slip.map { $0.words(language) }
    let end = slip.map { say("（\($0)）", en: " (\($0))") } ?? ""
    if mistake.changes.count > 2, let first = mistake.changes.first {
      let row = wholeRow(first.cell, mistake.changes).joined(separator: say("、", en: ", "))
      return say(
        "把\(language.row(first.cell))依次改为 \(row)\(end)",
        en: "\(language.row(first.cell)) is changed to \(row)\(end)")
    }
    return mistake.changes.map(words).joined(separator: say("、", en: " and ")) + end
  }

  private func words(_ change: Correction.Change) -> String {
    let name = language.name(change.cell)
    let doubt =
      ledger.isUncertain(change.cell)
      ? say("（程序没有把握读对）", en: " (which the program is not sure to have read rightly)") : ""
    let found = change.found?.description ?? say("空白", en: "blank")
    guard let value = change.balancesAt else {
      return say("改动\(name)的 \(found)\(doubt)", en: "\(found) in \(name)\(doubt) is changed")
    }
    return say(
      "把\(name)由 \(found) 改为 \(value)\(doubt)",
      en: "\(found) in \(name)\(doubt) is changed to \(value)")
  }

  /// The figures of a row as they would be.
  private func wholeRow(_ key: CellKey, _ changes: [Correction.Change]) -> [String] {
    cells(of: key.table).filter { $0.row == key.row }.map { cell in
      let figure = changes.first { $0.cell == cell }?.balancesAt ?? ledger[cell]?.figure
      return figure?.description ?? say("空白", en: "blank")
    }
  }
}
