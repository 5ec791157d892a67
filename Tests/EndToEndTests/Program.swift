import Foundation
import TestKit
import Testing

/// The program, as a person at a terminal would call it.
enum Program {
  /// How many accounts a sample has where nothing else is said.
  static let usual = CadastreBinary.isRelease ? 1000 : 200

  /// The day on which samples are taken.
  static let asOf = "2026-11-20"

  /// Runs a command that must succeed and say nothing on standard error but progress.
  ///
  /// - Returns: what it printed.
  @discardableResult
  static func run(
    _ arguments: String..., in folder: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let finished = try await CadastreBinary.run(arguments, in: folder)
    #expect(finished.status == 0, "\(finished.errors)", sourceLocation: sourceLocation)
    return finished.output
  }

  /// Writes `export` and `export.truth.json` into a folder.
  static func sample(
    _ folder: URL, accounts: Int = usual, profile: String = "full",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await run(
      "sample", "export", "--accounts", String(accounts), "--profile", profile, "--as-of", asOf,
      "--quiet", in: folder, sourceLocation: sourceLocation)
  }

  /// Writes a sample into `export` and the project that `init` proposes for it beside it.
  static func sampleProject(
    _ folder: URL, accounts: Int = usual, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await sample(folder, accounts: accounts, sourceLocation: sourceLocation)
    try await run(
      "init", "--export", "export", "--yes", "--quiet", in: folder, sourceLocation: sourceLocation)
  }

  /// The standard tables of the project in a folder, as written to files, by name.
  static func tables(
    _ folder: URL, _ more: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [String: String] {
    let out = folder.appending(path: "tables-\(UUID().uuidString)")
    let finished = try await CadastreBinary.run(
      ["tables", "--out", out.path, "--quiet"] + more, in: folder)
    #expect(finished.status == 0, "\(finished.errors)", sourceLocation: sourceLocation)
    #expect(finished.errors == "", sourceLocation: sourceLocation)
    var tables: [String: String] = [:]
    for name in names {
      tables[name] = try String(contentsOf: out.appending(path: "\(name).csv"), encoding: .utf8)
    }
    return tables
  }

  /// The standard tables that are built.
  static let names = [
    "territories", "win-rates", "families", "unassigned-accounts", "recurring-revenue",
    "sales-cycles", "conflicts", "split-families", "neglected-accounts", "balance", "penetration",
    "owners", "pipeline-movement", "concentration", "account-values", "rep-fit",
    "leads",
  ]

  /// The same as the program lists them.
  static let listedNames =
    names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")

  /// The folder of the one run there is.
  static func output(_ folder: URL) -> URL {
    folder.appending(path: "out/\(asOf)", directoryHint: .isDirectory)
  }
}

extension URL {
  /// The bytes of every file below this folder, by relative path.
  func contents() throws -> [String: Data] {
    try Dictionary(
      uniqueKeysWithValues: filesBelow().map { ($0, try Data(contentsOf: appending(path: $0))) })
  }

  /// The text of a file below this folder.
  func text(_ path: String) throws -> String {
    try String(contentsOf: appending(path: path), encoding: .utf8)
  }
}

/// The names of the files whose bytes differ, or that only one side has.
func differences(_ first: [String: Data], _ second: [String: Data]) -> [String] {
  Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }.sorted()
}
