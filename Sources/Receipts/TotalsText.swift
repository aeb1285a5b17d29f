public import Collection
public import Reports

/// Totals as plain text.
public func totalsText(_ totals: Totals, language: Language) -> String {
  let words = TotalsWords(totals: totals, language: language)
  var page = TextPage()
  page.line(words.title)
  page.rule("=")
  page.text(words.summary)
  for note in words.notes { page.text(note, first: "- ") }
  if totals.tables.contains(where: { table in table.cells.contains(where: words.isPartial) }) {
    page.text(
      language.say("* 有单位这一格没有可加的数字。", en: "* some unit has no figure here that could be added."))
  }
  let printer = TablePrinter { key in
    TextTable.Cell(words.text(key) + (words.isPartial(key) ? "*" : ""))
  }
  for table in totals.tables {
    page.space()
    page.line(words.title(table))
    printer.print(table, on: &page)
  }
  return page.result
}
