/// Names of members as they stand in an archive, made fit to be shown. They are never used to open anything.
enum MemberName {
  /// Bytes in UTF-8 or, as Chinese Windows writes them, in GB18030.
  static func decode(_ raw: some Collection<UInt8>) -> String {
    let bytes = Array(raw)
    func gb18030() -> String? {
      bytes.withUnsafeBytes { CharacterSet.gb18030.convert($0, brokenLimit: 0) }
        .flatMap { $0.isCutOff ? nil : String(validating: $0.utf8, as: UTF8.self) }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return gb18030() ?? String(decoding: bytes, as: UTF8.self)
    }
    // Short names in GB18030 may be valid UTF-8 by accident: letters of Greek, Arabic and the like, never Chinese ones.
    let foreign = text.unicodeScalars.filter { $0.value >= 0x80 }
    if !foreign.isEmpty, foreign.allSatisfy({ $0.value < 0x800 }), let other = gb18030() {
      return other
    }
    return text
  }

  /// Folders and name. Separators of both systems part it; what leads elsewhere (a leading separator, `.`, `..`) is left out.
  static func components(_ name: String) -> [String] {
    let parts = name.split { $0 == "/" || $0 == "\\" }.map(String.init)
    let names = parts.filter { $0 != "." && $0 != ".." }.map(clean)
    // Nobody files so deep; receipts lie in folders of these names.
    return names.count <= depthLimit ? names : Array(names.suffix(depthLimit))
  }

  private static let depthLimit = 8

  /// One component: no control or direction character, no dot in front, at most 180 bytes.
  private static func clean(_ part: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in part.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        scalars.append("_")
      default: scalars.append(scalar)
      }
    }
    var result = String(scalars)
    if result.utf8.count > lengthLimit { result = shortened(result) }
    return result.hasPrefix(".") ? "_" + result : result
  }

  private static let lengthLimit = 180

  /// Its ending tells people what it is, so it stays.
  private static func shortened(_ name: String) -> String {
    var ending = ""
    if let dot = name.lastIndex(of: "."), name[dot...].utf8.count <= 16 {
      ending = String(name[dot...])
    }
    var stem = ""
    var left = lengthLimit - ending.utf8.count
    for character in name.dropLast(ending.count) {
      left -= character.utf8.count
      guard left >= 0 else { break }
      stem.append(character)
    }
    return stem + ending
  }

  /// What systems and office programs leave beside files.
  static func isIgnored(_ path: [String]) -> Bool {
    if path.contains("__MACOSX") { return true }
    guard let name = path.last?.lowercased() else { return false }
    if ["_.ds_store", "thumbs.db", "desktop.ini"].contains(name) { return true }
    // Resource forks of macOS; what an office program writes beside a file that is open.
    return name.hasPrefix("_._") || name.hasPrefix("~$")
  }

  /// The same path, or one with a number before its ending that no other member has.
  static func unique(_ path: [String], among taken: inout Set<String>) -> String {
    let whole = path.joined(separator: "/")
    if taken.insert(whole).inserted { return whole }
    let dot = path.last.flatMap { name in
      name.lastIndex(of: ".").map { name.distance(from: $0, to: name.endIndex) }
    }
    let ending = dot.map { String(whole.suffix($0)) } ?? ""
    let stem = whole.dropLast(ending.count)
    var number = 2
    while !taken.insert("\(stem) (\(number))\(ending)").inserted { number += 1 }
    return "\(stem) (\(number))\(ending)"
  }
}
