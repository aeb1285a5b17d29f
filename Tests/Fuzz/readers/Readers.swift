import Reading

/// Any bytes through the reader that they ask for, with small limits, so that what is slow shows.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var limits = ReadingLimits()
  limits.unpacked = 4 << 20
  limits.cells = 10_000
  limits.blocks = 20_000
  limits.pages = 20
  // Recognising what is on a picture takes seconds; decoding it is tried.
  limits.scannedPages = 0
  _ = try? readDocument(UnsafeRawBufferPointer(start: start, count: count), limits: limits)
  return 0
}
