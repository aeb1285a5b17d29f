public import Reports

/// A file out of a container, with its bytes where it has any.
public struct UnpackedFile: Sendable {
  public let member: Member
  public let bytes: [UInt8]?
  /// The text of a mail: a file of its own only if it is a report.
  public let isBody: Bool
}

/// The files of a container and of the containers in it.
public struct UnpackedFiles: Sendable {
  /// Of the container itself.
  public internal(set) var format = DocumentFormat.unknown
  public internal(set) var files: [UnpackedFile] = []
  public internal(set) var ignored: [String] = []
  public internal(set) var ignoredCount = 0
}

/// Unpacks an archive, and archives in it, into memory. No name in it is ever opened.
///
/// A member that cannot be had (a password, a link, broken, too large) is told with its reason; a nested archive that
/// cannot be opened, or lies deeper than the limit, is a member itself, with its bytes and its reason.
///
/// - Parameter name: of the file: what is packed alone (`report.html.gz`) has no other.
///
/// *Diagnostics*: `unsupported_format` (no container), `encrypted`, `truncated`, `empty`, `too_large` and `too_complex`
/// where all of it together is more than the limits.
public func unpack(
  _ bytes: [UInt8], name: String? = nil, limits: UnpackingLimits = UnpackingLimits()
) throws(ReadingFailure) -> UnpackedFiles {
  let format = bytes.withUnsafeBytes(containerFormat)
  guard let format else {
    throw ReadingFailure(Refusal(.unsupportedFormat), format: .unknown)
  }
  var unpacking = Unpacking(limits)
  unpacking.result.format = format
  do throws(Refusal) {
    try unpacking.open(bytes, format, name: name, in: [], depth: 1)
    guard !unpacking.result.files.isEmpty else { throw Refusal(.empty) }
  } catch {
    throw ReadingFailure(error, format: format)
  }
  return unpacking.result
}

/// `nil`: no container.
private func containerFormat(_ bytes: UnsafeRawBufferPointer) -> DocumentFormat? {
  let format = Signature.recognise(bytes)?.format ?? mailFormat(bytes)
  return format.flatMap { $0.isContainer ? $0 : nil }
}

private struct Unpacking {
  private let limits: UnpackingLimits
  private var budget: ArchiveMembers.Budget
  private var taken: Set<String> = []
  var result = UnpackedFiles()

  /// Names of what is ignored are told up to so many.
  private static let ignoredLimit = 20

  init(_ limits: UnpackingLimits) {
    self.limits = limits
    budget = ArchiveMembers.Budget(limits)
  }

  /// Adds the files of one container. When it throws, it has added none, but for the budget used up.
  mutating func open(
    _ bytes: [UInt8], _ format: DocumentFormat, name: String?, in folder: [String], depth: Int
  ) throws(Refusal) {
    let opened = bytes.withUnsafeBytes { bytes in
      Result { () throws(Refusal) in
        format == .eml
          ? Opened(try MailMembers(bytes, budget: &budget))
          : Opened(try ArchiveMembers(bytes, format: format, budget: &budget))
      }
    }
    let members = try opened.get()
    if depth > 1, members.entries.isEmpty { throw Refusal(.empty) }
    for path in members.ignored {
      result.ignoredCount += 1
      if result.ignored.count < Unpacking.ignoredLimit {
        result.ignored.append((folder + path).joined(separator: "/"))
      }
    }
    for var entry in members.entries {
      if entry.path.isEmpty { entry.path = [Unpacking.unpackedName(name)] }
      try add(entry, in: folder, depth: depth)
    }
  }

  private mutating func add(
    _ entry: ArchiveMembers.Entry, in folder: [String], depth: Int
  ) throws(Refusal) {
    let path = folder + entry.path
    var refusal = entry.refusal
    if let bytes = entry.bytes, let format = bytes.withUnsafeBytes(containerFormat) {
      if depth < limits.depth {
        do throws(Refusal) {
          return try open(bytes, format, name: entry.path.last, in: path, depth: depth + 1)
        } catch {
          // More than the limits is said of the whole: what came before would be taken for all there is.
          if let exceeded = budget.exceeded { throw exceeded }
          refusal = error
        }
      } else {
        refusal = Refusal(.tooComplex, detail: "> \(limits.depth) archives inside each other")
      }
    }
    let name = MemberName.unique(path, among: &taken)
    result.files.append(
      UnpackedFile(
        member: Member(path: name, size: entry.bytes?.count, refusal: refusal),
        bytes: entry.bytes, isBody: entry.isBody))
  }

  /// `report.html` for `report.html.gz`.
  private static func unpackedName(_ name: String?) -> String {
    guard let own = name.flatMap({ MemberName.components($0).last }) else { return "data" }
    guard let dot = own.lastIndex(of: "."), dot > own.startIndex else { return own }
    return String(own[..<dot])
  }
}

/// What one container holds, of whatever kind it is.
private struct Opened {
  let entries: [ArchiveMembers.Entry]
  let ignored: [[String]]

  init(_ archive: ArchiveMembers) {
    entries = archive.entries
    ignored = archive.ignored
  }

  init(_ mail: MailMembers) {
    entries = mail.entries.map { entry in
      ArchiveMembers.Entry(
        path: MemberName.components(entry.name), bytes: entry.bytes, isBody: entry.isBody)
    }
    ignored = mail.ignored.map(MemberName.components)
  }
}
