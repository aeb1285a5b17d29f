import Documents
import Reading
import Reports
import Testing

@Suite("Mails and saved pages")
struct MailTests {
  private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
      let bits = group[0] << 16 | group[1] << 8 | group[2]
      for (index, shift) in [18, 12, 6, 0].enumerated() {
        let isPadding = start + index > bytes.count
        text.append(isPadding ? "=" : letters[Int(bits >> UInt32(shift) & 63)])
      }
      if start % 57 == 54 { text += "\r\n" }
    }
    return text
  }

  private func mail(_ type: String, _ parts: [String], closed: Bool = true) -> [UInt8] {
    let head = "From: a@b.cn\r\nTo: c@d.cn\r\nSubject: =?gbk?B?xOqxqA==?=\r\n"
    let content = "Content-Type: multipart/\(type);\r\n boundary=\"=_x\"\r\n\r\npreamble\r\n"
    let body = parts.map { "--=_x\r\n\($0)\r\n" }.joined()
    return Array((head + content + body + (closed ? "--=_x--\r\n" : "")).utf8)
  }

  /// Paths and contents; the text of the mail is marked.
  private func files(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
    let found = try unpack(bytes)
    return Dictionary(
      uniqueKeysWithValues: found.files.map {
        (($0.isBody ? "*" : "") + $0.member.path, $0.bytes ?? [])
      })
  }

  static let names: [(String, String)] = [
    ("filename=\"a.docx\"", "a.docx"),
    ("filename=a.docx; size=3", "a.docx"),
    ("filename=\"=?utf-8?B?5bm05oqlLmRvY3g=?=\"", "年报.docx"),
    ("filename=\"=?gb2312?Q?=C4=EA=B1=A8.docx?=\"", "年报.docx"),
    ("filename=\"=?utf-8?B?5bm0?=\r\n =?utf-8?B?5oqlLmRvY3g=?=\"", "年报.docx"),
    // A character cut in two by the words.
    ("filename=\"=?utf-8?B?5bk=?= =?utf-8?B?tOaKpS5kb2N4?=\"", "年报.docx"),
    ("filename*=utf-8''%E5%B9%B4%E6%8A%A5.docx", "年报.docx"),
    ("filename*=GBK''%C4%EA%B1%A8.docx", "年报.docx"),
    ("filename*0*=utf-8''%E5%B9%B4;\r\n filename*1*=%E6%8A%A5.docx", "年报.docx"),
    ("filename*0=\"a\"; filename*1=\"b.docx\"", "ab.docx"),
    ("filename=\"年报.docx\"", "年报.docx"),
    ("filename=\"a;b.docx\"", "a;b.docx"),
    ("filename=\"C:\\\\x\\\\..\\\\a.docx\"", "a.docx"),
    ("filename=\"../../etc/passwd\"", "passwd"),
  ]

  @Test("Names of attachments are decoded, and lead nowhere", arguments: names)
  func attachmentNames(parameter: String, name: String) throws {
    let part =
      "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; \(parameter)\r\n"
      + "Content-Transfer-Encoding: base64\r\n\r\nYWJj"
    #expect(try files(mail("mixed", [part])) == [name: Array("abc".utf8)])
  }

  @Test("A name in raw GBK is read as such")
  func rawName() throws {
    var bytes = mail(
      "mixed", ["Content-Disposition: attachment; filename=\"@@.docx\"\r\n\r\nabc"])
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "@"), after: 40))
    bytes.replaceSubrange(place...(place + 1), with: encoded("年报", "GBK"))
    #expect(try files(bytes) == ["年报.docx": Array("abc".utf8)])
  }

  @Test("Text, attachments, forwarded mails and archives, each as what it is")
  func parts() throws {
    let inner = String(
      decoding: mail("mixed", ["Content-Disposition: attachment; filename=b.txt\r\n\r\nb"])
        .map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "+") : $0 }, as: UTF8.self)
    let archive = stored([("c.txt", Array("c".utf8))])
    let parts = [
      """
      Content-Type: multipart/alternative; boundary=y\r
      \r
      --y\r
      Content-Type: text/plain; charset=gbk\r
      Content-Transfer-Encoding: quoted-printable\r
      \r
      =C4=EA=\r
      =B1=A8\r
      --y\r
      Content-Type: text/html\r
      \r
      <p>年报</p>\r
      --y--\r
      """,
      "Content-Type: text/html; name=a.html\r\n\r\n<p>a</p>",
      "Content-Type: message/rfc822\r\n\r\n\(inner)",
      "Content-Type: application/zip; name=c.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64(archive),
    ]
    let found = try files(mail("mixed", parts))
    #expect(
      found.mapValues { String(decoding: $0, as: UTF8.self) } == [
        "*正文.html": "<p>年报</p>", "a.html": "<p>a</p>", "转发的邮件.eml/b.txt": "b",
        "c.zip/c.txt": "c",
      ])
  }

  @Test("A mail of one part is its text; pictures that the text shows are no files")
  func single() throws {
    let head = "From: a@b.cn\nDate: x\nContent-Transfer-Encoding: quoted-printable\n"
    let text = Array((head + "Content-Type: text/plain\n\n=C4=EA=B1=A8").utf8)
    #expect(try files(text) == ["*正文.txt": encoded("年报", "GBK")])
    let related = mail(
      "related",
      [
        "Content-Type: text/html\r\n\r\n<img src=cid:a>",
        "Content-Type: image/png; name=a.png\r\nContent-ID: <a>\r\n\r\nx",
      ])
    let found = try unpack(related)
    #expect(found.files.map(\.member.path) == ["正文.html"] && found.ignored == ["a.png"])
  }

  @Test("Long heads, depth and many parts end")
  func hostile() throws {
    let long = "X-Long: \(String(repeating: "a", count: 20_000))\r\n"
    let bytes = Array((long + "From: a@b.cn\r\nTo: c@d.cn\r\n\r\n年报").utf8)
    #expect(try files(bytes).keys.sorted() == ["*正文.txt"])
    var nested = "年报"
    for depth in 0..<100 {
      nested =
        "Content-Type: multipart/mixed; boundary=b\(depth)\r\n\r\n--b\(depth)\r\n\(nested)"
    }
    #expect(throws: Never.self) { try files(mail("mixed", [nested])) }
    let many = mail("mixed", Array(repeating: "\r\nx", count: 30_000))
    #expect(throws: ReadingFailure.self) { try unpack(many) }
    let words = String(repeating: "=?gbk?B?", count: 10_000)
    let name = mail("mixed", ["Content-Type: text/plain; name=\"\(words)\"\r\n\r\nx"])
    #expect(throws: Never.self) { try files(name) }
  }

  private func page(_ parts: [String], closed: Bool = true) -> [UInt8] {
    let head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
    let type = "Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n"
    let body = parts.map { "--b\r\n\($0)\r\n" }.joined()
    return Array((head + type + body + (closed ? "--b--" : "")).utf8)
  }

  @Test("A page saved with its pictures is read as the page")
  func savedPage() throws {
    let html =
      "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      + "Content-Location: http://a.cn/\r\n\r\n<table><tr><td>=E5=B9=\r\n=B4</td><td>3</td></tr></table>"
    let picture = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj"
    for bytes in [page([html, picture]), page([picture, html], closed: false)] {
      let read = try readDocument(bytes)
      #expect(read.format == .mhtml && read.encoding == "utf-8")
      #expect(outline(read.document) == ["[1] 1×2", "0:年 | 1:3"])
      #expect(!read.document.endsEarly)
    }
    let gbk =
      Array(
        "MIME-Version: 1.0\r\nContent-Location: x\r\nContent-Type: text/html\r\n\r\n".utf8)
      + encoded("<p>年度报告</p>", "GBK")
    #expect(try outline(readDocument(gbk).document) == ["年度报告"])
    #expect(failure(page([picture]))?.refusal.code == .truncated)
  }
}

extension [UInt8] {
  fileprivate func firstIndex(of byte: UInt8, after start: Int) -> Int? {
    self[start...].firstIndex(of: byte)
  }
}
