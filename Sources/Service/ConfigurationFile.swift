public import Reports
import TOMLKit
import WorkerLink

/// A configuration that cannot be used: where, and why. Ends in exit code 78.
public struct ConfigurationError: Error, Sendable, Hashable {
  public let file: String
  public let line: Int?
  public let reason: Reason
  /// Nothing is wrong with the file; it could not be read now.
  public var isPassing = false

  public enum Reason: Sendable, Hashable {
    /// The file cannot be read; what the system says.
    case unreadable(String)
    /// Not TOML; what the parser says.
    case syntax(String)
    case unknownSetting(String)
    case wrongKind(String)
    case outOfRange(String, value: String, allowed: String)
  }

  /// One line: file, line, reason.
  public func message(in language: Language) -> String {
    let reason =
      switch reason {
      case .unreadable(let why): language.say("无法读取（\(why)）", en: "cannot be read (\(why))")
      case .syntax(let why): language.say("TOML 语法错误：\(why)", en: "TOML syntax error: \(why)")
      case .unknownSetting(let key):
        language.say("没有“\(key)”这项设置", en: "there is no setting “\(key)”")
      case .wrongKind(let key):
        language.say("“\(key)”的值类型不对", en: "“\(key)” has a value of the wrong kind")
      case .outOfRange(let key, let value, let allowed):
        language.say(
          "“\(key)”不能是 \(value)，只能是 \(allowed)", en: "“\(key)” cannot be \(value), only \(allowed)")
      }
    return (line.map { "\(file):\($0): " } ?? "\(file): ") + reason
  }
}

extension Configuration {
  /// Reads the settings of these places: the file, its drop-ins, the credential. A file that is not there means
  /// defaults, unless it `mustExist`.
  public static func load(places: Places, mustExist: Bool) throws(ConfigurationError)
    -> Configuration
  {
    let (configuration, _, errors) = examine(places: places, mustExist: mustExist)
    if let error = errors.first { throw error }
    return configuration
  }

  /// The same without stopping at the first file with a mistake: what is good of it, the files that were read, and the
  /// first mistake of each.
  public static func examine(places: Places, mustExist: Bool)
    -> (configuration: Configuration, files: [String], errors: [ConfigurationError])
  {
    var configuration = Configuration(places: places)
    var errors: [ConfigurationError] = []
    var read: [String] = []
    var files: [(path: String, mustExist: Bool)] = [(places.configuration, mustExist)]
    do {
      files += try places.dropIns().map { ($0, true) }
    } catch {
      errors.append(error)
    }
    if let credential = places.credential("shoubao.toml") { files.append((credential, true)) }
    for file in files {
      do throws(ConfigurationError) {
        guard let text = try readText(file.path, mustExist: file.mustExist) else { continue }
        read.append(file.path)
        try configuration.merge(text, file: file.path)
      } catch {
        errors.append(error)
      }
    }
    if let credential = places.credential("roster.csv") { configuration.places.roster = credential }
    return (configuration, read, errors)
  }

  private static func readText(_ file: String, mustExist: Bool) throws(ConfigurationError)
    -> String?
  {
    let bytes: [UInt8]
    do {
      bytes = try readFile(file, limit: 1 << 20)
    } catch let error where error.isMissing && !mustExist {
      return nil
    } catch {
      throw ConfigurationError(
        file: file, line: nil, reason: .unreadable(error.reason),
        isPassing: error.isPassing)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError(file: file, line: nil, reason: .syntax("UTF-8"))
    }
    return text
  }

  /// Takes over the settings that a file has. Unknown keys and values out of range are errors.
  mutating func merge(_ text: String, file: String) throws(ConfigurationError) {
    let settings: SettingsFile
    do {
      settings = try TOMLDecoder(strictDecoding: true).decode(SettingsFile.self, from: text)
    } catch let error as TOMLParseError {
      throw ConfigurationError(
        file: file, line: Int(error.source.begin.line), reason: .syntax(error.description))
    } catch let error as UnexpectedKeysError {
      let key = error.keys.keys.sorted().first ?? ""
      throw ConfigurationError(
        file: file, line: Configuration.lineOf(key, in: text), reason: .unknownSetting(key))
    } catch let error as DecodingError {
      let (key, reason) = Configuration.explain(error)
      throw ConfigurationError(
        file: file, line: key.flatMap { Configuration.lineOf($0, in: text) }, reason: reason)
    } catch {
      throw ConfigurationError(file: file, line: nil, reason: .syntax("\(error)"))
    }
    do {
      try settings.apply(to: &self)
    } catch {
      throw ConfigurationError(
        file: file, line: Configuration.lineOf(error.key, in: text), reason: error.reason)
    }
  }

  private static func lineOf(_ key: String, in text: String) -> Int? {
    let name = key.split(separator: ".").last.map(String.init) ?? key
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let start = line.drop { $0 == " " || $0 == "\t" || $0 == "[" }
      guard start.hasPrefix(name) else { continue }
      let next = start.dropFirst(name.count).first
      if next == nil || " \t=]".contains(next!) { return number }
    }
    return nil
  }

  private static func explain(_ error: DecodingError) -> (String?, ConfigurationError.Reason) {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      return (key.isEmpty ? nil : key, .wrongKind(key))
    // No setting must be there: TOMLKit says this of one whose value is of another kind.
    case .keyNotFound(let key, _): return (key.stringValue, .wrongKind(key.stringValue))
    @unknown default: return (nil, .syntax("\(error)"))
    }
  }
}

/// The file as written: every setting may be left out.
private struct SettingsFile: Decodable {
  var language: String?
  var year: Int?
  var paths: Paths?
  var intake: Intake?
  var limits: Limits?
  var workers: Workers?
  var commit: Commit?
  var metrics: Metrics?
  var notify: Notify?
  var disk: Disk?
  var retention: Retention?

  struct Paths: Decodable {
    var inbox: String?
    var outbox: String?
    var work: String?
    var held: String?
    var journal: String?
    var archive: String?
    var roster: String?
  }
  struct Intake: Decodable {
    var quietSeconds: Seconds?
    var brokenOffSeconds: Seconds?
    var scanSeconds: Seconds?
    var canarySeconds: Seconds?

    private enum CodingKeys: String, CodingKey {
      case quietSeconds = "quiet_seconds"
      case brokenOffSeconds = "broken_off_seconds"
      case scanSeconds = "scan_seconds"
      case canarySeconds = "canary_seconds"
    }
  }
  struct Limits: Decodable {
    var fileBytes: Int?
    var readSeconds: Seconds?
    var processorSeconds: Int?
    var ocrSeconds: Seconds?
    var workerMemoryBytes: Int?
    var archiveMembers: Int?
    var archiveBytes: Int?
    var archiveDepth: Int?
    var unpackedBytes: Int?
    var pages: Int?
    var cells: Int?

    private enum CodingKeys: String, CodingKey {
      case fileBytes = "file_bytes"
      case readSeconds = "read_seconds"
      case processorSeconds = "processor_seconds"
      case ocrSeconds = "ocr_seconds"
      case workerMemoryBytes = "worker_memory_bytes"
      case archiveMembers = "archive_members"
      case archiveBytes = "archive_bytes"
      case archiveDepth = "archive_depth"
      case unpackedBytes = "unpacked_bytes"
      case pages, cells
    }
  }
  struct Workers: Decodable {
    var count: Int?
    var idleSeconds: Seconds?
    var cage: String?

    private enum CodingKeys: String, CodingKey {
      case count, cage
      case idleSeconds = "idle_seconds"
    }
  }
  struct Commit: Decodable {
    var batch: Int?
  }
  struct Metrics: Decodable {
    var textfile: String?
  }
  struct Notify: Decodable {
    var command: String?
    var timeoutSeconds: Seconds?

    private enum CodingKeys: String, CodingKey {
      case command
      case timeoutSeconds = "timeout_seconds"
    }
  }
  struct Retention: Decodable {
    var originalYears: Int?

    private enum CodingKeys: String, CodingKey { case originalYears = "original_years" }
  }
  struct Disk: Decodable {
    var reserveBytes: Int?

    private enum CodingKeys: String, CodingKey { case reserveBytes = "reserve_bytes" }
  }

  /// `2` and `2.5`: TOML tells integers from floats, people do not.
  struct Seconds: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let whole = try? container.decode(Int.self) {
        value = Double(whole)
      } else {
        value = try container.decode(Double.self)
      }
    }
  }

  struct Unusable: Error {
    let key: String
    let reason: ConfigurationError.Reason

    init(_ key: String, _ value: some Any, allowed: String) {
      self.key = key
      reason = .outOfRange(key, value: "\(value)", allowed: allowed)
    }
  }

  func apply(to c: inout Configuration) throws(Unusable) {
    if let language {
      guard let known = Language(rawValue: language) else {
        throw Unusable("language", language, allowed: "zh, en")
      }
      c.language = known
    }
    if let year {
      try range("year", year, 2019...2100)
      c.year = year
    }
    try path("inbox", paths?.inbox, &c.places.inbox)
    try path("outbox", paths?.outbox, &c.places.outbox)
    try path("work", paths?.work, &c.places.work)
    try path("held", paths?.held, &c.places.held)
    try path("journal", paths?.journal, &c.places.journal)
    try path("archive", paths?.archive, &c.places.archive)
    try path("roster", paths?.roster, &c.places.roster)
    try set("quiet_seconds", intake?.quietSeconds?.value, 0.1...3600, &c.intake.quietSeconds)
    try set(
      "broken_off_seconds", intake?.brokenOffSeconds?.value, 0...3600, &c.intake.brokenOffSeconds)
    try set("scan_seconds", intake?.scanSeconds?.value, 1...3600, &c.intake.scanSeconds)
    try set("canary_seconds", intake?.canarySeconds?.value, 0...86400, &c.intake.canarySeconds)
    try set("file_bytes", limits?.fileBytes, 1024...(4 << 30), &c.limits.fileBytes)
    try set("read_seconds", limits?.readSeconds?.value, 0.1...3600, &c.limits.readSeconds)
    try set(
      "worker_memory_bytes", limits?.workerMemoryBytes, (128 << 20)...(64 << 30),
      &c.limits.workerMemoryBytes)
    try set(
      "archive_members", limits?.archiveMembers, 1...100_000, &c.limits.archiveMembers)
    try set("archive_bytes", limits?.archiveBytes, 1024...(1 << 30), &c.limits.archiveBytes)
    try set("archive_depth", limits?.archiveDepth, 1...10, &c.limits.archiveDepth)
    try set("processor_seconds", limits?.processorSeconds, 1...3600, &c.limits.processorSeconds)
    try set("ocr_seconds", limits?.ocrSeconds?.value, 0.1...3600, &c.limits.ocrSeconds)
    try set(
      "unpacked_bytes", limits?.unpackedBytes, (1 << 20)...(16 << 30), &c.limits.unpackedBytes)
    try set("pages", limits?.pages, 1...100_000, &c.limits.pages)
    try set("cells", limits?.cells, 1000...10_000_000, &c.limits.cells)
    try set("count", workers?.count, 0...256, &c.workers.count)
    try set("idle_seconds", workers?.idleSeconds?.value, 0...86400, &c.workers.idleSeconds)
    if let cage = workers?.cage {
      guard let known = Cage.Demand(rawValue: cage) else {
        throw Unusable("cage", cage, allowed: "require, prefer")
      }
      c.workers.cage = known
    }
    try set("batch", commit?.batch, 1...4096, &c.commit.batch)
    if let file = metrics?.textfile {
      // The collector reads no file of another ending.
      guard file.hasPrefix("/"), file.hasSuffix(".prom") else {
        throw Unusable("textfile", file, allowed: "/….prom")
      }
      c.metrics.textfile = file
    }
    if let command = notify?.command {
      guard command.hasPrefix("/") else { throw Unusable("command", command, allowed: "/…") }
      c.notify.command = command
    }
    try set(
      "timeout_seconds", notify?.timeoutSeconds?.value, 0.1...3600, &c.notify.timeoutSeconds)
    try set("reserve_bytes", disk?.reserveBytes, 0...(1 << 40), &c.disk.reserveBytes)
    try set("original_years", retention?.originalYears, 0...1000, &c.retention.originalYears)
  }

  private func range<T: Comparable>(_ key: String, _ value: T, _ allowed: ClosedRange<T>)
    throws(Unusable)
  {
    guard allowed.contains(value) else {
      throw Unusable(key, value, allowed: "\(allowed.lowerBound) … \(allowed.upperBound)")
    }
  }

  private func set<T: Comparable>(
    _ key: String, _ value: T?, _ allowed: ClosedRange<T>, _ target: inout T
  ) throws(Unusable) {
    guard let value else { return }
    try range(key, value, allowed)
    target = value
  }

  private func path(_ key: String, _ value: String?, _ target: inout String) throws(Unusable) {
    guard let value else { return }
    guard value.hasPrefix("/") else {
      throw Unusable(key, value, allowed: "/…")
    }
    target = value
  }
}
