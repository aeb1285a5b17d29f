import Reading
import Reports

/// Any bytes as an archive or a mail.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var limits = UnpackingLimits()
  limits.members = 100
  limits.bytes = 4 << 20
  limits.memberBytes = 1 << 20
  let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  _ = try? unpack(bytes, limits: limits)
  return 0
}
