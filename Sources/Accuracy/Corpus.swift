import FoundationEssentials

/// A folder of labelled documents: beside each document `NAME.ext` its facts, `NAME.json`.
public struct Corpus: Sendable {
  /// A file of a corpus that cannot be used, and what is expected of it.
  public struct Fault: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let message: String
    public var description: String { "\(file): \(message)" }
  }

  /// A document with its facts.
  public struct Entry: Sendable {
    /// The path in the folder, without the extension.
    public let id: String
    public let facts: CorpusCase
    let document: String
  }

  public let entries: [Entry]
  /// Ids that the program is known not to read rightly, with the reason: lines of `known.txt`. Such a case must fail:
  /// one that is right must be taken out of the list.
  public let known: [String: String]
  private let folder: String

  public init(_ folder: String) throws(Fault) {
    self.folder = folder
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw Fault(file: folder, message: "no folder that can be read")
    }
    var documents: [String: String] = [:]
    var facts: [String: CorpusCase] = [:]
    for name in names.sorted() where !Self.isRemark(name) && !Self.isFolder("\(folder)/\(name)") {
      let id = Self.stem(name)
      if name.hasSuffix(".json") {
        facts[id] = try Self.facts(name, try Self.bytes(name, in: folder))
      } else if let other = documents.updateValue(name, forKey: id) {
        throw Fault(file: name, message: "\(other) has the same name; one document for each .json")
      }
    }
    for (id, name) in documents where facts[id] == nil {
      throw Fault(file: name, message: "\(id).json is expected beside it")
    }
    for id in facts.keys where documents[id] == nil {
      throw Fault(file: "\(id).json", message: "a document \(id).* is expected beside it")
    }
    entries = facts.sorted { $0.key < $1.key }.map {
      Entry(id: $0.key, facts: $0.value, document: documents[$0.key] ?? "")
    }
    known = try Self.known(in: folder, ids: Set(facts.keys))
  }

  /// Reads a document of the corpus with today's program.
  public func compare(_ entry: Entry) throws(Fault) -> CorpusComparison {
    CorpusComparison(of: try Self.bytes(entry.document, in: folder), entry.facts)
  }

  // MARK: Files

  private static func isRemark(_ name: String) -> Bool {
    name == "known.txt" || name.hasSuffix(".md")
      || name.split(separator: "/").contains { $0.hasPrefix(".") }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return name }
    return String(name[..<dot])
  }

  private static func bytes(_ name: String, in folder: String) throws(Fault) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
      throw Fault(file: name, message: "cannot be read")
    }
    return Array(data)
  }

  private static func facts(_ name: String, _ bytes: [UInt8]) throws(Fault) -> CorpusCase {
    func fault(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> Fault {
      let path = (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue)
      let place = path.isEmpty ? "" : path.joined(separator: ".") + ": "
      return Fault(file: name, message: place + context.debugDescription)
    }
    do {
      return try JSONDecoder().decode(CorpusCase.self, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, let context) {
      throw fault(.init(codingPath: context.codingPath, debugDescription: "is required"), key)
    } catch DecodingError.typeMismatch(_, let context) {
      throw fault(context)
    } catch DecodingError.valueNotFound(_, let context) {
      throw fault(context)
    } catch DecodingError.dataCorrupted(let context) {
      throw fault(context)
    } catch {
      throw Fault(file: name, message: "\(error)")
    }
  }

  private static func known(in folder: String, ids: Set<String>) throws(Fault) -> [String: String] {
    guard FileManager.default.fileExists(atPath: "\(folder)/known.txt") else { return [:] }
    let text = String(decoding: try bytes("known.txt", in: folder), as: UTF8.self)
    var known: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      guard parts.count == 2, ids.contains(String(parts[0])) else {
        throw Fault(
          file: "known.txt", message: "the id of a case and a reason are expected: \(line)")
      }
      known[String(parts[0])] = String(parts[1])
    }
    return known
  }
}
