import Documents
import Reports

/// A web page saved with its pictures in one file (.mht): the page itself, as if it were a file of its own.
func readSavedPage(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> ReadDocument {
  guard let parts = MailParts(bytes) else {
    throw ReadingFailure(Refusal(.notADocument), format: .mhtml)
  }
  let pages = parts.leaves.filter { $0.type == "text/html" || $0.type == "application/xhtml+xml" }
  let named = parts.start.flatMap { start in pages.first { $0.contentID == start } }
  guard let page = named ?? pages.first ?? parts.leaves.first(where: { $0.type == "text/plain" })
  else { throw ReadingFailure(Refusal(.truncated), format: .mhtml) }
  let content = page.content(of: bytes)
  let result = content.withUnsafeBytes { content in
    Result { () throws(ReadingFailure) in try readCharacters(content, limits: limits) }
  }
  do throws(ReadingFailure) {
    let read = try result.get()
    var document = read.document
    // Only the end of the page matters; pictures behind it may be cut off.
    if parts.endsEarly, parts.leaves.count == 1 { document.endsEarly = true }
    return ReadDocument(document: document, format: .mhtml, encoding: read.encoding)
  } catch {
    throw ReadingFailure(error.refusal, format: .mhtml, encoding: error.encoding)
  }
}
