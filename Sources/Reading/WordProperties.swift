/// Properties of the binary Word format: numbers of two bytes, each with an operand whose size the number tells (MS-DOC
/// 2.2.5.1, “Sprm”).
enum WordProperties {
  /// Calls the body with each property and its operand, in order; stops where the bytes make no sense.
  static func forEach(
    in list: [UInt8], _ body: (_ property: Int, _ operand: ArraySlice<UInt8>) -> Void
  ) {
    var index = 0
    while let property = list.number(at: index, size: 2) {
      index += 2
      var size =
        switch property >> 13 {
        case 0, 1: 1
        case 2, 4, 5: 2
        case 3: 4
        case 7: 3
        default: 0
        }
      if property >> 13 == 6 {
        if property == 0xD608 {
          // The definition of a table tells its size in two bytes, one more than there are.
          guard let told = list.number(at: index, size: 2) else { return }
          size = told + 1
        } else {
          guard let told = list.number(at: index, size: 1) else { return }
          // Tab stops in more than 255 bytes say only that.
          guard !(property == 0xC615 && told == 255) else { return }
          size = told + 1
        }
      }
      guard index + size <= list.count else { return }
      body(property, list[index..<index + size])
      index += size
    }
  }

  /// A change of one property in a piece of text (MS-DOC 2.9.189, “Prm0”), of those that reading knows.
  static func short(_ number: Int, _ value: UInt8) -> [UInt8] {
    let property =
      switch number {
      case 0x18: 0x2416
      case 0x19: 0x2417
      case 0x41: 0x0800
      case 0x57: 0x0837
      case 0x5C: 0x083C
      default: 0
      }
    return property == 0 ? [] : [UInt8(property & 0xFF), UInt8(property >> 8), value]
  }
}

/// What reading needs to know of a paragraph.
struct WordParagraph {
  var isInTable = false
  var depth = 0
  var endsRow = false
  var endsInnerCell = false
  var endsInnerRow = false
  var isHeading = false
  var shape = TableLevels.RowShape()

  /// Cells may be merged in the definition, or by properties behind it.
  mutating func apply(_ list: [UInt8], data: [UInt8], isNested: Bool = false) {
    var huge: Int?
    WordProperties.forEach(in: list) { property, operand in
      let value = operand.first ?? 0
      switch property {
      case 0x2416: isInTable = value != 0
      case 0x2417: endsRow = value != 0
      case 0x244B: endsInnerCell = value != 0
      case 0x244C: endsInnerRow = value != 0
      case 0x6649: depth = Array(operand).number(at: 0, size: 4) ?? 0
      case 0x2640: isHeading = value < 9
      case 0xD608: define(Array(operand))
      case 0x5624: merge(Array(operand))
      case 0xD62B: mergeDown(Array(operand))
      case 0x6645, 0x6646: huge = Array(operand).number(at: 0, size: 4)
      default: break
      }
    }
    // A long list stands in a stream of its own.
    if let huge, !isNested, let length = data.number(at: huge, size: 2),
      huge + 2 + length <= data.count
    {
      apply(Array(data[huge + 2..<huge + 2 + length]), data: data, isNested: true)
    }
  }

  /// Size in two bytes, number of cells, their edges, and 20 bytes for each cell, which may be left out at the end.
  private mutating func define(_ operand: [UInt8]) {
    guard let count = operand.number(at: 2, size: 1),
      let start = operand.signed(at: 3)
    else { return }
    shape = TableLevels.RowShape(start: start)
    var leftmost: Int?
    for index in 0..<count {
      guard let edge = operand.signed(at: 3 + 2 * (index + 1)) else { return }
      var cell = TableLevels.RowShape.Cell(edge: edge)
      let flags = operand.number(at: 3 + 2 * (count + 1) + 20 * index, size: 2) ?? 0
      // Which mark the first of the merged cells has differs by writer: it is that of the leftmost.
      let mark = flags & 3
      if mark == 0 {
        leftmost = nil
      } else if let first = leftmost, mark != first {
        cell.continuesLeft = true
      } else {
        leftmost = mark
      }
      cell.continuesAbove = flags >> 5 & 3 == 1
      shape.cells.append(cell)
    }
  }

  private mutating func merge(_ operand: [UInt8]) {
    guard operand.count >= 2 else { return }
    for index in Int(operand[0]) + 1..<max(Int(operand[0]) + 1, Int(operand[1]))
    where shape.cells.indices.contains(index) { shape.cells[index].continuesLeft = true }
  }

  private mutating func mergeDown(_ operand: [UInt8]) {
    guard operand.count >= 3, shape.cells.indices.contains(Int(operand[1])) else { return }
    shape.cells[Int(operand[1])].continuesAbove = operand[2] == 1
  }
}

/// What reading needs to know of characters.
struct WordCharacters {
  var isHidden = false
  var isStruck = false
  var isDeleted = false
  var isInserted = false
  /// A character that stands for something else: a picture, a note.
  var isSpecial = false
  var isRaised = false

  var isUnseen: Bool { isHidden || isStruck || isDeleted }

  /// Those that matter of a list that is applied again and again, the last of each.
  static func known(in list: [UInt8]) -> [UInt8] {
    var last: [Int: UInt8] = [:]
    WordProperties.forEach(in: list) { property, operand in
      if [0x0800, 0x0801, 0x0837, 0x2A53, 0x083C, 0x0855, 0x2A48].contains(property) {
        last[property] = operand.first
      }
    }
    return last.sorted { $0.key < $1.key }.flatMap { property, value in
      [UInt8(property & 0xFF), UInt8(property >> 8), value]
    }
  }

  mutating func apply(_ list: [UInt8]) {
    WordProperties.forEach(in: list) { property, operand in
      let value = operand.first ?? 0
      // 1 on, 0x81 other than the style.
      let isOn = value & 1 != 0
      switch property {
      case 0x0800: isDeleted = isOn
      case 0x0801: isInserted = isOn
      case 0x0837, 0x2A53: isStruck = isOn
      case 0x083C: isHidden = isOn
      case 0x0855: isSpecial = isOn
      case 0x2A48: isRaised = value == 1 || value == 2
      default: break
      }
    }
  }
}
