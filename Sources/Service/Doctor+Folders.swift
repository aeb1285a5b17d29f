import Glibc
import Intake

// Accounts, folders, rights and room.

extension Doctor {
  /// Whose rights are looked at.
  enum Account: Sendable {
    /// User `shoubao`, whoever asks.
    case service
    /// Who asks.
    case caller

    static let user = "shoubao"
    static let droppers = "shoubao-drop"

    private var numbers: (user: uid_t, groups: Set<gid_t>)? {
      switch self {
      case .caller: return (geteuid(), [getegid()])
      case .service:
        guard let entry = getpwnam(Account.user) else { return nil }
        let user = (entry.pointee.pw_uid, entry.pointee.pw_gid)
        return (
          user.0, Set([user.1] + [getgrnam(Account.droppers)?.pointee.gr_gid].compactMap(\.self))
        )
      }
    }

    /// By owner, group and mode; access lists may allow more.
    private func has(_ wanted: mode_t, on path: String) -> Bool {
      guard let numbers else { return false }
      var status = stat()
      guard stat(path, &status) == 0 else { return false }
      if numbers.user == 0 { return true }
      let shift: mode_t =
        status.st_uid == numbers.user ? 6 : numbers.groups.contains(status.st_gid) ? 3 : 0
      return (status.st_mode >> shift) & wanted == wanted
    }

    func mayRead(_ path: String) -> Bool { has(4, on: path) }
    func mayUse(folder: String) -> Bool { has(7, on: folder) }
    var isThere: Bool { numbers != nil }
  }

  /// The account of the service, and those who may drop files.
  func who() -> [Finding] {
    guard case .service = account else { return [] }
    guard account.isThere else {
      return [
        finding(
          "account", .wrong,
          say(
            "没有用户 \(Account.user)；请运行 systemd-sysusers 和 systemd-tmpfiles --create",
            "there is no user \(Account.user): run systemd-sysusers, then systemd-tmpfiles --create"
          ))
      ]
    }
    guard let group = getgrnam(Account.droppers) else {
      return [
        finding(
          "droppers", .wrong,
          say(
            "没有用户组 \(Account.droppers)；请运行 systemd-sysusers",
            "there is no group \(Account.droppers): systemd-sysusers"))
      ]
    }
    var members: [String] = []
    var next = group.pointee.gr_mem
    while let name = next?.pointee {
      let member = String(cString: name)
      if member != Account.user { members.append(member) }
      next = next?.advanced(by: 1)
    }
    return [
      members.isEmpty
        ? finding(
          "droppers", .notice,
          say(
            "\(Account.droppers) 组里还没有人，只有 root 能放入报告；请运行 adduser 用户名 \(Account.droppers)",
            "nobody is in group \(Account.droppers), so only root can drop reports: "
              + "adduser NAME \(Account.droppers)"))
        : finding(
          "droppers", .good,
          say(
            "可以放入报告的：\(members.joined(separator: "、"))",
            "these may drop reports: \(members.joined(separator: ", "))"))
    ]
  }

  func folders(_ places: Places) -> [Finding] {
    var findings: [Finding] = []
    for (name, path, isPrivate) in [
      ("inbox", places.inbox, false), ("outbox", places.outbox, false), ("work", places.work, true),
      ("held", places.held, true), ("journal", folder(of: places.journal), true),
      ("archive", places.archive, true),
    ] {
      var status = stat()
      guard stat(path, &status) == 0 else {
        // What the daemon makes for itself at its first start is no fault.
        let code = errno
        let isMissing = code == ENOENT
        findings.append(
          finding(
            "folder.\(name)", isMissing && name != "inbox" && name != "outbox" ? .notice : .wrong,
            isMissing
              ? say("没有 \(path)", "\(path) is not there")
                + (name == "inbox" || name == "outbox"
                  ? say("；请运行 systemd-tmpfiles --create", ": run systemd-tmpfiles --create")
                  : say("，启动时建立", ", the start makes it"))
              : say(
                "看不到 \(path)（\(String(cString: strerror(code)))）；请用 root 运行",
                "\(path) cannot be seen (\(String(cString: strerror(code)))): run this as root")))
        continue
      }
      let mode = String(status.st_mode & 0o7777, radix: 8)
      if status.st_mode & S_IFMT != S_IFDIR {
        findings.append(
          finding("folder.\(name)", .wrong, say("\(path) 不是目录", "\(path) is no folder")))
      } else if !account.mayUse(folder: path) {
        findings.append(
          finding(
            "folder.\(name)", .wrong,
            say(
              "服务账户用不了 \(path)（权限 \(mode)）；请运行 systemd-tmpfiles --create，或检查属主",
              "the service cannot use \(path) (mode \(mode)): systemd-tmpfiles --create, or see to its owner"
            )))
      } else if isPrivate, case .service = account, status.st_mode & 0o007 != 0 {
        findings.append(
          finding(
            "folder.\(name)", .wrong,
            say(
              "\(path) 人人可进（权限 \(mode)），里面有他人的报告；请运行 chmod o= \(path)",
              "\(path) is open to everybody (mode \(mode)) and holds others' reports: chmod o= \(path)"
            )))
      } else if name == "inbox", case .service = account,
        status.st_mode & 0o1044 != 0o1000
      {
        findings.append(
          finding(
            "folder.inbox", .notice,
            say(
              "收报文件夹权限是 \(mode)：放件人能看到或删除别人的文件；若非有意，请运行 chmod 3730 \(path)",
              "the inbox has mode \(mode): those who drop can see or remove others' files; unless it is meant, "
                + "chmod 3730 \(path)")))
      } else {
        findings.append(finding("folder.\(name)", .good, "\(path) (\(mode))"))
      }
    }
    if let inbox = device(places.inbox) {
      for (name, path) in [("work", places.work), ("held", places.held)] {
        guard let other = device(path), other != inbox else { continue }
        findings.append(
          finding(
            "folder.\(name)", .notice,
            say(
              "\(path) 与收报文件夹不在同一文件系统，取件须复制，较慢",
              "\(path) is not on the inbox's file system: files are copied when they are taken, which is slower"
            )))
      }
    }
    return findings
  }

  func room(_ places: Places) -> [Finding] {
    var seen: Set<UInt64> = []
    var findings: [Finding] = []
    for path in [folder(of: places.journal), places.archive, places.inbox, places.outbox] {
      guard let device = device(path), seen.insert(device).inserted else { continue }
      var status = statvfs()
      guard statvfs(path, &status) == 0 else { continue }
      let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
      let size = "\(free >> 20) MiB"
      if status.f_flag & UInt(ST_RDONLY) != 0 {
        findings.append(
          finding(
            "room", .wrong, say("\(path) 所在的文件系统只读", "\(path) lies on a read-only file system")))
      } else if status.f_files > 0, status.f_favail < 10_000 {
        findings.append(
          finding(
            "room", .wrong,
            say(
              "\(path) 所在的文件系统只能再建 \(status.f_favail) 个文件",
              "there is room for \(status.f_favail) files only where \(path) lies")))
      } else {
        findings.append(
          finding(
            "room", free < 100 << 20 ? .wrong : free < 1 << 30 ? .notice : .good,
            say("\(path) 还有 \(size)", "\(size) free where \(path) lies")
              + (free < 1 << 30 ? say("，请腾出空间", ": make room") : "")))
      }
    }
    return findings
  }

  private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  private func device(_ path: String) -> UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_dev) : nil
  }
}
