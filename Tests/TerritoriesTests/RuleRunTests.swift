import Foundation
import Records
import Sample
import TestKit
import Testing

@testable import Territories

@Suite("The rules of a model say which accounts its territories hold")
struct RuleRunTests {
  /// Tests/Fixtures/territory-rules/why.md, by account.
  private static let expected: [(account: Int, territories: [String])] = [
    (1, ["Dates", "Multi", "Names", "NewYork"]), (2, ["Boston", "NewYork", "Strategic"]),
    (3, ["Berlin", "Hidden", "Multi", "Quiet"]), (4, ["DEland", "Dates", "Hidden"]),
    (5, ["Multi", "Names", "SouthIdle"]), (6, ["Names", "Quiet"]), (7, ["Berlin", "East"]),
    (8, ["OfAnn"]), (9, ["NewYork"]), (10, []), (11, ["NewYork", "Strategic"]), (12, []),
  ]

  private static func fixture() throws -> TerritoryExport {
    try TerritoryExport(Repository.fixture("territory-rules").appending(path: "export"))
  }

  @Test("Twelve accounts get the territories that were worked out by hand")
  func fixture() throws {
    let lines = try Self.fixture().lines("active").filter { !$0.hasSuffix("undecided") }
    let expected = Self.expected.flatMap { account, territories in
      territories.map { name in
        let isManual = (account == 9 && name == "NewYork") || (account == 11 && name == "Strategic")
        return "\(id(account)),\(name),\(isManual ? "manual" : "rule")"
      }
    }
    #expect(lines == expected)
  }

  private func id(_ account: Int) -> String {
    let digits = String(account)
    return "001" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  @Test(
    "Fields that were not exported and distances leave pairs undecided, where nothing else decides")
  func undecided() throws {
    let lines = try Self.fixture().lines("active").filter { $0.hasSuffix("undecided") }
    let hidden = [1, 2, 5, 6, 7, 8, 9, 10, 11, 12].map { "\(id($0)),Hidden,undecided" }
    #expect(lines == (hidden + ["France", "Near"].map { "\(id(6)),\($0),undecided" }).sorted())
    let fixture = try Self.fixture()
    let run = RuleRun(try fixture.library.model(named: "active"), records: fixture.records)
    let names = run.model.tree.developerNames
    let reasons = run.simulated().undecided.filter { $0.pair.account == 5 }
      .map { "\(names[Int($0.pair.territory)]) \($0.reason.rawValue)" }
    #expect(
      reasons.sorted() == [
        "France unsupported", "Hidden fieldNotExported", "Near unsupported",
      ])
  }

  @Test("Where one rule of a territory is enough, it takes what any of them matches")
  func anyRule() throws {
    let fixture = try Self.fixture()
    #expect(try fixture.lines("planned") == [1, 2].map { "\(id($0)),All,rule" })
    #expect(
      try fixture.lines("planned", .any)
        == [1, 2, 3, 4, 7, 10, 11].map { "\(id($0)),All,rule" })
  }

  @Test("The comparisons that put an account into a territory are told in words")
  func criteria() throws {
    let fixture = try Self.fixture()
    let run = RuleRun(try fixture.library.model(named: "active"), records: fixture.records)
    let simulated = run.simulated()
    func words(_ account: Int32, _ name: String) throws -> String? {
      let territory = try run.model.territory(named: name)
      return simulated.criterionTexts([(account - 1, [territory])], separator: "; ")[0]
    }
    #expect(
      try words(1, "NewYork") == "BillingState starts with New; BillingCountry equals US")
    #expect(try words(2, "Boston")?.hasPrefix("BillingPostalCode starts with 02") == true)
    #expect(
      try words(2, "Strategic")
        == "NumberOfEmployees is at least 1000 and Industry does not equal Retail")
    #expect(try words(5, "Names") == "Name equals Zeta, Inc.")
    // A person put it there.
    #expect(try words(9, "NewYork") == nil)
  }

  @Test(
    "A second oracle, every rule tested on every account in SQL, agrees on the fixture",
    .needs(.duckdb), arguments: ["FY27", "FY28"])
  func oracle(_ model: String) async throws {
    let folder = Repository.fixture("territory-rules").appending(path: "export")
    let export = try TerritoryExport(folder)
    for combination in ["all", "any"] {
      let found = try export.lines(model, combination == "all" ? .all : .any)
      #expect(try await oracle(folder, model, combination) == found)
    }
  }

  @Test(
    "The second oracle agrees on a sample, for its active and its planned model",
    .needs(.duckdb))
  func sampleOracle() async throws {
    try await withTemporaryFolder { folder in
      let sample = folder.appending(path: "sample")
      _ = try SampleWriter(SampleOptions(accounts: 1_000)).write(to: sample)
      let export = try TerritoryExport(sample)
      for model in ["FY27_Go_to_Market", "FY28_Go_to_Market"] {
        let found = try export.lines(model)
        #expect(found.count > 900)
        #expect(try await oracle(sample, model, "all") == found)
      }
    }
  }

  private func oracle(_ folder: URL, _ model: String, _ combination: String) async throws
    -> [String]
  {
    let sql = try String(
      contentsOf: Repository.oracle("territories/rules.sql"), encoding: .utf8)
    let rows = try await DuckDB.query(
      sql, variables: ["export": folder.path, "model": model, "combination": combination])
    return rows.map { $0.map { $0 ?? "" }.joined(separator: ",") }.sorted()
  }
}
