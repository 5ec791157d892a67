import Foundation
import TestKit
import Testing

extension LeakTests {
  @Test(
    "A notice names no account or deal that its manager holds under neither model",
    .needs(Tool("grep")))
  func notices() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      try folder.write(files: ["cadastre.yaml": Notice.project])
      try await Program.run(
        "report", "pre-change-notice", "--format", "html,xml", "--quiet", in: folder)
      try await Program.run(
        "territories", "preview", "planned", "--out", "pv", "--quiet", in: folder)
      let held = try Holdings(export: folder.appending(path: "export"), preview: folder)
      let records = try Records(folder.appending(path: "export"))
      let output = Program.output(folder)
      var judged = 0
      for edition in output.filesBelow() where edition.hasSuffix(".xml") {
        let xml = try output.text(edition)
        guard let match = xml.firstMatch(of: /<edition kind="manager" id="([^"]+)">/) else {
          continue
        }
        let html = try output.text(String(edition.dropLast(3) + "html"))
        let leaked = try await leaks(
          in: xml + withPicturesAsText(html), inside: held.of(manager: String(match.1)), records,
          folder)
        #expect(leaked == [], "\(edition)")
        judged += 1
      }
      #expect(judged > 5)
    }
  }

  /// Which accounts and deals each territory has under either model, as the export and the rules of
  /// the planned model say it.
  private struct Holdings {
    private var accountsOfKey: [String: Set<String>] = [:]
    private var dealsOfAccount: [String: [String]] = [:]
    private var dealsOfKey: [String: Set<String>] = [:]
    private var keysOfManager: [String: Set<String>] = [:]
    private var keysBelow: [String: Set<String>] = [:]

    init(export: URL, preview folder: URL) throws {
      func rows(_ file: URL) throws -> [[String: String]] {
        let rows = try CSVReader.rows(of: file)
        let header = try #require(rows.first)
        return rows.dropFirst().filter { $0.count == header.count }
          .map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
      }
      func exported(_ name: String) throws -> [[String: String]] {
        try rows(export.appending(path: "\(name).csv"))
      }
      let territories = try exported("Territory2")
      let keyOf = Dictionary(
        uniqueKeysWithValues: territories.map { ($0["Id"] ?? "", $0["DeveloperName"] ?? "") })
      let parentOf = Dictionary(
        uniqueKeysWithValues: territories.map { ($0["Id"] ?? "", $0["ParentTerritory2Id"] ?? "") })
      for id in keyOf.keys {
        var above: String? = id
        while let place = above, let key = keyOf[place] {
          keysBelow[key, default: []].insert(keyOf[id] ?? "")
          above = parentOf[place]
        }
      }
      for row in try exported("ObjectTerritory2Association") {
        accountsOfKey[keyOf[row["Territory2Id"] ?? ""] ?? "", default: []].insert(
          row["ObjectId"] ?? "")
      }
      for row in try rows(folder.appending(path: "pv/preview-accounts.csv")) {
        accountsOfKey[row["territory"] ?? "", default: []].insert(row["account_id"] ?? "")
      }
      for row in try exported("Opportunity") {
        dealsOfAccount[row["AccountId"] ?? "", default: []].append(row["Id"] ?? "")
        dealsOfKey[keyOf[row["Territory2Id"] ?? ""] ?? "", default: []].insert(row["Id"] ?? "")
      }
      let managerOf = Dictionary(
        try exported("User").map { ($0["Id"] ?? "", $0["ManagerId"] ?? "") },
        uniquingKeysWith: { one, _ in one })
      let members = Dictionary(
        grouping: try exported("UserTerritory2Association").filter { $0["IsActive"] == "1" }
      ) { $0["Territory2Id"] ?? "" }
      for (territory, members) in members {
        let leads = members.filter { $0["RoleInTerritory2"] == "Manager" }.map {
          $0["UserId"] ?? ""
        }
        // Without anybody in the role it is the manager whom all its users have in common.
        let common = Set(members.map { managerOf[$0["UserId"] ?? ""] ?? "" })
        for manager in leads.isEmpty ? (common.count == 1 ? Array(common) : []) : leads {
          keysOfManager[manager, default: []].insert(keyOf[territory] ?? "")
        }
      }
    }

    func of(manager: String) -> Set<String> {
      let keys = (keysOfManager[manager] ?? []).flatMap { keysBelow[$0] ?? [] }
      let accounts = Set(keys.flatMap { accountsOfKey[$0] ?? [] })
      let deals =
        keys.flatMap { dealsOfKey[$0] ?? [] } + accounts.flatMap { dealsOfAccount[$0] ?? [] }
      return accounts.union(deals)
    }
  }
}

/// The project of a sample with a planned model in its export.
enum Notice {
  static let project = """
    export: export
    crm_url: https://acme.my.salesforce.com
    territory_model: {planned: export, owner_role: Account Executive, manager_role: Manager, effective: 2027-02-01, reply_by: 2027-01-25}
    reports:
      - {report: pre-change-notice, before_effective: 7 days, editions: manager}

    """
}

@Suite("The notice of a change of models, from the outside")
struct NoticeTests {
  private let export = Repository.fixture("territory-changes").appending(path: "export").path

  private func project(_ planned: String) -> String {
    """
    export: \(export)
    as_of: 2026-06-15
    territory_model: {planned: export, owner_role: Account Executive\(planned)}
    reports:
      - {report: pre-change-notice, before_effective: 7 days, editions: manager}

    """
  }

  @Test("It says what changes, how many come and go, and by when to answer, word for word")
  func headline() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "cadastre.yaml": project(", effective: 2026-07-01, reply_by: 2026-06-24")
      ])
      try await Program.run(
        "report", "pre-change-notice", "--edition", "company", "--format", "xml", "--quiet",
        in: folder)
      let xml = try folder.text("out/2026-06-15/pre-change-notice/company.xml")
        .replacing(#/<[^>]*>/#, with: "").replacing(#/\s+/#, with: " ")
      #expect(
        xml.contains(
          "of 9 accounts, 1 leaves, 1 comes and 8 stay when the model “FY28” takes the place of "
            + "“FY27” on Jul 1, 2026; open pipeline goes from 5,740 to 4,790. Answer by Jun 24, 2026."
        ))
      #expect(xml.contains("on Jul 1, 2026, in 16 days."))
      #expect(
        xml.contains(
          "the models differ in 4 new, 1 ended and 0 changed territories"))
    }
  }

  @Test("After the day it speaks in the past tense, and says what is not known")
  func past() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: ["cadastre.yaml": project(", effective: 2026-06-01")])
      try await Program.run(
        "report", "pre-change-notice", "--edition", "company", "--format", "xml", "--quiet",
        in: folder)
      let xml = try folder.text("out/2026-06-15/pre-change-notice/company.xml")
        .replacing(#/<[^>]*>/#, with: "").replacing(#/\s+/#, with: " ")
      #expect(xml.contains("has taken the place of “FY27”, which it did on Jun 1, 2026"))
      #expect(xml.contains("This export alone does not say what was predicted"))
      #expect(!xml.contains("What was predicted here can be held against"))
    }
  }

  @Test("It is due some days before the model goes live, and run says so until then")
  func due() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: ["cadastre.yaml": project(", effective: 2026-07-01")])
      let early = try await CadastreBinary.run(["run"], in: folder)
      #expect(early.status == 0)
      #expect(
        early.errors.contains(
          "pre-change-notice: It is due from 2026-06-24, 7 days before the planned model goes live "
            + "on 2026-07-01; cadastre run --all makes it now."))
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.appending(path: "out/2026-06-15/pre-change-notice").path))
      try folder.write(files: ["cadastre.yaml": project("")])
      let undated = try await CadastreBinary.run(["run"], in: folder)
      #expect(undated.status == 2)
      #expect(
        undated.errors.contains(
          "error: \"before_effective\" counts from the day on which the planned model goes live, "
            + "and none is configured; nothing was rendered; add effective: 2027-02-01 under "
            + "territory_model, or remove before_effective."))
    }
  }

  @Test("Once no model is planned any more, a run says that the notice is left out, and no error")
  func noPlan() async throws {
    try await withTemporaryFolder { folder in
      try await Program.run(
        "sample", "export", "--profile", "core", "--accounts", "50", in: folder)
      try folder.write(files: [
        "cadastre.yaml": "export: export\nreports:\n  - {report: pre-change-notice}\n"
      ])
      let ran = try await CadastreBinary.run(["run"], in: folder)
      #expect(ran.status == 0, "\(ran.errors)")
      #expect(
        ran.errors.contains(
          "pre-change-notice: It is left out: no territory model is planned. To have it: write "
            + "territory_model: planned into cadastre.yaml, or export again with the permission "
            + "Manage Territories, without which planned models are left out silently."),
        "\(ran.errors)")
      #expect(!ran.errors.contains("error:"))
    }
  }

  @Test("Without a planned model the notice is refused with how to get one, and run goes on")
  func withoutPlan() async throws {
    try await withTemporaryFolder { folder in
      let export = Repository.fixture("small-org").appending(path: "export").path
      let refused = try await CadastreBinary.run(
        ["report", "pre-change-notice", "--export", export], in: folder)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("error: "))
      try folder.write(files: [
        "cadastre.yaml": "export: \(export)\nreports:\n  - {report: pre-change-notice}\n"
      ])
      let ran = try await CadastreBinary.run(["run"], in: folder)
      #expect(ran.status == 0, "\(ran.errors)")
      let check = try await CadastreBinary.run(["check"], in: folder)
      #expect(check.output.contains("no territory model is planned"))
    }
  }
}
