/// Names that programs give to files they have not finished; ignored until renamed.
public enum IgnoredNames {
  private static let endings: [[UInt8]] = [
    ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp",
  ].map { Array($0.utf8) }

  /// Whether a file of this name is left alone. ASCII case does not matter: Windows clients write `.TMP`.
  public static func contains(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = name.first else { return false }
    if first == Ascii.dot { return true }
    if first == Ascii.tilde, name.dropFirst().first == Ascii.dollar { return true }
    guard name.contains(Ascii.dot) else { return false }
    return endings.contains { ending in
      name.suffix(ending.count).elementsEqual(ending) { lower($0) == $1 }
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
