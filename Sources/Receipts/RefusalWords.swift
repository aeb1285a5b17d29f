public import Reports

/// Why a file gives no report and what to do about it: what is wrong first, then the remedy.
///
/// - Parameter format: what the bytes are, where it is known.
public func refusalSentence(
  _ refusal: Refusal, format: DocumentFormat? = nil, language: Language
) -> String {
  let (chinese, english) = sentences(
    refusal, format ?? DocumentFormat(rawValue: refusal.detail.lowercased()) ?? .unknown)
  return language.say(chinese, en: english)
}

private func sentences(_ refusal: Refusal, _ format: DocumentFormat) -> (String, String) {
  switch refusal.code {
  case .empty:
    (
      "文件是空的，没有内容，可能没有传完。请打开原文件确认后重新报送。",
      "The file is empty; perhaps it was not copied to its end. Please look at the original and file it again."
    )
  case .notADocument:
    (
      "文件内容不是能够识别的文档。请用办公软件打开确认，另存为网页或文本后重新报送。",
      "The content is no document that is known. Please open it in your office program and save it as a web page or text."
    )
  case .unsupportedFormat: unsupported(format)
  case .encrypted:
    (
      "文件设有密码或加密，程序打不开。请取消密码后重新报送。",
      "The file is protected by a password. Please remove the password and file it again."
    )
  case .imageOnly:
    (
      "文件是图片或扫描件，没有可以读取的文字。请报送 Word、网页或可复制文字的文件，不要报送扫描件。",
      "The file is a picture or a scan without text. Please file a document whose text can be copied."
    )
  case .truncated:
    (
      "文件不完整，后面的内容缺失，可能没有传完或没有保存好。请重新导出完整的文件再报送。",
      "The file breaks off before its end. Please export it whole and file it again."
    )
  case .tooLarge:
    (
      "文件太大，超过了允许的大小\(limit(refusal))。请去掉图片、附件，只留报告正文和表格后重新报送。",
      "The file is larger than allowed\(limit(refusal, english: true)). Please remove pictures and attachments and file it again."
    )
  case .tooComplex:
    (
      "文件结构过于复杂（内容过多或层层嵌套），程序无法读完。请把报告复制到新建的文档中，另存后重新报送。",
      "The file is nested or broken beyond what can be followed. Please copy the report into a new document and file that."
    )
  case .badEncoding:
    (
      "文件中的文字编码有误，读出来是乱码。请用 UTF-8 或 GB18030 编码另存后重新报送。",
      "The characters of the file fit no encoding. Please save it as UTF-8 or GB18030 and file it again."
    )
  case .workerDied:
    (
      "读取这个文件时程序两次意外中止。请另存为网页或文本后重新报送；仍不行的，请联系收报单位的管理员。",
      "Reading this file ended unexpectedly, twice. Please save it as a web page or text; if that fails too, tell the administrator."
    )
  case .timedOut:
    (
      "读取这个文件用时过长，两次都没有读完。请另存为网页或文本后重新报送；仍不行的，请联系收报单位的管理员。",
      "Reading this file took too long, twice. Please save it as a web page or text; if that fails too, tell the administrator."
    )
  case .notARegularFile:
    (
      "放进来的不是普通文件（可能是快捷方式或链接）。请把文件本身复制到收报文件夹。",
      "This is no regular file but a link or the like. Please copy the file itself into the inbox."
    )
  case .noPermission:
    (
      "程序没有读取这个文件的权限。请把文件设为可读后重新复制到收报文件夹；仍不行的，请联系收报单位的管理员。",
      "The program may not read this file. Please make it readable and copy it again, or tell the administrator."
    )
  case .notAReport where !refusal.detail.isEmpty:
    (
      "文件的标题是“\(refusal.detail)”，不是一个单位的全年年度报告；样本、通知、分析、汇总等材料里的数字不登记。如果里面就是本单位的年度报告，请用报告自己的标题保存后重新报送。",
      "The title is “\(refusal.detail)”: this is not one unit's report for a year, and figures of samples, notices, studies and the like are not entered. If it holds your own report, please save that under its own title and file it again."
    )
  case .notAReport:
    (
      "文件里没有找到年度报告的标题和统计表，不像是政府信息公开工作年度报告。请确认没有放错文件，把按统一格式填写的报告重新报送。",
      "There is neither the title nor a table of an annual report in it. Please make sure that it is the right file."
    )
  case .noNationalTemplate:
    (
      "这是 2019 年以前的年度报告\(year(refusal))，当时没有全国统一格式，程序不读取其中的数字。不需要改正；如放错了文件，请报送正确年度的报告。",
      "This is a report of before 2019\(year(refusal, english: true)), when there was no national form; its figures are not read. Nothing is to be corrected; if it is the wrong file, please file the right one."
    )
  case .blankForm:
    (
      "这是没有填写的空白表，没有单位的数字。请填写后重新报送。",
      "This is the blank form, without any figures. Please fill it in and file it again."
    )
  }
}

private func unsupported(_ format: DocumentFormat) -> (String, String) {
  guard format != .unknown else {
    return (
      "本版本暂不能读取这种格式的文件。请另存为 Word（.docx）、网页或文本后重新报送。",
      "This version cannot read files of this format yet. Please save it as Word (.docx), web page or text and file it again."
    )
  }
  let name = formatName(format, language: .chinese)
  let english = formatName(format, language: .english)
  return switch format {
  case .zip, .sevenZip, .rar, .tar:
    (
      "这个压缩包（\(name)）打不开。请解压后把其中的报告逐个重新报送。",
      "This archive (\(english)) cannot be opened. Please unpack it and file the reports one by one."
    )
  case .eml:
    (
      "这封邮件（\(name)）打不开。请把邮件中的附件另存出来重新报送。",
      "This mail (\(english)) cannot be opened. Please save the attachment and file that."
    )
  case .image:
    (
      "本版本不能读取图片。请报送网页或可复制文字的文件。",
      "This version cannot read pictures. Please file a document whose text can be copied."
    )
  default:
    (
      "本版本暂不能读取 \(name)。请另存为 Word（.docx）、网页或文本后重新报送。",
      "This version cannot read \(english) yet. Please save it as Word (.docx), web page or text and file it again."
    )
  }
}

/// `1000 > 500`, in bytes, as ``Refusal/detail`` has it; said in words where it is of that form.
private func limit(_ refusal: Refusal, english: Bool = false) -> String {
  let parts = refusal.detail.split(separator: ">")
  guard let bytes = parts.last.flatMap({ Int($0.filter { $0 != " " }) }), bytes > 0 else {
    return ""
  }
  return english ? " (\(sizeWords(bytes)))" : "（\(sizeWords(bytes))）"
}

private func year(_ refusal: Refusal, english: Bool = false) -> String {
  guard let year = Int(refusal.detail) else { return "" }
  return english ? " (for \(year))" : "（\(year) 年）"
}
