import Foundation
import TestKit
import Testing

/// A genuine export of Salesforce's Data Loader: no territories, no users, no lost deal.
@Suite("A genuine Data Loader export", .needsRealData("sf-dataloader"))
struct DataLoaderTests {
  @Test("init and run go through without an edit, and say nothing is wrong")
  func runs() async throws {
    try await withProject { folder in
      let finished = try await CadastreBinary.run(["run"], in: folder)
      #expect(finished.status == 0)
      #expect(finished.output == "out/2006-06-16/index.html\n")
      #expect(
        folder.appending(path: "out/2006-06-16").filesBelow() == [
          "findings.html", "index.html", "weekly-territory/company.html",
          "weekly-territory/company.json", "weekly-territory/company.mail/index.html",
          "weekly-territory/company.mail/message.eml",
          "weekly-territory/company.mail/message.txt", "weekly-territory/company.pdf",
          "weekly-territory/company.txt", "weekly-territory/company.xlsx",
          "weekly-territory/company.xml", "weekly-territory/company/README.txt",
          "weekly-territory/company/act-this-week-deals-table.csv",
          "weekly-territory/company/figures.csv", "weekly-territory/company/team-table.csv",
        ])
    }
  }

  @Test("check reads every row, each file in its own encoding")
  func check() async throws {
    try await withProject { folder in
      let report = try await Program.run("check", "--quiet", in: folder)
      #expect(
        report.contains(
          """

          Files                as           rows read =  used +  set aside +  deleted  read as
          accountData.csv      Account              423     423            0        0  \
          comma-separated (36 in the header), quoted always, Windows-1252 by its bytes, LF
          opportunityData.csv  Opportunity           38      38            0        0  \
          comma-separated (30 in the header), quoted always, UTF-8 by its bytes, LF
          All files                                 461     461            0        0

          """))
      #expect(
        report.contains(
          """
            absent    territories
                      because the export holds no Territory2
                      to have it: tick Territory2, Territory2Model, ObjectTerritory2Association and \
          UserTerritory2Association in the Data Export; it needs the Manage Territories permission
          """))
      #expect(
        report.contains(
          """
          warning  deal-closed-before-created  × 8
              a won deal closed before it was created; its sales cycle counts as 0 days; \
          correct its CloseDate.
          """))
    }
  }

  @Test("Where nothing was lost, a rate by value of nothing is undefined and never zero")
  func undefined() async throws {
    try await withProject { folder in
      let rows = try CSVReader.records(await Program.tables(folder)["win-rates"] ?? "")
      #expect(rows.count == 4)
      for row in rows {
        #expect(row["lost_count"] == "0")
        #expect(row["win_rate_count"] == (row["won_count"] == "0" ? "" : "1.000000"))
        #expect(row["win_rate_amount"] == (row["won_amount"] == "0.00" ? "" : "1.000000"))
      }
      // Before the first deal was closed nothing is known at all.
      let early = try CSVReader.records(
        await Program.tables(folder, ["--as-of", "2001-01-01"])["owners"] ?? "")
      #expect(early.count == 1)
      #expect(early.first?["win_rate_count"] == "")
      #expect(early.first?["win_rate_amount"] == "")
      #expect(early.first?["median_deal"] == "")
      #expect(early.first?["won_amount"] == "0.00")
    }
  }

  @Test("What the export cannot tell is absent, with a sentence that says so")
  func absent() async throws {
    try await withProject { folder in
      try await Program.run("run", "--quiet", in: folder)
      let xml = try folder.text("out/2006-06-16/weekly-territory/company.xml")
      #expect(!xml.contains("<figure definition=\"attainment\">"))
      let sentence =
        "Without Quota attained this quarter, Coverage of this quarter and Coverage of next "
        + "quarter: the export holds no ForecastingQuota."
      #expect(xml.contains(sentence))
      #expect(!xml.contains("NaN"))
      #expect(!xml.contains("data=\"0.000000\""))
      #expect(xml.contains("<absent section=\"renewals-within-90-days\">"))
      let page = try folder.text("out/2006-06-16/weekly-territory/company.html")
      #expect(page.contains(sentence))
      #expect(page.contains("<h2 id=\"not-in-this-report-title\">Not in this report</h2>"))
    }
  }

  /// A project as `init` proposes it, on a link to the data.
  private func withProject(_ body: (URL) async throws -> Void) async throws {
    let data = try RealData.require("sf-dataloader").appending(path: "samples")
    try await withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: "export"), withDestinationURL: data)
      try await Program.run("init", "--export", "export", "--yes", "--quiet", in: folder)
      try await body(folder)
    }
  }
}
