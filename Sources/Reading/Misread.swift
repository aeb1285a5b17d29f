import Glibc

/// Whether a text is UTF-8 that some program took for GB18030 and saved again: 鏀垮簻 for 政府.
///
/// Written back in GB18030, such a text is UTF-8 again, full of Chinese characters; no other text is. It is not mended:
/// where a sentence has an odd number of bytes, the last was lost together with what stands behind it, which may be a
/// digit.
func isMisreadUTF8(_ utf8: [UInt8]) -> Bool {
  guard let start = utf8.firstIndex(where: { $0 >= 0xC0 }),
    let converter = iconv_open("GB18030", "UTF-8"), converter != iconv_t(bitPattern: -1)
  else { return false }
  defer { iconv_close(converter) }
  // The first page or so tells.
  let sample = utf8[start...].prefix(16 << 10)
  return sample.withUnsafeBytes { sample in
    withUnsafeTemporaryAllocation(byteCount: sample.count * 2, alignment: 1) { written in
      // `iconv` takes a pointer to what it does not write to.
      var source = UnsafeMutablePointer(
        mutating: sample.baseAddress?.assumingMemoryBound(to: CChar.self))
      var target = written.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = sample.count
      var free = written.count
      // A character cut off at the end of the sample stops it, which is as well.
      _ = iconv(converter, &source, &left, &target, &free)
      return isChinese(UnsafeRawBufferPointer(rebasing: written[..<(written.count - free)]))
    }
  }
}

/// At least twenty Chinese characters in UTF-8, and a sixth of what is not ASCII.
private func isChinese(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var chinese = 0
  var beyondASCII = 0
  // The character that begins here takes the bytes up to this one.
  var taken = 0
  for (index, byte) in bytes.enumerated() where byte >= 0x80 {
    beyondASCII += 1
    if index >= taken, 0xE4...0xE9 ~= byte, index + 2 < bytes.count,
      0x80...0xBF ~= bytes[index + 1], 0x80...0xBF ~= bytes[index + 2]
    {
      chinese += 1
      taken = index + 3
    }
  }
  return chinese >= 20 && chinese * 3 * 2 >= beyondASCII
}
