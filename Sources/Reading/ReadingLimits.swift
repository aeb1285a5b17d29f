/// What a reader follows before it gives up with a named refusal.
public struct ReadingLimits: Sendable, Hashable {
  /// The size of the file, in bytes.
  public var bytes = 64 << 20
  /// The bytes of the parts of an office file that are read, unpacked.
  public var unpacked = 128 << 20
  /// Pages of a PDF file, and the characters on them all.
  public var pages = 500
  public var characters = 2_000_000
  /// Pages that are pictures, and the pixels of each: one takes seconds.
  public var scannedPages = 30
  public var pixels = 24_000_000
  /// Elements inside each other.
  public var depth = 512
  /// Cells of all the tables together.
  public var cells = 100_000
  /// Columns of a table.
  public var columns = 10_000
  /// Paragraphs, tables and pictures together.
  public var blocks = 200_000

  public init() {}
}
