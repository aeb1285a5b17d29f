import Collection
import Intake
public import Journal
public import Receipts
public import Reports

extension ReceiptContent {
  /// What the receipt of a judged arrival says, from the journal alone. `nil`: it is not judged.
  public init?(
    _ detail: ArrivalDetail, _ journal: JournalReader, _ language: Language
  ) throws(JournalError) {
    let arrival = detail.arrival
    guard let result = arrival.result else { return nil }
    let parent = try Earlier(arrival.parent, journal)
    let members = try result.outcome == .unpacked ? journal.members(of: arrival.number) : []
    self.init(
      arrival: arrival.number, received: arrival.received, file: arrival.displayName,
      sha256: result.sha256?.description, bytes: result.size, format: result.format,
      encoding: result.encoding, outcome: result.outcome,
      duplicateOf: try Earlier(of: result, journal),
      supersedes: try Earlier(result.supersedes, journal), refusal: result.reason,
      report: detail.report, findings: detail.findings,
      entry: detail.history.last { $0.kind == .judged || $0.kind == .rejudged }.map {
        Entry(sequence: $0.seq, hash: $0.hash.description)
      }, language: language)
    self.parent = parent
    self.members = members.map { Member($0, in: arrival) }
  }
}

extension ReceiptContent.Earlier {
  /// What an arrival is a duplicate of.
  fileprivate init?(of result: Arrival.Result, _ journal: JournalReader) throws(JournalError) {
    guard let number = result.duplicateOf, let earlier = try journal.arrival(number)?.arrival,
      var answer = try Self(number, journal)
    else { return nil }
    answer.isSameFile = earlier.result?.sha256 == result.sha256
    answer.later = try ReceiptContent.Later(than: earlier, journal)
    self = answer
  }

  fileprivate init?(_ number: Int?, _ journal: JournalReader) throws(JournalError) {
    guard let number, let detail = try journal.arrival(number), let result = detail.arrival.result
    else { return nil }
    self.init(
      number: number, received: detail.arrival.received, outcome: result.outcome,
      file: detail.arrival.displayName)
  }
}

extension ReceiptContent.Later {
  /// The version that counts in the place of an earlier one; where none counts, the newest.
  fileprivate init?(than earlier: Arrival, _ journal: JournalReader) throws(JournalError) {
    guard var newest = earlier.supersededBy else { return nil }
    while let next = try journal.arrival(newest)?.arrival.supersededBy { newest = next }
    guard let chain = VersionChain(try journal.versions(endingWith: newest)),
      chain.standing?.arrival != earlier.number
    else { return nil }
    self.init(number: (chain.standing ?? chain.newest).arrival, counts: chain.standing != nil)
  }
}

extension ReceiptContent.Member {
  fileprivate init(_ member: Arrival, in container: Arrival) {
    self.init(
      number: member.number,
      file: String(member.displayName.dropFirst(container.displayName.count + 1)),
      outcome: member.result?.outcome, unit: member.identity?.unit, year: member.identity?.year)
  }
}

extension Arrival {
  /// The path in the inbox for people, logs and JSON: one line always.
  public var displayName: String { InboxPath(path)?.text ?? name }
}
