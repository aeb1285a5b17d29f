/// An OFD file of text at given places, as a small writer would make it: type of 4 mm, one graphic for each piece.
struct OFDFile {
  /// Millimetres from the upper left corner of the page to the upper left corner of the text.
  typealias Text = (x: Int, y: Int, text: String)
  var pages: [[Text]] = []
  /// The layers of further pages, as XML.
  var layers: [String] = []
  /// The layer of a template that all pages draw on.
  var template: String?
  var root = "Doc_0/Document.xml"
  /// Members besides, or in place of, those that must be; without text they are left out.
  var parts: [String: String?] = [:]

  static func object(_ piece: Text) -> String {
    // Ideographs four millimetres apart, digits two.
    let steps = piece.text.unicodeScalars.dropLast().map { $0.value >= 0x1100 ? "4" : "2" }
    return """
      <ofd:TextObject ID="9" Boundary="\(piece.x) \(piece.y) 100 4" Font="1" Size="4"><ofd:TextCode X="0" Y="3.5" \
      DeltaX="\(steps.joined(separator: " "))">\(piece.text)</ofd:TextCode></ofd:TextObject>
      """
  }

  var bytes: [UInt8] {
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\""
    let layers = pages.map { $0.map(Self.object).joined() } + layers
    let uses = template == nil ? "" : "<ofd:Template TemplateID=\"2\"/>"
    let content = { (uses: String, layer: String) in
      "<ofd:Page \(space)>\(uses)<ofd:Content><ofd:Layer ID=\"1\">\(layer)</ofd:Layer></ofd:Content></ofd:Page>"
    }
    let list = layers.indices.map {
      "<ofd:Page ID=\"\($0 + 10)\" BaseLoc=\"Pages/Page_\($0)/Content.xml\"/>"
    }
    var members: [String: String] = [
      "OFD.xml":
        "<ofd:OFD \(space) DocType=\"OFD\"><ofd:DocBody><ofd:DocRoot>\(root)</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
      "Doc_0/Document.xml": """
      <ofd:Document \(space)><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
      <ofd:TemplatePage ID="2" BaseLoc="/Doc_0/Tpls/T.xml"/></ofd:CommonData><ofd:Pages>\(list.joined())</ofd:Pages></ofd:Document>
      """,
    ]
    for (number, layer) in layers.enumerated() {
      members["Doc_0/Pages/Page_\(number)/Content.xml"] = content(uses, layer)
    }
    if let template { members["Doc_0/Tpls/T.xml"] = content("", template) }
    for (name, text) in parts { members[name] = text }
    return stored(members.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
  }
}
