import Forms
import Testing

/// The counts of the format reference, sections 4, 5 and 7.
@Suite struct Counts {
  @Test(arguments: [
    (TableNumber.two, Template.v2021, 10), (.two, .v2019, 22), (.three, .v2021, 175),
    (.three, .v2019, 161), (.four, .v2021, 15), (.four, .v2019, 15),
  ])
  func `a table has as many figures as its form prints`(
    table: TableNumber, template: Template, count: Int
  ) {
    let cells = FormTable.of(table, template).cells
    #expect(cells.count == count)
    #expect(Set(cells).count == count)
  }

  @Test func `table 3 has 25 rows of 7 on the form of 2021 and 23 on that of 2019`() {
    #expect(FormTable.table3of2021.blocks[0].rows.count == 25)
    #expect(FormTable.table3of2019.blocks[0].rows.count == 23)
    #expect(FormTable.table3of2021.blocks[0].columns.count == 7)
  }

  @Test(arguments: [
    (FormTable.table3of2021, 7, 7, 25, 0), (.table3of2019, 7, 7, 23, 0), (.table4, 0, 0, 0, 3),
    (.table2of2021, 0, 0, 0, 0), (.table2of2019, 0, 0, 0, 0),
  ])
  func `relations are those of the catalogue of arithmetic`(
    table: FormTable, identities: Int, columns: Int, rows: Int, cases: Int
  ) {
    func count(_ family: Relation.Family) -> Int {
      table.relations.filter { $0.family == family }.count
    }
    #expect(count(.identity) == identities)
    #expect(count(.columnSum) == columns)
    #expect(count(.rowSum) == rows)
    #expect(count(.caseSum) == cases)
  }

  @Test(arguments: [(FormTable.table3of2021, 21), (.table3of2019, 19)])
  func `a column is summed over all outcome rows and no heading`(table: FormTable, rows: Int) {
    for relation in table.relations where relation.family == .columnSum {
      #expect(relation.left.count == rows)
      #expect(relation.right.map(\.row) == ["results_total"])
    }
  }

  @Test func `every relation speaks of cells of its own table only`() {
    for table in [FormTable.table3of2021, .table3of2019, .table4] {
      let cells = Set(table.cells)
      for relation in table.relations { #expect(cells.isSuperset(of: relation.cells)) }
    }
  }

  @Test func `all forms together have 229 addresses, each found again by its name`() {
    #expect(CellKey.all.count == 10 + 22 + 26 * 7 + 15)
    for key in CellKey.all { #expect(CellKey(key.name) == key) }
    #expect(CellKey("t3.granted.nobody") == nil)
  }

  @Test func `the keys of the contract exist`() {
    for name in [
      "t2.rules.issued", "t2.normative.in_force", "t2.fee.amount_wan", "t2v19.license.delta",
      "t2v19.procurement.amount", "t3.new_received.natural", "t3.other_total.total",
      "t3.other_misc.other_org", "t4.suit_after_review.pending",
    ] { #expect(CellKey(name) != nil, "\(name)") }
  }

  @Test func `the forms prescribed are those of the notices`() {
    #expect(Template.prescribed(for: 2018) == nil)
    #expect(Template.prescribed(for: 2020) == .v2019)
    #expect(Template.prescribed(for: 2021) == .v2021)
    #expect(Template.prescribed(for: 2025) == .v2021)
  }
}
