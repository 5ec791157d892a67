import Foundation
import TestKit
import Testing

@Suite("Territory models copied, planned with and compared")
struct TerritoryCompareTests {
  /// The columns of a comparison by their names, each by measure.
  private func columns(_ csv: String) throws -> [String: [String: String]] {
    let rows = try CSVReader.rows(csv)
    let header = try #require(rows.first)
    var columns: [String: [String: String]] = [:]
    for (index, name) in header.enumerated().dropFirst() {
      columns[name] = Dictionary(
        uniqueKeysWithValues: rows.dropFirst().map { ($0[0], $0[index]) })
    }
    return columns
  }

  private func compare(_ models: [String], in folder: URL) async throws -> String {
    let finished = try await CadastreBinary.run(
      ["territories", "compare"] + models + ["--format", "csv", "--quiet"], in: folder)
    #expect(finished.status == 0, "\(finished.errors)")
    return finished.output
  }

  private func rows(_ table: String?) throws -> [[String: String]] {
    let rows = try CSVReader.rows(try #require(table))
    let header = try #require(rows.first)
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  @Test("A copy of the planned model, planned with and compared, holds and moves what that does")
  func copyPlanCompare() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      try folder.write(files: ["cadastre.yaml": "export: export\n"])
      let printed = try await Program.run(
        "territories", "copy", "planned", "models/fy28b", "--quiet", in: folder)
      #expect(printed.contains("  territory_model: {planned: models/fy28b, users: "))
      let names = try folder.appending(path: "models/fy28b").contents().keys.sorted()
      #expect(names.contains("metadata/package.xml"))
      #expect(names.contains("metadata/territory2Models/fy28b/fy28b.territory2Model"))
      #expect(names.contains("planned_users.csv"))
      let beside = try columns(
        try await compare(["active", "planned", "models/fy28b/"], in: folder))
      let planned = try #require(beside["FY28_Go_to_Market"])
      #expect(beside["fy28b"] == planned)
      #expect(planned["accounts"] != "0")

      try folder.write(files: [
        "cadastre.yaml": """
        export: export
        territory_model: {planned: models/fy28b, users: models/fy28b/planned_users.csv}

        """
      ])
      let configured = try columns(try await compare(["active", "planned"], in: folder))
      #expect(configured["fy28b"] == planned)

      // A copy of the copy has the same files but for the model's own name.
      try await Program.run(
        "territories", "copy", "planned", "models/again", "--name", "fy28b", "--quiet", in: folder)
      #expect(
        try folder.appending(path: "models/again").contents()
          == folder.appending(path: "models/fy28b").contents())
    }
  }

  @Test(
    "The active model's column is that of the standard tables; the planned one moves as planted")
  func tablesAndTruth() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let beside = try columns(try await compare(["active", "planned"], in: folder))
      let active = try #require(beside["FY27_Go_to_Market"])
      let tables = try await Program.tables(folder)
      let territories = try rows(tables["territories"]).filter { $0["territory_key"] != "" }
      func sum(_ column: String) -> Decimal {
        territories.reduce(0) { $0 + (Decimal(string: $1[column] ?? "") ?? 0) }
      }
      #expect(active["territories"] == String(territories.count))
      let total = try #require(Decimal(string: active["open_amount"] ?? ""))
      #expect(isSum(total, sum("open_amount"), of: territories.count))
      #expect(active["open_count"].flatMap { Decimal(string: $0) } == sum("open_count"))
      #expect(active["quota"] == territories.first { $0["level"] == "0" }?["quota"])
      let unassigned = try rows(tables["unassigned-accounts"]).count
      #expect(active["unassigned_accounts"] == String(unassigned))
      let all = try rows(tables["families"]).reduce(0) { $0 + (Int($1["accounts"] ?? "") ?? 0) }
      #expect(active["accounts"] == String(all - unassigned))
      let conflicts = try rows(tables["conflicts"])
      #expect(active["conflicts"] == String(conflicts.count))
      for kind in ["C1", "C2", "C3", "C4", "C5", "C7"] {
        #expect(
          active["conflicts_\(kind.lowercased())"]
            == String(conflicts.count { $0["kind"] == kind }))
      }
      #expect(active["split_families"] == String(try rows(tables["split-families"]).count))
      for row in try rows(tables["balance"]) {
        for column in ["gini", "cv", "within_15_percent"] {
          #expect(active["\(row["measure"] ?? "")_\(column)"] == row[column])
        }
      }
      #expect(active["moved_accounts"] == "0")
      #expect(active["moved_deals"] == "0")

      let planned = try #require(beside["FY28_Go_to_Market"])
      let truth = try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "export.truth.json")))
      let changes = try #require((truth as? [String: Any])?["change_set"] as? [String: Any])
      func count(_ kind: String) -> Int? { (changes[kind] as? [String: Any])?["count"] as? Int }
      #expect(planned["moved_accounts"] == count("accounts").map { String($0) })
      #expect(planned["moved_deals"] == count("open_deals").map { String($0) })
    }
  }

  /// Whether an amount is what rows add up to, each of which was rounded to a cent by itself.
  private func isSum(_ total: Decimal, _ sum: Decimal, of rows: Int) -> Bool {
    abs(total - sum) * 200 <= Decimal(rows + 1)
  }

  @Test("Territories stand beside each other by key, and sum to the models' totals")
  func byTerritory() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run(
        "territories", "compare", "active", "planned", "--by", "territory", "--measure",
        "open_amount,users", "--out", "compared", "--quiet", in: folder)
      let written = try rows(
        String(
          contentsOf: folder.appending(path: "compared/territories-compare-by-territory.csv"),
          encoding: .utf8))
      #expect(written.last?["territory_key"] == "(unassigned)")
      let totals = try columns(try await compare(["active", "planned"], in: folder))
      for model in ["FY27_Go_to_Market", "FY28_Go_to_Market"] {
        let sum = written.dropLast().reduce(Decimal(0)) {
          $0 + (Decimal(string: $1["open_amount.\(model)"] ?? "") ?? 0)
        }
        let total = try #require(Decimal(string: totals[model]?["open_amount"] ?? ""))
        #expect(isSum(total, sum, of: written.count - 1))
        #expect(
          written.count { $0["users.\(model)"] != "" }
            == (Int(totals[model]?["territories"] ?? "") ?? 0) + 1)
      }
    }
  }

  @Test("A plan that is a spreadsheet is copied as one, and its copy holds the same")
  func spreadsheet() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      let accounts = try rows(
        String(contentsOf: folder.appending(path: "export/Account.csv"), encoding: .utf8))
      let users = try rows(
        String(contentsOf: folder.appending(path: "export/User.csv"), encoding: .utf8))
      let user = try #require(users.first?["Id"])
      var plan = "AccountId,territory,owner\n"
      for (index, account) in accounts.prefix(40).enumerated() where account["IsDeleted"] == "0" {
        plan += "\(account["Id"] ?? ""),\(index % 2 == 0 ? "Americas" : "New_Land")"
        plan += index % 3 == 0 ? ",\(user)\n" : ",\n"
      }
      try folder.write(files: [
        "plan.csv": plan,
        "planned_users.csv": "territory,user,role\nNew_Land,\(user),Account Executive\n",
        "cadastre.yaml": """
        export: export
        territory_model: {planned: plan.csv, users: planned_users.csv}

        """,
      ])
      try await Program.run("territories", "copy", "planned", "tables/b", "--quiet", in: folder)
      let files = try folder.appending(path: "tables/b").contents()
      #expect(files.keys.sorted() == ["plan.csv", "planned_users.csv"])
      let owners = try rows(String(decoding: try #require(files["plan.csv"]), as: UTF8.self))
      #expect(owners.count { $0["owner"] == user } == plan.matches(of: /,005\w+\n/).count)
      let beside = try columns(try await compare(["planned", "tables/b"], in: folder))
      #expect(beside.count == 2)
      #expect(Set(beside.values).count == 1)
    }
  }

  // MARK: Wrong usage and bad input

  private func refusal(_ arguments: [String], in folder: URL) async throws -> String {
    let finished = try await CadastreBinary.run(arguments + ["--quiet"], in: folder)
    #expect(finished.status != 0)
    #expect(finished.output == "")
    return finished.errors
  }

  @Test(
    "A model that nobody knows, a path that leads nowhere and a folder that is taken are refused")
  func refused() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      try folder.write(files: ["cadastre.yaml": "export: export\n", "taken/notes.txt": "mine"])
      #expect(
        try await refusal(["territories", "compare", "active", "models/none"], in: folder)
          == "models/none: error: there is no folder or table of a territory model here; no model "
          + "was read; correct the path, which starts at the project, or name a model of the "
          + "export.\n")
      #expect(
        try await refusal(["territories", "copy", "active", "taken"], in: folder)
          == "taken: error: the copy's folder is not empty; no file was written; name another "
          + "folder, or empty this one.\n")
      #expect(
        try await refusal(["territories", "compare", "active", "FY28_Go_to_Marke"], in: folder)
          .contains("did you mean \"FY28"))
      #expect(
        try await refusal(["territories", "compare", "active"], in: folder).hasPrefix(
          "Error: there is nothing to compare \"active\" with: name a second model, such as active"
        ))
      #expect(
        try await refusal(
          ["territories", "compare", "active", "planned", "--measure", "account"], in: folder
        ).hasPrefix("Error: --measure \"account\" is none; did you mean \"accounts\"?"))
      #expect(try folder.appending(path: "taken").contents().keys.sorted() == ["notes.txt"])
    }
  }

  @Test("A model whose text no file can hold is refused, and no file is written")
  func notWritable() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "export/Account.csv": "Id,Name\n001000000000001,A\n",
        "export/Opportunity.csv": "Id,AccountId,Name,StageName,Amount,CloseDate\n",
        "export/Territory2Model.csv":
          "Id,Name,DeveloperName,State\n0MA000000000001,FY27,FY27,Active\n",
        "export/Territory2.csv":
          "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId,Territory2TypeId\n"
          + "0MI000000000001,West,../West,,0MA000000000001,\n",
        "cadastre.yaml": "export: export\nas_of: 2026-11-20\n",
      ])
      #expect(
        try await refusal(["territories", "copy", "active", "copy"], in: folder).contains(
          "error: the developer name \"../West\" of a territory cannot be the name of a file; no "
            + "file was written; use letters, digits and underscores, beginning with a letter.\n"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "copy").path))
    }
  }
}
