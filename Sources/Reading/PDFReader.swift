import CDocument
import Documents
import Reports

/// A PDF file with text: its lines in the order of the page, what stands apart on a line kept apart by spaces as wide as on
/// paper, so that columns stand above each other.
func readPDF(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  // Without them poppler leaves text out and does not say so.
  guard hasFontMaps() else {
    throw ReadingFailure(Refusal(.unsupportedFormat, detail: "PDF, poppler-data"), format: .pdf)
  }
  let run = PDFRun(limits: limits)
  var handler = shoubao_pdf_handler(
    page: { context, number, images in
      guard let run = PDFRun.at(context) else { return 1 }
      run.begin(page: Int(number), images: Int(images))
      return 0
    },
    character: { context, character, box in
      guard let run = PDFRun.at(context), let box else { return 1 }
      return run.add(character, PageBox(box.pointee)) ? 0 : 1
    })
  let result = shoubao_pdf_read(
    bytes.baseAddress, bytes.count, Int32(limits.pages), &handler,
    Unmanaged.passUnretained(run).toOpaque())
  run.endPage()
  let refusal: Refusal? =
    switch result {
    case SHOUBAO_PDF_DONE: run.hasText ? nil : Refusal(run.images > 0 ? .imageOnly : .empty)
    case SHOUBAO_PDF_STOPPED: Refusal(.tooComplex, detail: "> \(limits.characters) characters")
    case SHOUBAO_PDF_TOO_LONG: Refusal(.tooComplex, detail: "> \(limits.pages) pages")
    case SHOUBAO_PDF_ENCRYPTED: Refusal(.encrypted, detail: "PDF")
    default: Refusal(.truncated, detail: "PDF")
    }
  if let refusal { throw ReadingFailure(refusal, format: .pdf) }
  var document = Document(blocks: run.blocks)
  // Poppler puts together what is left of a file that was cut off, and does not say so.
  document.endsEarly = !bytes.suffix(2048).contains(sequence: Array("%%EOF".utf8))
  return document
}

/// Gathers the characters page by page. A class, since C keeps nothing but a pointer to it.
private final class PDFRun {
  private(set) var blocks: [Block] = []
  private(set) var images = 0
  private(set) var hasText = false
  private let limits: ReadingLimits
  private var number = 0
  private var page = PageText()
  private var count = 0

  init(limits: ReadingLimits) { self.limits = limits }

  func begin(page number: Int, images: Int) {
    endPage()
    self.number = number
    self.images += images
    if images > 0 { blocks.append(.picture(Picture(words: "", place: Place(page: number)))) }
  }

  func add(_ character: UInt32, _ box: PageBox) -> Bool {
    count += 1
    guard count <= limits.characters else { return false }
    guard let scalar = Unicode.Scalar(character) else { return true }
    page.add(scalar, box)
    return true
  }

  func endPage() {
    for (line, text) in page.lines().enumerated() {
      hasText = true
      blocks.append(
        .paragraph(Paragraph(text: text, place: Place(page: number, line: line + 1))))
    }
    page = PageText()
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
