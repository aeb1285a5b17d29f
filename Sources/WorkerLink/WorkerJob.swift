public import Reports

/// One file to be read.
public struct WorkerJob: Sendable {
  /// The file, open for reading. The caller keeps it open until the result is there, and closes it.
  public let descriptor: Int32
  public let request: WorkerRequest
  /// What the log calls the file: an arrival number, a path.
  public let label: String
  /// A file of the caller's, open for writing, for the bytes of unpacked members one behind the other. -1: nothing is to
  /// be unpacked.
  public let spool: Int32

  public init(descriptor: Int32, request: WorkerRequest, label: String, spool: Int32 = -1) {
    self.descriptor = descriptor
    self.request = request
    self.label = label
    self.spool = spool
  }
}

/// What a worker is told of a file beside its open descriptor.
public struct WorkerRequest: Sendable, Hashable, Codable {
  /// The weakest hint to the unit and the year.
  public var fileName: String?
  /// The sub-folders of the inbox that it stood in, outermost first.
  public var folders: [String]
  /// A larger file is refused unread.
  public var bytesLimit: Int
  /// What else a reader follows before it gives up; `nil`: its own measure.
  public var limits: Limits
  /// Whether the report is to tell how it was read, row by row.
  public var explaining: Bool
  /// The file is a container whose members are wanted, not a report.
  public var unpacking: UnpackingLimits?

  public struct Limits: Sendable, Hashable, Codable {
    /// The bytes of the parts of a packed file, unpacked.
    public var unpackedBytes: Int?
    public var pages: Int?
    /// Cells of all tables together.
    public var cells: Int?

    public init(unpackedBytes: Int? = nil, pages: Int? = nil, cells: Int? = nil) {
      self.unpackedBytes = unpackedBytes
      self.pages = pages
      self.cells = cells
    }
  }

  public init(
    fileName: String? = nil, folders: [String] = [], bytesLimit: Int = 64 << 20,
    limits: Limits = Limits(), explaining: Bool = false, unpacking: UnpackingLimits? = nil
  ) {
    self.fileName = fileName
    self.folders = folders
    self.bytesLimit = bytesLimit
    self.limits = limits
    self.explaining = explaining
    self.unpacking = unpacking
  }
}
