/// An HTML element that is XML as well: lower-case names, quoted attributes, everything closed. `content` is markup,
/// attribute values are text; pairs whose value is `nil` are left out.
func element(
  _ name: String, _ attributes: [(String, String?)] = [], _ content: String = ""
) -> String {
  var result = ""
  // Most tags are short; content is copied once.
  result.reserveCapacity(content.utf8.count + 64)
  result += "<"
  result += name
  for case (let key, let value?) in attributes {
    result += " "
    result += key
    result += "=\""
    result += escaped(value)
    result += "\""
  }
  result += ">"
  result += content
  result += "</"
  result += name
  result += ">"
  return result
}

/// A text of the program's own as element content.
func element(_ name: String, class: String? = nil, text: String) -> String {
  element(name, [("class", `class`)], escaped(text))
}

/// A text from outside: shown, never obeyed, and without influence on the direction of what stands around it.
func foreign(_ text: String, limit: Int = 400) -> String {
  element("bdi", text: visible(text, limit: limit))
}
