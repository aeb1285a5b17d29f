import Reports

/// What people call a format.
func formatName(_ format: DocumentFormat, language: Language) -> String {
  switch format {
  case .text: language.say("纯文本", en: "plain text")
  case .html: language.say("网页（HTML）", en: "web page (HTML)")
  case .mhtml: language.say("单个文件网页（MHTML）", en: "web archive (MHTML)")
  case .eml: language.say("邮件（EML）", en: "mail (EML)")
  case .docx: language.say("Word 文档（docx）", en: "Word documents (docx)")
  case .doc: language.say("Word 97–2003 文档（doc）", en: "Word 97–2003 documents (doc)")
  case .wps: language.say("WPS 文字文档（wps）", en: "WPS Writer documents (wps)")
  case .xlsx: language.say("Excel 工作簿（xlsx）", en: "Excel workbooks (xlsx)")
  case .xls: language.say("Excel 97–2003 工作簿（xls）", en: "Excel 97–2003 workbooks (xls)")
  case .et: language.say("WPS 表格（et）", en: "WPS Spreadsheets (et)")
  case .odt: language.say("OpenDocument 文档（odt）", en: "OpenDocument text (odt)")
  case .ods: language.say("OpenDocument 表格（ods）", en: "OpenDocument spreadsheets (ods)")
  case .rtf: language.say("RTF 文档", en: "RTF documents")
  case .pdf: language.say("PDF 文件", en: "PDF files")
  case .ofd: language.say("OFD 版式文件", en: "OFD files")
  case .zip: language.say("ZIP 压缩包", en: "ZIP archives")
  case .sevenZip: language.say("7z 压缩包", en: "7z archives")
  case .rar: language.say("RAR 压缩包", en: "RAR archives")
  case .tar: language.say("TAR 包", en: "TAR archives")
  case .image: language.say("图片", en: "picture")
  case .unknown: language.say("未知格式", en: "unknown format")
  }
}

/// `512 B`, `48.2 KB`, `3.0 MB`: one decimal, units of 1024.
func sizeWords(_ bytes: Int) -> String {
  for (unit, size) in [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)] where bytes >= size {
    let (whole, rest) = bytes.quotientAndRemainder(dividingBy: size)
    return "\(whole).\(rest * 10 / size) \(unit)"
  }
  return "\(bytes) B"
}
