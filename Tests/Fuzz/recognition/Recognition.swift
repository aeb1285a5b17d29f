import Reading
import Recognition

/// Any document that can be read through to the report, with the telling of how it was read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  var limits = ReadingLimits()
  limits.scannedPages = 0
  guard let source = try? readDocument(bytes, limits: limits) else { return 0 }
  _ = recognise(source.document, explaining: true)
  return 0
}
