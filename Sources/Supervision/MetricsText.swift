/// One measure for Prometheus, with a value for each set of labels.
public struct Metric: Sendable, Hashable {
  public enum Kind: String, Sendable {
    /// Only ever grows; its name ends in `_total`.
    case counter
    case gauge
  }

  public struct Sample: Sendable, Hashable {
    public let labels: [Label]
    public let value: Double

    public init(_ value: Double, labels: [Label]) {
      self.labels = labels
      self.value = value
    }

    public init(_ value: Double, _ labels: Label...) { self.init(value, labels: labels) }
  }

  public struct Label: Sendable, Hashable {
    let name: String
    let value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public let name: String
  public let help: String
  public let kind: Kind
  public let samples: [Sample]

  public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    self.name = name
    self.help = help
    self.kind = kind
    self.samples = samples
  }
}

/// Measures in the text format that Prometheus reads (exposition format 0.0.4). A measure without a sample is left out.
public func metricsText(_ metrics: [Metric]) -> String {
  var text = ""
  for metric in metrics where !metric.samples.isEmpty {
    text += "# HELP \(metric.name) \(escaped(metric.help, quote: false))\n"
    text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
    for sample in metric.samples {
      let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value, quote: true))\"" }
      let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
      text += "\(metric.name)\(list) \(number(sample.value))\n"
    }
  }
  return text
}

private func escaped(_ text: String, quote: Bool) -> String {
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\"" where quote: result += "\\\""
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// Whole numbers without a point.
private func number(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
}
