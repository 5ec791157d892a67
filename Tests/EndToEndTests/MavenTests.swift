import Foundation
import TestKit
import Testing

/// A CRM that no one here wrote, through the mapping file of Tests/Fixtures/maven-crm.
@Suite("A public CRM data set through a mapping file", .needsRealData("maven-crm"))
struct MavenTests {
  private static let columns = [
    "won_count", "lost_count", "won_amount", "lost_amount", "win_rate_count", "win_rate_amount",
  ]

  @Test("Each regional office gets its edition, and the company one over them")
  func editions() async throws {
    try await withProject { folder in
      try await Program.run("run", "--quiet", in: folder)
      #expect(
        folder.appending(path: "out/2017-12-31").filesBelow().filter {
          ($0.hasSuffix(".html") && !$0.contains(".mail/")) || $0.hasSuffix(".xml")
        } == [
          "findings.html", "index.html", "performance/company.html", "performance/company.xml",
          "weekly-territory/central.html", "weekly-territory/central.xml",
          "weekly-territory/company.html", "weekly-territory/company.xml",
          "weekly-territory/east.html", "weekly-territory/east.xml",
          "weekly-territory/west.html", "weekly-territory/west.xml",
        ])
    }
  }

  @Test(
    "Won, lost and win rates of agents, managers, offices and families equal DuckDB's",
    .needs(.duckdb))
  func allTime() async throws {
    let oracle = try await oracle()
    try await withProject { folder in
      try await Program.run("report", "performance", "--out", "out", "--quiet", in: folder)
      let xml = try folder.text("out/performance/company.xml")
      for (dimension, members) in [("agent", 30), ("office", 3), ("family", 70)] {
        let table = reportTable(dimension, in: xml)
        #expect(table.count == members, "\(dimension)")
        #expect(table == oracle[dimension], "\(dimension)")
      }

      // No table is by manager: a manager's figures are the sum of those who report to him.
      let owners = try CSVReader.records(await Program.tables(folder)["owners"] ?? "")
      var managers: [String: [Int]] = [:]
      for (agent, figures) in reportTable("agent", in: xml) {
        let manager = owners.first { $0["owner"] == agent }?["manager_id"] ?? ""
        let whole = figures.prefix(4).map { Int($0.split(separator: ".").first ?? "") ?? -1 }
        managers[manager] = zip(managers[manager] ?? [0, 0, 0, 0], whole).map(+)
      }
      #expect(managers.count == 6)
      let expected = oracle["manager"]?.mapValues { figures in
        figures.prefix(4).map { Int($0.split(separator: ".").first ?? "") ?? -1 }
      }
      #expect(managers == expected)
      for (manager, sums) in managers {
        let rates = [
          Exactly.rate(sums[0], sums[0] + sums[1]), Exactly.rate(sums[2], sums[2] + sums[3]),
        ]
        #expect(rates == oracle["manager"]?[manager].map { Array($0.suffix(2)) })
      }
    }
  }

  @Test("The standard tables hold the same figures for their own periods", .needs(.duckdb))
  func standardTables() async throws {
    let quarters = try await oracle(from: "2016-10-01", until: "2017-10-01")
    let always = try await oracle()
    try await withProject { folder in
      let tables = try await Program.tables(folder).mapValues { try CSVReader.records($0) }
      for (dimension, name) in [("owner", "agent"), ("territory", "office")] {
        let rows = (tables["win-rates"] ?? []).filter { $0["dimension"] == dimension }
        let found = rows.map { row in (row["member"] ?? "", Self.columns.map { row[$0] ?? "" }) }
        #expect(Dictionary(uniqueKeysWithValues: found) == quarters[name], "\(name)")
      }
      // Every closed deal was closed in the fiscal year 2017.
      for row in tables["owners"] ?? [] {
        let agent = always["agent"]?[row["owner"] ?? ""]
        #expect([row["won_count"], row["won_amount"]] == [agent?[0], agent?[2]])
      }
      for row in tables["territories"] ?? [] where row["territory_id"] != "(unassigned)" {
        let office = always["office"]?[row["territory"] ?? ""]
        #expect([row["won_count"], row["won_amount"]] == [office?[0], office?[2]])
      }
      for row in tables["families"] ?? [] {
        let family = always["family"]?[row["root"] ?? ""]
        #expect(row["won_amount"] == family?[2] ?? "0.00")
      }
    }
  }

  @Test("Known dirt that the mapping mends is counted")
  func mended() async throws {
    try await withProject { folder in
      let report = try await Program.run("check", "--quiet", in: folder)
      for (code, count) in [
        ("values-mapped-Account-BillingCountry", "1"), ("values-mapped-Account-Industry", "12"),
        ("values-mapped-OpportunityLineItem-Product2Id", "1,480"),
      ] {
        #expect(report.contains("notice  \(code)  × \(count)\n"), "\(code)")
      }
      #expect(!report.contains("warning"))
      #expect(
        report.contains("\nsales_pipeline.csv  Opportunity                      8,800   8,800 "))
    }
  }

  @Test("Known dirt that no mapping mends is named, with its places and what to do")
  func dirty() async throws {
    try await withProject { folder in
      let mapping = try folder.text("mapping.yaml").replacing(/, values: {[^}]*}/, with: "")
      try folder.write(files: ["mapping.yaml": mapping])
      let report = try await Program.run("check", "--quiet", in: folder)
      #expect(
        report.contains(
          """
          warning  reference-dangling-OpportunityLineItem-Product2Id  × 1,480
              OpportunityLineItem.Product2Id names no Product2 of the export: "GTXPro"; \
          the product is kept by that Id, under the name (unknown); correct it, or map the spelling \
          under "values" in the mapping file.
              at sales_pipeline.csv:3, sales_pipeline.csv:13, sales_pipeline.csv:20, …

          """))
      #expect(
        report.contains(
          """
          notice  value-misspelt-Account-Industry  × 12
              Account.Industry "technolgy" looks like "technology"; it was kept as it is; \
          correct it, or map the spelling under "values" in the mapping file.
              at accounts.csv:2, accounts.csv:8, accounts.csv:14, …
          """))
      #expect(report.contains("Account.BillingCountry \"Philipines\" looks like "))
    }
  }

  @Test("Open deals without an account stay in the totals of their office", .needs(.duckdb))
  func withoutAccount() async throws {
    let data = try RealData.require("maven-crm").path
    let counts = try await DuckDB.query(
      """
      SELECT regional_office, count(*) FROM read_csv(\(DuckDB.literal(data + "/sales_pipeline.csv")))
      JOIN read_csv(\(DuckDB.literal(data + "/sales_teams.csv"))) USING (sales_agent)
      WHERE deal_stage NOT IN ('Won', 'Lost') GROUP BY 1 ORDER BY 1;
      """)
    try await withProject { folder in
      let rows = try CSVReader.records(await Program.tables(folder)["territories"] ?? "")
      let open = rows.filter { $0["territory_id"] != "(unassigned)" }
        .map { [$0["territory"], $0["open_count"]] }
      #expect(open == counts)
    }
  }

  /// A copy of the fixture beside a link to the data.
  private func withProject(_ body: (URL) async throws -> Void) async throws {
    let data = try RealData.require("maven-crm")
    try await withTemporaryFolder { folder in
      let project = folder.appending(path: "project")
      let files = FileManager.default
      try files.copyItem(at: Repository.fixture("maven-crm"), to: project)
      try files.createSymbolicLink(
        at: project.appending(path: "export"), withDestinationURL: data)
      try await body(project)
    }
  }

  /// What DuckDB makes of the files: dimension, member, then the columns, amounts with two places.
  private func oracle(
    from: String? = nil, until: String? = nil
  ) async throws -> [String: [String: [String]]] {
    var variables = ["folder": try RealData.require("maven-crm").path]
    variables["from_day"] = from
    variables["until_day"] = until
    let sql = try String(contentsOf: Repository.oracle("maven-crm.sql"), encoding: .utf8)
    var result: [String: [String: [String]]] = [:]
    for row in try await DuckDB.query(sql, variables: variables) {
      let cells = row.map { $0 ?? "" }
      result[cells[0], default: [:]][cells[1]] = [
        cells[2], cells[3], cells[4] + ".00", cells[5] + ".00", cells[6], cells[7],
      ]
    }
    return result
  }

  /// The rows of a table of a report's XML: the first cell to the data of the others.
  private func reportTable(_ id: String, in xml: String) -> [String: [String]] {
    guard let start = xml.range(of: "<section id=\"\(id)\">"),
      let end = xml.range(of: "</section>", range: start.upperBound..<xml.endIndex)
    else { return [:] }
    var rows: [String: [String]] = [:]
    let section = String(xml[start.upperBound..<end.lowerBound])
    for part in section.components(separatedBy: "<row>").dropFirst() {
      // Behind the last row stands the total.
      let row = part.components(separatedBy: "</row>")[0]
      let cells = row.components(separatedBy: "<cell ").dropFirst().map { cell -> String in
        let data = cell.components(separatedBy: " data=\"").dropFirst().first ?? ""
        return String(data.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
      }
      if let name = cells.first { rows[name] = Array(cells.dropFirst()) }
    }
    return rows
  }
}
