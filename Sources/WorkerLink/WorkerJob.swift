/// One file to be read.
public struct WorkerJob: Sendable {
  /// The file, open for reading. The caller keeps it open until the result is there, and closes it.
  public let descriptor: Int32
  public let request: WorkerRequest
  /// What the log calls the file: an arrival number, a path.
  public let label: String

  public init(descriptor: Int32, request: WorkerRequest, label: String) {
    self.descriptor = descriptor
    self.request = request
    self.label = label
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
  /// Whether the report is to tell how it was read, row by row.
  public var explaining: Bool

  public init(
    fileName: String? = nil, folders: [String] = [], bytesLimit: Int = 64 << 20,
    explaining: Bool = false
  ) {
    self.fileName = fileName
    self.folders = folders
    self.bytesLimit = bytesLimit
    self.explaining = explaining
  }
}
