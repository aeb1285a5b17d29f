import Reading
import Recognition
import Reports
import Glibc
var bytes: [UInt8] = []
while let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
let doc = try readDocument(bytes).document
switch recognise(doc, explaining: true) {
case .refused(let r): print("refused", r)
case .report(let r):
  for d in r.doubts { print(d.reason, d.cells.count, d.cells.prefix(3), d.quote.prefix(200)) }
  for t in r.structure.tables { print(t.table, t.state, t.rowsMissing, t.rowsUnknown, t.cellCounts.prefix(4)) }
  print(r.structure.furtherReports as Any, r.structure.endsEarly)
  if CommandLine.arguments.count > 1 { for row in r.explanation?.rows ?? [] { print(row.row ?? "-", row.match, row.label.prefix(40), row.fields.map(\.text)) } }
}
