import FoundationEssentials
import Glibc

/// Writes bytes to a descriptor, all of them. A reader that went away (`| head`) ends the program quietly.
func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
  write(Array(text.utf8)[...], to: descriptor)
}

func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32 = STDOUT_FILENO) {
  var bytes = bytes
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let code = errno
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if code == EPIPE {
      exit(ExitStatus.done.rawValue)
    } else if code != EINTR {
      exit(ExitStatus.fault.rawValue)
    }
  }
}

func line(_ text: String) { write(text + "\n") }

/// One line on standard error that says what to do, and the exit code.
func fail(_ message: String, _ status: ExitStatus) -> any Error {
  write(
    "shoubao: " + message.split(separator: "\n").joined(separator: " ") + "\n", to: STDERR_FILENO)
  return status.code
}

/// One JSON object in one line, keys in order so that two runs compare.
func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func encoded(_ value: JSONValue) throws -> String {
  var text = ""
  try value.write(to: &text)
  return text
}

/// Colours are for terminals, and only where nobody declined them (no-color.org).
let terminal = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
