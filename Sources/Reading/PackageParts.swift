import Reports

/// The parts of an office file that is a ZIP package: ECMA-376 part 2 (Microsoft), ODF part 2 (OpenDocument).
struct PackageParts {
  let bytes: UnsafeRawBufferPointer
  let format: DocumentFormat
  let limits: ReadingLimits
  /// Bytes that may still be unpacked.
  private var left: Int

  init(_ bytes: UnsafeRawBufferPointer, format: DocumentFormat, limits: ReadingLimits) {
    self.bytes = bytes
    self.format = format
    self.limits = limits
    left = limits.unpacked
  }

  /// The parts with these names; those that are not there have none.
  mutating func read(_ names: Set<String>) throws(ReadingFailure) -> [String: [UInt8]] {
    guard !names.isEmpty else { return [:] }
    do throws(ZipMembers.Failure) {
      let parts = try ZipMembers.read(names, from: bytes, limit: left)
      left -= parts.values.reduce(0) { $0 + $1.count }
      return parts
    } catch {
      switch error {
      case .encrypted: throw failure(.encrypted, "ZIP")
      case .broken: throw failure(.truncated, "ZIP")
      case .tooLarge: throw failure(.tooLarge, "> \(limits.unpacked)")
      case .noMemory: throw failure(.tooLarge, "no memory")
      }
    }
  }

  mutating func read(_ name: String) throws(ReadingFailure) -> [UInt8]? { try read([name])[name] }

  /// The relations of a part (of the package itself for an empty name), by what they are called there.
  mutating func relations(of part: String) throws(ReadingFailure) -> PackageRelations {
    let folder = Self.folder(of: part)
    var relations = PackageRelations(folder: folder)
    if let source = try read("\(folder)_rels/\(part.dropFirst(folder.count)).rels") {
      // A package without relations is read by the names that programs usually give.
      try? XMLPart.follow(source, with: &relations, depth: limits.depth)
    }
    return relations
  }

  /// Follows a part to its end.
  func follow<Follower: XMLFollower>(
    _ source: [UInt8], named name: String, with follower: inout Follower
  ) throws(ReadingFailure) {
    do throws(XMLPart.Failure) {
      try XMLPart.follow(source, with: &follower, depth: limits.depth)
    } catch {
      switch error {
      case .broken: throw failure(.truncated, name)
      case .tooDeep: throw failure(.tooComplex, "> \(limits.depth) levels")
      case .hasDoctype: throw failure(.tooComplex, "DOCTYPE")
      case .stopped(let excess): throw failure(.tooComplex, excess)
      case .noMemory: throw failure(.tooComplex, "no memory")
      }
    }
  }

  /// Programs inside the document, which are never looked at.
  var hasMacros: Bool {
    ZipDirectory(bytes).names.contains { name in
      String(decoding: name, as: UTF8.self).hasSuffix("/vbaProject.bin")
        || name.starts(with: Array("Basic/".utf8))
    }
  }

  func failure(_ code: Refusal.Code, _ detail: String) -> ReadingFailure {
    ReadingFailure(Refusal(code, detail: detail), format: format)
  }

  /// With the slash at its end; empty for what lies at the top.
  static func folder(of part: String) -> String {
    guard let slash = part.lastIndex(of: "/") else { return "" }
    return String(part[...slash])
  }
}

/// Follows the relations of a part of a package.
struct PackageRelations: XMLFollower {
  struct Target {
    /// The last word of the type's address: `officeDocument`, `worksheet`, `sharedStrings`.
    let type: String
    /// The name of the part in the package.
    let part: String
  }

  private(set) var targets: [String: Target] = [:]
  private let folder: String
  var excess: String? { targets.count > 10_000 ? "> 10000 relations" : nil }

  init(folder: String) { self.folder = folder }

  /// The part of the first relation of a type, in the order of their names.
  func part(_ type: String) -> String? {
    targets.filter { $0.value.type == type }.min { $0.key < $1.key }?.value.part
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    guard name == "Relationship", attributes["TargetMode"] != "External",
      let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"]
    else { return }
    targets[id] = Target(
      type: String(type.split(separator: "/").last ?? ""), part: resolved(target))
  }

  mutating func end(_ name: String) {}
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}

  private func resolved(_ target: String) -> String {
    guard !target.hasPrefix("/") else { return String(target.drop { $0 == "/" }) }
    var steps = folder.split(separator: "/")
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }
}
