import Glibc

/// Files and programs, for tests.
enum TestFile {
  static func folder() -> String {
    var template = Array("/tmp/shoubao-test-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) } ?? ""
  }

  static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readAll(descriptor)
  }

  static func readAll(_ descriptor: Int32) -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      all += buffer[..<count]
    }
    return String(decoding: all, as: UTF8.self)
  }

  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Runs a program to its end; what it printed, on both streams, and its exit status.
  @discardableResult
  static func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: String) {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    defer { posix_spawn_file_actions_destroy(&actions) }
    let words = ([program] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, program, &actions, nil, words + [nil], environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard result == 0 else { return (127, "") }
    let output = readAll(ends[0])
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return (status >> 8 & 0xFF, output)
  }
}
