// swift-tools-version: 6.1
import PackageDescription

// Modules stand in the order of the data: each imports only what comes before it.
// docs/architecture.md has the map; docs/dependencies.md says why each library is here.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// scripts/fuzz sets it.
let isFuzzing = Context.environment["SHOUBAO_FUZZ"] != nil

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A module that tests ask hundreds of thousands of times: optimised for them too, or they would take minutes more.
func busy(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  let optimised = SwiftSetting.unsafeFlags(["-O"], .when(configuration: .debug))
  return .target(name: name, dependencies: dependencies, swiftSettings: strict + [optimised])
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: ["Data"], swiftSettings: strict)
}

/// Of a library that programs load when they need it. Else Swift's own libraries would be asked for, of which it uses nothing. A
/// program that has it inside needs them. Without a name of its own the linker writes the path of the build into it.
func loaded(as name: String) -> [LinkerSetting] {
  isFuzzing
    ? []
    : [.unsafeFlags(["-static-stdlib", "-nostartfiles", "-Xlinker", "-soname=\(name)"])]
}

let package = Package(
  name: "shoubao",
  products: [
    .executable(name: "shoubao", targets: ["shoubao"]),
    .executable(name: "shoubao-worker", targets: ["shoubao-worker"]),
    .executable(name: "shoubao-generate", targets: ["shoubao-generate"]),
    // Loaded by who has an archive or an office file to read.
    .library(name: "shoubao-archives", type: .dynamic, targets: ["CArchives"]),
    // Loaded by a worker that has a PDF file to read, and by no other.
    .library(name: "shoubao-pages", type: .dynamic, targets: ["CPages"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    // C enters here. No header of a document library is ever seen by Swift.
    .target(name: "CLinux"),
    .target(name: "CDocument", dependencies: ["CLibXML2"]),
    .target(
      name: "CArchives", dependencies: ["CLibArchive"],
      cSettings: [.headerSearchPath("../CDocument/include")],
      linkerSettings: loaded(as: "libshoubao-archives.so")),
    .target(
      name: "CPages", dependencies: ["CPoppler"],
      cxxSettings: [.headerSearchPath("../CDocument/include")],
      linkerSettings: loaded(as: "libshoubao-pages.so")),
    // Tesseract and Leptonica, loaded where they are installed.
    .target(name: "CScans"),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CPoppler", pkgConfig: "poppler", providers: [.apt(["libpoppler-private-dev"])]),
    .systemLibrary(
      name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .target(name: "CConfinement", dependencies: ["CSeccomp"]),
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(
      name: "CGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Values: no file, no database, no systemd.
    busy("Forms"),
    busy("Reports", ["Forms"]),
    busy("Documents"),

    // Bytes to report, in the worker process.
    module("Reading", ["Documents", "Reports", "CDocument", "CScans"]),
    busy("Recognition", ["Documents", "Forms", "Reports"]),
    module("WorkerLink", ["Reports", "CLinux"]),
    module("Confinement", ["WorkerLink", "CConfinement"]),

    // Report to findings, journal and receipts.
    module("Roster", ["Reports"]),
    busy("Checking", ["Forms", "Reports", "Roster"]),
    module("Digests", ["CGcrypt"]),
    module(
      "Journal",
      [
        "Forms", "Reports", "Digests", "CLinux", "CZlib",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module("Collection", ["Forms", "Reports", "Roster", "Journal"]),
    // Values to the bytes of a workbook.
    module("Sheets", ["CZlib"]),
    module("Receipts", ["Forms", "Reports", "Roster", "Collection", "Sheets"]),

    // The world outside.
    module("Intake", ["CLinux"]),
    module("Supervision", ["CSystemd", "CLinux", .product(name: "Logging", package: "swift-log")]),

    module(
      "Service",
      [
        "Forms", "Reports", "Digests", "WorkerLink", "Roster", "Checking", "Journal",
        "Collection", "Receipts", "Intake", "CLinux",
        "Supervision", "TOMLKit", .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    .executableTarget(
      name: "shoubao",
      dependencies: [
        "Service", "Forms", "Reports", "Roster", "Checking", "Journal", "Collection", "Receipts",
        "Sheets", "WorkerLink", "Digests", "Supervision",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict,
      // Sources/CLinux/threads.c says why.
      linkerSettings: [
        .unsafeFlags(
          ["register", "unregister"].flatMap {
            ["-Xlinker", "--wrap=_dispatch_workq_worker_\($0)"]
          })
      ]),
    .executableTarget(
      name: "shoubao-worker",
      dependencies: ["WorkerLink", "Confinement", "Reading", "Recognition", "Reports"],
      swiftSettings: strict),

    // Test tools: synthetic reports of any unit, year, form and layout, seeded.
    busy("Generator", ["Forms", "Reports"]),
    .executableTarget(
      name: "shoubao-generate",
      dependencies: [
        "Generator", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // Prints a document as the readers see it; what `make bench-formats` times.
    .executableTarget(
      name: "shoubao-read", dependencies: ["Reading", "Documents"], swiftSettings: strict),

    // The least that reading and keeping documents takes; what `make bench` holds the daemon against.
    .executableTarget(
      name: "shoubao-floor",
      dependencies: [
        "Reading", "Digests", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // Measures recognition and the checks against the truth of synthetic reports.
    module(
      "Accuracy",
      [
        "Generator", "Forms", "Reports", "Documents", "Reading", "Recognition", "Roster",
        "Checking",
      ]),
    .executableTarget(
      name: "shoubao-accuracy",
      dependencies: [
        "Accuracy", "Generator", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    tests("FormsTests", ["Forms"]),
    tests("ReportsTests", ["Reports", "Forms"]),
    tests("ReadingTests", ["Reading", "Documents"]),
    // A worker in the real cage that does what a document tells it, however evil. Never installed.
    .executableTarget(
      name: "test-worker", dependencies: ["WorkerLink", "Confinement", "Reports"],
      path: "Tests/TestWorker", swiftSettings: strict),
    tests(
      "WorkerLinkTests",
      ["WorkerLink", "Forms", "Reports", "CLinux", "shoubao-worker", "test-worker"]),
    tests("RecognitionTests", ["Recognition", "Documents", "Forms", "Reports", "Reading"]),
    tests("CheckingTests", ["Checking", "Forms", "Reports", "Roster"]),
    tests("RosterTests", ["Roster", "Reports"]),
    tests(
      "JournalTests",
      [
        "Journal", "Forms", "Reports", "Digests", "CLinux",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    tests("CollectionTests", ["Collection", "Journal", "Roster", "Forms", "Reports", "Digests"]),
    tests("ReceiptsTests", ["Receipts", "Checking", "Forms", "Reports"]),
    tests("SheetsTests", ["Sheets", "Reading", "Documents"]),
    tests("IntakeTests", ["Intake", "CLinux"]),
    tests(
      "SupervisionTests", ["Supervision", .product(name: "Logging", package: "swift-log")]),
    tests(
      "GeneratorTests",
      ["Generator", "Accuracy", "Forms", "Reports"]),
    tests(
      "ServiceTests",
      [
        "Service", "Forms", "Reports", "Digests", "Journal", "Receipts", "Intake", "WorkerLink",
        "Supervision", "CLinux", "Generator", "shoubao", "shoubao-worker", "test-worker",
        .product(name: "Logging", package: "swift-log"),
      ]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// Fuzz targets bring no main of their own: libFuzzer does. scripts/fuzz builds them, with the sanitizers.
if isFuzzing {
  let targets: [(String, [Target.Dependency])] = [
    ("readers", ["Reading"]), ("containers", ["Reading", "Reports"]),
    ("recognition", ["Reading", "Recognition"]),
  ]
  for (name, dependencies) in targets {
    package.targets.append(
      .executableTarget(
        // Inside, so that the sanitizers see it.
        name: "fuzz-\(name)", dependencies: dependencies + ["CArchives", "CPages"],
        path: "Tests/Fuzz/\(name)",
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
  }
}
