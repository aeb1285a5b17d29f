import ArgumentParser
import Documents
import Glibc
import Reading

/// For whoever writes a reader or wonders why a report was read as it was: the lines and grids of a document, before
/// anything is recognised in them.
@main
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shoubao-read",
    abstract: "Prints the lines and tables of documents as the readers see them.",
    discussion: """
      `# ` a heading, `! ` a picture, `[n] rows×columns` a table with a line for each row: column:text, @rows×columns \
      where a cell spans. No cage stands around this program: it is for documents of one's own.
      """)

  @Flag(help: "Only read, print nothing.")
  var quiet = false

  @Argument(help: "Documents of any format that is read.", completion: .file())
  var files: [String]

  func run() throws {
    for name in files {
      guard let file = fopen(name, "rb") else { throw ValidationError("cannot open \(name)") }
      defer { fclose(file) }
      var bytes: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = fread(&part, 1, part.count, file), count > 0 {
        bytes += part[..<count]
      }
      do {
        let read = try readDocument(bytes)
        if quiet { continue }
        print("== \(name): \(read.format.rawValue)\(read.encoding.map { ", " + $0 } ?? "")")
        for line in read.document.outline { print(line) }
      } catch {
        let detail = error.refusal.detail.isEmpty ? "" : ": " + error.refusal.detail
        print(
          "== \(name): \(error.format.rawValue), refused as \(error.refusal.code.rawValue)\(detail)"
        )
        throw ExitCode(2)
      }
    }
  }
}
