// swift-tools-version: 6.2
import PackageDescription

// CI sets CADASTRE_STRICT so that a warning cannot land; a user who builds with a newer compiler is
// not stopped by one.
let swift: [SwiftSetting] =
  Context.environment["CADASTRE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

let testing: Target.Dependency = "TestKit"

let package = Package(
  name: "cadastre",
  products: [
    .executable(name: "cadastre", targets: ["cadastre"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // System libraries and C kernels. Each has one idea: a module map, or one C file.
    .target(name: "CScan"),
    .target(name: "CFiles"),
    .target(name: "CMemory"),
    // ICU behind functions of our own: its names clash with those of Foundation's copy of it.
    .target(
      name: "CCharsets",
      linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CMIME", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(
      name: "CCURL", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    // The solvers of COIN-OR (EPL), C++ behind their C interfaces: coinor-libclp-dev and
    // coinor-libcbc-dev.
    .target(
      name: "CSolver",
      linkerSettings: [.linkedLibrary("CbcSolver"), .linkedLibrary("Clp")]),
    // libxlsxwriter (libxlsxwriter-dev), with a file in memory for it to write to.
    .target(name: "CXLSX", linkerSettings: [.linkedLibrary("xlsxwriter")]),

    // The rooms of the house, in the order in which they may see each other (docs/architecture.md).
    .target(name: "Records", swiftSettings: swift),
    .target(name: "Expressions", dependencies: ["Records"], swiftSettings: swift),
    .target(
      name: "Settings",
      dependencies: ["Records", .product(name: "Yams", package: "Yams")], swiftSettings: swift),
    .target(name: "Sample", dependencies: ["Records"], swiftSettings: swift),
    .target(
      name: "Intake",
      dependencies: [
        "Records", "Expressions", "Settings", "CScan", "CMemory", "CArchive", "CCharsets", "CXML",
      ],
      swiftSettings: swift),
    .target(name: "Metadata", dependencies: ["Records", "CXML"], swiftSettings: swift),
    .target(
      name: "Metrics", dependencies: ["Records", "Expressions", "Settings"], swiftSettings: swift),
    .target(
      name: "Territories",
      dependencies: ["Records", "Expressions", "Settings", "Metadata", "Metrics", "CSolver"],
      swiftSettings: swift),
    .target(
      name: "Engines", dependencies: ["Records", "Expressions", "Metrics", "Settings"],
      swiftSettings: swift),
    .target(
      name: "History",
      dependencies: ["Records", "Metrics", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: swift),
    .target(name: "Graphics", dependencies: ["CCairo", "CPNG"], swiftSettings: swift),
    .target(
      name: "BuiltIns", swiftSettings: swift, plugins: ["EmbedBuiltIns"]),
    .target(
      name: "Reports",
      dependencies: [
        "Records", "Expressions", "Settings", "Metrics", "Territories", "Graphics", "BuiltIns",
        "CXML", "CXLSX", .product(name: "Mustache", package: "swift-mustache"),
      ], swiftSettings: swift),
    .target(
      name: "Delivery",
      dependencies: ["Records", "Settings", "Reports", "History", "CMIME", "CCURL"],
      swiftSettings: swift),
    .executableTarget(
      name: "cadastre",
      dependencies: [
        "Records", "Expressions", "Settings", "Sample", "Intake", "Metadata", "Metrics",
        "Territories", "Engines", "History", "Graphics", "BuiltIns", "Reports", "Delivery",
        "CFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: swift),

    // templates/, reports/ and presets/ compiled into the binary, so that it stands alone.
    .executableTarget(name: "EmbedFiles", swiftSettings: swift),
    .plugin(
      name: "EmbedBuiltIns", capability: .buildTool(), dependencies: ["EmbedFiles"]),

    // Tests: a target for each room, the house rules, and the whole from the outside.
    .target(
      name: "TestKit", dependencies: ["Records"], path: "Tests/TestKit", swiftSettings: swift),
    .target(name: "SlowCSV", path: "Tests/SlowCSV", swiftSettings: swift),
    .testTarget(name: "RecordsTests", dependencies: ["Records", testing], swiftSettings: swift),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Expressions", "Records", testing],
      swiftSettings: swift),
    .testTarget(
      name: "SettingsTests", dependencies: ["Settings", "Records", testing], swiftSettings: swift),
    .testTarget(
      name: "IntakeTests", dependencies: ["Intake", "BuiltIns", "CScan", "SlowCSV", testing],
      swiftSettings: swift),
    .testTarget(
      name: "MetadataTests", dependencies: ["Metadata", "Records", testing], swiftSettings: swift),
    .testTarget(
      name: "MetricsTests", dependencies: ["Metrics", "Intake", "BuiltIns", testing],
      swiftSettings: swift),
    .testTarget(
      name: "TerritoriesTests",
      dependencies: [
        "Territories", "Metadata", "Metrics", "Intake", "Sample", "BuiltIns", testing,
      ], swiftSettings: swift),
    .testTarget(
      name: "EnginesTests",
      dependencies: ["Engines", "Metrics", "Intake", "Sample", "BuiltIns", testing],
      swiftSettings: swift),
    .testTarget(
      name: "GraphicsTests", dependencies: ["Graphics", "CPNG", testing],
      exclude: ["Golden", "Pictures"],
      swiftSettings: swift),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Metrics", "BuiltIns", testing],
      swiftSettings: swift),
    .testTarget(
      name: "HistoryTests", dependencies: ["History", "Metrics", "Records", testing],
      swiftSettings: swift),
    .testTarget(
      name: "DeliveryTests",
      dependencies: ["Delivery", "History", "Reports", "Records", "Settings", testing],
      exclude: ["Peers"], swiftSettings: swift),
    .testTarget(
      name: "SampleTests", dependencies: ["Sample", "Records", testing], swiftSettings: swift),
    .testTarget(
      name: "EndToEndTests", dependencies: ["cadastre", testing], swiftSettings: swift),
    .testTarget(name: "ArchitectureTests", dependencies: [testing], swiftSettings: swift),
  ],
  swiftLanguageModes: [.v6]
)

// While fuzzers are built (scripts/fuzz.sh) the package is these and the rooms that read foreign bytes;
// no other build sees them.
if Context.environment["CADASTRE_FUZZ"] != nil {
  let fuzzers = [
    "CellFuzz": ["Intake", "CScan", "Records"],
    "JSONFuzz": ["Intake", "SlowCSV"],
    "ScanFuzz": ["Intake", "CScan", "SlowCSV"],
    "TextFuzz": ["Intake"],
    "WorkbookFuzz": ["Intake", "Records"],
    "XMLFuzz": ["CXML", "Metadata", "Records"],
    "ZipFuzz": ["Intake", "Records"],
  ]
  var rooms = Set(fuzzers.values.joined())
  var found = rooms
  while !found.isEmpty {
    let dependencies = package.targets.filter { found.contains($0.name) }.flatMap(\.dependencies)
    found = Set(
      dependencies.compactMap { dependency in
        if case .byNameItem(let name, _) = dependency { name } else { nil }
      }
    ).subtracting(rooms)
    rooms.formUnion(found)
  }
  package.targets.removeAll { !rooms.contains($0.name) }
  package.products = fuzzers.keys.sorted().map { .executable(name: $0, targets: [$0]) }
  package.targets.append(
    .target(
      name: "FuzzKit", dependencies: ["Intake"], path: "Fuzz/FuzzKit", swiftSettings: swift))
  for (name, rooms) in fuzzers.sorted(by: { $0.key < $1.key }) {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: (["FuzzKit"] + rooms).map { .byName(name: $0) },
        path: "Fuzz/\(name)",
        // libFuzzer brings the main function.
        swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
  }
}
