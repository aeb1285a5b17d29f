import CDocument

/// The libraries of this process that read documents, as they are loaded: “libxml2 2.9.14”. For whoever looks for a fault.
public func libraryVersions() -> [String] {
  // 20914, perhaps with more words behind it.
  let digits = String(cString: shoubao_xml_version()).prefix { $0.isNumber }
  let number = Int(digits) ?? 0
  let xml = "\(number / 10000).\(number / 100 % 100).\(number % 100)"
  // “libarchive 3.6.2 zlib/1.2.13 liblzma/5.4.1 …”
  return ["libxml2 \(xml)", String(cString: shoubao_archive_version())]
    + (canReadScans() ? ["Tesseract"] : [])
}
