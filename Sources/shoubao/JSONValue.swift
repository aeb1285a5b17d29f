/// A value of JSON. `null` is written out: a key that is missing and one without a value are different things.
enum JSONValue: Encodable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  case null
  case integer(Int)
  case text(String)
  case flag(Bool)
  case list([JSONValue])
  case object([String: JSONValue])
  /// Something with a form of its own.
  case record(any Encodable)

  init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
  init(_ value: String?) { self = value.map(JSONValue.text) ?? .null }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
  init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members): try members.encode(to: encoder)
    case .list(let members): try members.encode(to: encoder)
    case .record(let value): try value.encode(to: encoder)
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .integer(let value): try value.encode(to: encoder)
    case .text(let value): try value.encode(to: encoder)
    case .flag(let value): try value.encode(to: encoder)
    }
  }
}
