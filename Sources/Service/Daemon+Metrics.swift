import Journal
import Reports
import Supervision

// Figures for a Prometheus textfile collector. docs/administration.md lists them.

struct MetricsState {
  /// Something has changed since they were written.
  var isPending = false
  var share = Share()
  var fault: String?
}

extension Daemon {
  /// Writes the figures of this moment, if a file is set and they have changed. It must not keep anything from being done.
  func writeMetrics() {
    guard let path = configuration.metrics.textfile, let status = lastCollection,
      let slash = path.lastIndex(of: "/")
    else {
      metrics.isPending = false
      return
    }
    guard metrics.isPending, metrics.share.isDue else { return }
    metrics.isPending = false
    let begin = SuspendingClock().now
    defer { metrics.share.took(since: begin) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    do {
      let text = metricsText(try figures(status))
      try Outbox(path: folder).write(
        [(Array(path[path.index(after: slash)...].utf8), Array(text.utf8))], folder: [])
      metrics.fault = nil
    } catch {
      let reason = Trouble(error).reason(in: configuration.language)
      guard metrics.fault != reason else { return }
      metrics.fault = reason
      log.note(
        .warning,
        configuration.language.say(
          "指标文件 \(path) 写不了：\(reason)", en: "metrics cannot be written to \(path): \(reason)"))
    }
  }

  private func figures(_ status: CollectionStatus) throws(JournalError) -> [Metric] {
    let year = Metric.Label("year", "\(status.year)")
    func byOutcome(_ counts: Counts, _ labels: [Metric.Label]) -> [Metric.Sample] {
      Outcome.allCases.map {
        Metric.Sample(Double(counts[$0]), labels: labels + [.init("outcome", $0.rawValue)])
      }
    }
    func flag(_ isSo: Bool) -> [Metric.Sample] { [.init(isSo ? 1 : 0)] }
    let notifications = try journal.reader.notificationCounts()
    var all = [
      Metric(
        "shoubao_arrivals_total", .counter, "Files judged, by outcome.",
        byOutcome(try journal.reader.counts(), [])),
      Metric(
        "shoubao_collection_arrivals", .gauge,
        "Files judged of the collection under way, by report year and outcome.",
        byOutcome(status.counts, [year])),
      Metric(
        "shoubao_waiting_files", .gauge, "Files without an outcome, in the inbox or claimed.",
        [
          .init(Double(status.inInbox), .init("place", "inbox")),
          .init(Double(status.counts.waiting), .init("place", "claimed")),
        ]),
      Metric(
        "shoubao_journal_entries_total", .counter, "Entries of the journal.",
        [.init(Double(status.head.entries))]),
      Metric(
        "shoubao_notifications", .gauge, "Notifications in the ledger, by state.",
        Notification.State.allCases.map {
          .init(Double(notifications[$0] ?? 0), .init("state", $0.rawValue))
        }),
      Metric(
        "shoubao_trouble", .gauge, "1 while a fault of the machine keeps files from being handled.",
        flag(trouble != nil)),
      Metric(
        "shoubao_watch_polling", .gauge, "1 while changes of the inbox are not announced.",
        flag(watcher.health.mustPoll)),
    ]
    if let units = status.units {
      all.append(
        Metric(
          "shoubao_units_expected", .gauge, "Units of the roster, by report year.",
          [.init(Double(units.expected), year)]))
    }
    if let missing = status.units?.missing, let late = status.units?.late {
      all += [
        Metric(
          "shoubao_units_missing", .gauge, "Units of the roster of whose report nothing has come.",
          [.init(Double(missing), year)]),
        Metric(
          "shoubao_units_late", .gauge,
          "Units of the roster of whose report nothing has come and whose day has passed.",
          [.init(Double(late), year)]),
      ]
    }
    if let last = status.last {
      all.append(
        Metric(
          "shoubao_last_arrival_timestamp_seconds", .gauge,
          "When the newest file that was judged came in, in seconds since 1970.",
          [.init(Double(last.received.microseconds) / 1e6)]))
    }
    if configuration.notify.command != nil {
      all += [
        Metric(
          "shoubao_notify_waiting", .gauge,
          "Notifications that the command has not taken (up to 1000).",
          [.init(Double(try journal.reader.undelivered(limit: 1000).count))]),
        Metric(
          "shoubao_notify_failures_total", .counter, "Failed runs of the command since the start.",
          [.init(Double(delivery.allFailures))]),
      ]
    }
    return all
  }
}
