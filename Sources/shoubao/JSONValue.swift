/// A value of JSON. `null` is written out: a key that is missing and one without a value are different things.
enum JSONValue: Encodable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  case null
  case integer(Int)
  case text(String)
  case flag(Bool)
  case list([JSONValue])
  /// Keys and values in any order; no key twice. Nothing is moved where they stand in the order of the text.
  case members([(String, JSONValue)])
  /// Text that ``write(to:)`` takes as it is: lists of a hundred thousand objects, for which values would be made to be thrown away.
  case written(String)
  /// Something with a form of its own. Kept elsewhere, so that the others are small.
  indirect case record(any Encodable)

  init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
  init(_ value: String?) { self = value.map(JSONValue.text) ?? .null }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .members(elements)
  }
  static func object(_ members: [String: JSONValue]) -> JSONValue {
    .members(members.map { ($0.key, $0.value) })
  }
  init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .members(let members):
      try Dictionary(uniqueKeysWithValues: members).encode(to: encoder)
    case .list(let members): try members.encode(to: encoder)
    case .record(let value): try value.encode(to: encoder)
    case .written(let text):
      throw EncodingError.invalidValue(
        text, .init(codingPath: encoder.codingPath, debugDescription: "is text already"))
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .integer(let value): try value.encode(to: encoder)
    case .text(let value): try value.encode(to: encoder)
    case .flag(let value): try value.encode(to: encoder)
    }
  }

  /// Appends the text that ``encoded(_:)-(Encodable)`` would make of it, several times faster: the totals of a country have a
  /// hundred thousand objects.
  func write(to text: inout String) throws {
    switch self {
    case .null: text += "null"
    case .integer(let value): text += String(value)
    case .flag(let value): text += value ? "true" : "false"
    case .text(let value): JSONValue.write(value, to: &text)
    case .record(let value): text += try encoded(value)
    case .written(let value): text += value
    case .list(let members):
      text += "["
      for (place, member) in members.enumerated() {
        if place > 0 { text += "," }
        try member.write(to: &text)
      }
      text += "]"
    case .members(let members):
      text += "{"
      let isInOrder = members.indices.dropFirst().allSatisfy { members[$0 - 1].0 < members[$0].0 }
      let sorted = isInOrder ? members : members.sorted { $0.0 < $1.0 }
      for (place, (key, value)) in sorted.enumerated() {
        if place > 0 { text += "," }
        JSONValue.write(key, to: &text)
        text += ":"
        try value.write(to: &text)
      }
      text += "}"
    }
  }

  /// Whether a text stands between quotes as it is.
  static func isPlain(_ text: String) -> Bool {
    func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }
    return text.utf8.withContiguousStorageIfAvailable { !$0.contains(where: isSpecial) }
      ?? !text.utf8.contains(where: isSpecial)
  }

  static func write(_ value: String, to text: inout String) {
    text += "\""
    if !isPlain(value) {
      for scalar in value.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\u{8}": text += "\\b"
        case "\u{C}": text += "\\f"
        case _ where scalar.value < 0x20:
          text += scalar.value < 0x10 ? "\\u000" : "\\u00"
          text += String(scalar.value, radix: 16)
        default: text.unicodeScalars.append(scalar)
        }
      }
    } else {
      text += value
    }
    text += "\""
  }
}
