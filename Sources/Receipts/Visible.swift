/// Text of a document or a file name, fit to be shown: characters that would steer the page or the terminal, or that
/// cannot be seen, are written out (`\u{202E}`), line breaks and tabs become spaces, and what is longer than `limit`
/// scalars is cut with an ellipsis.
func visible(_ text: String, limit: Int = 400) -> String {
  // Nearly every text is fit as it stands.
  if text.utf8.count <= limit {
    let isPrintable = text.utf8.withContiguousStorageIfAvailable {
      $0.allSatisfy { (0x20..<0x7F).contains($0) }
    }
    if isPrintable == true || !text.unicodeScalars.contains(where: \.isHidden) { return text }
  }
  var result = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else {
      result.append("…")
      break
    }
    count += 1
    switch scalar {
    case "\n", "\r", "\t": result.append(" ")
    case _ where scalar.isHidden:
      result.append(
        contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

extension Unicode.Scalar {
  /// Controls, format characters (bidirectional overrides, zero-width joins, tags), line and paragraph separators, and
  /// what XML does not allow. The ideographic and no-break spaces are plain spaces to a reader and stay.
  fileprivate var isHidden: Bool {
    // Most of what stands in a report, without a look-up.
    if (0x20..<0x7F).contains(value) || (0x4E00...0x9FA5).contains(value) { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      true
    default: false
    }
  }
}

/// Text for element content and quoted attribute values, of HTML and of XML alike.
func escaped(_ text: String) -> String {
  let hasMarkup =
    text.utf8.withContiguousStorageIfAvailable { $0.contains(where: isMarkup) } ?? true
  guard hasMarkup else { return text }
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isMarkup(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
    UInt8(ascii: "'"):
    true
  default: false
  }
}
