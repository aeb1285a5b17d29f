import Glibc

/// A folder of its own, gone with the test. Paths below it are bytes: names are whatever a clerk's computer makes of them.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/shoubao-office-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp \(base)") }
    path = String(cString: made)
  }

  deinit { TestFolder.remove(Array(path.utf8)) }

  private func absolute(_ name: [UInt8]) -> [CChar] {
    (Array(path.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
  }

  func write(_ name: [UInt8], _ bytes: [UInt8], mode: mode_t = 0o644) throws {
    try makeFolders(for: name)
    let file = open(absolute(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw SystemError("create \(String(decoding: name, as: UTF8.self))") }
    defer { close(file) }
    try TestFolder.append(bytes, to: file)
    // Whatever the umask.
    fchmod(file, mode)
  }

  /// Opens for writing, made where missing: a writer that takes its time.
  func writer(_ name: [UInt8]) throws -> Int32 {
    try makeFolders(for: name)
    let file = open(absolute(name), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError("create") }
    return file
  }

  static func append(_ bytes: [UInt8], to file: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count >= 0 else { throw SystemError("write") }
      rest = rest.dropFirst(count)
    }
  }

  func makeFolders(for name: [UInt8]) throws {
    var end = 0
    while let slash = name[end...].firstIndex(of: UInt8(ascii: "/")) {
      if mkdir(absolute(Array(name[..<slash])), 0o755) != 0, errno != EEXIST {
        throw SystemError("mkdir")
      }
      end = slash + 1
    }
  }

  func link(_ name: [UInt8], to target: String) throws {
    guard symlink(target, absolute(name)) == 0 else { throw SystemError("symlink") }
  }

  func pipe(_ name: [UInt8]) throws {
    guard mkfifo(absolute(name), 0o644) == 0 else { throw SystemError("mkfifo") }
  }

  /// A socket that nobody listens at any more.
  func socket(_ name: [UInt8]) throws {
    let path = absolute(name)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.count <= MemoryLayout.size(ofValue: address.sun_path) else {
      throw SystemError("path of socket")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      path.withUnsafeBytes { room.copyMemory(from: $0) }
    }
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw SystemError("bind") }
  }

  func move(_ name: [UInt8], to other: [UInt8]) throws {
    try makeFolders(for: other)
    guard rename(absolute(name), absolute(other)) == 0 else { throw SystemError("rename") }
  }

  func remove(_ name: [UInt8]) { TestFolder.remove(absolute(name).dropLast().map(UInt8.init)) }

  func give(_ name: String, to user: uid_t) { chown("\(path)/\(name)", user, user) }

  func allow(_ name: String, _ mode: mode_t) { chmod("\(path)/\(name)", mode) }

  /// The content of a file; `nil` when it is not there.
  func read(_ name: [UInt8]) -> [UInt8]? { TestFolder.content(open(absolute(name), O_RDONLY)) }

  func text(_ name: String) -> String? {
    read(Array(name.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads to the end, and closes.
  static func content(_ file: Int32) -> [UInt8]? {
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += chunk[..<count]
    }
  }

  /// The kind of what stands there, as in `st_mode`; `nil`: nothing does.
  func kind(_ name: [UInt8]) -> mode_t? {
    var status = stat()
    guard lstat(absolute(name), &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }

  func exists(_ name: String) -> Bool { kind(Array(name.utf8)) != nil }

  /// The files below a folder, with their paths relative to it; folders themselves are left out.
  func files(below folder: String) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var folders: [[UInt8]] = [[]]
    while let next = folders.popLast() {
      let prefix = next.isEmpty ? [] : next + [UInt8(ascii: "/")]
      for name in TestFolder.names(Array("\(path)/\(folder)/".utf8) + next) {
        let below = prefix + name
        if kind(Array("\(folder)/".utf8) + below) == S_IFDIR {
          folders.append(below)
        } else {
          found.append(below)
        }
      }
    }
    return found
  }

  private static func names(_ folder: [UInt8]) -> [[UInt8]] {
    guard let opened = opendir((folder + [0]).map { CChar(bitPattern: $0) }) else { return [] }
    defer { closedir(opened) }
    var names: [[UInt8]] = []
    while let entry = readdir(opened) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: [UInt8]) {
    let name = (path + [0]).map { CChar(bitPattern: $0) }
    var status = stat()
    guard lstat(name, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(name)
      return
    }
    for child in names(path) { remove(path + [UInt8(ascii: "/")] + child) }
    rmdir(name)
  }
}

struct SystemError: Error, CustomStringConvertible {
  let description: String

  init(_ call: String) {
    let code = errno
    description = "\(call): \(String(cString: strerror(code)))"
  }
}
