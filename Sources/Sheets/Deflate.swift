import CZlib

/// Compresses a stream of bytes (RFC 1951) through zlib, in bounded memory. The same bytes give the same bytes.
///
/// A class, because zlib's state points back to the stream and must not move.
final class Deflate {
  private let stream: UnsafeMutablePointer<z_stream>
  private var room = [UInt8](repeating: 0, count: 16_384)

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // It fails only without memory or with another library than it was built for; in neither is there a file to write.
    precondition(shoubao_deflate_start(stream) == Z_OK, "zlib cannot start")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Takes bytes in; gives what is complete.
  func append(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

  /// The rest. Nothing may be appended after it.
  func finish() -> [UInt8] { run([], Z_FINISH) }

  private func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
    var input = bytes
    var result: [UInt8] = []
    input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(input.count)
      repeat {
        let count = room.withUnsafeMutableBufferPointer { room in
          stream.pointee.next_out = room.baseAddress
          stream.pointee.avail_out = UInt32(room.count)
          deflate(stream, flush)
          return room.count - Int(stream.pointee.avail_out)
        }
        result += room[..<count]
        // A full room: there may be more.
      } while stream.pointee.avail_out == 0
    }
    return result
  }
}

/// CRC-32 as ZIP has it.
struct Checksum {
  private(set) var value: UInt = 0

  mutating func add(_ bytes: [UInt8]) { value = crc32(value, bytes, UInt32(bytes.count)) }
}
