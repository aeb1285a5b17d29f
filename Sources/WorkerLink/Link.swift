import CLinux
import FoundationEssentials
import Glibc

/// What goes over the socket between daemon and worker. The worker begins with ``greeting`` and a frame that says
/// how far it has locked itself in (``Cage``); from then on each side sends frames in turn: the length of the JSON in four bytes, the number of the request in eight, both big-endian, and the
/// JSON. An answer bears the number of its request, which is random, so that none is taken for that of another document.
/// The file itself goes as an open descriptor with the first byte of a request; the bytes of unpacked members come behind
/// the answer that tells their sizes.
enum Link {
  /// Changes whenever the frames do, so that a worker of another version is found out before it reads anything.
  static let greeting: [UInt8] = Array("SBW5".utf8)
  /// A longer description of a cage is none.
  static let greetingLimit = 64 << 10
  /// A longer answer is no answer.
  static let frameLimit = 64 << 20

  struct Head {
    static let size = 12
    let length: Int
    let number: UInt64

    init(_ bytes: [UInt8]) {
      length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      number = bytes.dropFirst(4).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  static func frame(_ value: some Encodable, number: UInt64) throws -> [UInt8] {
    let json = try JSONEncoder().encode(value)
    let length = withUnsafeBytes(of: UInt32(json.count).bigEndian) { Array($0) }
    return length + withUnsafeBytes(of: number.bigEndian) { Array($0) } + json
  }

  /// Sends everything, or gives the errno.
  static func send(_ bytes: [UInt8], passing descriptor: Int32 = -1, to socket: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
        let result = linux_send(
          socket, rest.baseAddress, rest.count, sent == 0 ? descriptor : -1)
        guard result > 0 else { return result < 0 ? Int32(-result) : EIO }
        sent += Int(result)
      }
      return 0
    }
  }
}
