import Forms

// A report goes as JSON from the worker to the daemon, its cells in one text: see ``CellNotation``.

extension Report: Codable {
  private enum Key: String, CodingKey {
    case title, unit, region, kind, year, published, template, cells, uncertain, doubts, structure
    case evidence, statements, explanation
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encodeIfPresent(title, forKey: .title)
    try object.encodeIfPresent(unit, forKey: .unit)
    try object.encodeIfPresent(region, forKey: .region)
    try object.encodeIfPresent(kind, forKey: .kind)
    try object.encodeIfPresent(year, forKey: .year)
    try object.encodeIfPresent(published, forKey: .published)
    try object.encode(template, forKey: .template)
    try object.encode(CellNotation.text(cells), forKey: .cells)
    try object.encode(uncertain, forKey: .uncertain)
    try object.encode(doubts, forKey: .doubts)
    try object.encode(structure, forKey: .structure)
    try object.encode(evidence, forKey: .evidence)
    try object.encode(statements, forKey: .statements)
    try object.encodeIfPresent(explanation, forKey: .explanation)
  }

  public init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    self.init()
    title = try object.decodeIfPresent(String.self, forKey: .title)
    unit = try object.decodeIfPresent(String.self, forKey: .unit)
    region = try object.decodeIfPresent(String.self, forKey: .region)
    kind = try object.decodeIfPresent(Kind.self, forKey: .kind)
    year = try object.decodeIfPresent(Int.self, forKey: .year)
    published = try object.decodeIfPresent(CalendarDate.self, forKey: .published)
    template = try object.decode(Templates.self, forKey: .template)
    guard let cells = CellNotation.cells(try object.decode(String.self, forKey: .cells)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .cells, in: object, debugDescription: "no cells of a form")
    }
    self.cells = cells
    uncertain = try object.decode(Set<CellKey>.self, forKey: .uncertain)
    doubts = try object.decode([Doubt].self, forKey: .doubts)
    structure = try object.decode(Structure.self, forKey: .structure)
    evidence = try object.decode([Evidence].self, forKey: .evidence)
    statements = try object.decode([Statement].self, forKey: .statements)
    explanation = try object.decodeIfPresent(Explanation.self, forKey: .explanation)
  }
}
