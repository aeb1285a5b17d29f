import Documents
import Glibc
import Reading

/// For whoever writes a reader or wonders why a report was read as it was: the lines and grids of a document, before
/// anything is recognised in them.
///
/// It reads its arguments by itself: a library for that, and Foundation behind it, would take longer than most documents do,
/// and `make bench-formats` holds this program against such as have neither.
@main
struct ReadCommand {
  private static let help = """
    Prints the lines and tables of documents as the readers see them.

    Usage: shoubao-read [--quiet] FILE...

      --quiet   only read, print nothing

    `# ` a heading, `! ` a picture, `[n] rows×columns` a table with a line for each row: column:text, @rows×columns
    where a cell spans. No cage stands around this program: it is for documents of one's own.
    """

  static func main() {
    var quiet = false
    var files: [String] = []
    for argument in CommandLine.arguments.dropFirst() {
      switch argument {
      case "--help", "-h":
        print(help)
        return
      case "--quiet": quiet = true
      default:
        guard !argument.hasPrefix("-") else { fail("unknown option \(argument)") }
        files.append(argument)
      }
    }
    guard !files.isEmpty else { fail("no file is named; --help says more") }
    for file in files { read(file, quiet: quiet) }
  }

  private static func read(_ name: String, quiet: Bool) {
    guard let file = fopen(name, "rb") else { fail("cannot open \(name)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 {
      bytes += part[..<count]
    }
    do {
      let read = try readDocument(bytes)
      if quiet { return }
      print("== \(name): \(read.format.rawValue)\(read.encoding.map { ", " + $0 } ?? "")")
      for line in read.document.outline { print(line) }
    } catch {
      let detail = error.refusal.detail.isEmpty ? "" : ": " + error.refusal.detail
      print(
        "== \(name): \(error.format.rawValue), refused as \(error.refusal.code.rawValue)\(detail)")
      exit(2)
    }
  }

  /// As in sysexits.h.
  private static func fail(_ message: String) -> Never {
    let line = Array("shoubao-read: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(64)
  }
}
