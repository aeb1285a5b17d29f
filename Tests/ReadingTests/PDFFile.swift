/// A PDF file of text at given places, in a font that it does not bring, with a map of its characters to Unicode.
struct PDFFile {
  /// Points from the upper left corner of a page of 595 × 842; an ideograph is as wide as the type, a digit half of it.
  typealias Text = (x: Int, y: Int, text: String)
  var pages: [[Text]]
  /// Lines below this height are set in type of 24 points, all others in 12.
  var largeFrom = Int.max
  var rotation = 0
  var hasPicture = false
  /// Lines drawn on every page: from, to, in points from the upper left corner.
  var rules: [(x1: Int, y1: Int, x2: Int, y2: Int)] = []
  /// Draws the lines as filled boxes of half a point.
  var hasBoxes = false
  /// Operators in front of each page's text.
  var prefix = ""
  /// Characters without a meaning in the map.
  var unmapped: Set<Unicode.Scalar> = []
  /// Entries of the trailer besides those that must be.
  var trailer = ""

  var bytes: [UInt8] {
    let characters = Set(pages.joined().flatMap(\.text.unicodeScalars)).sorted()
    let codes = Dictionary(uniqueKeysWithValues: characters.enumerated().map { ($1, $0 + 1) })
    let map = codes.filter { !unmapped.contains($0.key) }.sorted { $0.value < $1.value }.map {
      "<\(hex($1))> <\(hex(Int($0.value)))>"
    }
    let widths = codes.filter { $0.key.value < 0x1100 }.map { "\($0.value) [500]" }
    var objects = [
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Count \(pages.count)/Kids[\(pages.indices.map { "\(8 + 2 * $0) 0 R" }.joined(separator: " "))]>>",
      "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
      """
      <</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
      /FontDescriptor 6 0 R/DW 1000/W[\(widths.joined(separator: " "))]>>
      """,
      stream(
        "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \(map.count) beginbfchar "
          + map.joined(separator: " ") + " endbfchar endcmap"),
      "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120/ItalicAngle 0/CapHeight 700/StemV 80>>",
      stream(
        "xxx",
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB"),
    ]
    for (number, page) in pages.enumerated() {
      let shown = page.map { piece in
        "BT /F \(piece.y >= largeFrom ? 24 : 12) Tf \(piece.x) \(842 - piece.y) Td <"
          + piece.text.unicodeScalars.map { hex(codes[$0] ?? 0) }.joined() + "> Tj ET"
      }
      let picture = hasPicture ? ["q 100 0 0 100 50 50 cm /I Do Q"] : []
      objects.append(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate \(rotation)/Resources<</Font<</F 3 0 R>>/XObject<</I 7 0 R>>>>/Contents \(9 + 2 * number) 0 R>>"
      )
      let drawn = rules.map { line in
        hasBoxes
          ? "\(line.x1) \(842 - line.y2) \(Double(max(line.x2 - line.x1, 0)) + 0.5) \(Double(line.y2 - line.y1) + 0.5) re f"
          : "\(line.x1) \(842 - line.y1) m \(line.x2) \(842 - line.y2) l S"
      }
      objects.append(stream((drawn + [prefix] + shown + picture).joined(separator: "\n")))
    }
    var text = "%PDF-1.5\n"
    var offsets: [Int] = []
    for (number, object) in objects.enumerated() {
      offsets.append(text.utf8.count)
      text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      text += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n"
    }
    text +=
      "trailer\n<</Size \(objects.count + 1)/Root 1 0 R\(trailer)>>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }

  private func stream(_ text: String, _ entries: String = "") -> String {
    "<</Length \(text.utf8.count)\(entries)>>\nstream\n\(text)\nendstream"
  }

  private func hex(_ code: Int) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
