/// The language of everything that people read: receipts, messages, the status line.
public enum Language: String, Sendable, Codable, CaseIterable {
  case chinese = "zh"
  case english = "en"

  /// One of two texts that say the same.
  public func say(_ chinese: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
    switch self {
    case .chinese: chinese()
    case .english: en()
    }
  }
}
