import Reports

/// A format with a signature of its own in the bytes, and why this version does not read it.
struct Signature {
  let format: DocumentFormat
  let refusal: Refusal

  private init(
    _ format: DocumentFormat, _ name: String, refusedAs code: Refusal.Code = .unsupportedFormat
  ) {
    self.format = format
    refusal = Refusal(code, detail: name)
  }

  /// `nil`: no container and no picture; whether it is text has to be seen.
  static func recognise(_ bytes: UnsafeRawBufferPointer) -> Signature? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    {
      return zip(bytes)
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return compoundFile(bytes)
    }
    for (magic, offset, format, name) in fixed where bytes.has(magic, at: offset) {
      let code: Refusal.Code = format == .image ? .imageOnly : .unsupportedFormat
      return Signature(format, name, refusedAs: code)
    }
    // Readers of PDF look for the mark in the first kilobyte, and some writers put things in front of it.
    if bytes.prefix(1024).contains(sequence: Array("%PDF-".utf8)) {
      return Signature(.pdf, "PDF")
    }
    return nil
  }

  private static let fixed: [([UInt8], Int, DocumentFormat, String)] = [
    (Array("{\\rtf".utf8), 0, .rtf, "RTF"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, .sevenZip, "7z"),
    ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], 0, .rar, "RAR"),
    (Array("ustar".utf8), 257, .tar, "tar"),
    // Most often a packed tar; else one file, which is unpacked in the same way.
    ([0x1F, 0x8B, 0x08], 0, .tar, "gzip"),
    ([0x42, 0x5A, 0x68], 0, .tar, "bzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0, .tar, "xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], 0, .tar, "zstd"),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, .image, "PNG"),
    ([0xFF, 0xD8, 0xFF], 0, .image, "JPEG"),
    (Array("GIF87a".utf8), 0, .image, "GIF"),
    (Array("GIF89a".utf8), 0, .image, "GIF"),
    ([0x49, 0x49, 0x2A, 0x00], 0, .image, "TIFF"),
    ([0x4D, 0x4D, 0x00, 0x2A], 0, .image, "TIFF"),
    (Array("WEBP".utf8), 8, .image, "WebP"),
    (Array("ftypheic".utf8), 4, .image, "HEIC"),
    (Array("ftypmif1".utf8), 4, .image, "HEIF"),
    // A bitmap says little: its two reserved fields are zero, and its head has 40 bytes.
    ([0x00, 0x00, 0x00, 0x00, 0x36, 0x00, 0x00, 0x00, 0x28, 0x00, 0x00, 0x00], 6, .image, "BMP"),
  ]

  // MARK: ZIP

  /// Told by the members' names in the central directory, or in the local heads where the directory is cut off.
  private static func zip(_ bytes: UnsafeRawBufferPointer) -> Signature {
    let directory = ZipDirectory(bytes)
    func isIn(_ folder: String) -> Bool {
      directory.names.contains { $0.starts(with: Array(folder.utf8)) }
    }
    func office(_ format: DocumentFormat, _ name: String) -> Signature {
      Signature(
        format, name, refusedAs: directory.isEncrypted ? .encrypted : .unsupportedFormat)
    }
    if directory.names.contains(Array("OFD.xml".utf8)) { return office(.ofd, "OFD") }
    // Every office package says what its parts are and which is the first; an archive with a folder called “word” does
    // not. Where the directory is cut off, so may be those parts.
    let saysParts = ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "xl/workbook.xml"]
      .contains { directory.names.contains(Array($0.utf8)) }
    if saysParts || !directory.isWhole {
      if isIn("word/") { return office(.docx, "Word") }
      if isIn("xl/") { return office(.xlsx, "Excel") }
      if saysParts { return office(.unknown, "Office") }
    }
    // An OpenDocument file begins with its media type, stored as it is; some programs put it elsewhere.
    let media = Array("mimetypeapplication/vnd.oasis.opendocument.".utf8)
    if bytes.has(media + Array("spreadsheet".utf8), at: 30) {
      return office(.ods, "OpenDocument")
    }
    if bytes.has(media + Array("text".utf8), at: 30)
      || directory.names.contains(Array("content.xml".utf8))
        && directory.names.contains(Array("META-INF/manifest.xml".utf8))
    {
      return office(.odt, "OpenDocument")
    }
    if bytes.has(Array("mimetypeapplication/".utf8), at: 30) { return office(.unknown, "ZIP") }
    // An archive: what is in it, and what of it needs a password, is told by unpacking.
    return Signature(.zip, "ZIP")
  }

  // MARK: OLE

  /// Told by the names of the streams at the top: an embedded object has others further in.
  private static func compoundFile(_ bytes: UnsafeRawBufferPointer) -> Signature {
    // In a damaged file, by the entries of its directory wherever they are: at multiples of 128 bytes, each beginning with
    // its name in UTF-16.
    let names = (try? CompoundFile(bytes)).map { Set($0.names) }
    func hasStream(_ name: String) -> Bool {
      if let names { return names.contains(name) }
      let pattern = (name + "\0").utf16.flatMap { unit -> [UInt8] in
        [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
      return stride(from: 512, to: bytes.count, by: 128).contains { bytes.has(pattern, at: $0) }
    }
    if hasStream("EncryptedPackage") { return Signature(.docx, "OLE", refusedAs: .encrypted) }
    if hasStream("WordDocument") {
      // The file information block, where it stands in the first sector as Word puts it: bit 8 of its flags.
      let isEncrypted =
        bytes.has([0xEC, 0xA5], at: 512) && bytes.count > 523 && bytes[523] & 1 != 0
      let isKingsoft = hasStream("WpsCustomData")
      return Signature(
        isKingsoft ? .wps : .doc, isKingsoft ? "WPS" : "Word",
        refusedAs: isEncrypted ? .encrypted : .unsupportedFormat)
    }
    if hasStream("Workbook") || hasStream("Book") {
      return Signature(hasStream("ETExtData") ? .et : .xls, "Excel")
    }
    return Signature(.unknown, "OLE", refusedAs: names == nil ? .truncated : .unsupportedFormat)
  }
}

extension UnsafeRawBufferPointer {
  func has(_ pattern: [UInt8], at offset: Int) -> Bool {
    offset >= 0 && count - offset >= pattern.count
      && self[offset..<offset + pattern.count].elementsEqual(pattern)
  }

  /// Little-endian.
  func number(at offset: Int, size: Int) -> Int? {
    guard offset >= 0, offset + size <= count else { return nil }
    return (0..<size).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
  }
}

extension Collection<UInt8> {
  func contains(sequence: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: sequence) }
  }
}
