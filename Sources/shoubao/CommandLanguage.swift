import Glibc
import Reports

/// The language of help, and of messages where no configuration is read: Chinese unless `SHOUBAO_LANGUAGE=en`.
let commandLanguage: Language =
  getenv("SHOUBAO_LANGUAGE").flatMap { Language(rawValue: String(cString: $0)) } ?? .chinese

/// One of two texts, for help.
func text(_ chinese: String, en english: String) -> String {
  commandLanguage.say(chinese, en: english)
}
