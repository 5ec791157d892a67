import Foundation
import TestKit
import Testing

/// `query` and `explain` as a person at a terminal calls them.
@Suite("Questions from the command line")
struct QueryCommandTests {
  private func refusal(_ arguments: String..., in folder: URL) async throws -> String {
    let finished = try await CadastreBinary.run(arguments + ["--quiet"], in: folder)
    #expect(finished.status == 64)
    #expect(finished.output == "")
    return finished.errors
  }

  /// Accounts of an organisation of two deals each; the amounts are made by hand.
  private func write(_ folder: URL) throws {
    try folder.write(files: [
      "cadastre.yaml": "export: export\nas_of: 2026-11-20\ncurrency: USD\n",
      "export/User.csv": "Id,Name\n005000000000001,Ann\n005000000000002,Bob\n",
      "export/Account.csv": """
      Id,Name,OwnerId
      001000000000001,Acme,005000000000001
      001000000000002,株式会社,005000000000002

      """,
      "export/Opportunity.csv": """
      Id,Name,AccountId,OwnerId,Amount,StageName,IsClosed,IsWon,CloseDate
      006000000000001,First,001000000000001,005000000000001,1000.50,Closed Won,true,true,2026-03-01
      006000000000002,Second,001000000000002,005000000000001,2000,Closed Won,true,true,2026-04-01
      006000000000003,Third,001000000000002,005000000000002,500,Closed Lost,true,false,2026-04-02
      006000000000004,Fourth,001000000000001,005000000000002,-20,Closed Won,true,true,2026-05-01

      """,
    ])
  }

  @Test("The answer is a table for people, sorted, with totals, n and weak rates marked")
  func text() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let said = try await Program.run(
        "query", "won_amount", "win_rate_count", "--by", "owner", "--period", "fiscal_year",
        "--quiet", in: folder)
      #expect(
        said == """
          Won and Win rate by count, by current owner, Jan 1, 2026 to Dec 31, 2026, as of
          Nov 20, 2026; sorted by won_amount descending

          Current owner  Won (USD)  Win rate by count  n
          ─────────────  ─────────  ─────────────────  ─
          Ann               $3,001            100.0%*  2
          Bob                 −$20             50.0%*  2
          ─────────────  ─────────  ─────────────────  ─
          Total             $2,981
          * rests on fewer than 5 cases

          """)
      let csv = try await Program.run(
        "query", "won_amount,win_rate_count", "--by", "owner", "--sort", "owner:desc", "--format",
        "csv", "--quiet", in: folder)
      #expect(
        csv == "owner_id,owner,won_amount,win_rate_count\n005000000000002AAA,Bob,-20.00,0.500000\n"
          + "005000000000001AAA,Ann,3000.50,1.000000\n")
    }
  }

  @Test("Words that are not understood are pointed at, with what was probably meant")
  func wrongWords() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let words = try await refusal(
        "query", "won_count", "won_amout", "--by", "owner,territori", "--period", "fiscal_yaer",
        in: folder)
      #expect(
        words == """
          METRIC:1:11: error: metric "won_amout" is not known; the query was not run; did you mean "won_amount"?
            won_count won_amout
                      ^
          --by:1:7: error: dimension "territori" is not known; the query was not run; did you mean "territory"?
            owner,territori
                  ^
          --period:1:1: error: there is no period "fiscal_yaer"; the query was not run; did you mean "fiscal_year"?
            fiscal_yaer
            ^

          """)
      let field = try await refusal(
        "query", "won_amount", "--where", "IsWon and Ammount > 5", in: folder)
      #expect(
        field == """
          --where:1:11: error: unknown field "Ammount"; the expression was not used; did you mean "Amount"?
            IsWon and Ammount > 5
                      ^

          """)
    }
  }

  @Test("The open pipeline is not summed over time, and the reason is said")
  func overTime() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let refused = try await refusal("query", "open_amount", "--by", "month", in: folder)
      #expect(
        refused == "--by:1:1: error: metric \"open_amount\" cannot be summed by month: it is a"
          + " state on one day, and the sum of states counts what lasts again and again; the query was not"
          + " run; slice it by another dimension, or take a metric with a date.\n  month\n  ^\n")
      let past = try await refusal("query", "open_amount", "--period", "2020-01", in: folder)
      #expect(past.hasPrefix("--period:1:1: error: metric \"open_amount\" is known as of 2026"))
      #expect(past.hasSuffix("\n  2020-01\n  ^\n"))
      let dimension = try await refusal(
        "query", "won_count", "accounts", "--by", "owner,stage", in: folder)
      #expect(dimension.contains("--by:1:7: error: metric \"accounts\" cannot be sliced by stage"))
      #expect(dimension.hasSuffix("\n  owner,stage\n        ^\n"))
    }
  }

  @Test("An answer without rows says why")
  func empty() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let filtered = try await Program.run(
        "query", "won_amount", "--by", "owner", "--where", "Amount > 99999", "--quiet", in: folder)
      #expect(
        filtered.hasSuffix(
          "\nNo rows.\nNo record that counts for won_amount meets --where; without it there are some.\n"
        ))
      let dated = try await Program.run(
        "query", "won_amount", "--by", "owner", "--period", "2030-02", "--quiet", in: folder)
      #expect(
        dated.hasSuffix(
          "\nNo rows.\nNo record that counts for won_amount is dated Feb 1, 2030 to Feb 28, 2030; at"
            + " other times there are some.\n"))
    }
  }

  @Test("A metric is explained down to its measures, and its records sum to the figure")
  func explain() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let said = try await Program.run(
        "explain", "won_amount", "--period", "FY2026", "--rows", "--quiet", in: folder)
      #expect(said.hasPrefix("won_amount: Won\n  Value of won bookings by close date.\n"))
      #expect(
        said.contains(
          "  won_amount = the sum of Value over opportunities where IsWon and IsBooking\n"))
      #expect(
        said.hasSuffix(
          """
          Records behind won_amount
          Id                  Name    Value (USD)  CloseDate
          ──────────────────  ──────  ───────────  ───────────
          006000000000002AAA  Second       $2,000  Apr 1, 2026
          006000000000001AAA  First        $1,001  Mar 1, 2026
          006000000000004AAA  Fourth         −$20  May 1, 2026
          3 records. The values of all 3 sum to $2,980.50: the figure.

          """))
      let csv = try await Program.run(
        "explain", "win_rate_count", "--rows", "--format", "csv", "--quiet", in: folder)
      #expect(
        csv == """
          measure,id,name,value,date
          won_count,006000000000001AAA,First,1,2026-03-01
          won_count,006000000000002AAA,Second,1,2026-04-01
          won_count,006000000000004AAA,Fourth,1,2026-05-01
          closed_count,006000000000001AAA,First,1,2026-03-01
          closed_count,006000000000002AAA,Second,1,2026-04-01
          closed_count,006000000000003AAA,Third,1,2026-04-02
          closed_count,006000000000004AAA,Fourth,1,2026-05-01

          """)
    }
  }

  @Test("The SQL that explain prints gives the figure when DuckDB runs it", .needs(.duckdb))
  func explainedSQL() async throws {
    try await withTemporaryFolder { folder in
      try write(folder)
      let said = try await Program.run(
        "explain", "won_amount", "--period", "FY2026", "--engine", "duckdb", "--quiet", in: folder)
      let script = try #require(
        said.components(separatedBy: "SQL for DuckDB\n").last?
          .components(separatedBy: "\n\nFigure\n").first)
      #expect(script.contains("-- won_amount: Value of won bookings by close date.\n"))
      // Three rows, and $2,980.50 in parts of 1/10,000.
      #expect(try await DuckDB.query(script) == [["3", "29805000"]])
    }
  }

  @Test("Slipped by territory as DuckDB finds it is what query says", .needs(.duckdb))
  func slippedSQL() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let said = try await Program.run(
        "explain", "slipped_count", "--by", "territory", "--engine", "duckdb", "--quiet", in: folder
      )
      let script = try #require(
        said.components(separatedBy: "SQL for DuckDB\n").last?
          .components(separatedBy: "\n\nFigure\n").first)
      // Key, name and number of rows.
      let found = try await DuckDB.query(script).map { "\($0[1] ?? "(unassigned)"),\($0[2] ?? "")" }
      let asked = try await Program.run(
        "query", "slipped_count", "--by", "territory", "--format", "csv", "--quiet", in: folder)
      let records = try CSVReader.records(asked)
      #expect(records.count > 3)
      #expect(
        found.sorted()
          == records.map { "\($0["territory"] ?? ""),\($0["slipped_count"] ?? "")" }.sorted())
    }
  }

  @Test("Won by territory is what the table of territories says")
  func territories() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      let asked = try await Program.run(
        "query", "won_amount", "--by", "territory", "--period", "fiscal_year", "--format", "csv",
        "--quiet", in: folder)
      let listed = try await Program.run(
        "tables", "territories", "--format", "csv", "--quiet", in: folder)
      var amounts: [String: String] = [:]
      for row in try CSVReader.records(asked) {
        amounts[row["territory_id"] ?? ""] = row["won_amount"]
      }
      #expect(amounts.count > 3)
      let territories = try CSVReader.records(listed)
      for row in territories {
        let id = row["territory_id"] ?? ""
        #expect(amounts[id] ?? "0.00" == row["won_amount"], "\(id)")
      }
      #expect(Set(amounts.keys).isSubset(of: territories.map { $0["territory_id"] ?? "" }))
    }
  }

  @Test("On a sample the records behind each kind of figure give it")
  func proofs() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      for metric in ["won_amount", "weighted_pipeline", "median_days", "attainment", "coverage"] {
        let said = try await Program.run("explain", metric, "--rows", "--quiet", in: folder)
        #expect(said.contains(": the figure."), "\(metric)")
        #expect(!said.contains("defect"), "\(metric)")
      }
    }
  }
}
