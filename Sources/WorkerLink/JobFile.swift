import CLinux
import Glibc
public import Reports

/// The bytes of an open file. Read, not mapped: a file that someone shortens meanwhile would kill the process.
///
/// *Diagnostics*: `not_a_regular_file`, `too_large`, `no_permission`.
public func readJobFile(_ descriptor: Int32, limit: Int) throws(Refusal) -> [UInt8] {
  var status = linux_file()
  let found = linux_status(descriptor, &status)
  guard found == 0 else { throw Refusal(.noPermission, detail: "errno \(-found)") }
  guard status.mode & S_IFMT == S_IFREG else { throw Refusal(.notARegularFile) }
  guard status.size <= limit else {
    throw Refusal(.tooLarge, detail: "\(status.size) > \(limit)")
  }
  // One byte more than the size tells a file that grows.
  var bytes = [UInt8](repeating: 0, count: Int(status.size) + 1)
  var filled = 0
  while true {
    let result = bytes.withUnsafeMutableBytes { buffer in
      pread(
        descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(filled))
    }
    if result < 0 {
      let reason = errno
      if reason == EINTR { continue }
      throw Refusal(.noPermission, detail: "errno \(reason)")
    }
    if result == 0 { break }
    filled += result
    guard filled <= limit else { throw Refusal(.tooLarge, detail: "> \(limit)") }
    if filled == bytes.count {
      bytes.append(contentsOf: [UInt8](repeating: 0, count: min(filled, limit + 1 - filled)))
    }
  }
  bytes.removeLast(bytes.count - filled)
  return bytes
}
