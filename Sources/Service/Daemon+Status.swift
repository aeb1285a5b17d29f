import Collection
import Intake
import Journal
import Reports
import Supervision

// How things stand, for systemd and for the log; and a new configuration.

extension Daemon {
  /// Brings the status line up to date.
  @discardableResult
  func updateStatus(inInbox: Int) -> String {
    let language = configuration.language
    let today = Journal.now().date
    let year = configuration.collectionYear(on: today)
    do throws(JournalError) {
      let status = try CollectionStatus(
        journal.reader, year: year, units: try countUnits(year, on: today), inInbox: inInbox)
      lastCollection = status
      metrics.isPending = true
      writeMetrics()
      // What does not go well stands first: a line is cut at its end.
      var line = trouble.map { $0.0.status(in: language) + language.say("；", en: "; ") } ?? ""
      line += status.line(in: language)
      if watcher.health.mustPoll {
        line += language.say("（收不到变动通知，定时查看）", en: " (no change events, polling)")
      }
      let gaps = cageGaps.layers
      if !gaps.isEmpty {
        line += language.say("（读取进程隔离不全，缺 \(gaps)）", en: " (readers not locked in by \(gaps))")
      }
      if line != lastStatus {
        lastStatus = line
        notifier.send(.status(line))
      }
      if inInbox == 0 { try checkBalance() }
      return line
    } catch {
      meet(Trouble(error), while: language.say("统计", en: "counting"))
      return ""
    }
  }

  private func countUnits(
    _ year: Int, on today: CalendarDate
  ) throws(JournalError) -> CollectionStatus.Units? {
    guard let roster else { return nil }
    let filed = mayReadYears ? try filings?.year(year, journal.reader) : nil
    return CollectionStatus.Units(
      expected: roster.entries.count, missing: filed?.missing, late: filed?.late(on: today))
  }

  /// The conservation law: what was seen has an outcome, or waits.
  private func checkBalance() throws(JournalError) {
    let counts = try journal.reader.counts()
    guard !counts.isConserved else { return }
    log.write(
      .unbalanced,
      configuration.language.say(
        "收到 \(counts.seen) 份，有结果和待处理的共 \(counts.received) 份，两者不符；请运行 shoubao verify",
        en:
          "\(counts.seen) were seen, \(counts.received) have an outcome or wait: run shoubao verify"
      ))
  }

  /// Tells the end of the chain to another log, so that a tail cut off the journal shows; at most once a minute, but
  /// at the start and the end.
  func logHead(isDue: Bool = true) {
    let now = SuspendingClock().now
    guard isDue || now >= nextHead else { return }
    nextHead = now + .seconds(60)
    guard let head = try? journal.reader.head(), head != lastHead else { return }
    lastHead = head
    log.write(
      .head,
      configuration.language.say(
        "台账末条：\(head)", en: "the head of the journal: \(head)"),
      EventFields {
        $0.head = head.hash.description
        $0.entries = Int64(head.entries)
      })
  }

  /// Reads configuration and roster again. A mistake keeps the old ones and says so.
  func reload() {
    notifier.send(.reloading)
    let old = configuration.language
    do {
      let new = try Configuration.load(
        places: base, mustExist: mustExist)
      let newRoster = try new.places.loadRoster()
      let running = configuration
      let waiting = new.waitingForRestart(since: running)
      configuration = new
      configuration.places = running.places
      configuration.workers = running.workers
      configuration.limits = running.limits
      configuration.places.roster = new.places.roster
      roster = newRoster
      mustCheckDeadlines = true
      settler.settings = configuration.intake.settlerSettings
      nextCanary = nil
      let language = configuration.language
      log.write(
        .reloaded,
        language.say(
          "新的设置已生效"
            + (waiting.isEmpty
              ? "" : "；以下改动要重启后生效：\(waiting.joined(separator: "、"))（systemctl restart shoubaod）"),
          en: "the new configuration is in force"
            + (waiting.isEmpty
              ? ""
              : ", but for what needs a restart: \(waiting.joined(separator: ", ")) "
                + "(systemctl restart shoubaod)")))
    } catch {
      let reason = StartError(error).message(in: old)
      log.write(
        .reloadFailed,
        old.say("新的设置有误，仍用原设置：\(reason)", en: "the old configuration stays: \(reason)"))
    }
    lastStatus = ""
    overview.isStale = true
    let line = updateStatus(inInbox: 0)
    notifier.send(.ready, .status(line))
    mustScan = true
  }
}

extension Configuration.Intake {
  var settlerSettings: Settler.Settings {
    var settings = Settler.Settings()
    settings.quietTime = .seconds(quietSeconds)
    settings.brokenOffTime = .seconds(brokenOffSeconds)
    return settings
  }
}
