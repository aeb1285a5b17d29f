import CZlib

// Rows whose texts repeat themselves and each other are packed: a report's figures, findings and detail take a sixth of
// what they are, and SQLite's pages are left less empty by them. Packed bytes are never what a digest is over: that is the
// canonical bytes which come out, so any program may pack them otherwise.
//
// Packed:
//
//   1 byte       the edition of the dictionaries (PackingWords.swift): 1
//   4 bytes      CRC-32 of everything behind it, most significant byte first: no bit may change unseen, not even one that
//                changes nothing in what comes out
//   1… bytes     how many bytes come out: seven bits each, least significant first, the eighth says that more follow
//   the rest     deflated (RFC 1951), with the dictionary before it

/// What is packed: each has words of its own that come again and again.
enum PackedKind: CaseIterable, Sendable {
  /// ``ReportDetail`` as JSON, or a whole row of a report.
  case report
  /// The row of a report's figures.
  case figures
  /// All findings of an arrival.
  case findings
  /// A judgement's columns.
  case judgement
}

/// Why packed bytes cannot be unpacked. They are damaged, or by a newer program.
enum PackingError: Error, Hashable, CustomStringConvertible {
  case edition(UInt8)
  case checksum
  /// No length, or one that so few bytes cannot give.
  case length
  case content

  var description: String {
    switch self {
    case .edition(let found): "packed by edition \(found) of the dictionaries"
    case .checksum: "packed bytes do not have their checksum"
    case .length: "packed bytes have no possible length"
    case .content: "packed bytes give nothing"
    }
  }
}

private enum Packed {
  static let edition: UInt8 = 1
  static let headCount = 5
  /// Deflate gives at most 1032 bytes for one.
  static let mostPerByte = 1032
  /// SQLite's own limit.
  static let most = 1_000_000_000

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32(
        0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(bytes.count)))
  }
}

/// Packs one text after the other.
///
/// A class, because zlib's state points back to the stream and must not move.
final class Packer {
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // It fails only without memory or with another library than it was built for.
    precondition(shoubao_pack_start(stream) == Z_OK, "zlib cannot start")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func pack(_ bytes: [UInt8], _ kind: PackedKind) -> [UInt8] {
    precondition(bytes.count <= Packed.most)
    deflateReset(stream)
    let dictionary = PackingWords.dictionary(kind)
    deflateSetDictionary(stream, dictionary, UInt32(dictionary.count))
    var result: [UInt8] = [Packed.edition, 0, 0, 0, 0]
    var length = bytes.count
    while length > 0x7F {
      result.append(UInt8(length & 0x7F) | 0x80)
      length >>= 7
    }
    result.append(UInt8(length))
    deflate(bytes, onto: &result)
    let checksum = result.withUnsafeBytes {
      Packed.checksum(UnsafeRawBufferPointer(rebasing: $0[Packed.headCount...]))
    }
    for place in 1..<Packed.headCount {
      result[place] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * (4 - place)))
    }
    return result
  }

  private func deflate(_ bytes: [UInt8], onto result: inout [UInt8]) {
    var input = bytes
    input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(input.count)
      var ended = Z_OK
      while ended != Z_STREAM_END {
        // What most rows need; a full room is followed by another.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2048) { room in
          stream.pointee.next_out = room.baseAddress
          stream.pointee.avail_out = UInt32(room.count)
          ended = CZlib.deflate(stream, Z_FINISH)
          result += room[..<(room.count - Int(stream.pointee.avail_out))]
        }
      }
    }
  }
}

/// Unpacks one text after the other.
final class Unpacker {
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    precondition(shoubao_unpack_start(stream) == Z_OK, "zlib cannot start")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func unpack(_ packed: [UInt8], _ kind: PackedKind) throws(PackingError) -> [UInt8] {
    var result: [UInt8] = []
    let failure: PackingError? = packed.withUnsafeBytes { bytes in
      do throws(PackingError) {
        try unpack(bytes, kind, into: &result)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return result
  }

  /// - Parameter result: what stood there is overwritten; nothing is in it after an error.
  func unpack(
    _ packed: UnsafeRawBufferPointer, _ kind: PackedKind, into result: inout [UInt8]
  ) throws(PackingError) {
    result.removeAll(keepingCapacity: true)
    guard packed.count > Packed.headCount else { throw .length }
    guard packed[0] == Packed.edition else { throw .edition(packed[0]) }
    let checksum = packed[1..<Packed.headCount].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let body = UnsafeRawBufferPointer(rebasing: packed[Packed.headCount...])
    guard checksum == Packed.checksum(body) else { throw .checksum }
    var (length, shift, start) = (0, 0, 0)
    repeat {
      guard start < body.count, shift <= 28 else { throw .length }
      length |= Int(body[start] & 0x7F) << shift
      shift += 7
      start += 1
    } while body[start - 1] & 0x80 != 0
    let deflated = UnsafeRawBufferPointer(rebasing: body[start...])
    guard length <= Packed.most, length <= deflated.count * Packed.mostPerByte else {
      throw .length
    }
    guard inflate(deflated, kind, length, into: &result) else {
      result.removeAll(keepingCapacity: true)
      throw .content
    }
  }

  private func inflate(
    _ deflated: UnsafeRawBufferPointer, _ kind: PackedKind, _ length: Int,
    into result: inout [UInt8]
  ) -> Bool {
    inflateReset(stream)
    let dictionary = PackingWords.dictionary(kind)
    inflateSetDictionary(stream, dictionary, UInt32(dictionary.count))
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: deflated.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(deflated.count)
    // One more than is to come: zlib takes no room for nothing, and more than was said is damage.
    result.append(contentsOf: repeatElement(0, count: length + 1))
    let ended = result.withUnsafeMutableBufferPointer { room in
      stream.pointee.next_out = room.baseAddress
      stream.pointee.avail_out = UInt32(room.count)
      return CZlib.inflate(stream, Z_FINISH)
    }
    guard ended == Z_STREAM_END, stream.pointee.avail_out == 1, stream.pointee.avail_in == 0
    else { return false }
    result.removeLast()
    return true
  }
}
