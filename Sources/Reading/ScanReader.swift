import CDocument
import CScans
import Documents
import Reports
import Synchronization

/// Pages that are pictures, read by optical character recognition: the lines drawn on a page make its tables as in any other
/// format, each cell is read by itself, and then the rest of the page. Every character is a guess, which the document says.
struct ScanReader {
  private var pages = PagedDocument()
  private var number = 0

  /// `nil`: Tesseract or its data are not to be had.
  init?() {
    guard loadScanning() else { return nil }
  }

  /// Nothing could be read in any picture.
  var isEmpty: Bool { !pages.hasText }

  var document: Document {
    var document = pages.document
    document.remarks.insert(.opticallyRead)
    return document
  }

  mutating func add(_ page: OpaquePointer) {
    number += 1
    let scan = ScannedPage(page)
    pages.add(scan.items(), number: number, near: scan.near, images: 0)
  }
}

/// Tesseract has one state for the whole process.
let scanTurn = Mutex(())

/// A picture file: PNG, JPEG, TIFF of one page or more.
func readPicture(
  _ bytes: UnsafeRawBufferPointer, _ signature: Signature, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  guard var reader = ScanReader() else {
    throw ReadingFailure(signature.refusal, format: signature.format, needs: .scans)
  }
  var offset = 0
  var count = 0
  repeat {
    var page: OpaquePointer?
    switch shoubao_scan_open(bytes.baseAddress, bytes.count, limits.pixels, &offset, &page) {
    case SHOUBAO_SCAN_TOO_LARGE:
      throw ReadingFailure(
        Refusal(.tooComplex, detail: "> \(limits.pixels) pixels"), format: signature.format)
    // A kind of picture that Leptonica does not read, or a damaged one.
    case SHOUBAO_SCAN_BROKEN where count == 0:
      throw ReadingFailure(signature.refusal, format: signature.format)
    default: break
    }
    guard let page else { break }
    defer { shoubao_scan_close(page) }
    count += 1
    guard count <= limits.scannedPages else {
      throw ReadingFailure(
        Refusal(.tooComplex, detail: "> \(limits.scannedPages) pages"), format: signature.format)
    }
    reader.add(page)
  } while offset != 0
  guard !reader.isEmpty else { throw ReadingFailure(signature.refusal, format: signature.format) }
  return reader.document
}

/// A PDF file whose pages are pictures.
func readScannedPDF(
  _ bytes: UnsafeRawBufferPointer, pages: Int, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  guard let reader = ScanReader() else {
    throw ReadingFailure(Refusal(.imageOnly), format: .pdf, needs: .scans)
  }
  guard pages <= limits.scannedPages else {
    throw ReadingFailure(
      Refusal(.tooComplex, detail: "> \(limits.scannedPages) pages"), format: .pdf)
  }
  let run = ScanRun(reader)
  var canvas = shoubao_pdf_canvas(page: { context, bitmap in
    guard let context, let bitmap = bitmap?.pointee else { return 1 }
    Unmanaged<ScanRun>.fromOpaque(context).takeUnretainedValue().add(bitmap)
    return 0
  })
  for number in 1...max(1, pages) {
    let result = shoubao_pdf_render(
      bytes.baseAddress, bytes.count, Int32(number), 300, limits.pixels, &canvas,
      Unmanaged.passUnretained(run).toOpaque())
    guard result == SHOUBAO_PDF_DONE else {
      throw ReadingFailure(Refusal(.truncated, detail: "PDF"), format: .pdf)
    }
  }
  guard !run.reader.isEmpty else { throw ReadingFailure(Refusal(.imageOnly), format: .pdf) }
  return run.reader.document
}

/// A class, since C keeps nothing but a pointer to it.
private final class ScanRun {
  private(set) var reader: ScanReader

  init(_ reader: ScanReader) { self.reader = reader }

  func add(_ bitmap: shoubao_pdf_bitmap) {
    let page = shoubao_scan_copy(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride)
    guard let page else { return }
    defer { shoubao_scan_close(page) }
    reader.add(page)
  }
}
