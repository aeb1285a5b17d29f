import Reports

/// A whole page: one file, well-formed as XML too, no script, no outside resource.
///
/// - Parameters:
///   - title: text, not markup.
///   - body: markup.
func htmlPage(title: String, style: String, language: Language, body: String) -> String {
  let code = language.say("zh-CN", en: "en")
  // The file may be served from a folder: nothing in it may load, run or send anything.
  let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  let head = """
    <head><meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="\(escaped(policy))"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="referrer" content="no-referrer"/>
    <title>\(escaped(title))</title>
    <style>
    \(style)
    </style></head>
    """
  return "<!DOCTYPE html>\n"
    + element(
      "html", [("lang", code), ("xml:lang", code), ("xmlns", "http://www.w3.org/1999/xhtml")],
      head + "\n" + element("body", [], body))
    + "\n"
}

/// A relative path as a link: everything but plain letters, digits and a few signs as percent and two digits, so that any
/// bytes of a file name lead to the file.
func href(_ path: some Sequence<UInt8>) -> String {
  let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
  let digits = Array("0123456789ABCDEF".utf8)
  var result: [UInt8] = []
  for byte in path {
    if plain.contains(byte) {
      result.append(byte)
    } else {
      result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  // A first component with a colon would be a scheme; colons are encoded above.
  return String(decoding: result, as: UTF8.self)
}
