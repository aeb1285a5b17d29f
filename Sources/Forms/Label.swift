/// Words printed on a form: the official ones, and other ways of writing them that were seen in reports.
///
/// Variants are only those that no folding of widths, white space, traditional characters or brackets explains.
public struct Label: Sendable, Hashable {
  public let official: String
  public let variants: [String]

  public init(_ official: String, _ variants: String...) {
    self.official = official
    self.variants = variants
  }
}
