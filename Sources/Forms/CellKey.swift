/// The address of one figure: `t2.…`, `t2v19.…`, `t3.<row>.<column>`, `t4.<block>.<result>`.
///
/// Only addresses that stand on a national form exist. Comparing follows the order of the forms.
public struct CellKey: Sendable, Hashable, Comparable {
  /// Position in ``all``; stable within a build, never stored.
  public let index: UInt16

  /// The key of this name, if a form has it.
  public init?(_ name: String) {
    guard let index = Catalog.shared.index[name] else { return nil }
    self.index = index
  }

  init(known name: String) {
    guard let key = CellKey(name) else { preconditionFailure("no form has a cell \(name)") }
    self = key
  }

  private init(index: UInt16) { self.index = index }

  public var name: String { Catalog.shared.names[Int(index)] }

  /// First part: `t2`, `t2v19`, `t3`, `t4`.
  public var prefix: Substring { Catalog.shared.parts[Int(index)][0] }
  /// Middle part: the row (`new_received`) or, in table 4, the block (`review`).
  public var row: Substring { Catalog.shared.parts[Int(index)][1] }
  /// Last part: the column (`natural`) or, in table 4, the result (`upheld`).
  public var column: Substring { Catalog.shared.parts[Int(index)][2] }

  public var table: TableNumber { words.table }

  public var kind: ValueKind { Catalog.shared.kinds[Int(index)] }

  /// What a person calls the cell: row and column as printed, with the group where words repeat.
  public var words: CellWords { Catalog.shared.words[Int(index)] }

  /// Every cell of every form: 10 + 22 + 182 + 15.
  public static let all: [CellKey] = Catalog.shared.names.indices.map { CellKey(index: UInt16($0)) }

  public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// How the forms name a cell.
public struct CellWords: Sendable, Hashable {
  public let table: TableNumber
  /// （三）不予公开 and the like; in table 4 行政诉讼.
  public let group: String?
  /// The row's label; in table 4 the block's caption.
  public let row: String
  public let column: String
}

extension CellKey: CustomStringConvertible {
  public var description: String { name }
}

extension CellKey: Codable, CodingKeyRepresentable {
  public init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let key = CellKey(name) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no form has a cell \(name)"))
    }
    self = key
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public var codingKey: any CodingKey { Name(stringValue: name) }

  public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}

/// All cells of all forms, numbered once.
private struct Catalog: Sendable {
  var names: [String] = []
  var parts: [[Substring]] = []
  var kinds: [ValueKind] = []
  var words: [CellWords] = []
  var index: [String: UInt16] = [:]

  static let shared = Catalog()

  private init() {
    for table in [
      FormTable.table2of2021, .table2of2019, .table3of2021, .table3of2019, .table4,
    ] {
      for block in table.blocks {
        for row in block.rows {
          for column in block.columns {
            add(table, block, row, column)
          }
        }
      }
    }
  }

  private mutating func add(
    _ table: FormTable, _ block: FormBlock, _ row: FormRow, _ column: FormColumn
  ) {
    let name = "\(block.prefix).\(row.key).\(column.key)"
    guard index[name] == nil else { return }
    index[name] = UInt16(names.count)
    names.append(name)
    parts.append(name.split(separator: "."))
    kinds.append(column.kind)
    words.append(
      CellWords(
        table: table.number,
        group: table.number == .four ? block.parent?.official : row.group?.label.official,
        row: row.label?.official ?? block.caption?.official ?? row.key,
        column: column.label.official))
  }
}
