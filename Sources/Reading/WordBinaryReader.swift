import Documents
import Reports

/// A binary Word file (.doc), or what WPS writes in the same format (.wps): its lines, pictures and tables in reading
/// order, tracked changes as accepted. Heads and feet of pages, notes and comments are left out; text boxes stand at the end.
func readBinaryWord(
  _ bytes: UnsafeRawBufferPointer, format: DocumentFormat, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  func failure(_ code: Refusal.Code, _ detail: String) -> ReadingFailure {
    ReadingFailure(Refusal(code, detail: detail), format: format)
  }
  let streams = try CompoundFile.streams(
    ["WordDocument", "0Table", "1Table", "Data"], bytes, format: format, limits: limits)
  let file: WordBinaryFile
  do throws(WordBinaryFile.Failure) {
    file = try WordBinaryFile(
      main: streams["WordDocument"] ?? [], tables: [streams["0Table"], streams["1Table"]],
      data: streams["Data"] ?? [], characterLimit: limits.characters)
  } catch {
    switch error {
    case .encrypted: throw failure(.encrypted, "Word")
    case .tooOld: throw failure(.unsupportedFormat, "Word 95")
    case .tooLong: throw failure(.tooComplex, "> \(limits.characters) characters")
    case .broken: throw failure(.truncated, "Word")
    }
  }
  var builder = WordBinaryBuilder(file: file, limits: limits)
  builder.read()
  if let excess = builder.excess { throw failure(.tooComplex, excess) }
  guard !builder.isBroken else { throw failure(.truncated, "Word") }
  var numbering = TableNumbering()
  var document = Document(blocks: builder.items.map { numbering.block($0) })
  if builder.hasChanges { document.remarks.insert(.trackedChanges) }
  return document
}
