import Reading
import Reports
import Testing

@Suite("Formats by content")
struct SniffingTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let format: DocumentFormat
    let code: Refusal.Code
  }

  static func zip(_ names: [String], flags: UInt8 = 0) -> [UInt8] {
    var local: [UInt8] = []
    var central: [UInt8] = []
    func two(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }
    func four(_ value: Int) -> [UInt8] { two(value & 0xFFFF) + two(value >> 16) }
    for name in names {
      let offset = local.count
      let name = Array(name.utf8)
      local += [0x50, 0x4B, 3, 4, 20, 0, flags, 0, 0, 0] + [UInt8](repeating: 0, count: 16)
      local += two(name.count) + two(0) + name
      central += [0x50, 0x4B, 1, 2, 20, 0, 20, 0, flags, 0] + [UInt8](repeating: 0, count: 18)
      central += two(name.count) + [UInt8](repeating: 0, count: 12) + four(offset) + name
    }
    return local + central + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + two(names.count) + two(names.count)
      + four(central.count) + four(local.count) + two(0)
  }

  static func compoundFile(_ stream: String, first: [UInt8] = []) -> [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 504) + first
    bytes += [UInt8](repeating: 0, count: 1024 - bytes.count)
    bytes += stream.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return bytes + [UInt8](repeating: 0, count: 256)
  }

  static let refused: [Case] = [
    Case(
      testDescription: "Word", bytes: zip(["[Content_Types].xml", "word/document.xml"]),
      format: .docx, code: .truncated),
    Case(
      testDescription: "Word without its directory",
      bytes: Array(zip(["[Content_Types].xml", "word/document.xml"]).prefix(110)),
      format: .docx, code: .truncated),
    Case(
      testDescription: "Excel", bytes: zip(["[Content_Types].xml", "xl/workbook.xml"]),
      format: .xlsx, code: .truncated),
    Case(
      testDescription: "OFD", bytes: zip(["Doc_0/Document.xml", "OFD.xml"]), format: .ofd,
      code: .truncated),
    Case(
      testDescription: "ZIP", bytes: zip(["年报.txt"]), format: .zip, code: .unsupportedFormat),
    Case(testDescription: "empty ZIP", bytes: zip([]), format: .zip, code: .unsupportedFormat),
    Case(
      testDescription: "ZIP with a password: told by unpacking", bytes: zip(["a.txt"], flags: 1),
      format: .zip, code: .unsupportedFormat),
    Case(
      testDescription: "ZIP with a folder called word", bytes: zip(["word/年报.doc", "xl/表.xls"]),
      format: .zip, code: .unsupportedFormat),
    Case(
      testDescription: "slides", bytes: zip(["[Content_Types].xml", "ppt/presentation.xml"]),
      format: .unknown, code: .unsupportedFormat),
    Case(
      testDescription: "gzip", bytes: [0x1F, 0x8B, 0x08, 0], format: .tar, code: .unsupportedFormat),
    Case(
      testDescription: "Word 97", bytes: compoundFile("WordDocument"), format: .doc,
      code: .truncated),
    Case(
      testDescription: "Word 97 with a password",
      bytes: compoundFile(
        "WordDocument", first: [0xEC, 0xA5] + [0, 0, 0, 0, 0, 0, 0, 0] + [0, 1]),
      format: .doc, code: .encrypted),
    Case(
      testDescription: "Word with a password", bytes: compoundFile("EncryptedPackage"),
      format: .docx, code: .encrypted),
    Case(
      testDescription: "Excel 97", bytes: compoundFile("Workbook"), format: .xls,
      code: .truncated),
    Case(
      testDescription: "PDF", bytes: Array("\n%PDF-1.7\n".utf8), format: .pdf,
      code: .truncated),
    Case(
      testDescription: "7z", bytes: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], format: .sevenZip,
      code: .unsupportedFormat),
    Case(
      testDescription: "RAR", bytes: Array("Rar!".utf8) + [0x1A, 7, 1, 0], format: .rar,
      code: .unsupportedFormat),
    Case(
      testDescription: "tar",
      bytes: Array("a.txt".utf8) + [UInt8](repeating: 0, count: 252) + Array("ustar".utf8),
      format: .tar, code: .unsupportedFormat),
    Case(
      testDescription: "PNG", bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
      format: .image, code: .imageOnly),
    Case(
      testDescription: "JPEG", bytes: [0xFF, 0xD8, 0xFF, 0xE0], format: .image, code: .imageOnly),
    Case(
      testDescription: "saved page",
      bytes: Array(
        """
        From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r
        Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n<html>
        """.utf8), format: .mhtml, code: .truncated),
    Case(
      testDescription: "mail",
      bytes: Array("Received: from a\nFrom: a@b.cn\nSubject: =?gbk?B?x?=\n\n年报".utf8), format: .eml,
      code: .unsupportedFormat),
    Case(
      testDescription: "Word in one XML file",
      bytes: Array(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument x=\"\">年报"
          .utf8), format: .docx, code: .unsupportedFormat),
    Case(testDescription: "nothing", bytes: [], format: .unknown, code: .empty),
    Case(
      testDescription: "white space", bytes: Array("\u{FEFF} \r\n\t\u{3000}\u{A0}\n".utf8),
      format: .text, code: .empty),
    Case(
      testDescription: "a program",
      bytes: [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 64),
      format: .unknown, code: .notADocument),
    Case(
      testDescription: "every byte there is", bytes: Array(0...255), format: .unknown,
      code: .notADocument),
  ]

  @Test("What is no text or page is refused by name", arguments: refused)
  func refusal(_ example: Case) {
    let result = failure(example.bytes)
    #expect(result?.refusal.code == example.code)
    #expect(result?.format == example.format)
  }

  static let pages = [
    "<table><tr><td>a</td></tr></table>", "<p>报告", "  \n<!-- 注 -->\n<div>报告</div>",
    "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html><body>报告</body></html>",
    "\u{FEFF}<!doctype HTML><title>x</title>报告", "<HTML>报告", "<b>报告</b>",
    "<![if !vml]><span>报告</span><![endif]>", "报告<br>一<br/>二<BR />三",
    "Warning: x\n<div><p>报告</p></div>",
  ]

  @Test("Tags make a page", arguments: pages)
  func page(_ text: String) throws {
    #expect(try read(text).format == .html)
  }

  static let texts = [
    "关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知", "<2023年年度报告>", "a < b > c", "<b 报告",
    "报告 <a@b.cn> <http://a.cn>", "日期: 2024\n来源: 办公室\n报告", "From: 办公室\n报告", "主题:MIME-Version: 1.0",
    "<x>1</x> <y>2</y> <z>3</z>",
  ]

  @Test("Angle brackets make no page, and are kept", arguments: texts)
  func text(_ text: String) throws {
    let result = try read(text)
    #expect(result.format == .text)
    #expect(outline(result.document) == text.split(separator: "\n").map(String.init))
  }

  @Test func `Angle brackets around words stay in a page too`() throws {
    let page = "<p>关于印发<中华人民共和国格式>的通知 1 < 2</p>"
    #expect(outline(try read(page).document) == ["关于印发<中华人民共和国格式>的通知 1 < 2"])
  }
}
