/// Rows of comma-separated values (RFC 4180) for programs of sheets and for others.
public enum CSVText {
  /// Excel takes a file for UTF-8 only with this in front; others skip it.
  public static let mark = "\u{FEFF}"

  /// One row with its line end.
  public static func row(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }

  private static func field(_ text: String) -> String {
    let text = harmless(text)
    guard text.utf8.contains(where: mustBeQuoted) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func mustBeQuoted(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: " ")
  }

  /// Sheets take what begins with =, +, @ or - for a formula and run it: words from a document get an apostrophe in
  /// front, as a person would type them. A numeral is none of these.
  private static func harmless(_ text: String) -> String {
    guard let first = text.utf8.first, "=+@-\t\r".utf8.contains(first) else { return text }
    let rest = text.utf8.dropFirst()
    let isNumeral =
      (first == UInt8(ascii: "-") || first == UInt8(ascii: "+"))
      && rest.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
          || $0 == UInt8(ascii: "-")
      }
    return isNumeral ? text : "'" + text
  }
}
