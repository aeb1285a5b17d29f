import Glibc
import Testing

@testable import Service

extension DaemonTests {
  /// What an administrator asks before the daemon does.
  @Suite struct Examining {
    private func folder() throws -> TestFolder {
      let folder = try TestFolder()
      for name in ["inbox", "outbox"] { try folder.makeFolders(for: Array("\(name)/x".utf8)) }
      return folder
    }

    @Test func `check-config says a line for each mistake and ends with 78`() async throws {
      let folder = try folder()
      let good = try await Program(["check-config", "--root", folder.path]).end()
      #expect(good.status == 0 && good.errors.isEmpty)
      try folder.write(Array("shoubao.toml".utf8), Array("\nyear = 1".utf8))
      try folder.write(Array("shoubao.toml.d/a.toml".utf8), Array("batch = 1".utf8))
      try folder.write(
        Array("roster.csv".utf8), Array("unit,region,kind,aliases,due\n,,town,,\nA,,village,,".utf8)
      )
      for language in ["zh", "en"] {
        let bad = try await Program(
          ["check-config", "--root", folder.path], language: language
        ).end()
        #expect(bad.status == 78 && bad.output.isEmpty)
        let lines = bad.errors.split(separator: "\n")
        #expect(lines.count == 3, "\(bad.errors)")
        #expect(lines.first?.contains("shoubao.toml:2: ") == true)
        #expect(lines.dropFirst().first?.contains("a.toml:1: ") == true)
      }
    }

    private func examine(_ folder: TestFolder) async throws -> (Int32, [String: String]) {
      let result = try await Program(["doctor", "--json", "--root", folder.path]).end()
      var states: [String: String] = [:]
      for object in try result.objects() {
        guard case .text(let subject)? = object["subject"],
          case .text(let state)? = object["state"]
        else { continue }
        states[subject] = state
      }
      return (result.status, states)
    }

    @Test func `doctor finds nothing wrong where nothing is`() async throws {
      let (status, states) = try await examine(try folder())
      #expect(!states.values.contains("wrong"), "\(states)")
      #expect(status == 0)
      // One of each kind is looked at.
      for subject in [
        "configuration", "roster", "folder.inbox", "folder.archive", "room", "watch.mount",
        "journal",
        "clock", "memory", "versions", "cage",
      ] {
        #expect(states[subject] != nil, "\(subject)")
      }
    }

    @Test func `doctor names what is wrong and ends with 1`() async throws {
      let folder = try TestFolder()
      try folder.makeFolders(for: Array("inbox/x".utf8))
      try folder.write(Array("outbox".utf8), [])
      try folder.write(Array("shoubao.toml".utf8), Array("year = 1".utf8))
      try folder.write(Array("roster.csv".utf8), Array("unit".utf8))
      // Originals without their journal.
      try folder.write(Array("archive/ab/cd".utf8), [1])
      let (status, states) = try await examine(folder)
      #expect(status == 1)
      let wrong = Set(states.filter { $0.value == "wrong" }.keys)
      #expect(wrong == ["configuration", "roster", "folder.outbox", "journal"], "\(states)")
    }

    @Test func `doctor says everything in both languages`() async throws {
      let folder = try folder()
      let chinese = try await Program(["doctor", "--root", folder.path]).end()
      try folder.write(Array("shoubao.toml".utf8), Array("language = \"en\"".utf8))
      let english = try await Program(["doctor", "--root", folder.path]).end()
      let isHan = { (scalar: Unicode.Scalar) in (0x4E00...0x9FFF).contains(scalar.value) }
      #expect(!english.text.unicodeScalars.contains(where: isHan), "\(english.text)")
      let plain = chinese.lines.filter { line in
        !line.unicodeScalars.contains(where: isHan)
      }
      // Numbers, names and paths only.
      #expect(
        plain.allSatisfy { $0.contains("= ") || $0.contains("SQLite") || $0.contains("/") },
        "\(plain)")
    }
  }
}
