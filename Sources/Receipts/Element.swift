/// An HTML element that is XML as well: lower-case names, quoted attributes, everything closed. `content` is markup,
/// attribute values are text; pairs whose value is `nil` are left out.
func element(
  _ name: String, _ attributes: [(String, String?)] = [], _ content: String = ""
) -> String {
  var result = "<" + name
  for case (let key, let value?) in attributes { result += " \(key)=\"\(escaped(value))\"" }
  return result + ">" + content + "</\(name)>"
}

/// A text of the program's own as element content.
func element(_ name: String, class: String? = nil, text: String) -> String {
  element(name, [("class", `class`)], escaped(text))
}

/// A text from outside: shown, never obeyed, and without influence on the direction of what stands around it.
func foreign(_ text: String, limit: Int = 400) -> String {
  element("bdi", text: visible(text, limit: limit))
}
