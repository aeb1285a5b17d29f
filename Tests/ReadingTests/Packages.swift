/// A ZIP file with members stored as they are.
func stored(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in members {
    let name = Array(name.utf8)
    // Version, flags (names in UTF-8), method, time, date, checksum, sizes, length of the name, no extra field.
    let common =
      number(20, 2) + number(0x800, 2) + number(0, 2) + number(0, 2) + number(0x21, 2)
      + number(Int(checksum(bytes)), 4) + number(bytes.count, 4) + number(bytes.count, 4)
      + number(name.count, 2) + number(0, 2)
    directory += number(0x0201_4B50, 4) + number(20, 2) + common
    directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(file.count, 4)
    directory += name
    file += number(0x0403_4B50, 4) + common + name + bytes
  }
  let end =
    number(0x0605_4B50, 4) + number(0, 2) + number(0, 2) + number(members.count, 2)
    + number(members.count, 2) + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
  return file + directory + end
}

private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0)
    }
  }
}

/// A Word file with this body, and parts of its own beside or in place of the usual ones.
func wordFile(_ body: String, main: String = "word/document.xml", parts: [String: String] = [:])
  -> [UInt8]
{
  let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
  var members = [
    "[Content_Types].xml":
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    "_rels/.rels": """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
    <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
    Target="\(main)"/></Relationships>
    """,
    main:
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document \(space)><w:body>\(body)</w:body></w:document>",
  ]
  for (name, text) in parts { members[name] = text }
  return stored(members.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
}

/// An Excel workbook of these sheets: attributes in the list of sheets, and the part without its root.
func workbook(
  _ sheets: [(attributes: String, body: String)], styles: String = "", properties: String = ""
)
  -> [UInt8]
{
  let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  func relation(_ id: String, _ kind: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(type)/\(kind)\" Target=\"\(target)\"/>"
  }
  let numbers = sheets.indices.map { $0 + 1 }
  var members = [
    "_rels/.rels":
      "<Relationships>\(relation("r", "officeDocument", "xl/workbook.xml"))</Relationships>",
    "xl/workbook.xml": "<workbook xmlns:r=\"\(type)\">\(properties)<sheets>"
      + numbers.map { "<sheet name=\"\($0)\"\(sheets[$0 - 1].attributes) r:id=\"s\($0)\"/>" }
      .joined()
      + "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships>"
      + numbers.map { relation("s\($0)", "worksheet", "worksheets/sheet\($0).xml") }.joined()
      + relation("t", "styles", "styles.xml") + relation("u", "sharedStrings", "/xl/strings.xml")
      + "</Relationships>",
    "xl/strings.xml": "<sst><si><t>共用</t><rPh><t>GONG</t></rPh></si></sst>",
    "xl/styles.xml": styles.isEmpty ? "<styleSheet/>" : styles,
  ]
  for number in numbers {
    members["xl/worksheets/sheet\(number).xml"] =
      "<worksheet>\(sheets[number - 1].body)</worksheet>"
  }
  return stored(members.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
}
