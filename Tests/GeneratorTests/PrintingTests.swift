import Generator
import Reports
import Testing

@Suite struct Printing {
  @Test(arguments: Layout.Shape.allCases)
  func `the same seed prints the same bytes, another seed others`(shape: Layout.Shape) {
    func bytes(_ seed: UInt64) -> [UInt8] {
      let sample = Sample(number: 12, seed: seed, shapes: [shape])
      return sample.report.printed(sample.layout, seed: sample.seed).bytes
    }
    #expect(bytes(1) == bytes(1))
    #expect(bytes(1) != bytes(2))
  }

  @Test func `encodings are what they say`() {
    let text = "规章 0"
    #expect(TextEncoding.utf8Marked.encode(text).starts(with: [0xEF, 0xBB, 0xBF, 0xE8]))
    #expect(
      TextEncoding.gb18030.encode(text) == [0xB9, 0xE6, 0xD5, 0xC2, 0x20, 0x30])
    #expect(
      TextEncoding.utf16BigEndian.encode(text)
        == [0xFE, 0xFF, 0x89, 0xC4, 0x7A, 0xE0, 0x00, 0x20, 0x00, 0x30])
    #expect(TextEncoding.utf16LittleEndian.encode(text).prefix(4) == [0xFF, 0xFE, 0xC4, 0x89])
  }

  @Test(arguments: Layout.Shape.allCases)
  func `no character is lost on the way to a file`(shape: Layout.Shape) {
    for number in 0..<60 {
      let sample = Sample(number: number, seed: 8, shapes: [shape])
      for encoding in [TextEncoding.gb18030, .gbkAsGB2312] {
        var layout = sample.layout
        layout.encoding = encoding
        #expect(!sample.report.printed(layout, seed: 1).bytes.contains(UInt8(ascii: "?")))
      }
    }
  }

  @Test func `a one-line page has no line feed`() {
    let sample = Sample(number: 3, seed: 8, shapes: [.oneLine])
    let bytes = sample.report.printed(Layout(.oneLine), seed: 1).bytes
    #expect(!bytes.contains(0x0A))
  }

  @Test func `figures are printed as the truth says`() {
    let sample = Sample(number: 4, seed: 9, shapes: [.lines])
    var layout = Layout(.lines)
    layout.digits = .thousands
    var report = sample.report
    report.cells[report.keys[0]] = .number(1_234_567)
    let printed = report.printed(layout, seed: 1)
    #expect(printed.truth[report.keys[0]]?.raw == "1,234,567")
    #expect(printed.truth[report.keys[0]]?.number == Figure(1_234_567))
    #expect(String(decoding: printed.bytes, as: UTF8.self).contains("\n1,234,567\n"))
  }
}
