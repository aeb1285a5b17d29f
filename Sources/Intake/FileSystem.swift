internal import CLinux
import Glibc

/// File systems that other machines, or programs outside the kernel, change without an event.
public enum FileSystem {
  private static let silent: [Int64: String] = [
    0x6969: "nfs", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2", 0x517B: "smb", 0x5346_414F: "afs",
    0x00C3_6400: "ceph", 0x6573_5546: "fuse", 0x0102_1997: "9p", 0x6A65_6A62: "virtiofs",
  ]

  static func networkName(_ type: Int64) -> String? { silent[type] }

  /// The name of such a file system under a path; `nil` for one whose changes this kernel announces, or where nothing is.
  public static func networkName(at path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return networkName(linux_file_system(descriptor))
  }
}
