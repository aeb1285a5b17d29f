import Digests

/// What an entry says, as canonical JSON: an object, keys in byte order, no white space, text escaped as little as JSON
/// allows. The same values always give the same bytes.
struct Payload {
  private var fields: [(key: StaticString, value: String)] = []

  init() {}

  mutating func add(_ key: StaticString, _ digest: Digest?) {
    if let digest { fields.append((key, "\"\(digest)\"")) }
  }

  mutating func add(_ key: StaticString, _ number: Int64?) {
    if let number { fields.append((key, String(number))) }
  }

  mutating func add(_ key: StaticString, text: String?) {
    if let text { fields.append((key, Payload.quoted(text))) }
  }

  /// An object of row ids and digests.
  mutating func add(_ key: StaticString, rows: [(id: Int64, digest: Digest)]) {
    guard !rows.isEmpty else { return }
    let members = rows.map { "\"\($0.id)\":\"\($0.digest)\"" }
    fields.append((key, "{" + members.joined(separator: ",") + "}"))
  }

  var text: String {
    let sorted = fields.sorted { "\($0.key)" < "\($1.key)" }
    return "{" + sorted.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
