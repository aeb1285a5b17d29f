import CLinux
import Glibc

/// Runs a program of the administrator's with something on its standard input.
///
/// It gets that, an empty output, a pipe for its errors, a process group of its own and nothing else: no descriptor of
/// ours, none of our environment, no capability. When its time is over, it and what it has started are killed.
public struct CommandRun: Sendable {
  public let program: String
  public let seconds: Double

  public init(_ program: String, seconds: Double) {
    self.program = program
    self.seconds = seconds
  }

  public enum Outcome: Sendable, Hashable {
    case done
    case failed(code: Int32, words: String)
    case killed(signal: Int32, words: String)
    case timedOut(words: String)
    /// It never ran; what the system says.
    case notStarted(String)
    /// We were told to stop.
    case cancelled
  }

  /// A program that waits for more than this cannot be fed without one that reads beside us.
  public static let inputLimit = 60_000

  /// Runs it to its end. Blocks: call it on a thread that may wait.
  ///
  /// - Parameter isCancelled: asked a few times a second.
  public func run(input: [UInt8], isCancelled: () -> Bool = { false }) -> Outcome {
    guard input.count <= CommandRun.inputLimit else {
      return .notStarted("input of \(input.count) bytes")
    }
    var feed: [Int32] = [-1, -1]
    var words: [Int32] = [-1, -1]
    guard linux_pipe(&feed) == 0 else { return .notStarted("pipe2") }
    guard linux_pipe(&words) == 0 else {
      for descriptor in feed { close(descriptor) }
      return .notStarted("pipe2")
    }
    defer { close(words[0]) }
    // All of it lies in the pipe before anybody reads: a program that does not read holds nobody up.
    let written = input.withUnsafeBytes { linux_write_all(feed[1], $0.baseAddress, $0.count) }
    close(feed[1])
    guard written >= 0 else {
      close(feed[0])
      close(words[1])
      return .notStarted(name(of: -written))
    }
    let process = spawn(feed[0], words[1])
    close(feed[0])
    close(words[1])
    guard process > 0 else { return .notStarted(name(of: -process)) }
    return wait(for: process, words: words[0], isCancelled)
  }

  private func wait(for process: pid_t, words: Int32, _ isCancelled: () -> Bool) -> Outcome {
    let ending = linux_process_descriptor(process)
    defer { if ending >= 0 { close(ending) } }
    let deadline = SuspendingClock().now + .seconds(seconds)
    var said: [UInt8] = []
    var isOver = false
    var isCut = false
    while ending >= 0 {
      // Errors are read all the time, so that a talkative program does not wait for us; the last of them are kept.
      read(words, into: &said)
      if linux_await(-1, ending, 100) == 2 { break }
      isOver = SuspendingClock().now >= deadline
      isCut = isCancelled()
      if isOver || isCut { break }
    }
    // The group, so that what it has started ends too; after its end there may be some of that left.
    kill(-process, SIGKILL)
    var status: Int32 = 0
    _ = linux_reap(process, &status)
    read(words, into: &said)
    let text = lastLine(said)
    if isOver { return .timedOut(words: text) }
    if isCut { return .cancelled }
    let signal = status & 0x7F
    if signal != 0 { return .killed(signal: signal, words: text) }
    let code = (status >> 8) & 0xFF
    return code == 0 ? .done : .failed(code: code, words: text)
  }

  private func spawn(_ input: Int32, _ words: Int32) -> pid_t {
    func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
      texts.map { strdup($0) } + [nil]
    }
    let arguments = copies([program])
    let variables = copies(["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"])
    defer { for text in arguments + variables { free(text) } }
    return linux_spawn(program, arguments, variables, input, words)
  }

  private func read(_ descriptor: Int32, into said: inout [UInt8]) {
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      guard count > 0 else { return }
      said = (said + piece[..<count]).suffix(4096)
    }
  }

  /// The last line that it said.
  private func lastLine(_ said: [UInt8]) -> String {
    let lines = said.split(separator: UInt8(ascii: "\n"))
    return String(String(decoding: lines.last ?? [], as: UTF8.self).prefix(200))
  }

  private func name(of code: some BinaryInteger) -> String {
    String(cString: strerror(Int32(code)))
  }
}
