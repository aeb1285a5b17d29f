import CDocument
import Documents
import Reports

/// A PDF file with text: its lines in the order of the page, what stands apart on a line kept apart by spaces as wide as on
/// paper, so that columns stand above each other.
func readPDF(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  guard shoubao_pdf_load() == 0 else {
    throw ReadingFailure(Refusal(.unsupportedFormat, detail: "PDF"), format: .pdf, needs: .pages)
  }
  // Without them poppler leaves text out and does not say so.
  guard hasFontMaps() else {
    throw ReadingFailure(Refusal(.unsupportedFormat, detail: "PDF, poppler-data"), format: .pdf)
  }
  let run = PDFRun(limits: limits)
  var handler = shoubao_pdf_handler(
    page: { context, number in
      PDFRun.at(context)?.begin(page: Int(number))
      return 0
    },
    character: { context, character, box in
      guard let run = PDFRun.at(context), let box else { return 1 }
      return run.add(character, PageBox(box.pointee)) ? 0 : 1
    },
    rule: { context, box in
      guard let run = PDFRun.at(context), let box else { return 1 }
      return run.add(PageBox(box.pointee)) ? 0 : 1
    },
    page_end: { context, images in
      PDFRun.at(context)?.endPage(images: Int(images))
      return 0
    })
  let result = shoubao_pdf_read(
    bytes.baseAddress, bytes.count, Int32(limits.pages), &handler,
    Unmanaged.passUnretained(run).toOpaque())
  let refusal: Refusal? =
    switch result {
    case SHOUBAO_PDF_DONE:
      run.pages.hasText || run.pages.images > 0 ? nil : Refusal(.empty)
    case SHOUBAO_PDF_STOPPED: Refusal(.tooComplex, detail: "> \(limits.characters) characters")
    case SHOUBAO_PDF_TOO_LONG: Refusal(.tooComplex, detail: "> \(limits.pages) pages")
    case SHOUBAO_PDF_NOT_LOADED: Refusal(.unsupportedFormat, detail: "PDF")
    case SHOUBAO_PDF_ENCRYPTED: Refusal(.encrypted, detail: "PDF")
    default: Refusal(.truncated, detail: "PDF")
    }
  if let refusal { throw ReadingFailure(refusal, format: .pdf) }
  var document =
    run.pages.hasText
    ? run.pages.document
    : try scanTurn.withLock { _ throws(ReadingFailure) in
      try readScannedPDF(bytes, pages: run.number, limits: limits)
    }
  // Poppler puts together what is left of a file that was cut off, and does not say so.
  document.endsEarly = !bytes.suffix(2048).contains(sequence: Array("%%EOF".utf8))
  return document
}

/// Gathers what is drawn, page by page. A class, since C keeps nothing but a pointer to it.
private final class PDFRun {
  private(set) var pages = PagedDocument()
  private let limits: ReadingLimits
  private(set) var number = 0
  private var page = PageBlocks()
  private var count = 0

  init(limits: ReadingLimits) { self.limits = limits }

  func begin(page number: Int) {
    self.number = number
    page = PageBlocks()
  }

  func add(_ character: UInt32, _ box: PageBox) -> Bool {
    count += 1
    guard count <= limits.characters else { return false }
    guard let scalar = Unicode.Scalar(character) else { return true }
    page.text.add(scalar, box)
    return true
  }

  /// Lines count as characters do: nobody draws more.
  func add(_ rule: PageBox) -> Bool {
    count += 1
    page.rules.add(rule)
    return count <= limits.characters
  }

  func endPage(images: Int) {
    page.images = images
    pages.add(page, number: number)
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> PDFRun? {
    context.map { Unmanaged<PDFRun>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension PageBox {
  fileprivate init(_ box: shoubao_pdf_box) {
    self.init(left: box.left, top: box.top, right: box.right, bottom: box.bottom)
  }
}
