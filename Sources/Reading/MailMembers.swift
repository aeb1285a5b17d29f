import Reports

/// The files of a mail: what is attached, and the text itself.
struct MailMembers {
  struct Entry {
    var name: String
    let bytes: [UInt8]
    /// The text of the mail: a file of its own only if it is a report.
    let isBody: Bool
  }

  private(set) var entries: [Entry] = []
  /// Pictures that the text shows.
  private(set) var ignored: [String] = []

  /// - Throws: `truncated`, or the budget used up.
  init(
    _ bytes: UnsafeRawBufferPointer, budget: inout ArchiveMembers.Budget
  ) throws(Refusal) {
    guard let parts = MailParts(bytes) else { throw Refusal(.truncated) }
    var plain: [Entry] = []
    var pages: [Entry] = []
    for leaf in parts.leaves {
      budget.heads -= 1
      let content = leaf.content(of: bytes)
      budget.bytes -= content.count
      if let exceeded = budget.exceeded { throw exceeded }
      let isText = leaf.name == nil && !leaf.isAttachment
      if isText, leaf.type == "text/html" {
        pages.append(Entry(name: "正文.html", bytes: content, isBody: true))
      } else if isText, leaf.type == "text/plain" {
        plain.append(Entry(name: "正文.txt", bytes: content, isBody: true))
      } else if leaf.isRelated, !leaf.isAttachment, leaf.type.hasPrefix("image/") {
        ignored.append(leaf.name ?? leaf.type)
      } else {
        let name = leaf.name.flatMap { MemberName.components($0).last } ?? MailMembers.name(leaf)
        entries.append(Entry(name: name, bytes: content, isBody: false))
      }
    }
    // The same text in two forms: the page has its tables.
    let bodies = (pages.isEmpty ? plain : pages).filter { !$0.bytes.isEmpty }
    entries = bodies + entries
    budget.members -= entries.count
    if let exceeded = budget.exceeded { throw exceeded }
  }

  private static func name(_ leaf: MailParts.Leaf) -> String {
    leaf.type == "message/rfc822" ? "转发的邮件.eml" : "附件"
  }
}
