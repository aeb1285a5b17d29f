import Forms
import Reports

extension Batch.Item {
  /// One line of JSON: what the file is and what must become of it.
  public var manifestLine: String {
    var fields: [(String, String)] = [
      ("path", quoted(path)), ("bytes", String(bytes.count)),
      ("unit", quoted(organ?.name)), ("region", quoted(organ?.county)),
      ("kind", quoted(organ?.kind.rawValue)), ("year", year.map(String.init) ?? "null"),
      ("published", quoted(published?.description)), ("layout", quoted(layout?.shape.rawValue)),
      ("encoding", quoted(layout?.encoding.rawValue)), ("fault", quoted(fault)),
      ("outcome", quoted(outcome.rawValue)), ("reason", quoted(reason)),
      ("checks", "[" + checks.sorted().map { quoted($0) }.joined(separator: ",") + "]"),
      ("duplicate_of", quoted(duplicateOf)),
    ]
    let cells = truth.sorted { $0.key < $1.key }.map { key, cell in
      "\(quoted(key.name)):{\"class\":\(quoted(cell.class.rawValue)),"
        + "\"number\":\(quoted(cell.number?.description)),\"raw\":\(quoted(cell.raw))}"
    }
    fields.append(("cells", "{" + cells.joined(separator: ",") + "}"))
    return "{" + fields.map { "\(quoted($0)):\($1)" }.joined(separator: ",") + "}"
  }

  private func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
