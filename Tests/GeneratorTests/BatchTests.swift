import Generator
import Reports
import Testing

@Suite struct Batches {
  private static func batch(_ count: Int, seed: UInt64 = 1) -> [Batch.Item] {
    var options = Batch.Options()
    options.count = count
    options.seed = seed
    options.faults = 0.3
    options.duplicates = 0.1
    options.junk = 0.2
    options.subfolders = true
    return Array(Batch(options))
  }

  @Test func `a batch is the same each time`() {
    let first = Self.batch(60)
    let second = Self.batch(60)
    #expect(first.count == 60)
    #expect(first.map(\.path) == second.map(\.path))
    #expect(first.map(\.bytes) == second.map(\.bytes))
    #expect(first.map(\.bytes) != Self.batch(60, seed: 2).map(\.bytes))
  }

  @Test func `paths are unique, and equal bytes are told as duplicates`() {
    let items = Self.batch(300)
    #expect(Set(items.map(\.path)).count == items.count)
    var first: [[UInt8]: String] = [:]
    for item in items {
      if let source = item.duplicateOf {
        #expect(first[item.bytes] == source)
      } else {
        #expect(first[item.bytes] == nil, "\(item.path)")
        first[item.bytes] = item.path
      }
    }
    #expect(items.contains { $0.duplicateOf != nil })
    #expect(Set(items.map(\.outcome)).count >= 4)
  }

  @Test func `a manifest line names what is owed`() {
    let item = Self.batch(5)[0]
    let line = item.manifestLine
    #expect(line.hasPrefix("{\"path\":\"\(item.path)\""))
    #expect(line.contains("\"outcome\":\"\(item.outcome.rawValue)\""))
    #expect(!line.contains("\n"))
  }

  @Test func `a long line is one line of the length asked for`() {
    let line = Junk.line(bytes: 100_000)
    #expect(line.count == 100_000)
    #expect(!line.contains(0x0A))
  }
}
