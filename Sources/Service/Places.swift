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

  /// The places of the installed service.
  public static let system = Places(
    configuration: "/etc/shoubao/shoubao.toml", roster: "/etc/shoubao/roster.csv",
    inbox: "/var/spool/shoubao/inbox", outbox: "/var/spool/shoubao/outbox",
    work: "/var/spool/shoubao/work", held: "/var/spool/shoubao/held",
    journal: "/var/lib/shoubao/journal.sqlite", archive: "/var/lib/shoubao/archive")

  /// Everything under one folder.
  public static func under(root: String) -> Places {
    let root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    return Places(
      configuration: "\(root)/shoubao.toml", roster: "\(root)/roster.csv", inbox: "\(root)/inbox",
      outbox: "\(root)/outbox", work: "\(root)/work", held: "\(root)/held",
      journal: "\(root)/journal.sqlite", archive: "\(root)/archive")
  }
}
