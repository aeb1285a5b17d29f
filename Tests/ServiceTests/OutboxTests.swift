import Testing

@testable import Service

@Suite struct ReceiptPaths {
  private func stem(_ name: String, arrival: Int64 = 17) -> [UInt8] {
    ReceiptPath(file: Array(name.utf8), arrival: arrival).stem
  }

  @Test func `a receipt stands under the path of its file`() {
    let path = ReceiptPath(file: Array("青石镇/年报.html".utf8), arrival: 1)
    #expect(path.file(".receipt.txt") == Array("青石镇/年报.html.receipt.txt".utf8))
  }

  @Test(arguments: 0..<4)
  func `a name of 255 bytes leaves room for the endings and whole characters`(shift: Int) throws {
    let name = String(repeating: "a", count: shift) + String(repeating: "收", count: 84)
    let stem = stem(name)
    #expect(stem.count + ".receipt.html".utf8.count <= 255)
    let text = try #require(String(validating: stem, as: UTF8.self))
    #expect(text.hasSuffix("~17"))
  }

  @Test func `a name that fits is not touched`() {
    let name = String(repeating: "a", count: 242)
    #expect(stem(name) == Array(name.utf8))
    #expect(stem(name + "a") != Array((name + "a").utf8))
  }

  @Test func `two long names that differ at the end have two receipts`() {
    let base = String(repeating: "收", count: 83)
    #expect(stem(base + "甲甲", arrival: 1) != stem(base + "乙乙", arrival: 2))
  }

  @Test func `no folder has the name of a receipt, and no two become one`() {
    let names = [
      "甲.receipt.txt", "甲.receipt.txt~", "甲.receipt.txt~~", "甲.receipt.html", "甲.receipt",
      "甲~", "receipt.txt", String(repeating: "a", count: 243) + ".receipt.txt",
    ]
    let folders = names.map { ReceiptPath(file: Array("\($0)/年报".utf8), arrival: 1).folder[0] }
    #expect(Set(folders).count == names.count)
    for (name, folder) in zip(names, folders) {
      #expect(folder.count <= 255)
      let text = String(decoding: folder, as: UTF8.self)
      #expect(!Outbox.endings.contains { text.hasSuffix($0) }, "\(name)")
    }
    #expect(folders[4] == Array(names[4].utf8) && folders[6] == Array(names[6].utf8))
  }

  @Test func `no folder takes the place of a page of the overview`() {
    let names = ["index.html", "notice.html", "units", "units~", "units~~", "unit"]
    let folders = names.map { ReceiptPath(file: Array("\($0)/年报".utf8), arrival: 1).folder[0] }
    #expect(Set(folders).count == names.count)
    for folder in folders { #expect(!ReceiptPath.reserved.contains(folder)) }
    #expect(folders[5] == Array("unit".utf8))
    // Only on top: further down nothing else stands.
    let deep = ReceiptPath(file: Array("镇/units/年报".utf8), arrival: 1)
    #expect(deep.file(".receipt.txt") == Array("镇/units/年报.receipt.txt".utf8))
    // Nor can a file: its receipts have endings of their own.
    #expect(
      ReceiptPath(file: Array("index.html".utf8), arrival: 1).file(".receipt.html")
        == Array("index.html.receipt.html".utf8))
  }

  @Test func `bytes that are no characters are kept as they are`() {
    let name: [UInt8] = [0xFF, 0xFE, 0x0A, 0x41]
    #expect(ReceiptPath(file: name, arrival: 1).stem == name)
  }
}

@Suite struct `What is written to the outbox` {
  private func files(_ folder: TestFolder) -> Set<String> {
    Set(folder.files(below: "outbox").map { String(decoding: $0, as: UTF8.self) })
  }

  private func write(_ folder: TestFolder, _ paths: [String]) throws {
    try Outbox(path: "\(folder.path)/outbox").write(
      paths.map { path in
        let parts = path.split(separator: "/").map { Array($0.utf8) }
        return Outbox.File(
          folder: Array(parts.dropLast()), name: parts.last!, bytes: Array("全\(path)".utf8))
      })
  }

  @Test func `stands there whole, however many files and folders a group has`() throws {
    let folder = try TestFolder()
    try folder.makeFolders(for: Array("outbox/x".utf8))
    // More than are open at once.
    let paths = (0..<150).map { "镇\($0 % 7)/年报\($0).receipt.txt" } + ["年报.receipt.txt"]
    try write(folder, paths)
    try write(folder, paths)
    #expect(files(folder) == Set(paths))
    for path in paths { #expect(folder.text("outbox/\(path)") == "全\(path)") }
  }

  @Test func `is the last of several with one name`() throws {
    let folder = try TestFolder()
    try folder.makeFolders(for: Array("outbox/x".utf8))
    let name = Array("年报.receipt.txt".utf8)
    try Outbox(path: "\(folder.path)/outbox").write(
      ["一", "二", "三"].map { Outbox.File(folder: [], name: name, bytes: Array($0.utf8)) })
    #expect(files(folder) == ["年报.receipt.txt"])
    #expect(folder.text("outbox/年报.receipt.txt") == "三")
  }

  @Test func `takes the place of what a larger group has left when it was killed`() throws {
    let folder = try TestFolder()
    for name in [".writing", ".writing-1", ".writing-2", ".writing-3"] + ["年报.receipt.html"] {
      try folder.write(Array("outbox/镇/\(name)".utf8), Array("半".utf8))
    }
    try write(folder, ["镇/年报.receipt.html", "镇/年报.receipt.txt"])
    #expect(files(folder) == ["镇/年报.receipt.html", "镇/年报.receipt.txt"])
    #expect(folder.text("outbox/镇/年报.receipt.html") == "全镇/年报.receipt.html")
  }

  @Test func `leaves nothing half done where one of a group cannot be written`() throws {
    let folder = try TestFolder()
    // A folder stands in the place of the second.
    try folder.makeFolders(for: Array("outbox/镇/乙.receipt.txt/x".utf8))
    #expect(throws: OutboxError.self) {
      try write(folder, ["镇/甲.receipt.txt", "镇/乙.receipt.txt", "镇/丙.receipt.txt"])
    }
    #expect(files(folder).isSubset(of: ["镇/甲.receipt.txt", "镇/丙.receipt.txt"]))
  }
}

@Suite struct `Those who write to the outbox at once` {
  @Test func `take nothing away from each other`() async throws {
    let folder = try TestFolder()
    try folder.makeFolders(for: Array("outbox/x".utf8))
    let path = "\(folder.path)/outbox"
    let names = (0..<40).map { Array("\($0)".utf8) }
    await withTaskGroup(of: Void.self) { group in
      for writer in Outbox.Writer.allCases {
        group.addTask {
          for round in 0..<20 {
            let files = names.map { name in
              Outbox.File(
                folder: [], name: name + Array(writer.rawValue.utf8), bytes: name + [UInt8(round)])
            }
            #expect(throws: Never.self) { try Outbox(path: path, writer: writer).write(files) }
          }
        }
      }
    }
    let found = folder.files(below: "outbox")
    #expect(found.count == names.count * Outbox.Writer.allCases.count)
    #expect(found.allSatisfy { $0.first != UInt8(ascii: ".") })
  }
}

@Suite struct `What a killed daemon leaves in the outbox` {
  @Test func `half a page of the overview is taken away, and nothing else`() throws {
    let folder = try TestFolder()
    let kept = ["outbox/index.html", "outbox/units/甲.html", "outbox/镇/年报.receipt.txt"]
    let left = [
      "outbox/.writing", "outbox/.writing-1", "outbox/.writing-page", "outbox/units/.writing-page",
      "outbox/units/.writing-page-1",
      // Of versions that wrote one after the other.
      "outbox/units/.writing",
    ]
    for name in kept + left {
      try folder.write(Array(name.utf8), Array("半".utf8))
    }
    Outbox(path: "\(folder.path)/outbox").removeUnfinished()
    #expect(
      Set(folder.files(below: "outbox").map { "outbox/" + String(decoding: $0, as: UTF8.self) })
        == Set(kept))
  }
}
