/// Who filed a report and for which year, as far as the document and its folder tell: what makes two reports versions
/// of one.
///
/// Names repeat across counties (every county has a 城关镇), and many reports show no region. The folder of the inbox
/// that the file lay in then stands for it.
public struct Filer: Sendable, Hashable {
  public let unit: String
  public let region: String?
  public let kind: Report.Kind?
  public let year: Int
  /// Sub-folders of the inbox, joined by `/`; empty for the inbox itself.
  public let folder: String

  public init(unit: String, region: String?, kind: Report.Kind?, year: Int, folder: String) {
    self.unit = unit
    self.region = region
    self.kind = kind
    self.year = year
    self.folder = folder
  }

  /// `nil` where unit or year are unknown: a version of nothing.
  public init?(_ report: Report, folder: String) {
    guard let unit = report.unit, let year = report.year else { return nil }
    self.init(
      unit: unit, region: report.region, kind: report.kind, year: year, folder: folder)
  }

  /// Which of the others is this one: the last in their order that surely is, or the only one that may be.
  ///
  /// Regions that agree (one may be the end of the other: 嵊州市, 绍兴市嵊州市) tell surely, regions that differ exclude. Where
  /// one is unknown, the same sub-folder tells surely, and two sub-folders exclude; the inbox itself tells nothing.
  public func latest(among others: [Filer]) -> Int? {
    let same = others.indices.filter { others[$0].sameBody(as: self) }
    let sure = same.filter { likeness(to: others[$0]) == .sure }
    if let last = sure.last { return last }
    let possible = same.filter { likeness(to: others[$0]) == .possible }
    return possible.count == 1 ? possible[0] : nil
  }

  /// Where it is taken for none of the others: those of the same name that it may be all the same.
  public func namesakes(among others: [Filer]) -> [Int] {
    guard latest(among: others) == nil else { return [] }
    return others.indices.filter {
      others[$0].sameBody(as: self) && (region == nil || others[$0].region == nil)
    }
  }

  /// The last two characters of the region: regions that agree have them in common. `nil`: any may be this one's.
  public var regionEnd: String? {
    guard let region, !region.isEmpty else { return nil }
    return String(String.UnicodeScalarView(region.unicodeScalars.suffix(2)))
  }

  private enum Likeness { case sure, possible, excluded }

  private func sameBody(as other: Filer) -> Bool {
    unit == other.unit && year == other.year && kind == other.kind
  }

  private func likeness(to other: Filer) -> Likeness {
    if let mine = region, let its = other.region {
      return mine.hasSuffix(its) || its.hasSuffix(mine) ? .sure : .excluded
    }
    if folder == other.folder, !folder.isEmpty { return .sure }
    return folder.isEmpty || other.folder.isEmpty ? .possible : .excluded
  }
}
