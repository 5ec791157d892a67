import Foundation
import TestKit
import Testing

/// A notice of the change that `territory-changes` plans, then an export in which that model is active.
///
/// What is predicted and what is so was worked out by hand from `why.md`.
@Suite("What a notice predicted, and what came")
struct PredictionTests {
  private static let settings = """
    subscriptions: {object: Contract, value: MonthlyValue__c, per: month}
    territory_model: {planned: export, owner_role: Account Executive, effective: 2026-07-01}

    """
  private static let before = """
    export: before
    as_of: 2026-06-15
    reports:
      - {report: pre-change-notice, editions: manager}
      - {report: weekly-territory, every: monday}

    """
  private static let after = """
    export: after
    as_of: 2026-07-06
    reports:
      - {report: weekly-territory, every: monday}
      - {report: performance-review, editions: company}

    """

  /// The fixture, and what it is like once FY28 is in force: its rules have run, Holly was kept in East by
  /// hand, deal 1 was won meanwhile and deal 11 lost.
  private func exports(_ folder: URL) throws {
    let files = FileManager.default
    let source = Repository.fixture("territory-changes").appending(path: "export")
    for name in ["before", "after"] {
      try files.copyItem(at: source, to: folder.appending(path: name))
    }
    func change(_ file: String, _ change: (String) -> String) throws {
      let url = folder.appending(path: "after/\(file).csv")
      try Data(change(try String(contentsOf: url, encoding: .utf8)).utf8).write(to: url)
    }
    try change("Territory2Model") {
      $0.replacing("FY27,Active", with: "FY27,Archived")
        .replacing("FY28,Planning", with: "FY28,Active")
    }
    try change("ObjectTerritory2Association") { _ in
      // Account and territory by the last letters of their Ids.
      let pairs = [
        ("01", "12"), ("02", "13"), ("03", "14"), ("05", "12"), ("05", "15"), ("06", "12"),
        ("06", "16"), ("07", "13"), ("08", "12"), ("09", "12"), ("10", "12"),
      ]
      return "Id,ObjectId,Territory2Id,AssociationCause\n"
        + pairs.enumerated().map { number, pair in
          let cause = pair.0 == "08" ? "Territory2Manual" : "Territory2AssignmentRule"
          return "0Jt5e00000k01\(10 + number)CAA,0015e00000a00\(pair.0)AAA,"
            + "0MI5e00000t00\(pair.1)GAA,\(cause)\n"
        }.joined()
    }
    try change("Opportunity") { text in
      text.split(separator: "\n").map { line -> String in
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard cells.count > 12, cells[0] != "Id" else { return String(line) }
        // Without a territory of its own a deal counts where its account does.
        cells[12] =
          switch cells[3] {
          case "Deal 7": "0MI5e00000t0013GAA"
          case "Deal 5": "0MI5e00000t0015GAA"
          default: ""
          }
        if cells[3] == "Deal 1" { cells.replaceSubrange(9...10, with: ["1", "1"]) }
        if cells[3] == "Deal 11" { cells.replaceSubrange(9...10, with: ["1", "0"]) }
        return cells.joined(separator: ",")
      }.joined(separator: "\n") + "\n"
    }
  }

  @Test(
    "After a model went live the weekly report holds what its notice predicted against what is so")
  func compared() async throws {
    try await withTemporaryFolder { folder in
      try exports(folder)
      try folder.write(files: ["cadastre.yaml": Self.settings + Self.before])
      try await Program.run("run", "--quiet", in: folder)
      let waiting = CleanWords.of(
        try folder.text("out/2026-06-15/weekly-territory/company.txt"))
      #expect(waiting.contains("Left out, for there is nothing to show: "))
      try folder.write(files: ["cadastre.yaml": Self.settings + Self.after])
      try await Program.run("run", "--quiet", in: folder)
      let west = CleanWords.of(try folder.text("out/2026-07-06/weekly-territory/west.txt"))
      #expect(west.contains("Predicted against actual"), "\(west)")
      #expect(
        west.contains(
          "Predicted in the notice of Jun 15, 2026, when the model “FY28” was planned; actual as of "
            + "Jul 6, 2026."), "\(west)")
      let company = try whole(folder, "weekly-territory/company")
      // All but Dogwood; Holly is in another territory. Deals 1, 2, 3, 5, 7, 10 and 11 of 4,790; deals 1
      // and 11 are closed, and deal 6, of an account in two territories, is in East's or Twin's.
      #expect(company["accounts"]?.prefix(2) == ["9", "9"])
      #expect(company["open_count"]?.first == "7")
      #expect(company["open_amount"]?.first == "4790.00")
      #expect(company["arr"]?.prefix(2) == ["1800.00", "1800.00"])
      // Alder, Elm, Fir, Ivy and Juniper; Holly besides. Deal 11 of 110; deals 10 and, by its account, 6.
      let east = try whole(folder, "weekly-territory/east")
      #expect(east["accounts"] == ["5", "6", "1"])
      #expect(east["open_count"]?.first == "1")
      #expect(east["open_amount"]?.first == "110.00")
      // Birch, Gum and Holly. Deals 1, 2, 3, 7 and 10 of 4,280; deals 2, 3 and 7 of 3,200.
      let west2 = try whole(folder, "weekly-territory/west")
      #expect(west2["accounts"] == ["3", "2", "-1"])
      #expect(west2["open_count"] == ["5", "3", "-2"])
      #expect(west2["open_amount"] == ["4280.00", "3200.00", "-1080.00"])
      #expect(west2["arr"] == ["1200.00", "1200.00", "0.00"])
      let review = CleanWords.of(try folder.text("out/2026-07-06/performance-review/company.txt"))
      #expect(review.contains("Territory by territory"), "\(review)")
    }
  }

  private static let names = [
    "Accounts": "accounts", "Open deals": "open_count", "Open pipeline": "open_amount",
    "Recurring revenue a year": "arr",
  ]

  /// Predicted, actual and difference of an edition, by measure.
  private func whole(_ folder: URL, _ edition: String) throws -> [String: [String]] {
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appending(path: "out/2026-07-06/\(edition).json")))
    return Dictionary(
      uniqueKeysWithValues: try PredictionTests.rows(json, of: "predicted-predicted-whole-table")
        .map {
          (Self.names[$0[0]] ?? $0[0], Array($0.dropFirst()))
        })
  }

  /// The rows of a table of an edition as JSON.
  private static func rows(_ json: Any, of table: String) throws -> [[String]] {
    if let list = json as? [Any] { return try list.flatMap { try rows($0, of: table) } }
    guard let object = json as? [String: Any] else { return [] }
    if object["id"] as? String == table, let rows = object["rows"] as? [[String: Any]] {
      return rows.map { row in
        ((row["cells"] as? [[String: Any]]) ?? []).map { $0["data"] as? String ?? "" }
      }
    }
    return try object.values.flatMap { try rows($0, of: table) }
  }

  @Test("Where no notice was kept, or its model is not in force, an edition says so")
  func notCompared() async throws {
    try await withTemporaryFolder { folder in
      try exports(folder)
      let lack = "Predicted against actual"
      try folder.write(files: ["cadastre.yaml": Self.settings + Self.after])
      try await Program.run("run", "--quiet", in: folder)
      let none = try folder.text("out/2026-07-06/weekly-territory/company.xml")
      #expect(none.contains(lack))
      #expect(
        none.contains(
          "No notice of a change of territory models is kept, so nothing was predicted that could be "
            + "held against what is so."))
      // The notice is kept, and its model still planned.
      try FileManager.default.removeItem(at: folder.appending(path: "cadastre.db"))
      try folder.write(files: ["cadastre.yaml": Self.settings + Self.before])
      try await Program.run("run", "--quiet", in: folder)
      try await Program.run("run", "--all", "--as-of", "2026-06-22", "--quiet", in: folder)
      let early = try folder.text("out/2026-06-22/weekly-territory/company.xml")
      #expect(
        early.contains(
          "The model “FY28”, of which the notice of Jun 15, 2026 tells, is not in force: what it "
            + "predicts is compared once it is."))
      // What was predicted is no edition that somebody made.
      let list = try CSVReader.records(
        try await Program.run("history", "list", "--format", "csv", in: folder))
      let made = folder.appending(path: "out/2026-06-22").filesBelow().count {
        $0.hasSuffix(".json")
      }
      #expect(list.last?["editions"] == String(made))
    }
  }
}
