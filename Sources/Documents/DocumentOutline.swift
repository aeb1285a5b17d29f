extension Document {
  /// The document as lines that a person can compare: `# ` a heading, `! ` a picture, `[n] rows×columns` a table followed
  /// by a line for each row, cells as `column:text`, with `@rows×columns` where they span, `!` where
  /// something stands that is no text, nested tables in braces.
  public var outline: [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .paragraph(let paragraph): [(paragraph.isHeading ? "# " : "") + paragraph.text]
      case .picture(let picture): ["! " + picture.words]
      case .table(let table): table.outline
      }
    }
  }
}

extension Table {
  fileprivate var outline: [String] {
    var rows = [[String]](repeating: [], count: rowCount)
    for cell in cells {
      var text = "\(cell.column):" + cell.text.split(separator: "\n").joined(separator: "⏎")
      if cell.rowSpan > 1 || cell.columnSpan > 1 { text += "@\(cell.rowSpan)×\(cell.columnSpan)" }
      if cell.holdsPicture { text += "!" }
      for nested in cell.nested { text += "{" + nested.outline.joined(separator: ";") + "}" }
      rows[cell.row].append(text)
    }
    return ["[\(place.table ?? 0)] \(rowCount)×\(columnCount)"]
      + rows.map { $0.joined(separator: " | ") }
  }
}
