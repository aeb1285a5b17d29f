/// Which of the two national forms a table follows.
///
/// Sources: 国办公开办函〔2019〕60号 (report years 2019 and 2020) and 国办公开办函〔2021〕30号 (2021 and later).
/// Reports mix them: the form is a property of each table, and in table 2 of each block, never of a document.
public enum Template: String, Sendable, Codable, CaseIterable {
  case v2019 = "2019"
  case v2021 = "2021"

  /// The form that the notices prescribe for a report year; none before 2019.
  public static func prescribed(for year: Int) -> Template? {
    switch year {
    case ..<2019: nil
    case 2019...2020: .v2019
    default: .v2021
    }
  }
}

/// The three tables that carry figures, by the number of their section.
public enum TableNumber: Int, Sendable, Codable, CaseIterable, Comparable {
  case two = 2
  case three = 3
  case four = 4

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
