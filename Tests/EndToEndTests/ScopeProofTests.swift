import Foundation
import TestKit
import Testing

/// Whether an edition of any kind names what its reader must not see, in any format.
@Suite("Nothing leaks into an edition of any kind, in any format")
struct ScopeProofTests {
  /// A report that lists whatever a scope may list, for every kind of edition.
  private static let everything = """
    report: everything
    title: Everything that can be listed
    editions: [company, region, territory, manager, family]
    sections:
      - {kind: table, title: Accounts, list: accounts, columns: {Account: Name, Id: Id, Parent: Parent.Name, Owner: owner}}
      - {kind: table, title: Deals, list: opportunities, columns: {Deal: Name, Id: Id, Account: Account.Name, Owner: owner, Value: Value}}
      - {kind: table, title: Won by account, metrics: [won_amount, open_amount], by: account, total: true}
      - {kind: table, title: Won by family, metrics: [won_amount, accounts], by: family}
      - {kind: table, title: Conflicts, table: conflicts}
      - {kind: table, title: Split families, table: split-families}
      - {kind: table, title: Neglected, table: neglected-accounts}
      - {kind: table, title: In no territory, table: unassigned-accounts}
      - {kind: table, title: Values, table: account-values}
      - {kind: table, title: Families, table: families}
      - {kind: table, title: Concentration, table: concentration}
      - {kind: table, title: Penetration, table: penetration}
      - {kind: table, title: Leads, table: leads}
      - {kind: tree, title: The largest family, family: largest_won}
      - {kind: tree, title: The most open family, family: largest_open}
    """

  @Test(
    "No Id and no name of an account, deal or lead from elsewhere stands in an edition",
    .needs(.duckdb, Tool("grep"), Tool("pdftotext"), Tool("unzip")))
  func everyKind() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 200)
      try FileManager.default.createDirectory(
        at: folder.appending(path: "reports"), withIntermediateDirectories: true)
      try Data(Self.everything.utf8).write(to: folder.appending(path: "reports/everything.yaml"))
      try Data("export: export\nreports: [{report: everything}]\n".utf8)
        .write(to: folder.appending(path: "cadastre.yaml"))
      try await Program.run("run", "--quiet", in: folder)
      let leaks = LeakTests()
      let export = folder.appending(path: "export")
      let records = try LeakTests.Records(export, leads: true)
      let scopes = try Scopes(
        export: export, territories: try await leaks.scopes(of: export), records: records)
      let output = Program.output(folder)
      var judged: [String: Int] = [:]
      for edition in output.filesBelow().sorted()
      where edition.hasPrefix("everything/") && edition.hasSuffix(".xml") {
        let xml = try output.text(edition)
        guard let match = xml.firstMatch(of: /<edition kind="([a-z]+)" id="([^"]*)">/),
          let inside = scopes.inside(String(match.1), String(match.2))
        else { continue }
        let kind = String(match.1)
        // Territories have a test of their own; a few of them are enough for the other formats.
        if kind == "territory", judged[kind, default: 0] > 4 { continue }
        let text = try await text(of: String(edition.dropLast(4)), in: output, leaks)
        let leaked = try await leaks.leaks(in: xml + text, inside: inside, records, folder)
        #expect(leaked == [], "\(edition)")
        judged[kind, default: 0] += 1
      }
      #expect(judged["region", default: 0] > 1)
      #expect(judged["manager", default: 0] > 5)
      #expect(judged["family", default: 0] > 3)
    }
  }

  /// What stands in all files of an edition, as text.
  private func text(of stem: String, in output: URL, _ leaks: LeakTests) async throws -> String {
    var text = ""
    for file in output.filesBelow().sorted()
    where file.hasPrefix(stem + ".") || file.hasPrefix(stem + "/") {
      let path = output.appending(path: file).path
      switch file.split(separator: ".").last {
      case "xml", "png": continue
      case "html": text += leaks.withPicturesAsText(try output.text(file))
      case "pdf":
        text += try await TestKit.run(Tool("pdftotext").require(), ["-raw", path, "-"]).output
      case "xlsx": text += try await TestKit.run(Tool("unzip").require(), ["-p", path]).output
      default: text += try output.text(file)
      }
      text += "\n"
    }
    return text
  }
}

/// What each edition may name, worked out from the files of an export.
private struct Scopes {
  /// By territory the Ids of accounts and deals, as another program reads the export.
  let territories: [String: Set<String>]
  private var owners: [String: String] = [:]
  private var leads: Set<String> = []
  private var managers: [String: String] = [:]
  private var parents: [String: String] = [:]
  private var accountOfDeal: [String: String] = [:]
  /// By user the territories where the user has the role Manager.
  private var managed: [String: Set<String>] = [:]
  /// By user the territories where the user is a member.
  private var members: [String: Set<String>] = [:]
  private var above: [String: String] = [:]

  init(export: URL, territories: [String: Set<String>], records: LeakTests.Records) throws {
    self.territories = territories
    for row in try Scopes.rows("Account", export) {
      owners[row["Id"] ?? ""] = row["OwnerId"]
      parents[row["Id"] ?? ""] = row["ParentId"]
    }
    for row in try Scopes.rows("Opportunity", export) {
      owners[row["Id"] ?? ""] = row["OwnerId"]
      accountOfDeal[row["Id"] ?? ""] = row["AccountId"]
    }
    for row in try Scopes.rows("Lead", export) {
      owners[row["Id"] ?? ""] = row["OwnerId"]
      leads.insert(row["Id"] ?? "")
    }
    for row in try Scopes.rows("User", export) { managers[row["Id"] ?? ""] = row["ManagerId"] }
    for row in try Scopes.rows("Territory2", export) {
      above[row["Id"] ?? ""] = row["ParentTerritory2Id"]
      managed[row["ForecastUserId"] ?? "", default: []].insert(row["Id"] ?? "")
    }
    for row in try Scopes.rows("UserTerritory2Association", export) {
      members[row["UserId"] ?? "", default: []].insert(row["Territory2Id"] ?? "")
      if row["RoleInTerritory2"] == "Manager" {
        managed[row["UserId"] ?? "", default: []].insert(row["Territory2Id"] ?? "")
      }
    }
  }

  /// What an edition may name; nil where all may stand in it.
  func inside(_ kind: String, _ id: String) -> Set<String>? {
    switch kind {
    case "territory", "region": return held(below: [id])
    case "manager":
      return held(below: managed[id] ?? [])
        .union(owners.filter { isBelow($0.value, id, managers) }.keys)
    case "family":
      let accounts = Set(parents.keys.filter { isBelow($0, id, parents) })
      return accounts.union(accountOfDeal.filter { accounts.contains($0.value) }.keys)
    default: return nil
    }
  }

  private func held(below tops: Set<String>) -> Set<String> {
    let own = tops.reduce(into: Set<String>()) { $0.formUnion(territories[$1] ?? []) }
    return own.union(
      leads.filter { lead in
        members[owners[lead] ?? ""]?.contains { place in
          tops.contains { isBelow(place, $0, above) }
        } ?? false
      })
  }

  /// Whether something is another, or stands below it.
  private func isBelow(_ id: String, _ top: String, _ parents: [String: String]) -> Bool {
    var current = id
    for _ in 0..<100 {
      if current == top { return true }
      guard let next = parents[current], next != current else { return false }
      current = next
    }
    return false
  }

  private static func rows(_ file: String, _ export: URL) throws -> [[String: String]] {
    let rows = try CSVReader.rows(of: export.appending(path: "\(file).csv"))
    guard let header = rows.first else { return [] }
    return rows.dropFirst().filter { $0.count == header.count }.map {
      Dictionary(zip(header, $0), uniquingKeysWith: { one, _ in one })
    }
  }
}
