import ArgumentParser
import Collection
import Forms
import Glibc
import Journal
import Receipts
import Reports
import Roster
import Service

struct TotalsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "totals",
    abstract: text(
      "把各单位现行报告加成三张表，并列出还缺谁。", en: "Adds the current reports up, and names who is missing."),
    discussion: text(
      "只加已接收的报告；退回待更正和未报的单位会列出。空白不当作 0。html 的表格可以直接复制到 Word 或 WPS。"
        + "html、xlsx 请写到文件：shoubao totals --format html > 汇总.html",
      en:
        "Only accepted reports are added; who was returned or is missing is named. A blank is no zero. The "
        + "tables of html can be copied into Word or WPS. Send html and xlsx to a file: "
        + "shoubao totals --format html > totals.html"))

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, xlsx, html, json }

  @OptionGroup var places: PlaceOptions

  @Option(
    help: ArgumentHelp(
      text("报告年度（默认为正在收取的年度）", en: "Report year (default: the one that is collected)."),
      valueName: "year"))
  var year: Int?

  @Option(
    help: ArgumentHelp(
      text("只加这个地区，如 嵊州市", en: "Only this region."), valueName: "region"))
  var region: String?

  @Option(help: ArgumentHelp(text("输出格式", en: "Output format.")))
  var format = Format.text

  func run() async throws {
    let configuration = try places.load()
    let language = configuration.language
    // A country's takes a third of a second, and as long as its journal.
    async let listed = places.roster(configuration)
    let reader = try places.reader(configuration)
    let today = Journal.now().date
    let year = year ?? configuration.collectionYear(on: today)
    let progress = Progress(language.say("相加", en: "adding"))
    let chains = try places.chains(reader, year: year, language)
    let roster = try await listed
    let totals: Totals
    do {
      totals = try Totals(
        reader, RosterStanding(year: year, today: today, roster: roster, chains: chains),
        region: region, hasRoster: roster != nil
      ) { progress.show($0, of: $1) }
      progress.end()
    } catch {
      throw unavailable(error, language)
    }
    if let region, let roster, totals.membership.isEmpty {
      throw fail(
        language.say(
          "名册中没有“\(region)”的单位（名册中有：\(roster.regionNames)）",
          en: "the roster has no units of “\(region)” (it has: \(roster.regionNames))"), .noInput)
    }
    switch format {
    case .text: write(totalsText(totals, language: language))
    case .html: write(totalsHTML(totals, language: language))
    case .csv: write(totalsCSV(totals))
    case .xlsx:
      guard isatty(STDOUT_FILENO) == 0 else {
        throw fail(
          language.say(
            "xlsx 请写到文件：… --format xlsx > 汇总.xlsx", en: "send xlsx to a file: … > totals.xlsx"),
          .usage)
      }
      do {
        write(try totalsWorkbook(totals, language: language)[...])
      } catch {
        throw fail("\(error)", .fault)
      }
    case .json: line(try encoded(totals.record))
    }
    // A country's reports are not taken apart one by one for a process that ends.
    Glibc.exit(ExitStatus.done.rawValue)
  }
}

extension Roster {
  fileprivate var regionNames: String {
    var seen: Set<String> = []
    return entries.map(\.region).filter { !$0.isEmpty && seen.insert($0).inserted }
      .prefix(10).joined(separator: "、")
  }
}

extension Totals {
  /// The object of `totals --format json`, schema `shoubao.totals/1`.
  fileprivate var record: JSONValue {
    [
      "schema": .text("shoubao.totals/1"), "year": .integer(year), "region": JSONValue(region),
      "expected": hasRoster
        ? .integer(
          membership.members.count + membership.missing.count + membership.returned.count) : .null,
      "reports": .integer(sums.reports),
      "complete": hasRoster ? .flag(membership.isComplete) : .null,
      "arrivals": writtenArrivals,
      "missing": .list(membership.missing.map { .text($0.unit) }),
      "returned": .list(membership.returned.map { .text($0.unit) }),
      "not_added": .list(membership.unexpected.map { .integer($0.arrival) }),
      "wholes": .list(membership.wholes.map { .integer($0.arrival) }),
      "corrections_returned": .list(
        membership.underCorrection.compactMap { place in
          membership.members[place].returned.map {
            ["counts": .integer(arrivals[place]), "returned": .integer($0.arrival)]
          }
        }),
      "forms": [
        "t2": forms(.two), "t3": forms(.three),
      ],
      "cells": .object(
        Dictionary(
          uniqueKeysWithValues: tables.flatMap(\.cells).map { ($0.name, sums[$0].record) })),
      "gaps": writtenGaps,
    ]
  }

  private func forms(_ table: TableNumber) -> JSONValue {
    [
      "2019": .integer(members(of: table, on: .v2019)),
      "2021": .integer(members(of: table, on: .v2021)),
    ]
  }
}

extension CellSums.Cell {
  fileprivate var record: JSONValue {
    [
      "number": JSONValue(figure?.description), "reports": .integer(filled),
      "figures": .integer(numbers), "blank": .integer(blank),
      "not_applicable": .integer(notApplicable), "text": .integer(text),
      "uncertain": .integer(uncertain), "unitless": .integer(unitless),
    ]
  }
}

extension Totals {
  fileprivate var writtenArrivals: JSONValue {
    var list = WrittenJSON(room: 8 * arrivals.count)
    list.add(literally: "[")
    for place in arrivals.indices {
      if place > 0 { list.add(literally: ",") }
      list.add(arrivals[place])
    }
    list.add(literally: "]")
    return list.value
  }

  /// Keys in the order of the text. By places: a country has too many for copies of them.
  fileprivate var writtenGaps: JSONValue {
    var list = WrittenJSON(room: 128 * gaps.count)
    list.add(literally: "[")
    for place in gaps.indices {
      let gap = gaps[place].gaps
      list.add(literally: place > 0 ? ",{\"arrival\":" : "{\"arrival\":")
      list.add(gap.arrival)
      list.add(literally: ",\"blank\":")
      list.add(gap.blank)
      list.add(literally: ",\"not_applicable\":")
      list.add(gap.notApplicable)
      list.add(literally: ",\"text\":")
      list.add(gap.text)
      list.add(literally: ",\"uncertain\":")
      list.add(gap.uncertain)
      list.add(literally: ",\"unit\":")
      list.add(quoted: gaps[place].member.unit)
      list.add(literally: "}")
    }
    list.add(literally: "]")
    return list.value
  }
}
