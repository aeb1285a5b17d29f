/// Sums over the cases of a corpus, with one line for each case that is not as it must be.
public struct CorpusMeasurement: Sendable {
  public private(set) var cases = 0
  public private(set) var right = 0
  public private(set) var exact = 0
  public private(set) var uncertain = 0
  public private(set) var wrong = 0
  public private(set) var missing = 0
  /// Cases whose outcome, unit, year … differ; whose statements differ; whose findings differ.
  public private(set) var facts = 0
  public private(set) var statements = 0
  public private(set) var findings = 0
  /// Cases that fail and are not listed as known.
  public private(set) var failures: [String] = []
  /// Cases that fail and are listed.
  public private(set) var known: [String] = []
  /// Cases that are listed as known and are right.
  public private(set) var mended: [String] = []

  /// Only a corpus in which nothing has come as a surprise is good.
  public var isGood: Bool { failures.isEmpty && mended.isEmpty }

  public init(_ corpus: Corpus) throws(Corpus.Fault) {
    for entry in corpus.entries {
      let comparison = try corpus.compare(entry)
      cases += 1
      exact += comparison.exact
      uncertain += comparison.uncertain.count
      wrong += comparison.wrong.count
      missing += comparison.missing.count
      facts += comparison.facts.isEmpty ? 0 : 1
      statements += comparison.statements.isEmpty ? 0 : 1
      findings += comparison.findings.isEmpty ? 0 : 1
      let line = "\(entry.id): \(comparison.summary)"
      switch (comparison.isRight, corpus.known[entry.id]) {
      case (true, nil): right += 1
      case (true, let reason?):
        right += 1
        mended.append("\(entry.id): is right now; take it out of known.txt (\(reason))")
      case (false, nil): failures.append(line)
      case (false, _?): known.append(line)
      }
    }
  }
}
