import Testing

/// A small reader of well-formed markup, written apart from what it tests.
struct Markup {
  struct Broken: Error { let reason: String }

  final class Node {
    let name: String
    let attributes: [String: String]
    var children: [Node] = []
    /// Own text and that of all below, entities replaced.
    var text = ""
    init(_ name: String, _ attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    func all(_ name: String) -> [Node] {
      children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
    }
  }

  let root: Node

  /// Reads markup; a tag not closed, an attribute without quotes, a bare `&` or a name twice in one tag are errors.
  init(_ source: String) throws {
    var text = Substring(source)
    guard text.hasPrefix("<!DOCTYPE html>\n") else { throw Broken(reason: "no doctype") }
    text.removeFirst("<!DOCTYPE html>\n".count)
    let document = Node("", [:])
    var open = [document]
    while let start = text.firstIndex(of: "<") {
      let words = try Self.plain(text[..<start])
      for node in open { node.text += words }
      guard let end = text[start...].firstIndex(of: ">") else { throw Broken(reason: "tag open") }
      let tag = text[text.index(after: start)..<end]
      text = text[text.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.count > 1, open.removeLast().name == tag.dropFirst() else {
          throw Broken(reason: "</\(tag.dropFirst())> closes nothing")
        }
      } else {
        let (name, attributes) = try Self.parts(of: tag.hasSuffix("/") ? tag.dropLast() : tag)
        let node = Node(name, attributes)
        open[open.count - 1].children.append(node)
        if !tag.hasSuffix("/") { open.append(node) }
      }
    }
    guard open.count == 1, document.children.count == 1 else {
      throw Broken(reason: "\(open.last?.name ?? "") is not closed")
    }
    root = document.children[0]
  }

  private static func parts(of tag: Substring) throws -> (String, [String: String]) {
    let name = tag.prefix { $0 != " " }
    var rest = tag.dropFirst(name.count)
    var attributes: [String: String] = [:]
    while true {
      rest = rest.drop { $0 == " " || $0 == "\n" }
      guard !rest.isEmpty else { return (String(name), attributes) }
      let key = rest.prefix { $0 != "=" }
      rest = rest.dropFirst(key.count)
      guard rest.hasPrefix("=\""), let close = rest.dropFirst(2).firstIndex(of: "\"") else {
        throw Broken(reason: "attribute \(key) of <\(name)>")
      }
      let value = try plain(rest.dropFirst(2)[..<close])
      guard attributes.updateValue(value, forKey: String(key)) == nil else {
        throw Broken(reason: "\(key) twice in <\(name)>")
      }
      rest = rest[rest.index(after: close)...]
    }
  }

  private static func plain(_ text: Substring) throws -> String {
    var result = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";") else { throw Broken(reason: "bare &") }
      let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
      guard let character = names[String(rest[rest.index(after: start)..<end])] else {
        throw Broken(reason: "entity \(rest[start...end])")
      }
      result += character
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

/// The cells of an HTML table at the places they come to stand, merged cells at their top left.
struct Grid {
  private(set) var places: [(row: Int, column: Int, node: Markup.Node)] = []
  private(set) var width = 0
  private(set) var height = 0
  /// How many cells cover a place: one each, or the table is no rectangle.
  private var cover: [[Int]: Int] = [:]

  init(_ table: Markup.Node) throws {
    for row in table.all("tr") {
      var column = 0
      for cell in row.children {
        while cover[[height, column]] != nil { column += 1 }
        let down = Int(cell.attributes["rowspan"] ?? "1") ?? 0
        let across = Int(cell.attributes["colspan"] ?? "1") ?? 0
        places.append((height, column, cell))
        for y in height..<(height + down) {
          for x in column..<(column + across) { cover[[y, x], default: 0] += 1 }
        }
        width = max(width, column + across)
      }
      height += 1
    }
  }

  var isRectangle: Bool {
    cover.count == width * height && cover.values.allSatisfy { $0 == 1 }
      && cover.keys.allSatisfy { $0[0] < height && $0[1] < width }
  }

  func node(_ row: Int, _ column: Int) -> Markup.Node? {
    places.last { $0.row <= row && $0.column <= column && covers($0, row, column) }?.node
  }

  private func covers(
    _ place: (row: Int, column: Int, node: Markup.Node), _ row: Int, _ column: Int
  ) -> Bool {
    let down = Int(place.node.attributes["rowspan"] ?? "1") ?? 0
    let across = Int(place.node.attributes["colspan"] ?? "1") ?? 0
    return row < place.row + down && column < place.column + across
  }
}
