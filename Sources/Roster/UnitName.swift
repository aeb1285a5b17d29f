import Glibc

/// Folding of the ways in which one unit's name is written. Only what never tells two units apart is folded: an office
/// (人民政府办公室) and its government (人民政府) stay different.
enum UnitName {
  /// Without white space and with brackets, 管理委员会, 委员会, 人民政府 and 街道 in one form; the government of a town or
  /// a region by the name of the town or the region.
  static func folded(_ name: String) -> String {
    var text = name
    // A whole country's roster is half a million names, nearly all of them without any of this.
    if name.utf8.contains(where: mayBeFolded) {
      var scalars = String.UnicodeScalarView()
      for scalar in name.unicodeScalars where !scalar.isSpace {
        switch scalar {
        case "(": scalars.append("（")
        case ")": scalars.append("）")
        default: scalars.append(scalar)
        }
      }
      text = String(scalars)
    }
    text = replacing("管理委员会", "管委会", in: text)
    text = replacing("人民政府", "政府", in: text)
    if ends(text, "委员会") { text = String(text.dropLast(2)) }
    if ends(text, "街道") { text += "办事处" }
    if ends(text, "街道办") { text += "事处" }
    if ends(text, "政府办") { text += "公室" }
    if ends(text, "政府") {
      let place = text.dropLast(2)
      if !place.dropFirst().isEmpty, let last = place.last, places.contains(last) {
        text = String(place)
      }
    }
    return text
  }

  /// The first byte of white space or of a bracket, and of some other characters.
  private static func mayBeFolded(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: ")") || byte == 0xC2 || (0xE1...0xE3).contains(byte)
  }

  private static let places: Set<Character> = ["镇", "乡", "木", "省", "市", "县", "区", "州", "旗"]

  /// Folded, and without the first of the regions that stands before it. What would leave a bare word of office (政府)
  /// is left whole: 嵊州市人民政府 is a name, 政府 is none.
  static func local(_ name: String, regions: [String]) -> String {
    local(name, regions: regions.map(FoldedRegion.init))
  }

  /// A region, folded once for many names.
  struct FoldedRegion {
    let name: String
    /// With how many characters each has.
    fileprivate let forms: [(text: String, count: Int)]

    init(_ region: String) {
      name = folded(region)
      forms = name.isEmpty ? [] : UnitName.forms(of: name).map { ($0, $0.count) }
    }
  }

  static func local(_ name: String, regions: some Sequence<FoldedRegion>) -> String {
    let whole = folded(name)
    for region in regions {
      for prefix in region.forms where begins(whole[...], prefix.text) {
        let rest = whole.dropFirst(prefix.count)
        if !rest.dropFirst().isEmpty, !bare.contains(where: { begins(rest, $0) }) {
          return String(rest)
        }
      }
    }
    return whole
  }

  private static let bare = ["政府", "管委会", "办事处"]

  /// By bytes.
  private static func begins(_ text: Substring, _ word: String) -> Bool {
    word.withBytes { word in
      text.utf8.withContiguousStorageIfAvailable { text in
        text.count >= word.count
          && (word.isEmpty || memcmp(text.baseAddress!, word.baseAddress!, word.count) == 0)
      } ?? text.utf8.starts(with: word)
    }
  }

  /// The region whole, its last part (嵊州市 of 绍兴市嵊州市), and that without its class word (嵊州).
  private static func forms(of region: String) -> [String] {
    var result = [region]
    if let last = parts(region).last, last != region { result.append(last) }
    let last = result[result.count - 1]
    if last.count >= 3 { result.append(String(last.dropLast())) }
    return result
  }

  /// Beginnings of a name that may be its region: up to each 省, 市, 县, 区, 州, 旗.
  static func prefixes(_ name: String) -> [String] {
    var result: [String] = []
    var prefix = ""
    for character in folded(name) {
      prefix.append(character)
      if classWords.contains(character), prefix.count >= 2 { result.append(prefix) }
    }
    return result
  }

  /// A name that is found at the end of a longer one together with its region, and what stands in front of both: a chain
  /// of larger regions (绍兴市 in 绍兴市嵊州市长乐镇), or words that do not belong there.
  static func front(of name: String, region: String, in unit: String) -> String? {
    let whole = folded(unit)
    let rest = local(name, regions: [region])
    let name = folded(name)
    let forms = region.isEmpty ? [] : forms(of: folded(region))
    let full = forms.map { $0 + rest } + (forms.contains(where: name.hasPrefix) ? [name] : [])
    return full.filter { whole.hasSuffix($0) && whole.count > $0.count }
      .map { String(whole.dropLast($0.count)) }.min { $0.count < $1.count }
  }

  /// The name itself and every end of it: what may stand on a roster under a shorter name.
  static func ends(_ name: String) -> [String] {
    let whole = Array(folded(name))
    guard whole.count <= 60 else { return [String(whole)] }
    return whole.indices.dropLast().map { String(whole[$0...]) }
  }

  static func isChain(_ front: String) -> Bool { front.last.map(classWords.contains) ?? false }

  static func isProvince(_ region: String) -> Bool {
    region.hasSuffix("省") || region.hasSuffix("自治区")
  }

  private static let classWords: Set<Character> = ["省", "市", "县", "区", "州", "旗"]

  /// 浙江省绍兴市嵊州市 in its parts.
  static func parts(_ region: String) -> [String] {
    var result: [String] = []
    var part = ""
    for character in region {
      part.append(character)
      if classWords.contains(character), character != "州", part.count >= 2 {
        result.append(part)
        part = ""
      }
    }
    return part.isEmpty ? result : result + [part]
  }

  private static func replacing(
    _ word: StaticString, _ other: StaticString, in text: String
  ) -> String {
    let replaced: [UInt8]? = text.withBytes { source in
      word.withUTF8Buffer { word in
        var result: [UInt8]?
        var begin = 0
        var position = 0
        while position + word.count <= source.count {
          if source[position] == word[0],
            memcmp(source.baseAddress! + position, word.baseAddress!, word.count) == 0
          {
            result = (result ?? []) + source[begin..<position]
            other.withUTF8Buffer { result?.append(contentsOf: $0) }
            position += word.count
            begin = position
          } else {
            position += 1
          }
        }
        return result.map { $0 + source[begin...] }
      }
    }
    return replaced.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  private static func ends(_ text: String, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    return text.withBytes { text in
      guard let start = text.baseAddress, text.count >= count else { return false }
      return memcmp(start + text.count - count, word.utf8Start, count) == 0
    }
  }
}
