import Digests
import Glibc
import Intake
import Journal
import Synchronization
import WorkerLink

// The kernel, the clock, the libraries, and the cage of the readers.

extension Doctor {
  /// Whether the kernel tells of what comes, and of enough folders.
  func watching(_ configuration: Configuration) -> [Finding] {
    let inbox = configuration.places.inbox
    let intake = configuration.intake
    var findings: [Finding] = []
    if let kind = FileSystem.networkName(at: inbox) {
      let every = seconds(min(intake.scanSeconds, 2))
      findings.append(
        finding(
          "watch.mount", .notice,
          say(
            "收报文件夹在 \(kind) 上：别的机器放入文件时内核不通知，改为每 \(every) 秒查看一次（intake.scan_seconds，"
              + "至多 2 秒），文件静止 \(seconds(intake.quietSeconds)) 秒（intake.quiet_seconds）才取走",
            "the inbox is on \(kind): files that other machines drop are not announced, so it is looked at every "
              + "\(every) s (intake.scan_seconds, at most 2), and a file is taken when it has not changed for "
              + "\(seconds(intake.quietSeconds)) s (intake.quiet_seconds)")))
    } else {
      findings.append(
        finding(
          "watch.mount", .good,
          say(
            "收报文件夹在本机文件系统上，到件由内核通知",
            "the inbox is on a local file system: the kernel announces files")))
    }
    for (name, least) in [
      ("max_user_watches", 8192), ("max_queued_events", 16384), ("max_user_instances", 16),
    ] {
      let file = "/proc/sys/fs/inotify/\(name)"
      guard let bytes = try? readFile(file, limit: 64),
        let value = Int(String(decoding: bytes.filter { (48...57).contains($0) }, as: UTF8.self))
      else { continue }
      findings.append(
        finding(
          "watch.\(name)", value < least ? .notice : .good,
          "fs.inotify.\(name) = \(value)"
            + (value < least
              ? say(
                "，偏小；请运行 sysctl fs.inotify.\(name)=\(least)",
                ", which is little: sysctl fs.inotify.\(name)=\(least)")
              : "")))
    }
    return findings
  }

  func machine(_ configuration: Configuration) -> [Finding] {
    var findings = [clock(), memory(configuration)]
    var system = utsname()
    uname(&system)
    let release = withUnsafeBytes(of: &system.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    findings.append(
      finding(
        "versions", .good,
        "Linux \(release), SQLite \(Journal.libraryVersion), libgcrypt \(SHA256.libraryVersion)"))
    return findings
  }

  private func clock() -> Finding {
    let now = Journal.now()
    guard now.date.year >= 2024 else {
      return finding(
        "clock", .wrong,
        say(
          "系统时间是 \(now.date)，收件时间会记错；请校准",
          "the clock says \(now.date), and so will receipts: set it"))
    }
    var seconds = time(nil)
    var local = tm()
    localtime_r(&seconds, &local)
    let zone = local.tm_zone.map { String(cString: $0) } ?? "?"
    let isChinas = local.tm_gmtoff == 8 * 3600
    return finding(
      "clock", isChinas ? .good : .notice,
      say("系统时区 \(zone)", "the zone is \(zone)")
        + (isChinas
          ? ""
          : say(
            "：期限和回执按北京时间，journalctl 显示本机时间；如需一致，请运行 timedatectl set-timezone Asia/Shanghai",
            ": dates due and receipts are in China's time, journalctl shows the machine's; to have one, timedatectl "
              + "set-timezone Asia/Shanghai")))
  }

  private func memory(_ configuration: Configuration) -> Finding {
    let total = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let count =
      configuration.workers.count > 0
      ? configuration.workers.count : sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let most = count * configuration.limits.workerMemoryBytes
    let fits = most <= total
    return finding(
      "memory", fits ? .good : .notice,
      say(
        "内存 \(total >> 20) MiB；\(count) 个读取进程至多用 \(most >> 20) MiB",
        "\(total >> 20) MiB of memory; \(count) readers may take \(most >> 20) MiB")
        + (fits
          ? ""
          : say(
            "，超过内存：请调小 workers.count 或 limits.worker_memory_bytes",
            ", which is more: lower workers.count or limits.worker_memory_bytes")))
  }

  /// Starts one reader, as the daemon would, and asks it for its libraries.
  func readers(_ configuration: Configuration) async -> [Finding] {
    guard let worker else {
      return [finding("reader", .wrong, StartError.workerMissing.message(in: language))]
    }
    var settings = WorkerSettings(executable: worker)
    settings.count = 1
    settings.cage = .prefer
    let open = CageGaps()
    let libraries = Mutex<[String]>([])
    let workers = WorkerPool(
      settings, report: { _ in },
      cage: { cage in
        open.set(cage.gaps)
        libraries.withLock { $0 = cage.libraries }
      })
    var findings: [Finding] = []
    do throws(WorkerFault) {
      try await workers.startAhead(1)
      let gaps = open.layers
      let isDemanded = configuration.workers.cage == .require
      findings.append(
        gaps.isEmpty
          ? finding("cage", .good, say("读取进程的隔离各层齐全", "every layer of the readers' cage closes"))
          : finding(
            "cage", isDemanded ? .wrong : .notice,
            isDemanded
              ? say(
                "读取进程不能完全隔离，缺 \(gaps)，服务不会启动；请换用支持的内核，或设 workers.cage = \"prefer\"",
                "readers cannot lock themselves in, missing: \(gaps); the service will not start: use a kernel that "
                  + "can, or set workers.cage = \"prefer\"")
              : say("读取进程隔离不全，缺 \(gaps)", "readers are not locked in by \(gaps)")))
      findings.append(
        finding(
          "reader.versions", .good,
          say("读取进程用的库：", "readers use ")
            + libraries.withLock { $0 }.joined(separator: say("，", ", "))))
    } catch {
      findings.append(
        finding("reader", .wrong, say("读取进程不能启动：\(error)", "a reader does not start: \(error)")))
    }
    await workers.shutdown()
    return findings
  }

  private func seconds(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
