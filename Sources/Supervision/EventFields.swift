/// What an event is about. Only what is set is sent; the names are those of the contract.
public struct EventFields: Sendable, Hashable {
  /// The arrival number.
  public var arrival: Int64?
  /// The path below the inbox in its escaped form (`InboxPath.text`): control characters and bytes that are no UTF-8
  /// as `\xNN`, so that every tool shows the field as text, and the bytes can be had back.
  public var file: String?
  /// SHA-256, lower-case hexadecimal.
  public var digest: String?
  public var unit: String?
  public var year: Int?
  /// The coded value, as `accepted_with_warnings`.
  public var outcome: String?
  public var errors: Int?
  public var warnings: Int?
  public var durationMicroseconds: Int64?
  /// The coded reason of a refusal, as `image_only`.
  public var reason: String?
  /// The arrival whose copy this is, or whose place it takes.
  public var earlier: Int64?
  /// The archive or mail that it came in.
  public var parent: Int64?
  /// The hash of the journal's last entry.
  public var head: String?
  /// The number of the journal's entries.
  public var entries: Int64?
  /// Files, bytes or units that the message speaks of.
  public var count: Int64?
  /// The layers of the cage that hold, as `no_new_privs capabilities limits landlock seccomp`.
  public var cage: String?
  /// The layers that the kernel does not give.
  public var cageMissing: String?
  /// The error number of a system call that failed.
  public var errno: Int32?

  public init() {}

  /// For writing them in place: `EventFields { $0.arrival = 7 }`.
  public init(_ fill: (inout EventFields) -> Void) { fill(&self) }

  var named: [(name: String, value: String)] {
    var out: [(name: String, value: String)] = []
    func add(_ name: String, _ value: (any CustomStringConvertible)?) {
      if let value { out.append((name, value.description)) }
    }
    add("SHOUBAO_ARRIVAL", arrival)
    add("SHOUBAO_FILE", file)
    add("SHOUBAO_DIGEST", digest)
    add("SHOUBAO_UNIT", unit)
    add("SHOUBAO_YEAR", year)
    add("SHOUBAO_OUTCOME", outcome)
    add("SHOUBAO_ERRORS", errors)
    add("SHOUBAO_WARNINGS", warnings)
    add("SHOUBAO_DURATION_USEC", durationMicroseconds)
    add("SHOUBAO_REASON", reason)
    add("SHOUBAO_EARLIER", earlier)
    add("SHOUBAO_PARENT", parent)
    add("SHOUBAO_HEAD", head)
    add("SHOUBAO_ENTRIES", entries)
    add("SHOUBAO_COUNT", count)
    add("SHOUBAO_CAGE", cage)
    add("SHOUBAO_CAGE_MISSING", cageMissing)
    add("ERRNO", errno)
    return out
  }
}
