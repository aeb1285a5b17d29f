import Testing

/// A strict reader of the text format of Prometheus (exposition format 0.0.4), with what `promtool check metrics` asks besides:
/// help for every measure, counters that end in `_total` and gauges that do not, no value twice.
struct MetricsFile {
  struct Broken: Error { let line: String }

  /// The value by its name and labels, as written.
  private(set) var values: [String: Double] = [:]
  private(set) var kinds: [String: String] = [:]

  init(_ text: String) throws {
    guard text.hasSuffix("\n"), !text.hasSuffix("\n\n") else { throw Broken(line: "end of file") }
    var helped: Set<Substring> = []
    var current: Substring?
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      if let help = line.firstMatch(of: /^# HELP ([a-z_:][a-z0-9_:]*) (.+)$/) {
        guard helped.insert(help.1).inserted else { throw Broken(line: String(line)) }
        current = help.1
      } else if let type = line.firstMatch(of: /^# TYPE ([a-z_:][a-z0-9_:]*) (counter|gauge)$/) {
        guard type.1 == current, kinds[String(type.1)] == nil,
          type.1.hasSuffix("_total") == (type.2 == "counter")
        else { throw Broken(line: String(line)) }
        kinds[String(type.1)] = String(type.2)
      } else if let sample = line.firstMatch(
        of: /^([a-z_:][a-z0-9_:]*)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? (\S+)$/)
      {
        guard sample.1 == current, kinds[String(sample.1)] != nil, let value = Double(sample.3),
          values.updateValue(value, forKey: String(sample.1) + (sample.2 ?? "")) == nil
        else { throw Broken(line: String(line)) }
      } else {
        throw Broken(line: String(line))
      }
    }
  }
}
