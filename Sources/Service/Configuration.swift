public import Reports
public import WorkerLink

/// Every setting, with its default. `etc/shoubao.toml` documents them for administrators; the two are compared in a test.
public struct Configuration: Sendable, Hashable {
  /// Language of receipts, the status line and messages: `zh` or `en`.
  public var language = Language.chinese
  /// The report year that is collected; `nil`: last year, by today's date in China.
  public var year: Int?
  public var places: Places
  public var intake = Intake()
  public var limits = Limits()
  public var workers = Workers()
  public var commit = Commit()
  public var metrics = Metrics()
  public var notify = Notify()
  public var disk = Disk()
  public var retention = Retention()

  public init(places: Places) { self.places = places }

  public struct Intake: Sendable, Hashable {
    /// Where the kernel cannot prove that nobody writes a file (network mounts), it must have been unchanged for so
    /// many seconds.
    public var quietSeconds = 2.0
    /// A document that lacks its end, or is empty, may be an upload that was cut off: it is waited for so many seconds.
    public var brokenOffSeconds = 30.0
    /// The inbox is read whole every so many seconds, whatever the watch says.
    public var scanSeconds = 60.0
    /// The watch is tried with a file of our own every so many seconds; 0: never.
    public var canarySeconds = 300.0
  }

  public struct Limits: Sendable, Hashable {
    /// A larger file is kept and answered, and not read.
    public var fileBytes = 64 << 20
    /// A worker may take so long over one document.
    public var readSeconds = 30.0
    /// Processor time for one document, in whole seconds.
    public var processorSeconds = 30
    /// Instead of both, for a document of pictures that is read by optical character recognition.
    public var ocrSeconds = 300.0
    /// Address space of one worker.
    public var workerMemoryBytes = 2 << 30
    /// An archive or mail with more files, or more bytes unpacked, archives inside it included, is refused whole.
    public var archiveMembers = 1000
    public var archiveBytes = 256 << 20
    /// Archives inside each other are opened to this depth; 1: none inside another.
    public var archiveDepth = 3
    /// The parts of a packed file (Word, Excel, OFD) may have so many bytes unpacked.
    public var unpackedBytes = 128 << 20
    /// A PDF file may have so many pages.
    public var pages = 500
    /// A document may have so many cells of tables.
    public var cells = 100_000
  }

  public struct Workers: Sendable, Hashable {
    /// How many documents are read at the same time; 0: as many as the machine has cores.
    public var count = 0
    /// A worker without work leaves after so many seconds.
    public var idleSeconds = 30.0
    /// What is done where the kernel lacks a layer of the cage that workers close around themselves.
    public var cage = Cage.Demand.require
  }

  public struct Commit: Sendable, Hashable {
    /// At most so many arrivals are written with one sync.
    public var batch = 64
  }

  public struct Metrics: Sendable, Hashable {
    /// Figures for a Prometheus textfile collector are written here; `nil`: nowhere.
    public var textfile: String?
  }

  public struct Notify: Sendable, Hashable {
    /// A program that takes each notification as JSON on its standard input; `nil`: nobody does.
    public var command: String?
    /// It may take so long over one.
    public var timeoutSeconds = 30.0
  }

  public struct Disk: Sendable, Hashable {
    /// With less room than so many bytes nothing new is claimed; 0: only when a write fails.
    public var reserveBytes = 256 << 20
  }

  public struct Retention: Sendable, Hashable {
    /// Originals judged longer ago than so many years are dropped; 0: never. The journal keeps everything else.
    public var originalYears = 0
  }

  /// The year collected on a day: last year, unless the setting names one.
  public func collectionYear(on today: CalendarDate) -> Int { year ?? today.year - 1 }
}

extension Configuration {
  /// Settings, by their names in the file, that are used from the next start on.
  func waitingForRestart(since running: Configuration) -> [String] {
    var places = self.places
    places.roster = running.places.roster
    return changes("paths", running.places, places)
      + changes("limits", running.limits, limits)
      + changes("workers", running.workers, workers)
  }
}

/// The members of two values that differ, as the settings file writes them: `readSeconds` is `read_seconds`.
private func changes<Section>(_ name: String, _ old: Section, _ new: Section) -> [String] {
  zip(Mirror(reflecting: old).children, Mirror(reflecting: new).children)
    .filter { "\($0.value)" != "\($1.value)" }
    .compactMap { member, _ in
      member.label.map { label in
        "\(name)." + label.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.joined()
      }
    }
}
