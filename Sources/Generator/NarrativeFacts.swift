import Forms
import Reports

/// The figures of a report by the names that phrases call them.
struct NarrativeFacts {
  let year: Int
  let us: String
  let isLevel: Bool
  private let values: [String: Int]
  private let subjects: [String: Statement.Subject]
  private let exact: Set<String>

  /// `nil` where a table is missing, or a figure of the sums is negative or no number.
  init?(_ report: SyntheticReport) {
    guard report.tablesMissing.isEmpty, report.rowsMissing.isEmpty else { return nil }
    year = report.year
    us = report.organ.short
    isLevel = report.organ.kind == .level
    var values: [String: Int] = [:]
    var exact: Set<String> = []
    func put(_ name: String, _ cells: [String]) {
      let keys = cells.compactMap { CellKey($0) }
      let numbers = keys.map { report.cells[$0]?.number?.integer }
      values[name] = numbers.reduce(0) { $0 + ($1 ?? 0) }
      if !numbers.contains(nil), keys.count == cells.count { exact.insert(name) }
    }
    func rows(_ keys: [String]) -> [String] { keys.map { "t3.\($0).total" } }
    put("received", rows(["new_received"]))
    put("receivedAll", rows(["new_received", "carried_in"]))
    put("carriedIn", rows(["carried_in"]))
    put("done", rows(["results_total"]))
    put("doneAll", rows(["results_total", "carried_out"]))
    put("carriedOut", rows(["carried_out"]))
    put("granted", rows(["granted"]))
    put("partial", rows(["partial"]))
    put("both", rows(["granted", "partial"]))
    put("natural", ["t3.new_received.natural"])
    let organisations = ["company", "research", "charity", "legal_service", "other_org"]
    put("naturalAll", ["t3.new_received.natural", "t3.carried_in.natural"])
    put("organisations", organisations.map { "t3.new_received.\($0)" })
    put(
      "organisationsAll",
      organisations.flatMap { ["t3.new_received.\($0)", "t3.carried_in.\($0)"] })
    let form = FormTable.of(.three, report.template3).blocks[0].rows.map(\.key)
    for (name, prefix) in [
      ("denied", "deny_"), ("unable", "unable_"), ("rejected", "reject_"), ("otherwise", "other_"),
    ] {
      put(name, rows(form.filter { $0.hasPrefix(prefix) }))
    }
    for key in form { put(key, rows([key])) }
    put("review", ["t4.review.total"])
    put("suit", ["t4.suit_direct.total", "t4.suit_after_review.total"])
    values["rest"] = max(0, (values["done"] ?? 0) - (values["unable"] ?? 0))
    var subjects = Self.subjects
    for result in Statement.CaseResult.allCases {
      put("review.\(result)", ["t4.review.\(result)"])
      put("suit.\(result)", ["t4.suit_direct.\(result)", "t4.suit_after_review.\(result)"])
      subjects["review.\(result)"] = .result(.review, result)
      subjects["suit.\(result)"] = .result(.suit, result)
    }
    for (name, cells) in Self.table2 {
      guard let cell = cells.first(where: { CellKey($0).map { report.keys.contains($0) } == true }),
        let key = CellKey(cell)
      else { continue }
      put(name, [cell])
      subjects[name] = .table2(key)
    }
    guard values.values.allSatisfy({ $0 >= 0 }) else { return nil }
    self.values = values
    self.subjects = subjects
    self.exact = exact
  }

  private static let subjects: [String: Statement.Subject] = [
    "received": .received, "receivedAll": .received, "carriedIn": .carriedIn, "done": .done,
    "doneAll": .done, "carriedOut": .carriedOut, "granted": .granted, "partial": .partial,
    "both": .grantedAndPartial, "denied": .denied, "unable": .unable, "rejected": .rejected,
    "otherwise": .otherwise, "natural": .natural, "organisations": .organisations,
    "review": .review, "suit": .suit,
  ]

  private static let table2: [(String, [String])] = [
    ("license", ["t2.license.decisions", "t2v19.license.decisions"]),
    ("penalty", ["t2.penalty.decisions", "t2v19.penalty.decisions"]),
    ("coercion", ["t2.coercion.decisions", "t2v19.coercion.decisions"]),
    ("issued", ["t2.normative.issued"]), ("repealed", ["t2.normative.repealed"]),
    ("inForce", ["t2.normative.in_force"]),
  ]

  func has(_ name: String) -> Bool { values[name] != nil }

  /// The cells are all filled, so that another figure in the text is a contradiction.
  func isExact(_ name: String) -> Bool { exact.contains(name) }

  func value(_ name: String) -> Int {
    guard let value = values[name] else { preconditionFailure("no fact \(name)") }
    return value
  }

  func subject(_ name: String) -> Statement.Subject {
    guard let subject = subjects[name] else { preconditionFailure("no subject \(name)") }
    return subject
  }
}
