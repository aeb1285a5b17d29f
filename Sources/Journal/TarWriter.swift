import CLinux
import Glibc

/// Writes a tar archive (POSIX ustar) to a descriptor: regular files with short names, nothing else.
///
/// Names are ours and below 100 bytes; sizes beyond the eleven octal digits of ustar (8 GiB) take the base-256 form that
/// GNU tar, bsdtar and Python read.
struct TarWriter: ~Copyable {
  struct Owner {
    var user: UInt32
    var group: UInt32
    var userName = ""
    var groupName = ""
  }

  private let output: Int32
  private let owner: Owner
  /// Seconds since 1970, of every file.
  private let time: Int64
  private var buffer: [UInt8] = []
  private static let block = 512
  private static let room = 1 << 20

  init(_ output: Int32, owner: Owner, time: Int64) {
    self.output = output
    self.owner = owner
    self.time = time
    buffer.reserveCapacity(TarWriter.room + 2 * TarWriter.block)
  }

  /// An open file, of which `size` bytes are announced: what it has more is left out, what it lacks, or cannot be
  /// read, is filled up with zeros. A file that changes on the way spoils itself and not the archive.
  /// - Parameter meet: is shown every byte that came from the file.
  /// - Returns: whether exactly `size` bytes came.
  mutating func add(
    _ name: String, mode: Int, _ file: Int32, size: Int, meet: (UnsafeRawBufferPointer) -> Void
  ) throws(BackupError) -> Bool {
    try write(header(name, mode: mode, size: size))
    var came = 0
    while came < size {
      let room = min(TarWriter.room, size - came)
      var chunk = [UInt8](repeating: 0, count: room)
      let count = linux_read_at(file, &chunk, room, Int64(came))
      guard count > 0 else { break }
      chunk.removeLast(room - Int(count))
      chunk.withUnsafeBytes(meet)
      try write(chunk)
      came += Int(count)
    }
    var missing = size - came + (TarWriter.block - size % TarWriter.block) % TarWriter.block
    while missing > 0 {
      let count = min(missing, TarWriter.room)
      try write([UInt8](repeating: 0, count: count))
      missing -= count
    }
    return came == size
  }

  mutating func add(_ name: String, mode: Int, _ content: [UInt8]) throws(BackupError) {
    let padding = (TarWriter.block - content.count % TarWriter.block) % TarWriter.block
    try write(header(name, mode: mode, size: content.count))
    try write(content + [UInt8](repeating: 0, count: padding))
  }

  /// Two empty blocks end an archive.
  mutating func finish() throws(BackupError) {
    try write([UInt8](repeating: 0, count: 2 * TarWriter.block))
    try flush()
  }

  private mutating func write(_ bytes: [UInt8]) throws(BackupError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= TarWriter.room { try flush() }
  }

  private mutating func flush() throws(BackupError) {
    let result = buffer.withUnsafeBytes { linux_write_all(output, $0.baseAddress, $0.count) }
    guard result >= 0 else { throw BackupError("write", result) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func header(_ name: String, mode: Int, size: Int) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: TarWriter.block)
    func put(_ text: String, at place: Int, room: Int) {
      let bytes = Array(text.utf8.prefix(room))
      header.replaceSubrange(place..<place + bytes.count, with: bytes)
    }
    /// Octal digits, a zero byte behind them.
    func put(_ number: Int, at place: Int, digits: Int) {
      let text = String(number, radix: 8)
      if text.count <= digits {
        put(String(repeating: "0", count: digits - text.count) + text, at: place, room: digits)
      } else {
        for index in 0...digits {
          header[place + index] = UInt8(truncatingIfNeeded: number >> min(63, 8 * (digits - index)))
        }
        header[place] = 0x80
      }
    }
    precondition(name.utf8.count <= 100, "names in a backup are ours")
    put(name, at: 0, room: 100)
    put(mode, at: 100, digits: 7)
    put(Int(owner.user), at: 108, digits: 7)
    put(Int(owner.group), at: 116, digits: 7)
    put(size, at: 124, digits: 11)
    put(Int(time), at: 136, digits: 11)
    // The sum of all bytes, its own field taken as blanks.
    put("        ", at: 148, room: 8)
    put("0", at: 156, room: 1)
    put("ustar", at: 257, room: 5)
    put("00", at: 263, room: 2)
    put(owner.userName, at: 265, room: 31)
    put(owner.groupName, at: 297, room: 31)
    put(header.reduce(0) { $0 + Int($1) }, at: 148, digits: 6)
    header[154] = 0
    return header
  }
}
