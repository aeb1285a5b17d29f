public import Logging

/// Lets libraries that use swift-log write into the same log.
///
/// Metadata keys become fields (``FieldName/of(metadataKey:)``); the logger's label is `SHOUBAO_LOGGER`. `UNIT=` is never
/// sent: that field is the manager's.
public struct EventLogHandler: LogHandler {
  public var logLevel: Logger.Level = .info
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?

  private let log: EventLog
  private let label: String

  public init(_ log: EventLog, label: String) {
    self.log = log
    self.label = label
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    var fields = [("SHOUBAO_LOGGER", label)]
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      fields.append((FieldName.of(metadataKey: key), value.description))
    }
    if let error = event.error { fields.append(("SHOUBAO_ERROR", String(describing: error))) }
    log.write(
      JournalEntry(
        event: nil, priority: Priority(event.level), message: event.message.description,
        fields: fields, file: event.file, line: event.line, function: event.function))
  }
}

extension Priority {
  init(_ level: Logger.Level) {
    switch level {
    case .trace, .debug: self = .debug
    case .info: self = .info
    case .notice: self = .notice
    case .warning: self = .warning
    case .error: self = .error
    case .critical: self = .critical
    }
  }
}
