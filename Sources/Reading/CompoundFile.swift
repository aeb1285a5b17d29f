import Reports

/// An OLE compound file: streams in sectors that are chained by a table, as in a FAT file system. The binary files of Word,
/// Excel and WPS, and Office files with a password, lie in one.
///
/// Source: MS-CFB. Streams at the top only; those inside embedded objects are other documents.
struct CompoundFile {
  enum Failure: Error { case broken, tooLarge }

  private struct Entry {
    let start: Int
    let size: Int
  }

  private let bytes: UnsafeRawBufferPointer
  private let sectorSize: Int
  private let miniSectorSize: Int
  private let miniLimit: Int
  private var table: [UInt32] = []
  private var miniTable: [UInt32] = []
  private var root = Entry(start: 0, size: 0)
  private var streams: [String: Entry] = [:]
  /// Folders of streams at the top; programs lie in one.
  private var storages: Set<String> = []

  var names: some Collection<String> { streams.keys }

  /// Programs inside: Word puts them in the one, Excel in the other.
  var hasMacros: Bool { storages.contains("Macros") || storages.contains("_VBA_PROJECT_CUR") }

  init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    guard let shift = bytes.number(at: 30, size: 2), shift == 9 || shift == 12,
      let miniShift = bytes.number(at: 32, size: 2), (2..<shift).contains(miniShift),
      let limit = bytes.number(at: 56, size: 4)
    else { throw .broken }
    self.bytes = bytes
    sectorSize = 1 << shift
    miniSectorSize = 1 << miniShift
    miniLimit = limit
    try readTable()
    try readDirectory()
    let first = bytes.number(at: 60, size: 4) ?? 0
    let mini = try sectors(from: first).flatMap { sector in words(sector) }
    miniTable = mini
  }

  /// The bytes of a stream; `nil`: there is none of this name.
  func stream(_ name: String, limit: Int) throws(Failure) -> [UInt8]? {
    guard let entry = streams[name] else { return nil }
    guard entry.size <= limit else { throw .tooLarge }
    guard entry.size < miniLimit else { return try content(of: entry) }
    guard entry.size > 0 else { return [] }
    let container = try content(of: root)
    var result: [UInt8] = []
    var sector = entry.start
    while result.count < entry.size {
      let start = sector * miniSectorSize
      guard sector < miniTable.count, start < container.count else { throw .broken }
      let end = min(start + min(miniSectorSize, entry.size - result.count), container.count)
      result.append(contentsOf: container[start..<end])
      guard end > start else { throw .broken }
      sector = Int(miniTable[sector])
    }
    return result
  }

  // MARK: Sectors

  /// Beyond this, numbers of sectors are marks: free, end of a chain, part of the table.
  private static let lastSector = 0xFFFF_FFFA

  private func words(_ sector: Int) -> [UInt32] {
    let start = (sector + 1) * sectorSize
    return stride(from: start, to: min(start + sectorSize, bytes.count - 3), by: 4).map {
      UInt32(truncatingIfNeeded: bytes.number(at: $0, size: 4) ?? 0xFFFF_FFFE)
    }
  }

  /// The sectors of the table are listed in the head, and in sectors of their own where those are too few.
  private mutating func readTable() throws(Failure) {
    let room = bytes.count / sectorSize + 1
    var list = stride(from: 76, to: 512, by: 4).compactMap { bytes.number(at: $0, size: 4) }
    var next = bytes.number(at: 68, size: 4) ?? Self.lastSector
    while next < Self.lastSector {
      let more = words(next)
      // One that the end of the file cuts off could name itself for ever.
      guard let last = more.last, more.count == sectorSize / 4, list.count <= room + 109 else {
        throw .broken
      }
      list += more.dropLast().map { Int($0) }
      next = Int(last)
    }
    let sectors = list.filter { $0 < Self.lastSector }
    guard !sectors.isEmpty, sectors.count <= room else { throw .broken }
    for sector in sectors {
      let part = words(sector)
      guard part.count == sectorSize / 4 || sector == sectors.last else { throw .broken }
      table += part
    }
  }

  private func sectors(from first: Int) throws(Failure) -> [Int] {
    var result: [Int] = []
    var sector = first
    while sector < Self.lastSector {
      guard sector < table.count, result.count <= table.count else { throw .broken }
      result.append(sector)
      sector = Int(table[sector])
    }
    return result
  }

  private func content(of entry: Entry) throws(Failure) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(entry.size, bytes.count))
    for sector in try sectors(from: entry.start) {
      guard result.count < entry.size else { break }
      let start = (sector + 1) * sectorSize
      let end = min(start + min(sectorSize, entry.size - result.count), bytes.count)
      guard start < end else { throw .broken }
      result.append(contentsOf: bytes[start..<end])
    }
    guard result.count == entry.size else { throw .broken }
    return result
  }

  // MARK: Directory

  /// Entries of 128 bytes, in a tree of which the root's child begins the top.
  private mutating func readDirectory() throws(Failure) {
    let first = bytes.number(at: 48, size: 4) ?? Self.lastSector
    let places = try sectors(from: first).flatMap { sector in
      stride(from: (sector + 1) * sectorSize, to: (sector + 2) * sectorSize, by: 128)
    }
    guard let top = places.first else { throw .broken }
    func number(_ place: Int, _ offset: Int) -> Int {
      bytes.number(at: place + offset, size: 4) ?? Self.lastSector
    }
    root = Entry(start: number(top, 116), size: number(top, 120))
    var open = [number(top, 76)]
    var seen: Set<Int> = []
    while let index = open.popLast() {
      guard places.indices.contains(index), seen.insert(index).inserted else { continue }
      let place = places[index]
      open += [number(place, 68), number(place, 72)]
      guard place + 128 <= bytes.count, (1...2).contains(bytes[place + 66]),
        let length = bytes.number(at: place + 64, size: 2), (4...64).contains(length)
      else { continue }
      let units = stride(from: place, to: place + length - 2, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }
      let name = String(decoding: units, as: UTF16.self)
      guard bytes[place + 66] == 2 else {
        storages.insert(name)
        continue
      }
      streams[name] = Entry(start: number(place, 116), size: number(place, 120))
    }
  }
}

extension CompoundFile {
  /// The streams with these names; those that are not there have none.
  static func streams(
    _ names: [String], _ bytes: UnsafeRawBufferPointer, format: DocumentFormat,
    limits: ReadingLimits
  ) throws(ReadingFailure) -> [String: [UInt8]] {
    do throws(Failure) {
      let file = try CompoundFile(bytes)
      var streams: [String: [UInt8]] = [:]
      for name in names { streams[name] = try file.stream(name, limit: limits.unpacked) }
      return streams
    } catch {
      throw ReadingFailure(
        error == .tooLarge
          ? Refusal(.tooLarge, detail: "> \(limits.unpacked)") : Refusal(.truncated, detail: "OLE"),
        format: format)
    }
  }
}

extension [UInt8] {
  /// Little-endian.
  func number(at offset: Int, size: Int) -> Int? {
    guard offset >= 0, offset + size <= count else { return nil }
    return (0..<size).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
  }

  /// Little-endian, of two bytes with a sign.
  func signed(at offset: Int) -> Int? {
    number(at: offset, size: 2).map { Int(Int16(truncatingIfNeeded: $0)) }
  }
}
