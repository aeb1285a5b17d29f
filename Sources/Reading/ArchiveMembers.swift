import CDocument
import Glibc
import Reports

/// The members of one archive, unpacked into memory; what is in them is not looked at.
struct ArchiveMembers {
  struct Entry {
    /// Made fit to be shown, in components; empty where the archive has no name for it.
    var path: [String]
    /// `nil`: see ``refusal``.
    var bytes: [UInt8]?
    var refusal: Refusal?
    /// The text of a mail.
    var isBody = false
  }

  /// What all archives inside each other may use up together.
  struct Budget {
    let limits: UnpackingLimits
    var members: Int
    var bytes: Int
    /// Heads of members, those of folders and ignored ones too: an archive of nothing else must end as well.
    var heads: Int

    init(_ limits: UnpackingLimits) {
      self.limits = limits
      members = limits.members
      bytes = limits.bytes
      heads = limits.members * 20
    }

    var exceeded: Refusal? {
      if bytes < 0 { return Refusal(.tooLarge, detail: "> \(limits.bytes)") }
      if members < 0 || heads < 0 {
        return Refusal(.tooComplex, detail: "> \(limits.members) members")
      }
      return nil
    }
  }

  private(set) var entries: [Entry] = []
  private(set) var ignored: [[String]] = []

  /// - Throws: what keeps the whole archive from being unpacked: `encrypted`, `truncated`, or the budget used up.
  init(
    _ bytes: UnsafeRawBufferPointer, format: DocumentFormat, budget: inout Budget
  ) throws(Refusal) {
    let kind: shoubao_archive_kind
    switch format {
    case .zip: kind = SHOUBAO_ARCHIVE_ZIP
    case .sevenZip: kind = SHOUBAO_ARCHIVE_7Z
    case .rar: kind = SHOUBAO_ARCHIVE_RAR
    case .tar: kind = SHOUBAO_ARCHIVE_TAR
    default: throw Refusal(.unsupportedFormat, detail: format.rawValue)
    }
    // Nothing but the record of its end; libarchive takes it for no archive.
    if bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return }
    let run = Run(budget)
    defer { budget = run.budget }
    switch run.read(bytes, kind) {
    case SHOUBAO_ARCHIVE_DONE: break
    case SHOUBAO_ARCHIVE_STOPPED: throw run.budget.exceeded ?? Refusal(.tooComplex)
    case SHOUBAO_ARCHIVE_ENCRYPTED: throw Refusal(.encrypted)
    case SHOUBAO_ARCHIVE_NO_MEMORY: throw Refusal(.tooLarge, detail: "no memory")
    default: throw Refusal(.truncated)
    }
    entries = run.entries
    ignored = run.ignored
    for code in [Refusal.Code.encrypted, .truncated] where !entries.isEmpty {
      if entries.allSatisfy({ $0.refusal?.code == code }) { throw Refusal(code) }
    }
  }

  /// A class, since C keeps nothing but a pointer to it.
  private final class Run {
    var budget: Budget
    var entries: [Entry] = []
    var ignored: [[String]] = []
    private var current: [UInt8] = []

    init(_ budget: Budget) { self.budget = budget }

    func read(
      _ bytes: UnsafeRawBufferPointer, _ kind: shoubao_archive_kind
    ) -> shoubao_archive_result {
      var handler = shoubao_archive_handler(
        member: { context, name, kind in
          guard let run = Run.at(context), let name else { return SHOUBAO_MEMBER_STOP }
          let raw = UnsafeRawBufferPointer(start: name, count: strlen(name))
          return run.member(MemberName.components(MemberName.decode(raw)), kind)
        },
        data: { context, bytes, length in
          guard let run = Run.at(context), let bytes else { return SHOUBAO_MEMBER_STOP }
          return run.data(UnsafeRawBufferPointer(start: bytes, count: length))
        },
        passed: { context, length in
          Run.at(context)?.passed(length) ?? SHOUBAO_MEMBER_STOP
        },
        end: { context, whole in Run.at(context)?.end(isWhole: whole != 0) })
      return shoubao_archive_read(
        bytes.baseAddress, bytes.count, kind, &handler,
        Unmanaged.passUnretained(self).toOpaque())
    }

    private func member(
      _ path: [String], _ kind: shoubao_member_kind
    ) -> shoubao_member_step {
      budget.heads -= 1
      guard budget.heads >= 0 else { return SHOUBAO_MEMBER_STOP }
      if kind == SHOUBAO_MEMBER_FOLDER { return SHOUBAO_MEMBER_SKIP }
      if MemberName.isIgnored(path) {
        ignored.append(path)
        return SHOUBAO_MEMBER_SKIP
      }
      budget.members -= 1
      guard budget.members >= 0 else { return SHOUBAO_MEMBER_STOP }
      var entry = Entry(path: path, bytes: nil, refusal: nil)
      if kind == SHOUBAO_MEMBER_ENCRYPTED { entry.refusal = Refusal(.encrypted) }
      if kind == SHOUBAO_MEMBER_OTHER { entry.refusal = Refusal(.notARegularFile) }
      entries.append(entry)
      current = []
      return entry.refusal == nil ? SHOUBAO_MEMBER_GO_ON : SHOUBAO_MEMBER_SKIP
    }

    private func data(_ bytes: UnsafeRawBufferPointer) -> shoubao_member_step {
      budget.bytes -= bytes.count
      guard budget.bytes >= 0 else { return SHOUBAO_MEMBER_STOP }
      current.append(contentsOf: bytes)
      let limit = budget.limits.memberBytes
      guard current.count <= limit else {
        current = []
        entries[entries.count - 1].refusal = Refusal(.tooLarge, detail: "> \(limit)")
        return SHOUBAO_MEMBER_SKIP
      }
      return SHOUBAO_MEMBER_GO_ON
    }

    private func passed(_ length: Int) -> shoubao_member_step {
      budget.bytes -= length
      return budget.bytes >= 0 ? SHOUBAO_MEMBER_GO_ON : SHOUBAO_MEMBER_STOP
    }

    private func end(isWhole: Bool) {
      if isWhole {
        entries[entries.count - 1].bytes = current
      } else {
        entries[entries.count - 1].refusal = Refusal(.truncated)
      }
      current = []
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> Run? {
      context.map { Unmanaged<Run>.fromOpaque($0).takeUnretainedValue() }
    }
  }
}
