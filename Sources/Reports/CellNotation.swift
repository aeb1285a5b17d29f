import Forms

/// All cells of a report in one text, as the worker hands them to the daemon. Two hundred small objects take JSON longer to
/// write and to read than everything else that is done with a report.
///
/// Each cell is its key's name, what it is, what is printed, and its place if it has one, with commas between, ended by a
/// semicolon: `t3.new_received.natural,=,12,第3行;`. What it is: `=` a number printed just so; `n` and the digits a number
/// printed otherwise; `b` blank, `a` not applicable, `t` text. In what is printed and in places `~` stands before its own
/// like, before a comma (`~c`) and a semicolon (`~s`).
enum CellNotation {
  private static let comma = UInt8(ascii: ",")
  private static let semicolon = UInt8(ascii: ";")
  private static let tilde = UInt8(ascii: "~")

  static func text(_ cells: [CellKey: Cell]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(cells.count * 48)
    for key in cells.keys.sorted() {
      guard let cell = cells[key] else { continue }
      bytes += key.name.utf8
      bytes.append(comma)
      append(cell, to: &bytes)
      if let place = cell.place {
        bytes.append(comma)
        append(place, to: &bytes)
      }
      bytes.append(semicolon)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ cell: Cell, to bytes: inout [UInt8]) {
    switch cell.class {
    case .number:
      let digits = cell.number?.description
      if let digits, digits == cell.raw {
        bytes.append(UInt8(ascii: "="))
      } else {
        bytes.append(UInt8(ascii: "n"))
        bytes += (digits ?? "").utf8
      }
    case .blank: bytes.append(UInt8(ascii: "b"))
    case .notApplicable: bytes.append(UInt8(ascii: "a"))
    case .text: bytes.append(UInt8(ascii: "t"))
    }
    bytes.append(comma)
    append(cell.raw, to: &bytes)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case tilde: bytes += [tilde, tilde]
      case comma: bytes += [tilde, UInt8(ascii: "c")]
      case semicolon: bytes += [tilde, UInt8(ascii: "s")]
      default: bytes.append(byte)
      }
    }
  }

  /// `nil` for what is not in this notation, has a cell that no form has, or one twice.
  static func cells(_ text: String) -> [CellKey: Cell]? {
    var text = text
    return text.withUTF8 { bytes in
      var cells: [CellKey: Cell] = Dictionary(minimumCapacity: 256)
      var rest = Slice(base: bytes, bounds: bytes.indices)
      while !rest.isEmpty {
        guard let end = rest.firstIndex(of: semicolon),
          let (key, cell) = cell(rest[..<end]), cells.updateValue(cell, forKey: key) == nil
        else { return nil }
        rest = rest[(end + 1)...]
      }
      return cells
    }
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private static func cell(_ record: Bytes) -> (CellKey, Cell)? {
    let fields = record.split(separator: comma, omittingEmptySubsequences: false)
    guard fields.count == 3 || fields.count == 4, let kind = fields[1].first,
      let key = CellKey(String(decoding: fields[0], as: UTF8.self)), let raw = plain(fields[2])
    else { return nil }
    var place: String?
    if fields.count == 4 {
      place = plain(fields[3])
      guard place != nil else { return nil }
    }
    let digits = fields[1].dropFirst()
    func cell(_ class: Cell.Class) -> (CellKey, Cell)? {
      digits.isEmpty ? (key, Cell(class: `class`, raw: raw, place: place)) : nil
    }
    switch kind {
    case UInt8(ascii: "="):
      guard digits.isEmpty, let figure = Figure(raw) else { return nil }
      return (key, Cell(class: .number, number: figure, raw: raw, place: place))
    case UInt8(ascii: "n"):
      let figure = Figure(String(decoding: digits, as: UTF8.self))
      guard figure != nil || digits.isEmpty else { return nil }
      return (key, Cell(class: .number, number: figure, raw: raw, place: place))
    case UInt8(ascii: "b"): return cell(.blank)
    case UInt8(ascii: "a"): return cell(.notApplicable)
    case UInt8(ascii: "t"): return cell(.text)
    default: return nil
    }
  }

  private static func plain(_ bytes: Bytes) -> String? {
    guard bytes.contains(tilde) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        switch byte {
        case tilde: result.append(tilde)
        case UInt8(ascii: "c"): result.append(comma)
        case UInt8(ascii: "s"): result.append(semicolon)
        default: return nil
        }
        isEscaped = false
      } else if byte == tilde {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return isEscaped ? nil : String(decoding: result, as: UTF8.self)
  }
}
