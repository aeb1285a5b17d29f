public import Reports

/// What is known about a file besides its content: the weakest evidence there is.
public struct Hints: Sendable {
  public var fileName: String?
  /// The sub-folders of the inbox that it stood in, outermost first.
  public var folders: [String]

  public init(fileName: String? = nil, folders: [String] = []) {
    self.fileName = fileName
    self.folders = folders
  }
}

/// What a document turned out to be.
public enum Recognised: Sendable {
  case report(Report)
  case refused(Refusal)
}
