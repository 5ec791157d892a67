import Foundation
import TestKit
import Testing

/// The fuzzers stand beside the program: they see its rooms, and no room sees them.
@Suite("The fuzzers")
struct FuzzTests {
  /// What a fuzzer may import: rooms that read foreign bytes, and what the fuzzers share.
  static let allowed: Set<String> = [
    "Records", "Intake", "Metadata", "CScan", "CXML", "SlowCSV", "FuzzKit",
  ]

  private func targets() throws -> Set<String> {
    Set(try SourceFile.fuzzers().map(\.room)).subtracting(["FuzzKit"])
  }

  @Test("A fuzzer imports only rooms that read foreign bytes")
  func arrows() throws {
    for file in try SourceFile.fuzzers() {
      for (module, line) in file.imports where !ArrowsTests.toolchain.contains(module) {
        #expect(
          Self.allowed.contains(module),
          "\(file.path):\(line): \(file.room) imports \(module), which a fuzzer has no need of.")
      }
    }
  }

  @Test("What a fuzzer finds depends on its input alone: no clock, no chance, nothing unfinished")
  func houseRules() throws {
    let forbidden =
      /\bDate\(\)|\bDate\.now\b|Clock\b|\brandom\(|\bRandomNumberGenerator\b|\bgetenv\(|\bTODO\b|\bFIXME\b/
    for file in try SourceFile.fuzzers() {
      for line in file.lines(with: forbidden) {
        Issue.record("\(file.path):\(line): the same input must give the same run.")
      }
    }
  }

  @Test("Every fuzzer begins with a kept corpus, all of them small enough to live in git")
  func corpus() throws {
    let corpora = Repository.root.appending(path: "Fuzz/Corpus")
    let files = corpora.filesBelow()
    #expect(!files.isEmpty)
    let named = Set(files.map { String($0.prefix { $0 != "/" }) })
    #expect(try named == targets(), "A folder of Fuzz/Corpus for each fuzzer, and no other.")
    let sizes = try files.map { try Data(contentsOf: corpora.appending(path: $0)).count }
    #expect(sizes.reduce(0, +) < 200_000, "Keep small inputs; minimise the large ones.")
  }

  @Test("Every fuzzer is a product of the package while fuzzers are built, and only then")
  func package() throws {
    let text = try String(
      contentsOf: Repository.root.appending(path: "Package.swift"), encoding: .utf8)
    let parts = text.components(separatedBy: "if Context.environment[\"CADASTRE_FUZZ\"] != nil {")
    try #require(parts.count == 2)
    for target in try targets() {
      #expect(parts[1].contains("\"\(target)\""), "Package.swift does not know \(target).")
      #expect(!parts[0].contains(target), "An ordinary build would see \(target).")
    }
  }
}
