import Reports

/// The members of an OFD file, read once each.
struct OFDPackage {
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private var members: [String: [UInt8]] = [:]
  private let names: Set<String>

  init(_ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits) {
    self.bytes = bytes
    self.limits = limits
    names = Set(ZipDirectory(bytes).names.map { String(decoding: $0, as: UTF8.self) })
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  func failure(_ code: Refusal.Code, _ detail: String) -> ReadingFailure {
    ReadingFailure(Refusal(code, detail: detail), format: .ofd)
  }

  /// Unpacks members, all within the limit for the file.
  mutating func load(_ wanted: Set<String>) throws(ReadingFailure) {
    let missing = wanted.subtracting(members.keys)
    guard !missing.isEmpty else { return }
    let left = limits.unpacked - members.values.reduce(0) { $0 + $1.count }
    do throws(ZipMembers.Failure) {
      members.merge(try ZipMembers.read(missing, from: bytes, limit: left)) { old, _ in old }
    } catch {
      switch error {
      case .encrypted: throw failure(.encrypted, "ZIP")
      case .broken: throw failure(.truncated, "ZIP")
      case .tooLarge: throw failure(.tooLarge, "> \(limits.unpacked)")
      case .noMemory: throw failure(.tooLarge, "no memory")
      }
    }
  }

  /// The follower after it has followed a member to its end; `nil` where there is no such member.
  mutating func follow<Follower: XMLFollower>(
    _ name: String, with follower: Follower
  ) throws(ReadingFailure) -> Follower? {
    try load([name])
    guard let source = members[name] else { return nil }
    var follower = follower
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
    return follower
  }
}

/// The name of a member, with the members that it points to found from where it stands: from the root of the package
/// with a leading `/`, else from the member's own folder (GB/T 33190-2016, 7.3, ST_Loc).
struct OFDPath {
  let name: String

  init(_ target: String, from member: String) {
    let isAbsolute = target.hasPrefix("/")
    var parts = isAbsolute ? [] : member.split(separator: "/").dropLast()
    for part in target.split(whereSeparator: { $0 == "/" || $0.isWhitespace })
    where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    name = parts.joined(separator: "/")
  }

  func resolving(_ target: String) -> OFDPath { OFDPath(target, from: name) }
}
