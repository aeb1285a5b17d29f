import GRDB
import Reports

extension Journal {
  /// Gives each file its arrival number, before anything is moved. One transaction for all.
  /// - Returns: the numbers, in the order of the requests.
  public func claim(_ requests: [ClaimRequest]) throws(JournalError) -> [Int] {
    guard !requests.isEmpty else { return [] }
    return try append { db, chain in
      try requests.map { try db.claim($0, member: nil, &chain) }
    }
  }

  /// Gives up claims whose file never left the inbox. The numbers are not used again.
  /// - Throws: ``JournalError/conflict(_:)`` when one of them is judged or unknown; then none is given up.
  public func withdraw(_ numbers: [Int]) throws(JournalError) {
    guard !numbers.isEmpty else { return }
    try append { db, chain in
      for number in numbers {
        try db.run(
          "DELETE FROM arrivals WHERE number = ? AND state = 'claimed'", [number.databaseInteger])
        guard db.changesCount == 1 else {
          throw JournalError.conflict("arrival \(number) is no claim that could be withdrawn")
        }
        try chain.append(.withdrawn, arrival: number, Payload())
      }
    }
  }
}

extension Database {
  func lastNumber() throws -> Int {
    let last = try cachedStatement(sql: "SELECT seq FROM sqlite_sequence WHERE name = 'arrivals'")
    return try Int.fetchOne(last) ?? 0
  }

  /// Gives the next number to one file; to a member of a container, with its row.
  func claim(
    _ request: ClaimRequest, member: MemberClaim?, _ chain: inout Chain
  ) throws -> Int {
    let number = try lastNumber() + 1
    let pinned: [DatabaseValue] = [
      number.databaseInteger, request.path.blob,
      String(decoding: request.path, as: UTF8.self).databaseValue,
      request.folder.databaseValue, request.received.microseconds.databaseValue,
      request.hints.databaseValue,
    ]
    try run(
      """
      INSERT INTO arrivals (number, path, name, folder, received, hints, state) \
      VALUES (?, ?, ?, ?, ?, ?, 'claimed')
      """, pinned)
    var payload = Payload()
    payload.add("claim", CanonicalBytes.digest(pinned))
    if let member {
      let row: [DatabaseValue] = [
        number.databaseInteger, member.parent.databaseInteger, member.digest?.blob ?? .null,
        member.size.databaseInteger, (member.refusal?.code.rawValue).databaseValue,
        (member.refusal?.detail).databaseValue,
      ]
      try insert("members", row)
      payload.add("member", CanonicalBytes.digest(row))
    }
    try chain.append(.claimed, arrival: number, payload)
    return number
  }
}
