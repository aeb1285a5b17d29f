/// The names in a ZIP file, as far as telling its kind needs them. Nothing is unpacked.
struct ZipDirectory {
  private(set) var names: [[UInt8]] = []
  /// A member wants a password.
  private(set) var isEncrypted = false
  /// The central directory is there; without it the names are those of the members up to where the file is cut off.
  let isWhole: Bool

  /// More names than this tell nothing more about the kind.
  private static let nameLimit = 4096

  init(_ bytes: UnsafeRawBufferPointer) {
    let start = ZipDirectory.centralStart(bytes)
    // An empty archive is nothing but the record of its end.
    isWhole = start != nil || bytes.has([0x50, 0x4B, 0x05, 0x06], at: 0)
    if let start {
      // Central head: signature, 4 versions, flags at 8, lengths of name, extra and comment at 28, name at 46.
      walk(bytes, from: start, signature: 0x0201_4B50, flags: 8, lengths: 28, name: 46) { offset in
        let lengths = [28, 30, 32].compactMap { bytes.number(at: offset + $0, size: 2) }
        return lengths.count == 3 ? offset + 46 + lengths.reduce(0, +) : nil
      }
    } else {
      // Local head: signature, version, flags at 6, packed size at 18, lengths of name and extra at 26, name at 30.
      walk(bytes, from: 0, signature: 0x0403_4B50, flags: 6, lengths: 26, name: 30) { offset in
        guard let size = bytes.number(at: offset + 18, size: 4),
          let name = bytes.number(at: offset + 26, size: 2),
          let extra = bytes.number(at: offset + 28, size: 2)
        else { return nil }
        return offset + 30 + name + extra + size
      }
    }
  }

  private mutating func walk(
    _ bytes: UnsafeRawBufferPointer, from start: Int, signature: Int, flags: Int, lengths: Int,
    name: Int, next: (Int) -> Int?
  ) {
    var offset = start
    while names.count < ZipDirectory.nameLimit,
      bytes.number(at: offset, size: 4) == signature,
      let flag = bytes.number(at: offset + flags, size: 2),
      let length = bytes.number(at: offset + lengths, size: 2),
      offset + name + length <= bytes.count
    {
      if flag & 1 != 0 { isEncrypted = true }
      names.append(Array(bytes[offset + name..<offset + name + length]))
      guard let following = next(offset), following > offset else { return }
      offset = following
    }
  }

  /// Where the central directory begins, from the end record: 22 bytes and a comment of up to 64 KiB.
  private static func centralStart(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let last = bytes.count - 22
    for offset in stride(from: last, through: max(0, last - 65_535), by: -1)
    where bytes[offset] == 0x50 && bytes.number(at: offset, size: 4) == 0x0605_4B50 {
      guard let start = bytes.number(at: offset + 16, size: 4),
        bytes.number(at: start, size: 4) == 0x0201_4B50
      else { return nil }
      return start
    }
    return nil
  }
}
