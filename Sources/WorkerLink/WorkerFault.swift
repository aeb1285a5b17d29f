/// Why a document could not be handed to any worker. It says nothing about the document: try again when mended.
public enum WorkerFault: Error, Sendable, Hashable {
  /// The program is not there or may not be run.
  case executableMissing(path: String)
  /// A system call failed: out of descriptors, processes or memory.
  case system(call: String, errno: Int32)
  /// Started, but ended or fell silent before it said that it was there: a missing library, another version.
  case startFailed(path: String, ending: WorkerEnding, words: String? = nil)
  /// The cage is demanded, and the kernel, or what we run in, does not let a worker close all of it.
  case cageOpen([Cage.Gap])
  /// ``WorkerPool/shutdown()`` was called.
  case shutDown
}

extension WorkerFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .executableMissing(let path): "no worker program at \(path)"
    case .system(let call, let number): "\(call): errno \(number)"
    case .startFailed(let path, let ending, let words):
      "\(path) did not start: \(ending)" + (words.map { " (\($0))" } ?? "")
    case .cageOpen(let gaps):
      "the worker's cage stays open: " + gaps.map(\.description).joined(separator: ", ")
    case .shutDown: "shut down"
    }
  }
}
