import CLinux
import FoundationEssentials
import Glibc
public import Reports

/// The worker's side: one document after another until the daemon closes the link.
///
/// *Diagnostics*: the exit status. 0 the link was closed; 64 not started by the daemon, or the daemon is gone; 70 a result
/// that cannot be written down; 76 the daemon sent what this version does not understand.
public struct WorkerServer {
  private let socket: Int32
  private let parent: Int32
  /// What the worker is to load beside the usual.
  public let part: ReaderPart?

  /// By the arguments the daemon starts a worker with: its own process number, and what the worker is to load beside the
  /// usual. The link is standard input.
  public init?(arguments: [String]) {
    guard (2...3).contains(arguments.count), let parent = Int32(arguments[1]), parent > 0
    else { return nil }
    if arguments.count == 3 {
      guard let part = ReaderPart(rawValue: arguments[2]) else { return nil }
      self.part = part
    } else {
      part = nil
    }
    self.parent = parent
    socket = STDIN_FILENO
  }

  /// Serves until the link closes; gives the exit status.
  /// - Parameters:
  ///   - confine: closes the cage, once, before anything of a document is seen.
  ///   - handle: gets the request and the open file, which is closed behind it; with the result it gives the bytes of
  ///     unpacked members.
  public func run(
    confining confine: () -> Cage,
    _ handle: (WorkerRequest, Int32) -> (result: ReadingResult, members: [[UInt8]])
  ) -> Int32 {
    signal(SIGPIPE, SIG_IGN)
    // No worker outlives the daemon, whatever becomes of it.
    guard linux_die_with_parent(parent) == 0 else { return ExitStatus.usage }
    guard let cage = try? Link.frame(confine(), number: 0) else { return ExitStatus.fault }
    guard Link.send(Link.greeting + cage, to: socket) == 0 else { return ExitStatus.usage }
    while let (frame, number, descriptor) = receive() {
      guard descriptor >= 0,
        let request = try? JSONDecoder().decode(WorkerRequest.self, from: Data(frame))
      else { return ExitStatus.misunderstood }
      let (result, members) = handle(request, descriptor)
      close(descriptor)
      guard let answer = try? Link.frame(result, number: number) else { return ExitStatus.fault }
      for part in [answer] + members {
        guard Link.send(part, to: socket) == 0 else { return ExitStatus.done }
      }
    }
    return ExitStatus.done
  }

  /// One request; `nil`: the link closed.
  private func receive() -> (frame: [UInt8], number: UInt64, descriptor: Int32)? {
    var descriptor: Int32 = -1
    func read(_ count: Int) -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: count)
      var filled = 0
      while filled < count {
        var passed: Int32 = -1
        let result = bytes.withUnsafeMutableBytes { buffer in
          linux_receive(socket, buffer.baseAddress.map { $0 + filled }, count - filled, 1, &passed)
        }
        if passed >= 0 {
          if descriptor >= 0 { close(descriptor) }
          descriptor = passed
        }
        guard result > 0 else { return nil }
        filled += Int(result)
      }
      return bytes
    }
    guard let head = read(Link.Head.size).map(Link.Head.init), head.length <= Link.frameLimit,
      let frame = read(head.length)
    else { return nil }
    return (frame, head.number, descriptor)
  }
}

/// As in sysexits.h.
private enum ExitStatus {
  static let done: Int32 = 0
  static let usage: Int32 = 64
  static let fault: Int32 = 70
  static let misunderstood: Int32 = 76
}
