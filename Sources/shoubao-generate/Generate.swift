import ArgumentParser
import Generator
import Glibc

/// Writes synthetic reports into a folder, with a manifest of the truth about each.
@main
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shoubao-generate",
    abstract: "Writes synthetic annual reports, and a manifest of what must become of each.",
    discussion: """
      All names and figures are invented; the same options write the same files. The manifest stands beside the \
      folder, not in it, so that the folder can be an inbox: DIR.manifest.jsonl, one JSON object a line.
      """)

  @Option(help: "How many files.") var count = 100
  @Option(help: "The same seed gives the same files.") var seed: UInt64 = 1
  @Option(help: "The folder to write to; created.") var out: String
  @Option(help: "The manifest's file.") var manifest: String?
  @Option(help: "The report year; 0: of 2019 to 2025.") var year = 2023
  @Option(
    help: """
      Layouts, separated by commas: \
      \(Layout.Shape.usual.map(\.rawValue).joined(separator: ", ")); text and html name groups.
      """)
  var formats = "text,html"
  @Option(help: "How many in one have a fault.") var faults = 0.0
  @Option(help: "How many in one are the bytes of another.") var duplicates = 0.0
  @Option(help: "How many in one are no report.") var junk = 0.0
  @Option(help: "Number of the first organ; other numbers, other units.") var firstOrgan = 0
  @Flag(help: "Put files into folders named after counties.") var subfolders = false
  @Flag(help: "Write under a hidden name first, then rename.") var rename = false
  @Option(help: "Wait so many milliseconds after each file.") var interval = 0
  @Option(help: "Also write a roster of all units here.") var roster: String?
  @Option(help: "Write only this item of the batch, to standard output.") var only: Int?
  @Option(help: "Write one line of so many bytes, the file long.txt, and nothing else.")
  var longLine: Int?

  func run() throws {
    if let longLine {
      try makeFolder(out)
      try write(Junk.line(bytes: longLine), to: "\(out)/long.txt")
      return
    }
    var options = Batch.Options()
    options.count = count
    options.seed = seed
    options.year = year == 0 ? nil : year
    options.shapes = try shapes()
    options.faults = faults
    options.duplicates = duplicates
    options.junk = junk
    options.subfolders = subfolders
    options.firstOrgan = firstOrgan
    if let only {
      for (number, item) in Batch(options).enumerated() where number == only {
        try item.bytes.withUnsafeBytes { try put($0, to: 1, "standard output") }
      }
      return
    }
    try makeFolder(out)
    let list = try Output(manifest ?? "\(out).manifest.jsonl")
    for item in Batch(options) {
      try place(item)
      try list.write(Array((item.manifestLine + "\n").utf8))
      if interval > 0 { usleep(UInt32(interval) * 1000) }
    }
    try list.close()
    if let roster {
      let organs = (firstOrgan..<firstOrgan + count).map { Organ(number: $0) }
      try write(Array(Batch.roster(organs).utf8), to: roster)
    }
  }

  private func shapes() throws -> [Layout.Shape] {
    try formats.split(separator: ",").flatMap { name -> [Layout.Shape] in
      switch name {
      case "text": return [.lines, .bars, .tabs]
      case "html": return Layout.Shape.usual.filter(\.isHTML)
      default:
        guard let shape = Layout.Shape(rawValue: String(name)) else {
          throw ValidationError("no layout \(name)")
        }
        return [shape]
      }
    }
  }

  private func place(_ item: Batch.Item) throws {
    var folder = out
    for part in item.path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      try makeFolder(folder)
    }
    let name = item.path.split(separator: "/").last.map(String.init) ?? item.path
    guard rename else { return try write(item.bytes, to: "\(folder)/\(name)") }
    let hidden = "\(folder)/.\(name).tmp"
    try write(item.bytes, to: hidden)
    guard Glibc.rename(hidden, "\(folder)/\(name)") == 0 else { throw Failure(name) }
  }

  private func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw Failure(path) }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = try Output(path)
    try file.write(bytes)
    try file.close()
  }
}

/// A file being written.
private struct Output {
  let path: String
  private let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Failure(path) }
  }

  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try put($0, to: descriptor, path) }
  }

  func close() throws {
    guard Glibc.close(descriptor) == 0 else { throw Failure(path) }
  }
}

private func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = Glibc.write(
      descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    guard count > 0 else { throw Failure(path) }
    rest = rest.dropFirst(count)
  }
}

/// A system call failed on a file.
private struct Failure: Error, CustomStringConvertible {
  let path: String
  let reason: String

  init(_ path: String) {
    self.path = path
    reason = String(cString: strerror(errno))
  }

  var description: String { "\(path): \(reason)" }
}
