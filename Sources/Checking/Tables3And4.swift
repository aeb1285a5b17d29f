import Forms
import Reports

// What tables 3 and 4 tell beside their sums.

extension Inquiry {
  var table3Findings: [Finding] {
    subtotals + stateSecrets
  }

  /// Sums that the form does not have and some print: （三） to （六）, 法人或其他组织小计.
  private var subtotals: [Finding] {
    report.structure.tables.flatMap(\.subtotals).compactMap { subtotal in
      let (known, open) = ledger.sum(subtotal.parts)
      let value = Exact(subtotal.value)
      guard known != value, open.isEmpty || known > value else {
        return nil
      }
      let doubtful = subtotal.parts.contains(where: ledger.isUncertain)
      return Rule.subtotal.finding(
        status: doubtful ? .notAssessable : .fail, cells: subtotal.parts,
        expected: known.description, found: value.description, quote: subtotal.label,
        doubtful
          ? say(
            "“\(subtotal.label)”的小计没有核对：其中有程序没有把握读对的格子。",
            en:
              "The subtotal “\(subtotal.label)” was not checked: the program is not sure of its parts."
          )
          : say(
            "“\(subtotal.label)”填的小计是 \(value)，各分项相加等于 \(known)，两者不等，请核对。",
            en: "The subtotal “\(subtotal.label)” says \(value), but its parts add up to \(known).")
      )
    }
  }

  private var stateSecrets: [Finding] {
    guard report.has(.three), Organ(report).isTownOrStreet else { return [] }
    let filled = Self.stateSecretCells.filter { key in sure(key).map { $0 > .zero } == true }
    guard let last = filled.last else { return [] }
    return [
      Rule.stateSecret.finding(
        cells: filled, found: sure(last)?.description,
        say(
          "乡镇、街道很少以“属于国家秘密”为由不予公开，\(language.list(filled))不是 0，请确认没有填错行。",
          en:
            "Towns and streets rarely refuse for state secrets; \(language.list(filled)) not 0. Please "
            + "confirm that the row is right."))
    ]
  }

  private static let stateSecretCells = CellKey.all.filter { $0.row == "deny_state_secret" }

  var table4Findings: [Finding] {
    guard report.has(.four) else { return [] }
    return casesWithoutRequests + suitsAfterReview
  }

  /// A case is about a request of this year or of last year: without last year's report it cannot be decided.
  private var casesWithoutRequests: [Finding] {
    let totals = keys("t4.review.total", "t4.suit_direct.total", "t4.suit_after_review.total")
    let cases = totals.filter { sure($0).map { $0 > .zero } == true }
    guard !cases.isEmpty, sure("t3.new_received.total")?.isZero == true,
      sure("t3.carried_in.total")?.isZero == true
    else { return [] }
    let cells = keys("t3.new_received.total", "t3.carried_in.total") + cases
    let found = Exact.sum(cases.compactMap { ledger[$0] }).description
    guard let previous = context.previous.flatMap(requests) else {
      return [
        Rule.casesWithoutRequests.finding(
          status: .notAssessable, cells: cells, found: found,
          say(
            "本年没有收到申请却有行政复议或诉讼案件；没有上年报告，无法判断是否由上年的申请引起。",
            en:
              "There are cases but no requests this year; without last year's report it cannot be told "
              + "whether they stem from last year's requests."))
      ]
    }
    guard previous.isZero else { return [] }
    return [
      Rule.casesWithoutRequests.finding(
        cells: cells, found: found,
        say(
          "本年和上年都没有收到申请，却有行政复议或诉讼案件，请确认案件是否因政府信息公开引起。",
          en:
            "There are cases, but no requests this year or last; please confirm that the cases are about "
            + "disclosure."))
    ]
  }

  private func requests(_ report: Report) -> Exact? {
    guard let new = CellKey("t3.new_received.total"), !report.uncertain.contains(new) else {
      return nil
    }
    return report.number(new).map(Exact.init)
  }

  /// A suit after review follows a review of this year or last.
  private var suitsAfterReview: [Finding] {
    let cells = keys("t4.review.total", "t4.suit_after_review.total")
    guard cells.count == 2, let reviews = sure(cells[0]), let suits = sure(cells[1]),
      suits > reviews
    else { return [] }
    guard let before = context.previous?.number(cells[0]).map(Exact.init) else {
      return [
        Rule.suitsAfterReview.finding(
          status: .notAssessable, cells: cells, expected: reviews.description,
          found: suits.description,
          say(
            "复议后起诉 \(suits) 件，多于本年行政复议 \(reviews) 件；没有上年报告，无法判断是否含上年复议的案件。",
            en:
              "\(suits) suits after review, but \(reviews) reviews this year; without last year's report it "
              + "cannot be told whether they follow last year's reviews."))
      ]
    }
    guard suits > reviews + before else { return [] }
    return [
      Rule.suitsAfterReview.finding(
        cells: cells, expected: (reviews + before).description, found: suits.description,
        say(
          "复议后起诉 \(suits) 件，多于本年和上年行政复议合计 \(reviews + before) 件，请核对。",
          en:
            "\(suits) suits after review are more than the \(reviews + before) reviews of this year and "
            + "last. Please check."))
    ]
  }
}
