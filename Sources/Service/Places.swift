import Glibc

/// Where everything lies. The service and `--root DIR` differ in nothing else.
public struct Places: Sendable, Hashable {
  public var configuration: String
  public var roster: String
  /// Where clerks drop files; watched with its sub-folders.
  public var inbox: String
  /// Where receipts appear, under the same relative path as the file.
  public var outbox: String
  /// Claimed files, each under its arrival number, until their result is committed. On the inbox's file system.
  public var work: String
  /// What was claimed and cannot be archived: links, FIFOs, files nobody lets us open.
  public var held: String
  public var journal: String
  public var archive: String
  /// Where systemd has put what the unit was given by `LoadCredential=` (systemd.exec(5)); `nil`: nothing.
  public var credentials: String?

  /// What people ask of the daemon, beside the journal.
  public var requests: String {
    (journal.lastIndex(of: "/").map { String(journal[..<$0]) } ?? ".") + "/requests"
  }

  /// The places of the installed service.
  public static var system: Places {
    Places(
      configuration: "/etc/shoubao/shoubao.toml", roster: "/etc/shoubao/roster.csv",
      inbox: "/var/spool/shoubao/inbox", outbox: "/var/spool/shoubao/outbox",
      work: "/var/spool/shoubao/work", held: "/var/spool/shoubao/held",
      journal: "/var/lib/shoubao/journal.sqlite", archive: "/var/lib/shoubao/archive",
      credentials: getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) })
  }

  /// Everything under one folder.
  public static func under(root: String) -> Places {
    let root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    return Places(
      configuration: "\(root)/shoubao.toml", roster: "\(root)/roster.csv", inbox: "\(root)/inbox",
      outbox: "\(root)/outbox", work: "\(root)/work", held: "\(root)/held",
      journal: "\(root)/journal.sqlite", archive: "\(root)/archive")
  }
}

extension Places {
  /// Files that add to the configuration file: `*.toml` in the folder beside it, by name. No folder, no files.
  func dropIns() throws(ConfigurationError) -> [String] {
    let folder = configuration + ".d"
    guard let stream = opendir(folder) else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return [] }
      throw ConfigurationError(
        file: folder, line: nil, reason: .unreadable(String(cString: strerror(code))))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".toml"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().map { "\(folder)/\($0)" }
  }

  /// The path of a credential that was given.
  func credential(_ name: String) -> String? {
    guard let path = credentials.map({ "\($0)/\(name)" }), access(path, F_OK) == 0 else {
      return nil
    }
    return path
  }
}
