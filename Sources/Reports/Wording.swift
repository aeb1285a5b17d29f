/// What two texts have in common that differ only as formats do: in spaces, line ends, punctuation and the width of characters.
///
/// A hash (FNV-1a, 64 bits) over their letters and numbers, so that it can be kept where the text is not. That two texts have
/// the same by chance is one in 10^19; nothing of worth is protected by it.
public struct Wording: Sendable, Hashable, Codable {
  private let hash: Int64

  /// `nil`: there is not a letter in it.
  public init?(_ text: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var isEmpty = true
    for scalar in text.unicodeScalars {
      guard let letter = Wording.letter(scalar) else { continue }
      isEmpty = false
      for shift in [0, 8, 16] as [UInt32] {
        hash = (hash ^ UInt64(letter >> shift & 0xFF)) &* 0x100_0000_01b3
      }
    }
    guard !isEmpty else { return nil }
    self.hash = Int64(bitPattern: hash)
  }

  /// A letter or a digit, of full width and half width the same one.
  private static func letter(_ scalar: Unicode.Scalar) -> UInt32? {
    if (0x4E00...0x9FFF).contains(scalar.value) { return scalar.value }
    let isWide = (0xFF01...0xFF5E).contains(scalar.value)
    guard let narrow = Unicode.Scalar(isWide ? scalar.value - 0xFEE0 : scalar.value),
      narrow.properties.isAlphabetic || narrow.properties.numericType != nil
    else { return nil }
    return narrow.value
  }

  public init(from decoder: any Decoder) throws {
    hash = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hash)
  }
}
