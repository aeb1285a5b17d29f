import CLinux
import Glibc
import Receipts
import Reports

/// The outbox: receipts under the relative path of the file they answer.
///
/// Folders are opened one by one without following links; each file is written under a temporary name, synced, and
/// renamed over the one before, a group of them at once: the disk is waited for once or twice, not for each. Nobody but the daemon
/// writes here.
struct Outbox: Sendable {
  let path: String
  var writer = Writer.receipts

  /// Who writes here at the same time as the others, one group after the other. Each has temporary names of its own: short and of
  /// our own making, since the final name may already fill all that a name can hold.
  enum Writer: String, CaseIterable {
    case receipts = ".writing"
    case overview = ".writing-page"
  }

  /// Always the same, and numbered in each folder from 0, so that what a killed daemon has left is overwritten or taken away by
  /// the next group. The first has no number: versions that wrote one file at a time left that name.
  private static func temporary(_ writer: Writer, _ number: Int) -> [CChar] {
    Array((number == 0 ? writer.rawValue : "\(writer.rawValue)-\(number)").utf8CString)
  }

  /// Files that are open at once.
  private static let groupLimit = 64

  /// The endings of the two receipts of an arrival.
  static let endings = [".receipt.html", ".receipt.txt"]

  /// A file to be written, and its folder: relative, in components, made where missing.
  struct File {
    let folder: [[UInt8]]
    let name: [UInt8]
    let bytes: [UInt8]
  }

  /// Writes files; when this returns, all are on the disk under their names.
  ///
  /// - Throws: ``OutboxError`` with the step that failed. Some may have been written.
  func write(_ files: [File]) throws(OutboxError) {
    for start in stride(from: 0, to: files.count, by: Outbox.groupLimit) {
      try writeGroup(files[start..<min(start + Outbox.groupLimit, files.count)])
    }
  }

  func write(
    _ files: [(name: [UInt8], bytes: [UInt8])], folder: [[UInt8]]
  ) throws(OutboxError) {
    try write(files.map { File(folder: folder, name: $0.name, bytes: $0.bytes) })
  }

  /// Removes the pages of a folder that are no longer any of these. Receipts, should some stand there, stay.
  func removePages(of folder: [UInt8], but names: Set<[UInt8]>) throws(OutboxError) {
    let descriptor = try openFolder([folder])
    // Closes the descriptor with it.
    guard let entries = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw OutboxError(step: "list folder", code: code)
    }
    defer { closedir(entries) }
    var old: [[UInt8]] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
          Array(
            UnsafeBufferPointer(
              start: start,
              count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))))
        }
      }
      let isPage =
        name.suffix(5).elementsEqual(".html".utf8)
        && !Outbox.endings.contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
      if isPage, !names.contains(name) { old.append(name) }
    }
    for name in old { unlinkat(descriptor, name.map { CChar(bitPattern: $0) } + [0], 0) }
  }

  /// Removes what a killed daemon has left of a page of the overview. Of a receipt the next writing takes it away, and every
  /// receipt that is owed is written again; a page may not change for a long time.
  func removeUnfinished() {
    for folder in [[], [Array(overviewFolder.utf8)]] {
      guard let descriptor = try? openFolder(folder) else { continue }
      for writer in Writer.allCases {
        Outbox.removeTemporaries(of: writer, in: descriptor, from: 0)
      }
      close(descriptor)
    }
  }

  /// Whether both receipts stand at a relative path; their content is for `verify`.
  func has(_ stem: [UInt8]) -> Bool {
    Outbox.endings.allSatisfy { ending in
      let name = (Array("\(path)/".utf8) + stem + Array(ending.utf8) + [0])
        .map { CChar(bitPattern: $0) }
      var status = stat()
      return lstat(name, &status) == 0
    }
  }

  private func openFolder(_ components: [[UInt8]]) throws(OutboxError) -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    var folder = open(path, flags)
    guard folder >= 0 else { throw OutboxError(step: "open \(path)", code: errno) }
    for component in components {
      let name = component.map { CChar(bitPattern: $0) } + [0]
      var made = false
      if mkdirat(folder, name, 0o755) == 0 {
        made = true
      } else if errno != EEXIST {
        let code = errno
        close(folder)
        throw OutboxError(step: "make folder", code: code)
      }
      let next = openat(folder, name, flags | O_NOFOLLOW)
      let code = errno
      if made {
        // Whoever dropped the file may read the answer, whatever our umask.
        if next >= 0 { fchmod(next, 0o755) }
        // A folder that is new must be as durable as the receipt in it.
        fsync(folder)
      }
      close(folder)
      guard next >= 0 else { throw OutboxError(step: "open folder", code: code) }
      folder = next
    }
    return folder
  }

  /// What an earlier life has left: numbers without a gap, since the last one is renamed first.
  private static func removeTemporaries(of writer: Writer, in folder: Int32, from first: Int) {
    var number = first
    while unlinkat(folder, temporary(writer, number), 0) == 0 { number += 1 }
  }

  /// A file that is written and has its temporary name still.
  private struct Written {
    let file: Int32
    let folder: Int32
    let temporary: [CChar]
    let name: [CChar]
  }

  private func writeGroup(_ files: ArraySlice<File>) throws(OutboxError) {
    var folders: [[[UInt8]]: (descriptor: Int32, files: Int)] = [:]
    var written: [Written] = []
    defer { for folder in folders.values { close(folder.descriptor) } }
    // Of several with one name the last one stands.
    let places = Dictionary(
      files.indices.map { (files[$0].folder + [files[$0].name], $0) }, uniquingKeysWith: { $1 })
    do throws(OutboxError) {
      for index in files.indices where places[files[index].folder + [files[index].name]] == index {
        let file = files[index]
        if folders[file.folder] == nil { folders[file.folder] = (try openFolder(file.folder), 0) }
        let folder = folders[file.folder]!
        written.append(try create(file, number: folder.files, in: folder.descriptor))
        folders[file.folder]!.files += 1
      }
      for folder in folders.values {
        Outbox.removeTemporaries(of: writer, in: folder.descriptor, from: folder.files)
      }
      for one in written { linux_start_sync(one.file) }
      for one in written where fsync(one.file) != 0 { throw OutboxError(step: "sync", code: errno) }
      for one in written.reversed()
      where renameat(one.folder, one.temporary, one.folder, one.name) != 0 {
        throw OutboxError(step: "rename", code: errno)
      }
      for folder in folders.values where fsync(folder.descriptor) != 0 {
        throw OutboxError(step: "sync folder", code: errno)
      }
    } catch {
      for one in written {
        unlinkat(one.folder, one.temporary, 0)
        close(one.file)
      }
      throw error
    }
    for one in written { close(one.file) }
  }

  private func create(
    _ file: File, number: Int, in folder: Int32
  ) throws(OutboxError) -> Written {
    let temporary = Outbox.temporary(writer, number)
    unlinkat(folder, temporary, 0)
    let descriptor = openat(
      folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutboxError(step: "create", code: errno) }
    var failure: OutboxError?
    var rest = file.bytes[...]
    while !rest.isEmpty, failure == nil {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      let code = errno
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if code != EINTR {
        failure = OutboxError(step: "write", code: code)
      }
    }
    fchmod(descriptor, 0o644)
    if let failure {
      close(descriptor)
      unlinkat(folder, temporary, 0)
      throw failure
    }
    return Written(
      file: descriptor, folder: folder, temporary: temporary,
      name: file.name.map { CChar(bitPattern: $0) } + [0])
  }
}

/// Why a receipt could not be written. Always a fault of ours (space, rights), never of the document.
struct OutboxError: Error, Sendable {
  let step: String
  let code: Int32

  var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
  var reason: String { "\(step): \(String(cString: strerror(code)))" }
}

/// The path of an arrival's receipts.
struct ReceiptPath: Sendable, Hashable {
  /// Relative, in components.
  let folder: [[UInt8]]
  /// The file's name, cut where the endings would not fit behind it.
  let stem: [UInt8]

  /// Names are at most 255 bytes on Linux. One that leaves no room for the endings is cut at the end of a character,
  /// and the arrival number keeps it apart from others cut alike.
  ///
  /// - Parameter isMarked: the number stands behind the name in any case: a newer arrival has the plain one.
  init(file path: [UInt8], arrival: Int64, isMarked: Bool = false) {
    var components = path.split(separator: UInt8(ascii: "/")).map(Array.init)
    let name = components.popLast() ?? []
    folder = components.enumerated().map { place, name in
      ReceiptPath.folderName(name, isOnTop: place == 0)
    }
    let room = 255 - Outbox.endings.map(\.utf8.count).max()!
    let mark = Array("~\(arrival)".utf8)
    if name.count + (isMarked ? mark.count : 0) <= room {
      stem = isMarked ? name + mark : name
    } else {
      var cut = name.prefix(room - mark.count)
      // Bytes 10xxxxxx continue a character: cut before its first byte.
      if name[cut.count] & 0xC0 == 0x80 {
        while let last = cut.last, last & 0xC0 == 0x80 { cut.removeLast() }
        if !cut.isEmpty { cut.removeLast() }
      }
      stem = cut + mark
    }
  }

  /// Names in the outbox itself that are no receipt's.
  static let reserved = [overviewPage, noticePage, overviewFolder].map { Array($0.utf8) }

  /// A folder of the inbox may be called as a receipt is (a clerk sends a receipt back in a folder), or as a page of the
  /// overview; in the outbox that name may be needed for the receipt or the page itself. So it gets a `~`, and what bears one
  /// already another: no two folders become one.
  private static func folderName(_ name: [UInt8], isOnTop: Bool) -> [UInt8] {
    let tilde = UInt8(ascii: "~")
    let bare = name.reversed().drop { $0 == tilde }.reversed()
    guard
      Outbox.endings.contains(where: { bare.suffix($0.utf8.count).elementsEqual($0.utf8) })
        || isOnTop && reserved.contains(where: bare.elementsEqual)
    else { return name }
    // At the limit of a name the mark takes the place of its first byte.
    return name.suffix(254) + [tilde]
  }

  /// Relative path of the receipt with an ending, as bytes.
  func file(_ ending: String) -> [UInt8] {
    Array((folder + [stem + Array(ending.utf8)]).joined(separator: [UInt8(ascii: "/")]))
  }
}
