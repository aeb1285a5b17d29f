public import Collection
import Forms

/// Totals as CSV: a row for each cell of the tables, then one for each unit that is not in them.
public func totalsCSV(_ totals: Totals) -> String {
  var result = CSVText.mark + CSVText.row(totalsColumns)
  for row in totalsRows(totals) { result += CSVText.row(row) }
  return result
}

/// The heads of ``totalsRows(_:)``. `record`: `cell`, `missing`, `returned`, `not_added`.
public let totalsColumns = [
  "record", "key", "table", "group", "row", "column", "sum", "reports", "figures", "blank",
  "not_applicable", "text", "uncertain", "unit", "region", "arrival",
]

func totalsRows(_ totals: Totals) -> [[String]] {
  var rows: [[String]] = []
  for table in totals.tables {
    for key in table.cells {
      let cell = totals.sums[key]
      let words = key.words
      rows.append([
        "cell", key.name, "\(words.table.rawValue)", words.group ?? "", words.row, words.column,
        cell.figure?.description ?? "", "\(cell.filled)", "\(cell.numbers)", "\(cell.blank)",
        "\(cell.notApplicable)", "\(cell.text)", "\(cell.uncertain)", "", "", "",
      ])
    }
  }
  func add(_ record: String, _ unit: String, _ region: String?, _ arrival: Int?) {
    rows.append(
      [record] + Array(repeating: "", count: 12)
        + [unit, region ?? "", arrival.map(String.init) ?? ""])
  }
  for absent in totals.membership.missing { add("missing", absent.unit, absent.region, nil) }
  for absent in totals.membership.returned {
    add("returned", absent.unit, absent.region, absent.returned?.arrival)
  }
  for report in totals.membership.unexpected {
    add("not_added", report.unit, report.region, report.arrival)
  }
  return rows
}
