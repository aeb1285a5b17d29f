/// File systems that other machines, or programs outside the kernel, change without an event.
enum FileSystem {
  private static let silent: [Int64: String] = [
    0x6969: "nfs", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2", 0x517B: "smb", 0x5346_414F: "afs",
    0x00C3_6400: "ceph", 0x6573_5546: "fuse", 0x0102_1997: "9p", 0x6A65_6A62: "virtiofs",
  ]

  static func networkName(_ type: Int64) -> String? { silent[type] }
}
