import Reports
import Testing

@testable import Service

@Suite struct ConfigurationFiles {
  private func parse(_ text: String) throws(ConfigurationError) -> Configuration {
    var configuration = Configuration(places: .system)
    try configuration.merge(text, file: "shoubao.toml")
    return configuration
  }

  @Test func `an empty file means the defaults`() throws {
    #expect(try parse("") == Configuration(places: .system))
  }

  @Test func `every setting arrives where it belongs`() throws {
    let configuration = try parse(
      """
      language = "en"
      year = 2024
      [paths]
      inbox = "/srv/in"
      outbox = "/srv/out"
      work = "/srv/work"
      held = "/srv/held"
      journal = "/srv/j.sqlite"
      archive = "/srv/archive"
      roster = "/srv/roster.csv"
      [intake]
      quiet_seconds = 3.5
      broken_off_seconds = 600
      scan_seconds = 30
      canary_seconds = 0
      [limits]
      file_bytes = 1048576
      read_seconds = 5
      processor_seconds = 7
      ocr_seconds = 40
      worker_memory_bytes = 268435456
      unpacked_bytes = 2097152
      pages = 9
      cells = 2000
      [workers]
      count = 3
      idle_seconds = 10
      cage = "prefer"
      [commit]
      batch = 16
      [metrics]
      textfile = "/srv/metrics/shoubao.prom"
      [notify]
      command = "/srv/notify"
      timeout_seconds = 5
      [disk]
      reserve_bytes = 1000000
      [retention]
      original_years = 30
      """)
    #expect(configuration.language == .english)
    #expect(configuration.year == 2024)
    #expect(configuration.places.inbox == "/srv/in")
    #expect(configuration.places.roster == "/srv/roster.csv")
    #expect(configuration.places.archive == "/srv/archive")
    #expect(configuration.intake.quietSeconds == 3.5)
    #expect(configuration.intake.brokenOffSeconds == 600)
    #expect(configuration.intake.scanSeconds == 30)
    #expect(configuration.intake.canarySeconds == 0)
    #expect(configuration.limits.fileBytes == 1 << 20)
    #expect(configuration.limits.readSeconds == 5)
    #expect(configuration.limits.processorSeconds == 7)
    #expect(configuration.limits.ocrSeconds == 40)
    #expect(configuration.limits.workerMemoryBytes == 256 << 20)
    #expect(configuration.limits.unpackedBytes == 2 << 20)
    #expect(configuration.limits.pages == 9)
    #expect(configuration.limits.cells == 2000)
    #expect(configuration.workers.count == 3)
    #expect(configuration.workers.idleSeconds == 10)
    #expect(configuration.workers.cage == .prefer)
    #expect(configuration.commit.batch == 16)
    #expect(configuration.metrics.textfile == "/srv/metrics/shoubao.prom")
    #expect(configuration.notify.command == "/srv/notify")
    #expect(configuration.notify.timeoutSeconds == 5)
    #expect(configuration.disk.reserveBytes == 1_000_000)
    #expect(configuration.retention.originalYears == 30)
  }

  @Test(arguments: [
    ("langauge = \"zh\"", 1, "langauge"),
    ("# first\n[intake]\nquiet = 2", 3, "quiet"),
    ("language = \"fr\"", 1, "fr"),
    ("\n[commit]\nbatch = 0", 3, "batch"),
    ("[paths]\ninbox = \"in\"", 2, "inbox"),
    ("[workers]\ncount = \"two\"", 2, "count"),
    ("language = ", 1, "TOML"),
    ("year = 1999", 1, "year"),
    ("[metrics]\ntextfile = \"/srv/shoubao.txt\"", 2, ".prom"),
    ("[notify]\ncommand = \"notify\"", 2, "notify"),
  ])
  func `a mistake is told with its line and its name`(text: String, line: Int, word: String) {
    let error = #expect(throws: ConfigurationError.self) { try parse(text) }
    #expect(error?.line == line)
    for language in Language.allCases {
      #expect(error?.message(in: language).contains(word) == true)
      #expect(error?.message(in: language).hasPrefix("shoubao.toml:\(line): ") == true)
    }
  }

  @Test func `a file that is not there means defaults unless it was named`() throws {
    let places = Places.under(root: "/nowhere/at/all")
    #expect(
      try Configuration.load(places: places, mustExist: false) == Configuration(places: places))
    #expect(throws: ConfigurationError.self) {
      try Configuration.load(places: places, mustExist: true)
    }
  }

  @Test func `drop-ins add to the file in the order of their names, and the credential comes last`()
    throws
  {
    let folder = try TestFolder()
    for (name, text) in [
      ("shoubao.toml", "language = \"en\"\nyear = 2020\n[commit]\nbatch = 1"),
      ("shoubao.toml.d/20-later.toml", "year = 2022\n[limits]\npages = 22"),
      ("shoubao.toml.d/10-first.toml", "year = 2021\n[limits]\npages = 11\ncells = 1111"),
      ("shoubao.toml.d/.hidden.toml", "nonsense"), ("shoubao.toml.d/30-off.toml.off", "nonsense"),
      ("credentials/shoubao.toml", "[limits]\npages = 33"),
    ] {
      try folder.write(Array(name.utf8), Array(text.utf8))
    }
    var places = Places.under(root: folder.path)
    #expect(try Configuration.load(places: places, mustExist: true).limits.pages == 22)
    places.credentials = "\(folder.path)/credentials"
    let (configuration, files, errors) = Configuration.examine(places: places, mustExist: true)
    #expect(errors.isEmpty)
    #expect(configuration.language == .english)
    #expect(configuration.commit.batch == 1)
    #expect(configuration.year == 2022)
    #expect(configuration.limits.cells == 1111)
    #expect(configuration.limits.pages == 33)
    #expect(
      files.map { $0.dropFirst(folder.path.count + 1) } == [
        "shoubao.toml", "shoubao.toml.d/10-first.toml", "shoubao.toml.d/20-later.toml",
        "credentials/shoubao.toml",
      ])
  }

  @Test func `a mistake in a drop-in is told with its file, and those of other files too`() throws {
    let folder = try TestFolder()
    try folder.write(Array("shoubao.toml".utf8), Array("year = 1".utf8))
    try folder.write(Array("shoubao.toml.d/a.toml".utf8), Array("\nlangauge = 1".utf8))
    let places = Places.under(root: folder.path)
    let errors = Configuration.examine(places: places, mustExist: true).errors
    #expect(
      errors.map { "\($0.file.dropFirst(folder.path.count + 1)):\($0.line ?? 0)" }
        == ["shoubao.toml:1", "shoubao.toml.d/a.toml:2"])
    #expect(throws: errors[0]) { try Configuration.load(places: places, mustExist: true) }
  }

  @Test func `a roster given as a credential takes the place of the file`() throws {
    let folder = try TestFolder()
    try folder.write(
      Array("credentials/roster.csv".utf8),
      Array("unit,region,kind,aliases,due\n青石镇人民政府,,town,,".utf8))
    var places = Places.under(root: folder.path)
    #expect(try Configuration.load(places: places, mustExist: false).places.loadRoster() == nil)
    places.credentials = "\(folder.path)/credentials"
    let loaded = try Configuration.load(places: places, mustExist: false).places.loadRoster()
    #expect(loaded?.entries.map(\.unit) == ["青石镇人民政府"])
  }

  @Test func `settings that wait for a restart are named`() {
    let old = Configuration(places: .under(root: "/a"))
    var new = old
    #expect(new.waitingForRestart(since: old).isEmpty)
    new.year = 2020
    new.intake.scanSeconds = 7
    new.commit.batch = 3
    new.places.roster = "/b/roster.csv"
    #expect(new.waitingForRestart(since: old).isEmpty)
    new.limits.readSeconds = 3
    new.workers.count = 9
    new.workers.cage = .prefer
    new.places.inbox = "/b"
    #expect(
      new.waitingForRestart(since: old) == [
        "paths.inbox", "limits.read_seconds", "workers.count", "workers.cage",
      ])
  }

  @Test func `last year is collected unless a year is set`() {
    var configuration = Configuration(places: .system)
    let today = CalendarDate(year: 2026, month: 1, day: 20)!
    #expect(configuration.collectionYear(on: today) == 2025)
    configuration.year = 2023
    #expect(configuration.collectionYear(on: today) == 2023)
  }

  @Test func `the documented file names every setting with its default`() throws {
    let file =
      #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
      + "/etc/shoubao.toml"
    let text = String(decoding: try readFile(file, limit: 1 << 20), as: UTF8.self)
    #expect(try parse(text) == Configuration(places: .system))
    // A setting is a line “#key = value”; prose has a space behind the mark.
    let settings = text.split(separator: "\n").map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") ? line.dropFirst() : line
    }
    var documented = try parse(settings.joined(separator: "\n"))
    // These have no default, and are shown with an example.
    #expect(documented.year != nil && documented.metrics.textfile != nil)
    #expect(documented.notify.command != nil)
    documented.year = nil
    documented.metrics.textfile = nil
    documented.notify.command = nil
    #expect(documented == Configuration(places: .system))
    let names = settings.filter { $0.contains(" = ") && !$0.hasPrefix("#") }.count
    #expect(names == 2 + 7 + 4 + 11 + 3 + 1 + 1 + 2 + 1 + 1)
  }
}
