import Forms
import Reports

/// What a cell must be.
struct ExpectedCell: Sendable, Hashable {
  var `class`: Cell.Class?
  /// As printed, in plain digits: `2.50` is not `2.5`.
  var number: String?
  var raw: String?

  /// A number, `/` for not applicable, or nothing (also `_`) for blank.
  init?(_ text: some StringProtocol) {
    switch text {
    case "", "_": `class` = .blank
    case "/": `class` = .notApplicable
    default:
      guard let figure = Figure(text) else { return nil }
      `class` = .number
      number = figure.description
    }
  }

  func isMet(by cell: Cell) -> Bool {
    (`class` == nil || cell.class == `class`)
      && (number == nil || cell.number?.description == number)
      && (raw == nil || cell.raw == raw)
  }
}

extension ExpectedCell: Decodable, CustomStringConvertible {
  private enum Key: String, CodingKey { case `class`, number, raw }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    `class` = try object.decodeIfPresent(Cell.Class.self, forKey: .class)
    number = try object.decodeIfPresent(String.self, forKey: .number)
    raw = try object.decodeIfPresent(String.self, forKey: .raw)
  }

  var description: String {
    switch `class` {
    case .blank: "blank"
    case .notApplicable: "/"
    default: number ?? raw ?? `class`?.rawValue ?? "anything"
    }
  }
}

/// What stands beside a key under `cells`: a value, the values of a row, or an object as in `check --format json`.
enum CellValue: Decodable {
  case words(String)
  case object(ExpectedCell)

  init(from decoder: any Decoder) throws {
    if let words = try? decoder.singleValueContainer().decode(String.self) {
      self = .words(words)
    } else {
      self = .object(try ExpectedCell(from: decoder))
    }
  }

  func cells(
    of name: String, _ fault: (String) -> DecodingError
  ) throws -> [(CellKey, ExpectedCell)] {
    let keys = cellKeys(under: name)
    guard !keys.isEmpty else {
      throw fault("a cell or a row of the forms is expected for “\(name)”")
    }
    switch self {
    case .object(let cell):
      guard keys.count == 1 else { throw fault("“\(name)” is no single cell") }
      return [(keys[0], cell)]
    case .words(let words):
      let parts = keys.count == 1 ? [words[...]] : words.split(separator: " ")
      guard parts.count == keys.count else {
        throw fault("\(name) has \(keys.count) cells, \(parts.count) are given (a blank is _)")
      }
      return try zip(keys, parts).map { key, part in
        guard let cell = ExpectedCell(part) else {
          throw fault("a number, / or _ is expected for \(key), not “\(part)”")
        }
        return (key, cell)
      }
    }
  }
}
