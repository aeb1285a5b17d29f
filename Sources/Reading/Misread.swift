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
  var sample = utf8[start...].prefix(16 << 10).map { CChar(bitPattern: $0) }
  var written = [CChar](repeating: 0, count: sample.count * 2)
  let room = written.count
  var free = room
  sample.withUnsafeMutableBufferPointer { sample in
    written.withUnsafeMutableBufferPointer { written in
      var source = sample.baseAddress
      var target = written.baseAddress
      var left = sample.count
      // A character cut off at the end of the sample stops it, which is as well.
      _ = iconv(converter, &source, &left, &target, &free)
    }
  }
  let bytes = written[..<(room - free)].map { UInt8(bitPattern: $0) }
  var chinese = 0
  var index = 0
  while index + 2 < bytes.count {
    let isCharacter =
      (0xE4...0xE9).contains(bytes[index]) && (0x80...0xBF).contains(bytes[index + 1])
      && (0x80...0xBF).contains(bytes[index + 2])
    chinese += isCharacter ? 1 : 0
    index += isCharacter ? 3 : 1
  }
  let beyondASCII = bytes.count { $0 >= 0x80 }
  return chinese >= 20 && chinese * 3 * 2 >= beyondASCII
}
