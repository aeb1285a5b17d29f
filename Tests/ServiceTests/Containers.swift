extension Papers {
  /// A tar archive with these files.
  static func archive(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    members.flatMap { name, bytes -> [UInt8] in
      func octal(_ value: Int, _ width: Int) -> [UInt8] {
        let digits = String(value, radix: 8)
        return Array((String(repeating: "0", count: width - 1 - digits.count) + digits).utf8) + [0]
      }
      func field(_ text: String, _ width: Int) -> [UInt8] {
        Array(text.utf8) + [UInt8](repeating: 0, count: width - text.utf8.count)
      }
      let front =
        field(name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8)
        + octal(bytes.count, 12) + octal(0, 12)
      let back = field("0", 1) + field("", 100) + Array("ustar\u{0}00".utf8) + field("", 247)
      // The sum of the head, its own field counted as blanks.
      let sum = (front + back).reduce(8 * 0x20) { $0 + Int($1) }
      let head = front + octal(sum, 7) + [0x20] + back
      return head + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    } + [UInt8](repeating: 0, count: 1024)
  }
}
