public import Documents
public import Reports

/// A document with what its bytes turned out to be.
public struct ReadDocument: Sendable {
  public let document: Document
  public let format: DocumentFormat
  /// `utf-8`, `gb18030`, `utf-16le`, `utf-16be`, `big5`, `windows-1252`; `nil` where the format has none of its own.
  public let encoding: String?
}

/// Why the bytes give no document, with as much as was found out about them.
public struct ReadingFailure: Error, Sendable, Hashable {
  public let refusal: Refusal
  public let format: DocumentFormat
  public let encoding: String?
  /// What would have read it, had it been loaded.
  public let needs: ReaderPart?

  init(
    _ refusal: Refusal, format: DocumentFormat, encoding: String? = nil, needs: ReaderPart? = nil
  ) {
    self.refusal = refusal
    self.format = format
    self.encoding = encoding
    self.needs = needs
  }
}

/// Reads a file of any format, told by its content alone.
///
/// *Diagnostics*: `empty`, `too_large`, `not_a_document`, `bad_encoding`, `unsupported_format`, `encrypted`,
/// `image_only`, `too_complex`.
public func readDocument(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits = ReadingLimits()
) throws(ReadingFailure) -> ReadDocument {
  guard !bytes.isEmpty else { throw ReadingFailure(Refusal(.empty), format: .unknown) }
  guard bytes.count <= limits.bytes else {
    throw ReadingFailure(
      Refusal(.tooLarge, detail: "\(bytes.count) > \(limits.bytes)"), format: .unknown)
  }
  if let container = Signature.recognise(bytes) {
    return try read(container, bytes, limits)
  }
  switch mailFormat(bytes) {
  case .mhtml: return try readSavedPage(bytes, limits: limits)
  case let mail?:
    throw ReadingFailure(Refusal(.unsupportedFormat, detail: mail.rawValue), format: mail)
  case nil: return try readCharacters(bytes, limits: limits)
  }
}

/// A page or a text, in whatever character set.
func readCharacters(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> ReadDocument {
  let text = try decode(bytes)
  guard !isBlank(text.utf8) else {
    throw ReadingFailure(Refusal(.empty), format: .text, encoding: text.encoding)
  }
  let (markup, kind) = text.utf8.withUnsafeBytes { bytes in
    let markup = MarkupScan(bytes)
    return (markup, TextKind(markup))
  }
  switch kind {
  case .page:
    let document = try readHTML(
      text.utf8, markup: markup, encoding: text.encoding, limits: limits)
    return ReadDocument(document: document, format: .html, encoding: text.encoding)
  case .plain:
    let document = try readText(text.utf8, encoding: text.encoding, limits: limits)
    return ReadDocument(document: document, format: .text, encoding: text.encoding)
  case .other(.odt, _): return try readFlatOpenDocument(text.utf8, limits: limits)
  case .other(let format, let name):
    throw ReadingFailure(
      Refusal(.unsupportedFormat, detail: name), format: format, encoding: text.encoding)
  }
}

/// A file with a signature.
private func read(
  _ container: Signature, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
) throws(ReadingFailure) -> ReadDocument {
  let format = container.format
  if format == .image {
    let document = try scanTurn.withLock { _ throws(ReadingFailure) in
      try readPicture(bytes, container, limits: limits)
    }
    return ReadDocument(document: document, format: format, encoding: nil)
  }
  guard container.refusal.code == .unsupportedFormat else {
    throw ReadingFailure(container.refusal, format: format)
  }
  if format == .odt || format == .ods {
    return try readOpenDocument(bytes, format: format, limits: limits)
  }
  var document =
    switch format {
    case .docx: try readWord(bytes, limits: limits)
    case .xlsx: try readWorkbook(bytes, limits: limits)
    case .doc, .wps: try readBinaryWord(bytes, format: format, limits: limits)
    case .xls, .et: try readBinaryWorkbook(bytes, format: format, limits: limits)
    case .rtf: try readRichText(bytes, limits: limits)
    case .ofd: try readOFD(bytes, limits: limits)
    case .pdf: try readPDF(bytes, limits: limits)
    default: throw ReadingFailure(container.refusal, format: format)
    }
  if [.doc, .wps, .xls, .et].contains(format), (try? CompoundFile(bytes))?.hasMacros ?? false {
    document.remarks.insert(.macros)
  }
  return ReadDocument(document: document, format: format, encoding: nil)
}

/// As ``readDocument(_:limits:)-(UnsafeRawBufferPointer,_)``, for bytes in an array.
public func readDocument(
  _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
) throws(ReadingFailure) -> ReadDocument {
  let result = bytes.withUnsafeBytes { buffer in
    Result { () throws(ReadingFailure) in try readDocument(buffer, limits: limits) }
  }
  return try result.get()
}
