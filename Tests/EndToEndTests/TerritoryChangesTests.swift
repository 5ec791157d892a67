import Foundation
import TestKit
import Testing

/// The fixture territory-changes from the outside; what is expected was computed by hand in its
/// why.md.
@Suite("territories changes from the outside")
struct TerritoryChangesTests {
  private let export = Repository.fixture("territory-changes").appending(path: "export").path

  private func project(
    _ more: [String: String] = [:], planned: String = "export",
    _ body: (URL) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      var files = more
      files["cadastre.yaml"] = """
        export: \(export)
        as_of: 2026-06-15
        territory_model: {planned: \(planned), owner_role: Account Executive}

        """
      try folder.write(files: files)
      try await body(folder)
    }
  }

  private func rows(_ folder: URL, _ file: String) throws -> [[String: String]] {
    let rows = try CSVReader.rows(try folder.text(file))
    let header = try #require(rows.first)
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  @Test("What changes hands is told in sentences, word for word")
  func headline() async throws {
    try await project { folder in
      let text = try await Program.run("territories", "changes", "--quiet", in: folder)
      #expect(
        text.hasPrefix(
          """
          What changes hands from "FY27" to "FY28", as of 2026-06-15.
          8 accounts come to another territory, 4 to another owner (1 of them to be named).
          Their recurring revenue is 1,800 a year, their open pipeline 5,580.
          Open deals: 5 with the owner they have, 3 to another early, 1 late or closing by 2026-07-15.
          Families: 1 split by the plan, 0 united. With them go 2 contacts, 3 open tasks and 0 leads.
          Conflicts: 3 new, 1 as before, 2 resolved.

          Territories

          """))
      // Nothing is wider than what no terminal shows.
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
  }

  @Test("Hold-outs and named accounts stay where they are, and no total counts them")
  func heldOut() async throws {
    try await project(["named.csv": "AccountId,reason\n0015e00000a0008AAA,strategic\n"]) { folder in
      try folder.write(files: [
        "cadastre.yaml": try folder.text("cadastre.yaml") + "named_accounts: named.csv\n"
      ])
      try await Program.run("territories", "changes", "--out", "out", "--quiet", in: folder)
      let holly = try #require(
        try rows(folder, "out/accounts.csv").first { $0["account"] == "Holly" })
      #expect(holly["held_out"] == "yes")
      #expect(holly["held_until"] == "")
      #expect(holly["to_territory_keys"] == "West")
      #expect(holly["owner_changes"] == "no")
      // By hand: East loses A3 and gains A9, West loses A4 and A9 and gains A2 and A7.
      let territories = try rows(folder, "out/territories.csv")
      for (key, lost, gained) in [("East", "1", "1"), ("West", "2", "2")] {
        let row = try #require(territories.first { $0["territory_key"] == key })
        #expect(row["accounts_lost"] == lost)
        #expect(row["accounts_gained"] == gained)
      }
      // No rule keeps it in East: somebody has to put it there.
      try await Program.run("territories", "changes", "--load-files", "load", "--quiet", in: folder)
      #expect(
        try rows(folder, "load/1-territory-associations-insert.csv").map { $0["ObjectId"] }
          == ["0015e00000a0008AAA"])
    }
  }

  @Test("A manager sees what is theirs before or afterwards, and the rest without name")
  func manager() async throws {
    try await project { folder in
      try await Program.run(
        "territories", "changes", "--manager", "chloé dubois", "--out", "out", "--quiet",
        in: folder)
      let accounts = try rows(folder, "out/accounts.csv")
      #expect(
        Set(accounts.compactMap { $0["account"] }) == ["Birch", "Ivy", "Dogwood", "Holly", "Gum"])
      let territories = try rows(folder, "out/territories.csv")
      #expect(
        territories.compactMap { $0["territory"] }
          == ["West", "(unassigned)", "(elsewhere)"])
      for column in ["accounts", "recurring_revenue", "open", "open_amount"] {
        let lost = territories.compactMap { Decimal(string: $0["\(column)_lost"] ?? "") }
        let gained = territories.compactMap { Decimal(string: $0["\(column)_gained"] ?? "") }
        #expect(lost.reduce(0, +) == gained.reduce(0, +), "\(column)")
      }
      for (name, text) in try folder.appending(path: "out").contents() where name != "users.csv" {
        #expect(!String(decoding: text, as: UTF8.self).contains("Cedar"), "\(name)")
      }
    }
  }

  @Test("A territory that only one of the models has is found in that one")
  func territory() async throws {
    try await project { folder in
      for (key, accounts) in [("Key", ["Elm"]), ("North", ["Birch"])] {
        try await Program.run(
          "territories", "changes", "--territory", key, "--out", key, "--quiet", in: folder)
        #expect(try rows(folder, "\(key)/accounts.csv").compactMap { $0["account"] } == accounts)
      }
    }
  }

  @Test("What carries it out is written with the reverse of each list and what to know before")
  func loadFiles() async throws {
    try await project { folder in
      let found = try await CadastreBinary.run(
        ["territories", "changes", "--load-files", "load"], in: folder)
      #expect(found.status == 0)
      #expect(found.errors.contains("Read load/README.txt before you load anything.\n"))
      let files = try folder.appending(path: "load").contents().keys.sorted()
      let lists = [
        "2-account-owners.csv", "3-deal-owners-early.csv", "3-deal-owners-late.csv",
        "5-contact-owners.csv", "6-task-owners.csv",
      ]
      #expect(
        files
          == (lists + lists.map { "rollback/\($0)" } + [
            "README.txt", "deal-territories.csv", "manifest.csv", "owners-to-be-named.csv",
          ]).sorted())
      let manual = try folder.text("load/README.txt")
      for sentence in [
        "How to carry out the change from \"FY27\" to \"FY28\"\n",
        "* Account teams and sales teams are deleted when an owner changes, unless they are kept:\n",
        "2. 2-account-owners.csv: update of Account, 3 rows\n",
        "4. 3-deal-owners-late.csv: update of Opportunity, 1 row\n",
        "* 1 account has no owner named yet (owners-to-be-named.csv): no owner is guessed.\n",
      ] {
        #expect(manual.contains(sentence))
      }
      // Dmitri's Birch goes to Chloé, Ben's Holly too; Dmitri's Ivy goes to Ben.
      #expect(
        try folder.text("load/2-account-owners.csv") == """
          Id,OwnerId
          0015e00000a0002AAA,0055e00000u0003AAA
          0015e00000a0008AAA,0055e00000u0003AAA
          0015e00000a0009AAA,0055e00000u0002AAA

          """)
      #expect(
        try folder.text("load/rollback/2-account-owners.csv") == """
          Id,OwnerId
          0015e00000a0002AAA,0055e00000u0004AAA
          0015e00000a0008AAA,0055e00000u0002AAA
          0015e00000a0009AAA,0055e00000u0004AAA

          """)
    }
  }

  @Test("A prediction is compared with what the export states afterwards")
  func predicted() async throws {
    try await project { folder in
      try await Program.run("territories", "changes", "--out", "before", "--quiet", in: folder)
      // Birch and Gum came to West, and Birch to Chloé; Juniper, whom nobody predicted, left East.
      try FileManager.default.copyItem(
        atPath: export, toPath: folder.appending(path: "after").path)
      func edit(_ file: String, _ change: ([Substring]) -> String?) throws {
        let lines = try folder.text("after/\(file)").split(separator: "\n").compactMap {
          change($0.split(separator: ",", omittingEmptySubsequences: false))
        }
        try folder.write(files: ["after/\(file)": lines.joined(separator: "\n") + "\n"])
      }
      let west = try #require(
        try rows(folder, "after/Territory2.csv").first { $0["DeveloperName"] == "West" }?["Id"])
      try edit("ObjectTerritory2Association.csv") { cells in
        let account = cells.first { $0.hasPrefix("001") } ?? ""
        if account.hasPrefix("0015e00000a0010") { return nil }
        guard account.hasPrefix("0015e00000a0002") else { return cells.joined(separator: ",") }
        return cells.map { $0.hasPrefix("0MI") ? Substring(west) : $0 }.joined(separator: ",")
      }
      try edit("Account.csv") { cells in
        guard cells[0].hasPrefix("0015e00000a0002") else { return cells.joined(separator: ",") }
        return cells.map { $0.hasPrefix("0055e00000u0004") ? "0055e00000u0003AAA" : $0 }
          .joined(separator: ",")
      }
      try await Program.run(
        "territories", "changes", "--predicted", "before", "--export", "after", "--out", "out",
        "--quiet", in: folder)
      let outcomes = try rows(folder, "out/outcomes.csv").filter { $0["record_kind"] == "account" }
      func outcome(_ name: String) -> [String?] {
        let row = outcomes.first { $0["record"] == name }
        return [row?["territory_outcome"], row?["owner_outcome"], row?["actual_owner"]]
      }
      #expect(outcome("Birch") == ["happened", "happened", "Chloé Dubois"])
      #expect(outcome("Ivy") == ["did_not_happen", "did_not_happen", "Dmitri Petrov"])
      #expect(outcome("Juniper") == ["unpredicted", "", "Dmitri Petrov"])
      #expect(outcome("Alder") == [nil, nil, nil])
    }
  }

  @Test("A model may be the folder of its files, and changes the same")
  func folderOfFiles() async throws {
    try await project { folder in
      try await Program.run(
        "territories", "copy", "FY28", "models/fy28b", "--quiet", in: folder)
      for (model, out) in [("FY28", "a"), ("models/fy28b/", "b")] {
        try await Program.run(
          "territories", "changes", "--to", model, "--out", out, "--quiet", in: folder)
        try await Program.run(
          "territories", "preview", model, "--out", "preview-\(out)", "--quiet", in: folder)
      }
      let (one, other) = try (
        folder.appending(path: "a").contents(), folder.appending(path: "b").contents()
      )
      // Territories of files have no Ids.
      #expect(differences(one, other) == ["territories.csv"])
      // Files have no Ids, by which an export's territories are in order.
      #expect(
        differences(
          try folder.appending(path: "preview-a").contents(),
          try folder.appending(path: "preview-b").contents()) == ["preview-territories.csv"])
    }
  }

  @Test("Arguments that cannot be are refused, word for word, and nothing is written")
  func refused() async throws {
    try await project { folder in
      let refusals: [([String], String)] = [
        (
          ["--territory", "Nrth"],
          "--territory:1:1: error: no territory is called \"Nrth\"; nothing was compared; did you "
            + "mean \"North\"?\n"
        ),
        (
          ["--manager", "Ane"],
          "--manager:1:1: error: no user is called \"Ane\"; nothing was compared; give the Id, "
            + "e-mail or name of a user.\n"
        ),
        (
          ["--from", "actve"],
          "error: there is no territory model \"actve\"; nothing was computed; did you mean "
            + "\"active\"?\n"
        ),
        (
          ["--to", "models/none"],
          "models/none: error: there is no folder or table of a territory model here; no model was "
            + "read; correct the path, which starts at the project, or name a model of the export.\n"
        ),
        (
          ["--predicted", "none"],
          "none: error: there is no such file or folder; nothing was compared; correct the path.\n"
        ),
        (
          ["--predicted", "cadastre.yaml"],
          "cadastre.yaml: error: the file is none that a change set wrote; nothing was compared; "
            + "name the folder that territories changes --out wrote, or its accounts.csv.\n"
        ),
      ]
      for (arguments, expected) in refusals {
        let found = try await CadastreBinary.run(
          ["territories", "changes", "--out", "out", "--quiet"] + arguments, in: folder)
        #expect(found.status == 2)
        #expect(found.errors == expected)
        #expect(found.output == "")
      }
      let usages: [([String], String)] = [
        (["--limit", "0"], "Error: --limit 0 leaves no row: write 1 or more\n"),
        (
          ["--territory", "East", "--manager", "Ana Alvarez"],
          "Error: --territory and --manager exclude each other\n"
        ),
        (
          ["--predicted", "out", "--load-files", "load"],
          "Error: --predicted compares all that an earlier run wrote: leave --load-files, "
            + "--territory and --manager out\n"
        ),
      ]
      for (arguments, expected) in usages {
        let found = try await CadastreBinary.run(
          ["territories", "changes", "--out", "out"] + arguments, in: folder)
        #expect(found.status == 64)
        #expect(found.errors.hasPrefix(expected))
      }
      #expect(try folder.contents().keys.sorted() == ["cadastre.yaml"])
    }
  }
}
