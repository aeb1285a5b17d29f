public import Reports

/// A report whose words tell its figures in many ways, with the truth about what they tell.
public struct Narration: Sendable {
  /// Something that the words tell.
  public struct Told: Sendable, Hashable {
    public let subject: Statement.Subject
    /// The figure; `nil` for statements without one.
    public let value: Figure?
    /// A careful reader takes it; else it may be read and need not.
    public let isOwed: Bool
  }

  public enum Contradiction: String, Sendable, CaseIterable {
    case figure, percent, noRequests, allDone, year, problems, fee, placeholder, anybody
  }

  /// The report with the words in its sections.
  public let report: SyntheticReport
  public let told: [Told]
  /// The checks of words against tables that must fail: all of them, information too.
  public let checks: Set<String>
  public let contradiction: Contradiction?

  /// - Parameters:
  ///   - seed: chooses the words.
  ///   - breaksLines: whether the layout has lines, which may break anywhere.
  ///   - contradicted: with one thing told wrong; `nil` is returned where the report has no place for it.
  public init?(
    _ report: SyntheticReport, seed: UInt64, breaksLines: Bool, contradicted: Bool
  ) {
    guard let facts = NarrativeFacts(report) else { return nil }
    let random = SplitMix64(seed: seed)
    let plain = NarrativeComposer(report, facts, random, breaksLines: breaksLines, nil)
    guard contradicted else {
      self.init(plain, checks: [], nil)
      return
    }
    var choice = random.fork(7)
    let kinds: [Contradiction] =
      Array(repeating: .figure, count: 12) + [.percent, .percent]
      + [
        .noRequests, .noRequests, .allDone, .allDone, .year, .problems, .fee, .placeholder,
        .anybody,
      ]
    for _ in 0..<12 {
      let kind = choice.pick(kinds)
      var alteration: (name: String, by: Int)?
      var checks: Set<String> = []
      switch kind {
      case .figure:
        let names = plain.names.filter { facts.isExact($0) }.sorted()
        guard !names.isEmpty else { continue }
        let name = choice.pick(names)
        let by = choice.pick([-2, -1, 1, 2, 3, 5, 9, 10, 40])
        // A share of more than all is no share.
        guard !plain.tellsPercent || facts.isWithinWhole(name, alteredBy: by),
          let owed = facts.checks(of: name, alteredBy: by)
        else { continue }
        alteration = (name, by)
        checks = owed
      case .percent:
        guard plain.tellsPercent else { continue }
        checks = ["TXT-PERCENT"]
      case .noRequests:
        guard facts.isExact("received"), facts.value("received") > 0 else { continue }
        checks = ["TXT-NONE"]
      case .allDone:
        guard facts.isExact("carriedOut"), facts.value("carriedOut") > 0 else { continue }
        checks = ["TXT-CONTRADICTION"]
      case .year: checks = ["TXT-YEAR"]
      case .problems: checks = ["TXT-DUTY-5"]
      case .fee: checks = ["TXT-DUTY-6-FEE"]
      case .placeholder, .anybody: checks = ["TXT-PLACEHOLDER"]
      }
      let composer = NarrativeComposer(
        report, facts, random, breaksLines: breaksLines, kind, alteration)
      // Which phrases tell all done is a matter of chance.
      if kind == .allDone, !composer.told.contains(where: { $0.subject == .allDone && $0.isOwed }) {
        continue
      }
      if kind == .noRequests, !composer.told.contains(where: { $0.subject == .noRequests }) {
        continue
      }
      self.init(composer, checks: checks, kind)
      return
    }
    return nil
  }

  private init(
    _ composer: NarrativeComposer, checks: Set<String>, _ contradiction: Contradiction?
  ) {
    report = composer.report
    told = composer.told
    self.checks = checks
    self.contradiction = contradiction
  }
}

extension NarrativeFacts {
  /// Whether parts are still at most their whole when a figure is told wrong by so much.
  fileprivate func isWithinWhole(_ name: String, alteredBy by: Int) -> Bool {
    switch name {
    case "done", "received": by > 0
    case "natural", "organisations": value(name) + by <= value("received")
    default: value(name) + by <= value("done")
    }
  }

  /// The checks that fail where a figure is told wrong by so much; `nil` where another reading would still be right.
  func checks(of name: String, alteredBy by: Int) -> Set<String>? {
    let told = value(name) + by
    guard told >= 0 else { return nil }
    let others: [String]
    let check: String
    switch name {
    case "received", "receivedAll": (check, others) = ("TXT-RECEIVED", ["received", "receivedAll"])
    case "natural": (check, others) = ("TXT-RECEIVED", ["natural", "naturalAll"])
    case "organisations": (check, others) = ("TXT-RECEIVED", ["organisations", "organisationsAll"])
    case "carriedIn": (check, others) = ("TXT-CARRIED-IN", ["carriedIn"])
    case "done", "doneAll": (check, others) = ("TXT-DONE", ["done", "doneAll"])
    case "carriedOut": (check, others) = ("TXT-CARRIED-OUT", ["carriedOut"])
    case "granted": (check, others) = ("TXT-OUTCOME-granted", ["granted", "both"])
    case "both": (check, others) = ("TXT-OUTCOME-granted", ["both"])
    case "partial": (check, others) = ("TXT-OUTCOME-partial", ["partial"])
    case "denied": (check, others) = ("TXT-OUTCOME-deny", ["denied"])
    case "unable": (check, others) = ("TXT-OUTCOME-unable", ["unable"])
    case "rejected": (check, others) = ("TXT-OUTCOME-reject", ["rejected"])
    case "otherwise": (check, others) = ("TXT-OUTCOME-other", ["otherwise"])
    case "review": (check, others) = ("TXT-REVIEW", ["review"])
    case "suit": (check, others) = ("TXT-SUIT", ["suit"])
    case _ where name.hasPrefix("review."): (check, others) = ("TXT-REVIEW", [name])
    case _ where name.hasPrefix("suit."): (check, others) = ("TXT-SUIT", [name])
    default: (check, others) = ("TXT-TABLE2", [name])
    }
    guard others.allSatisfy({ isExact($0) && value($0) != told }) else { return nil }
    // Requests told where the table has none at all.
    let isNone = check == "TXT-RECEIVED" && value("receivedAll") == 0
    return isNone ? [check, "TXT-NONE"] : [check]
  }
}
