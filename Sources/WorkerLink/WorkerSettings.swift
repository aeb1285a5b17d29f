import Reports

/// How many workers there are, and what one of them may use.
public struct WorkerSettings: Sendable, Hashable {
  /// The program; see ``locateWorker()``.
  public var executable: String
  /// Workers at the same time.
  public var count = 2
  /// A worker without work leaves after so many seconds.
  public var idleSeconds = 30.0
  /// For one document, from handing it over to the whole answer.
  public var deadlineSeconds = 30.0
  /// Processor time for one document, in whole seconds.
  public var processorSeconds = 30
  /// Instead of both, for a document of pictures: to read a page takes seconds.
  public var scanSeconds = 300.0
  /// Address space of a worker; 0: no limit.
  public var memoryBytes = 1 << 30
  /// For a new worker, until it says that it is there.
  public var startSeconds = 10.0
  /// After so many documents a worker is replaced by a fresh one.
  public var documentsEach = 500

  /// What is done where workers cannot lock themselves in entirely.
  public var cage = Cage.Demand.require

  public init(executable: String) { self.executable = executable }

  /// For one document, read by a worker that has this loaded.
  func deadline(_ part: ReaderPart?) -> Double { part == .scans ? scanSeconds : deadlineSeconds }

  func processor(_ part: ReaderPart?) -> Int {
    part == .scans ? max(1, Int(scanSeconds.rounded(.up))) : processorSeconds
  }
}
