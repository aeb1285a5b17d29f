import Glibc
import Reports

/// The language of help and of messages before a configuration is read: English where the locale is English, else
/// Chinese.
let commandLanguage: Language = {
  for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
    guard let value = getenv(name) else { continue }
    let locale = String(cString: value)
    if locale.isEmpty { continue }
    return locale.hasPrefix("en") ? .english : .chinese
  }
  return .chinese
}()

/// One of two texts, for help.
func text(_ chinese: String, en english: String) -> String {
  commandLanguage == .chinese ? chinese : english
}
