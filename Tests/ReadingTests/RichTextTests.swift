import Documents
import Foundation
import Reading
import Reports
import Testing

@Suite struct `RTF files` {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: String
    let outline: [String]
  }

  static let cases: [Case] = {
    dataFile("rich-text.txt").components(separatedBy: "\n== ").dropFirst().map { part in
      let halves = part.components(separatedBy: "\n--\n")
      let lines = halves[0].components(separatedBy: "\n")
      return Case(
        testDescription: lines[0], body: lines.dropFirst().joined(separator: "\n"),
        outline: halves[1].components(separatedBy: "\n").filter { !$0.isEmpty })
    }
  }()

  static func file(_ body: String) -> [UInt8] {
    let head = #"""
      {\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 Ming;}}
      {\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}
      """#
    return Array((head + body + "}").utf8)
  }

  @Test(arguments: cases) func `are read as a reader sees them`(_ sample: Case) throws {
    let read = try readDocument(Self.file(sample.body))
    #expect(outline(read.document) == sample.outline)
    let isTracked = sample.body.contains("\\deleted")
    #expect(read.document.remarks == (isTracked ? [.trackedChanges] : []))
    #expect(read.format == .rtf && read.encoding == nil && !read.document.endsEarly)
  }

  @Test func `The file of cases is there`() { #expect(Self.cases.count >= 14) }

  @Test
  func `Bytes of Chinese characters that stand as they are are read with what looks like a brace`()
    throws
  {
    let head = Self.file("").dropLast()
    let bytes = Array(head) + encoded("规章亄乗", "GB18030") + Array("12\\par}".utf8)
    #expect(outline(try readDocument(bytes).document) == ["规章亄乗12"])
  }

  @Test func `A file that breaks off says so, and what is there is read`() throws {
    let whole = Self.file(
      "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell 1\\cell\\row\\trowd\\cellx1000\\cellx2000 b\\cell 2"
    )
    let document = try readDocument(Array(whole.dropLast())).document
    #expect(document.endsEarly)
    #expect(outline(document) == ["[1] 2×2", "0:a | 1:1", "0:b | 1:2"])
  }

  @Test func `What grows without end is refused, and nothing takes quadratic time`() {
    let row = "\\trowd" + String(repeating: "\\cellx1", count: 20_000)
    let cases: [(String, Refusal.Code?)] = [
      (String(repeating: "{", count: 100_000), .tooComplex),
      (String(repeating: "\\cell", count: 100_001), .tooComplex),
      ("\\pard\\intbl\\itap100000 x\\par", .tooComplex),
      (String(repeating: "x\\par ", count: 200_001), .tooComplex),
      (row + String(repeating: "\\cell", count: 90_000) + "\\row", .tooComplex),
      (String(repeating: "\\trowd\\cellx1\\cell\\row", count: 90_000), nil),
      ("\\bin2000000000 x\\u-99999999999 \\cellx99999999999\\par", nil),
    ]
    for (index, (body, code)) in cases.enumerated() {
      #expect(failure(Self.file(body))?.refusal.code == code, "case \(index)")
    }
  }

  @Test func `Random words never do worse than a refusal`() {
    var generator = SeededGenerator(state: 7)
    let pieces = [
      "{", "}", "\\par", "\\cell", "\\row", "\\trowd", "\\cellx100", "\\cellx50", "\\clvmrg",
      "\\clmrg",
      "\\intbl", "\\itap2", "\\itap3", "\\nestcell", "\\nestrow", "\\pard", "\\u1", "\\'b0", "x",
      "\\v",
      "{\\*\\nesttableprops", "{\\shptxt", "{\\pict", "\\uc3", "\\trleft500", "\\plain", "\\*",
      "\\super",
    ]
    for _ in 0..<3000 {
      var body = ""
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        body += pieces.randomElement(using: &generator) ?? ""
      }
      _ = failure(Self.file(body))
    }
  }
}
