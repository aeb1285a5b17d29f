internal import CLinux
import Glibc

/// The system calls through which intake touches the world, so that a test can make each of them fail.
///
/// All answer as the kernel does: 0 or more is the result, less than 0 is −errno.
public struct FileCalls: Sendable {
  public typealias Name = UnsafePointer<CChar>

  /// Opens an entry of a folder; the flags always hold `O_NOFOLLOW | O_CLOEXEC`.
  public var open: @Sendable (_ folder: Int32, Name, _ flags: Int32, _ mode: UInt32) -> Int32 = {
    linux_open_at($0, $1, $2 | O_NOFOLLOW | O_CLOEXEC, $3)
  }
  public var statusAt: @Sendable (_ folder: Int32, Name) -> Result<FileStatus, Errno> = {
    var file = linux_file()
    let result = linux_status_at($0, $1, &file)
    return result < 0 ? .failure(Errno(result)) : .success(FileStatus(file))
  }
  public var status: @Sendable (_ descriptor: Int32) -> Result<FileStatus, Errno> = {
    var file = linux_file()
    let result = linux_status($0, &file)
    return result < 0 ? .failure(Errno(result)) : .success(FileStatus(file))
  }
  public var list: @Sendable (_ descriptor: Int32, UnsafeMutableRawPointer, _ size: Int) -> Int64 =
    {
      linux_list($0, $1, $2)
    }
  public var takeLease: @Sendable (_ descriptor: Int32) -> Int32 = { linux_take_read_lease($0) }
  public var leaseHeld: @Sendable (_ descriptor: Int32) -> Int32 = { linux_lease_held($0) }
  /// Refused with `EEXIST` when the new name is taken.
  public var rename: @Sendable (_ from: Int32, Name, _ to: Int32, Name) -> Int32 = {
    linux_rename_noreplace($0, $1, $2, $3)
  }
  public var unlink: @Sendable (_ folder: Int32, Name) -> Int32 = { linux_unlink_at($0, $1) }
  public var makeFolder: @Sendable (_ folder: Int32, Name, _ mode: UInt32) -> Int32 = {
    linux_make_folder_at($0, $1, $2)
  }
  public var sync: @Sendable (_ descriptor: Int32) -> Int32 = { linux_sync($0) }
  public var copy: @Sendable (_ from: Int32, _ to: Int32) -> Int64 = { linux_copy($0, $1) }
  public var addWatch: @Sendable (_ inotify: Int32, _ path: Name, _ mask: UInt32) -> Int32 = {
    linux_inotify_add($0, $1, $2)
  }

  public init() {}
}

/// A number of errno(3).
public struct Errno: Error, Sendable, Hashable, CustomStringConvertible {
  public let code: Int32

  /// From a call's answer, of either sign.
  public init(_ code: Int32) { self.code = abs(code) }

  /// `ENOSPC (No space left on device)`.
  public var description: String {
    "\(String(cString: linux_error_name(code))) (\(String(cString: strerror(code))))"
  }
}

/// Runs with the bytes of a name as C has them.
func withName<R, E: Error>(_ name: [UInt8], _ body: (FileCalls.Name) throws(E) -> R) throws(E) -> R
{
  let terminated = name.map { CChar(bitPattern: $0) } + [0]
  // A typed throw does not pass through `withUnsafeBufferPointer`; a result does.
  let result = terminated.withUnsafeBufferPointer { buffer -> Result<R, E> in
    guard let base = buffer.baseAddress else { preconditionFailure("a name has its NUL") }
    do throws(E) { return .success(try body(base)) } catch { return .failure(error) }
  }
  return try result.get()
}
