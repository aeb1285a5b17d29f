import Testing

@testable import Intake

@Suite struct `Paths and names` {
  static let texts: [([UInt8], String)] = [
    (Array("长乐镇/2023年.txt".utf8), "长乐镇/2023年.txt"),
    (Array("a\nb".utf8), "a\\x0ab"),
    ([0x61, 0xFF, 0xFE, 0x62], "a\\xff\\xfeb"),
    (Array("c\\d".utf8), "c\\\\d"),
    (Array("c\\x41".utf8), "c\\\\x41"),
    ([0xE9, 0x95], "\\xe9\\x95"),
    (Array("右\u{202E}左".utf8), "右\\xe2\\x80\\xae左"),
    (Array("\u{1B}[31m".utf8), "\\x1b[31m"),
  ]

  @Test(arguments: texts)
  func `a path is shown in one line and can be had back byte for byte`(
    bytes: [UInt8], text: String
  ) throws {
    let path = try #require(InboxPath(bytes))
    #expect(path.text == text)
    #expect(InboxPath(text: text) == path)
  }

  @Test(arguments: ["", "/etc/passwd", "a//b", "..", "a/../b", ".", "a/", "a\0b"])
  func `a path that could lead elsewhere is none`(text: String) {
    #expect(InboxPath(Array(text.utf8)) == nil)
  }

  @Test(arguments: ["\\", "\\x", "\\x4", "\\xzz", "\\n"])
  func `a broken escape is no path`(text: String) { #expect(InboxPath(text: text) == nil) }

  @Test func `name and parent split at the last slash`() throws {
    let path = try #require(InboxPath(Array("a/b/c.txt".utf8)))
    #expect(path.name == Array("c.txt".utf8))
    #expect(path.parent.text == "a/b")
    #expect(path.components.count == 3)
    #expect(InboxPath.root.components.isEmpty)
    #expect(InboxPath.root.parent == .root)
  }

  @Test(arguments: [
    ".x", "~$报告.docx", "a.tmp", "a.TMP", "a.part", "a.partial", "a.filepart", "a.crdownload",
    "a.swp", "报告.Part", ".", "x.html.filepart",
  ])
  func `a name that says “not finished” is left alone`(name: String) {
    #expect(IgnoredNames.contains(Array(name.utf8)))
  }

  @Test(arguments: ["a.txt", "tmp", "part", "~a.txt", "$~a", "a.tmp.txt", "a.party", "报告", "swp."])
  func `other names are not`(name: String) { #expect(!IgnoredNames.contains(Array(name.utf8))) }

  @Test(arguments: [
    ("报告.html", 2, "报告 (2).html"), ("报告", 3, "报告 (3)"), ("a.b.txt", 2, "a.b (2).txt"),
    (".hidden", 2, ".hidden (2)"),
  ])
  func `a taken name gets a number before its ending`(name: String, n: Int, variant: String) {
    #expect(Claimer.variant(Array(name.utf8), n) == Array(variant.utf8))
  }

  @Test func `a longest name stays within 255 bytes and whole characters`() {
    let name = Array(String(repeating: "报", count: 83).utf8) + Array(".txt".utf8)
    let variant = Claimer.variant(name, 12)
    #expect(variant.count <= 255)
    #expect(String(validating: variant, as: UTF8.self)?.hasSuffix(" (12).txt") == true)
  }

  static let contents: [(String, String, Completeness)] = [
    ("<!DOCTYPE html><html>", "</table></body></HTML>\n", .complete),
    ("<!doctype HTML><html>", "<td>1", .brokenOff),
    ("\u{FEFF}<html lang=zh>", "</div>", .brokenOff),
    ("<table><tr>", "<td>", .unknown),
    ("%PDF-1.4", "startxref\n1\n%%EOF", .complete),
    ("%PDF-1.4", "endobj", .brokenOff),
    ("PK\u{3}\u{4}", "PK\u{5}\u{6}", .complete),
    ("PK\u{3}\u{4}", "word/docu", .brokenOff),
    ("一、总体情况", "。", .unknown),
    // Made, closed, and opened again to be written: some file managers copy so.
    ("", "", .brokenOff),
  ]

  @Test(arguments: contents)
  func `a document with an end mark is whole only with it`(
    head: String, tail: String, expected: Completeness
  ) {
    #expect(Completeness.of(head: Array(head.utf8), tail: Array(tail.utf8)) == expected)
  }

  @Test func `a page in UTF-16 is judged as well`() {
    let wide = { (text: String) in text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } }
    #expect(Completeness.of(head: wide("<html>"), tail: wide("</html>")) == .complete)
    #expect(Completeness.of(head: wide("<html>"), tail: wide("<td>")) == .brokenOff)
  }
}
