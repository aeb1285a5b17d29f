/// A file inside an archive or a mail.
public struct Member: Sendable, Hashable, Codable {
  /// Folders and name inside the container, joined by `/`; a nested archive is a folder of its own name. Made for showing:
  /// no component is empty, `.` or `..`, begins with a dot or holds a character that misleads, and no two members of a
  /// container have the same.
  public let path: String
  /// Bytes handed over; `nil`: there are none to be had (a link, a password, larger than the limit).
  public let size: Int?
  /// Why it is not read: it has no bytes, or is itself an archive that could not be opened or lies too deep.
  public let refusal: Refusal?

  public init(path: String, size: Int?, refusal: Refusal?) {
    self.path = path
    self.size = size
    self.refusal = refusal
  }
}

extension Member {
  /// What its place says of it: its name, and the folders around it, the container being the outermost.
  public func hints(of container: String?) -> (name: String?, folders: [String]) {
    let parts = path.split(separator: "/").map(String.init)
    return (parts.last, ((container.map { [$0] } ?? []) + parts.dropLast()).map(hintText))
  }
}

/// A folder's name as a hint: that of an archive without its ending.
public func hintText(_ folder: String) -> String {
  let endings = [".tar.gz", ".tar.xz", ".tar.bz2", ".zip", ".rar", ".7z", ".tar", ".tgz", ".eml"]
  let name = folder.lowercased()
  let ending = endings.first { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
  return ending.map { String(folder.dropLast($0.count)) } ?? folder
}

/// What an archive or a mail holds, those inside it included.
public struct Unpacked: Sendable, Hashable, Codable {
  public var members: [Member]
  /// Paths of what systems and office programs leave in folders (`__MACOSX`, `Thumbs.db`, `~$…`): of no one's reporting,
  /// and told. The first of them.
  public var ignored: [String]
  public var ignoredCount: Int
  /// Texts of mails that are no reports, and so no members; told too.
  public var otherTexts: Int

  public init(
    members: [Member] = [], ignored: [String] = [], ignoredCount: Int = 0, otherTexts: Int = 0
  ) {
    self.members = members
    self.ignored = ignored
    self.ignoredCount = ignoredCount
    self.otherTexts = otherTexts
  }
}

/// How far archives are followed before they are refused whole.
public struct UnpackingLimits: Sendable, Hashable, Codable {
  /// Files in an archive and all archives inside it.
  public var members = 1000
  /// Their bytes together, unpacked.
  public var bytes = 256 << 20
  /// A larger member is told and not handed over.
  public var memberBytes = 64 << 20
  /// Archives inside each other, the outermost being 1.
  public var depth = 3

  public init() {}
}

extension DocumentFormat {
  /// Holds files that are documents of their own; a web page with its pictures is one document.
  public var isContainer: Bool {
    switch self {
    case .zip, .sevenZip, .rar, .tar, .eml: true
    default: false
    }
  }
}
