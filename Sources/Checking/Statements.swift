import Forms
import Reports

// TXT-NONE, TXT-CONTRADICTION, TXT-PERCENT: statements that are no figure of a cell.

extension Inquiry {
  var statementFindings: [Finding] {
    [saidNone, saidSome, saidAllDone].compactMap { $0 } + percentages
  }

  private func first(_ subject: Statement.Subject) -> Statement? {
    report.statements.first { $0.subject == subject }
  }

  private var saidNone: Finding? {
    // A text that tells of requests elsewhere says none of some of them.
    guard let statement = first(.noRequests), let key = CellKey("t3.new_received.total"),
      let received = sure(key), received > .zero, !tellsSome(.received), !tellsSome(.done)
    else { return nil }
    return Rule.none.finding(
      cells: [key], expected: received.description, found: "0", quote: statement.quote,
      say(
        "正文说没有收到申请，\(language.name(key))却是 \(received)，两处不一致，请核对。",
        en: "The text says that there were no requests, but \(language.name(key)) is \(received)."))
  }

  /// The reverse: requests are told, and the table has none at all.
  private var saidSome: Finding? {
    let cells = keys("t3.new_received.total", "t3.carried_in.total")
    guard cells.count == 2, cells.allSatisfy({ sure($0)?.isZero == true }),
      first(.noRequests) == nil
    else { return nil }
    let told = report.statements.filter { $0.subject == .received }
    guard !told.isEmpty,
      told.allSatisfy({ $0.value.map { !$0.isZero && !$0.isNegative } == true })
    else { return nil }
    return Rule.none.finding(
      cells: cells, expected: "0", found: told[0].value?.description, quote: told[0].quote,
      say(
        "正文说收到申请，表中新收和结转的申请却都是 0，请确认表中没有漏填。",
        en:
          "The text tells of requests received, but the table has none; please confirm that nothing was "
          + "left out."))
  }

  private func tellsSome(_ subject: Statement.Subject) -> Bool {
    report.statements.contains { $0.subject == subject && $0.value.map { !$0.isZero } == true }
  }

  private var saidAllDone: Finding? {
    // A text that tells what is carried over means all of the others.
    guard let statement = first(.allDone), let key = CellKey("t3.carried_out.total"),
      let open = sure(key), open > .zero, !tellsSome(.carriedOut)
    else { return nil }
    return Rule.contradiction.finding(
      cells: [key], expected: open.description, found: "0", quote: statement.quote,
      say(
        "正文说全部办结，\(language.name(key))却有 \(open) 件结转下年度，前后矛盾，请核对。",
        en:
          "The text says that all was answered, but \(language.name(key)) has \(open) carried over."
      ))
  }

  private var percentages: [Finding] {
    report.statements.compactMap { statement in
      guard case .percent(let part, let whole) = statement.subject, let told = statement.value,
        whole > 0, part >= 0
      else { return nil }
      // What the share is of, the text seldom says: all that was to be handled, or all that was answered, will do too.
      guard ([whole] + wholesOfTable).allSatisfy({ !Inquiry.isShare(told, part, of: $0) }) else {
        return nil
      }
      // To the places printed, at least one.
      let places = max(told.scale, 1)
      var scaled = Int128(part) * 100
      for _ in 0..<places { scaled *= 10 }
      let rounded = Inquiry.decimal((2 * scaled + Int128(whole)) / (2 * Int128(whole)), places)
      return Rule.percent.finding(
        expected: rounded, found: told.description, quote: statement.quote,
        say(
          "正文说占 \(told)%，按 \(part) 除以 \(whole) 应为 \(rounded)%，请核对。",
          en: "The text says \(told)%, but \(part) of \(whole) is \(rounded)%."))
    }
  }

  /// Requests received, with those carried in, and answered.
  private var wholesOfTable: [Int] {
    [["new_received"], ["new_received", "carried_in"], ["results_total"]].compactMap { rows in
      let cells = rows.compactMap { CellKey("t3.\($0).total") }
      let (known, open) = ledger.sum(cells)
      return open.isEmpty ? Int(known.description) : nil
    }.filter { $0 > 0 }
  }

  /// In units of the last place printed, times the whole: rounded either way, or cut.
  private static func isShare(_ told: Figure, _ part: Int, of whole: Int) -> Bool {
    var unit: Int128 = 1
    for _ in 0..<told.scale { unit *= 10 }
    let short = Int128(part) * 100 * unit - Int128(told.unscaled) * Int128(whole)
    return 2 * short.magnitude <= UInt128(whole) || short >= 0 && short < Int128(whole)
  }

  private static func decimal(_ value: Int128, _ places: Int) -> String {
    var digits = String(value)
    while digits.count <= places { digits = "0" + digits }
    return "\(digits.dropLast(places)).\(digits.suffix(places))"
  }
}
