import Foundation
import TestKit
import Testing

/// `reconcile` as a person at a terminal calls it.
@Suite("Figures held against the CRM's own report")
struct ReconcileTests {
  /// The hand-made case, whose why.md says what each row is there for.
  private func copyCase(to folder: URL) throws {
    let files = Repository.root.appending(path: "Tests/Fixtures/reconcile")
    for name in ["cadastre.yaml", "won.csv", "export"] {
      try FileManager.default.copyItem(
        at: files.appending(path: name), to: folder.appending(path: name))
    }
  }

  @Test("Each difference of a report is found, named, and part of a sum that adds up")
  func byHand() async throws {
    try await withTemporaryFolder { folder in
      try copyCase(to: folder)
      let said = try await Program.run(
        "reconcile", "won.csv", "won_amount", "--period", "FY2026", "--quiet", in: folder)
      #expect(
        said.hasPrefix(
          """
          Won, Jan 1, 2026 to Dec 31, 2026, as of Nov 20, 2026

                                Deals  Value (USD)
          ────────────────────  ─────  ───────────
          The report               10    $3,836.66
          − only in the report     −6   −$1,525.00
          + only here               3      $750.00
          ± another value (2)              $195.00
          ± rounding (1)                     $0.00
          ────────────────────  ─────  ───────────
          Here                      7    $3,256.66

          2 deals agree, 1 of them but for rounding. The report is $580.00 higher:
          explained $1,325.00 (7 deals), probably explained −$700.00 (2 deals),
          unexplained −$45.00 (2 deals).
          Read from won.csv: deals by "Opportunity ID", values from "Amount (converted)".

          """))
      #expect(
        said.contains(
          """
          At another stage in the report: 1 deal, $150.00
            The stage was changed between the report and the export; the later of the two
            is right.
            Id                  Name      There
            ──────────────────  ──────  ───────
            006000000000005AAA  Spares  $150.00
                open, stage Negotiation; in the report Closed Won

          """))
      let figure = try await Program.run(
        "query", "won_amount", "--period", "FY2026", "--format", "csv", "--quiet", in: folder)
      #expect(figure == "won_amount\n3256.66\n")
    }
  }

  @Test("As data every difference is a row, its texts as they are")
  func data() async throws {
    try await withTemporaryFolder { folder in
      try copyCase(to: folder)
      try await Program.run(
        "reconcile", "won.csv", "won_amount", "--period", "FY2026", "--out", "differences.csv",
        "--quiet", in: folder)
      #expect(
        try folder.text("differences.csv") == """
          list,rule,certainty,id,name,there,here,difference,detail,also,line
          only_there,listed-again,explained,006000000000001AAA,Pumps 2026,1000.00,,1000.00,,,won.csv:3:1
          only_there,date-one-day-off,explained,006000000000004AAA,Service,200.00,,200.00,2025-12-31; in the report 2026-01-01,,won.csv:6:1
          only_there,stage-changed,explained,006000000000005AAA,Spares,150.00,,150.00,"open, stage Negotiation; in the report Closed Won",,won.csv:7:1
          only_there,deleted,explained,006000000000006AAA,Gone,75.00,,75.00,,,won.csv:8:1
          only_there,set-aside,explained,006000000000007AAA,Unread,60.00,,60.00,cell-unreadable-Opportunity-Amount at Opportunity.csv:8,,won.csv:9:1
          only_there,created-later,explained,006000000000099AAA,"=HYPERLINK(""http://x"")",40.00,,40.00,,,won.csv:11:1
          only_here,owner-not-in-report,likely,006000000000008AAA,Bob's first,,400.00,-400.00,owner Bob Day,,
          only_here,owner-not-in-report,likely,006000000000009AAA,Bob's second,,300.00,-300.00,owner Bob Day,,
          only_here,not-in-report,unexplained,006000000000010AAA,Sensors,,50.00,-50.00,,,
          other_value,record-currency,explained,006000000000002AAA,Valves 2026,800.00,1000.00,-200.00,"in EUR, not converted",,won.csv:4:1
          other_value,value,unexplained,006000000000011AAA,Filters,95.00,90.00,5.00,,,won.csv:10:1
          other_value,rounding,explained,006000000000003AAA,Meters,416.66,416.66,0.00,,,won.csv:5:1

          """)
    }
  }

  @Test("A name cannot move the terminal, and wrong words are pointed at")
  func hostile() async throws {
    try await withTemporaryFolder { folder in
      try copyCase(to: folder)
      try folder.write(files: [
        "bad.csv": "Deal ID,Deal Name,Amount\n006000000000077,\u{1B}[31mred\u{202E},5\n"
      ])
      let said = try await Program.run(
        "reconcile", "bad.csv", "won_amount", "--period", "FY2026", "--quiet", in: folder)
      #expect(said.contains("\u{FFFD}[31mred"))
      #expect(!said.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
      let rate = try await CadastreBinary.run(
        ["reconcile", "won.csv", "win_rate_count", "--quiet"], in: folder)
      #expect(rate.status == 64)
      #expect(rate.errors.hasSuffix("  win_rate_count\n  ^\n"))
      let none = try await CadastreBinary.run(
        ["reconcile", "none.csv", "won_amount", "--quiet"], in: folder)
      #expect(none.status == 2)
      #expect(
        none.errors == "none.csv: error: there is no such file; nothing was compared; give the path"
          + " of the report that you exported from the CRM.\n")
    }
  }

  @Test("A report made from the sample's own deals agrees but for what was planted in it")
  func sample() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let rows = try await Program.run(
        "explain", "won_count", "--period", "fiscal_year", "--rows", "--format", "csv", "--quiet",
        in: folder)
      let deals = try CSVReader.rows(rows).dropFirst().map { $0[1] }
      #expect(deals.count > 20)
      // The first two are left out, the third stands twice, and one is of nobody.
      let listed = Array(deals.dropFirst(2)) + [deals[2], "006xxxxxxxxxxxx"]
      try folder.write(files: [
        "report.csv": "Opportunity ID,Stage\n" + listed.map { "\($0),Closed Won\n" }.joined()
      ])
      let said = try await Program.run(
        "reconcile", "report.csv", "won_count", "--period", "fiscal_year", "--format", "csv",
        "--quiet", in: folder)
      let found = try CSVReader.rows(said).dropFirst().map { "\($0[0]) \($0[1]) \($0[3])" }
      #expect(found.count == 4)
      #expect(found.contains("only_there listed-again \(deals[2])"))
      #expect(found.contains { $0.hasPrefix("only_there not-in-export 006xxxxxxxxxxxx") })
      for id in deals.prefix(2) {
        #expect(found.contains { $0.hasPrefix("only_here") && $0.hasSuffix(id) })
      }
    }
  }
}
