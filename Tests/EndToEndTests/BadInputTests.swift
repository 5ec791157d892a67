import Foundation
import TestKit
import Testing

@Suite("Bad input is refused in one sentence, with its place, and nothing is written")
struct BadInputTests {
  /// What is wrong with a project of three accounts, and what the program says of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    var without: [String] = []
    var arguments = ["run"]
    var status: Int32 = 2
    let sentence: String
  }

  static let good = [
    "cadastre.yaml": "organisation: Acme\nexport: export\nas_of: 2026-11-20\n",
    "export/Account.csv": "Id,Name\n001000000000001,Northwind\n",
    "export/Opportunity.csv": """
    Id,Name,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon
    006000000000001,Pumps,001000000000001,Closed Won,100.00,2026-10-01,true,true

    """,
  ]

  static let cases = [
    Case(
      testDescription: "an empty folder",
      without: ["export/Account.csv", "export/Opportunity.csv"],
      sentence: """
        export: error: the export holds no CSV file; nothing was read; \
        export the CRM's objects as CSV into it.
        """),
    Case(
      testDescription: "an unclosed quote",
      files: ["export/Account.csv": "Id,Name\n001000000000001,\"Northwind\n001000000000002,B\n"],
      sentence: """
        Account.csv:2:17: error: a quoted field opens here and is never closed; \
        nothing was computed; close the quote, or double it where it belongs to the text.
        """),
    Case(
      testDescription: "a missing required column",
      files: [
        "export/Opportunity.csv": """
        Id,Name,AccountId,StageName,Amount,ClosedDate,IsClosed,IsWon
        006000000000001,Pumps,001000000000001,Closed Won,100.00,2026-10-01,true,true

        """
      ],
      sentence: """
        Opportunity.csv:1: error: column "CloseDate" is missing, which holds \
        Opportunity.CloseDate; nothing was computed; did you mean "ClosedDate"?
        """),
    Case(
      testDescription: "a wrong key",
      files: ["cadastre.yaml": "export: export\nfiscal_yaer: {starts: february}\n"],
      sentence: """
        cadastre.yaml:2:1: error: unknown key "fiscal_yaer"; nothing was read; \
        did you mean "fiscal_year"?
        """),
    Case(
      testDescription: "an unknown report",
      files: ["cadastre.yaml": "export: export\nreports:\n  - {report: weekly-teritory}\n"],
      sentence: """
        cadastre.yaml:3:14: error: there is no report "weekly-teritory"; nothing was rendered; \
        did you mean "weekly-territory"?
        """),
    Case(
      testDescription: "a currency that is not the export's",
      files: [
        "cadastre.yaml": "export: export\ncurrency: EUR\n",
        "export/CurrencyType.csv":
          "IsoCode,ConversionRate,IsCorporate\nUSD,1,true\nEUR,0.9,false\n",
      ],
      sentence: """
        cadastre.yaml: error: the configured currency is EUR, the corporate currency of the export \
        USD; nothing was computed; write currency: USD, or leave it out.
        """),
    Case(
      testDescription: "an engine that there is not",
      files: ["cadastre.yaml": "export: export\nengine: {sparc: {}}\n"],
      sentence: """
        cadastre.yaml:2:10: error: unknown key "sparc"; nothing was read; did you mean "spark"?
        """),
    Case(
      testDescription: "no project", without: ["cadastre.yaml"],
      sentence: """
        cadastre.yaml: error: there is no configuration here; nothing was read; \
        run cadastre init --export PATH, or give --export PATH.
        """),
    Case(
      testDescription: "an export that is not there",
      files: ["cadastre.yaml": "export: exports/*\n"],
      sentence: """
        cadastre.yaml:1:9: error: no file or folder matches "exports/*"; nothing was read; \
        correct the pattern.
        """),
    Case(
      testDescription: "a second init", arguments: ["init", "--export", "export"],
      sentence: """
        cadastre.yaml: error: there is a configuration already; nothing was written; \
        edit it, or remove it first.
        """),
    Case(
      testDescription: "an unknown option", arguments: ["run", "--nonsense"], status: 64,
      sentence: "Error: Unknown option '--nonsense'"),
    Case(
      testDescription: "an unknown table", arguments: ["tables", "territoris"], status: 64,
      sentence: "Error: there is no table \"territoris\"; did you mean \"territories\"?"),
    Case(
      testDescription: "a day that is none", arguments: ["run", "--as-of", "2026-02-30"],
      status: 64,
      sentence: """
        Error: --as-of "2026-02-30" is no day: write a date such as 2026-11-20, export or today
        """),
    Case(
      testDescription: "an unknown format", arguments: ["report", "--format", "docx"],
      status: 64,
      sentence: "Error: there is no format \"docx\": choose one or more of html, mail, text, pdf, "
        + "xlsx, csv, json and xml"),
    Case(
      testDescription: "an unknown edition", arguments: ["report", "--edition", "Nowhere"],
      status: 64,
      sentence: """
        Error: no edition is called "Nowhere": give company, or the Id or name of a territory, a manager or a family
        """),
  ]

  @Test("Bad input", arguments: cases)
  func refused(_ bad: Case) async throws {
    try await withTemporaryFolder { folder in
      var files = Self.good.merging(bad.files) { $1 }
      for name in bad.without { files[name] = nil }
      try folder.write(files: files)
      try FileManager.default.createDirectory(
        at: folder.appending(path: "export"), withIntermediateDirectories: true)
      let before = folder.filesBelow()
      let finished = try await CadastreBinary.run(bad.arguments + ["--quiet"], in: folder)
      #expect(finished.status == bad.status)
      #expect(finished.output == "")
      // The parser adds how the command is used.
      let said = finished.errors.split(separator: "\n").map(String.init)
      #expect(said.first == bad.sentence)
      if bad.status == 2 { #expect(said.count == 1) }
      #expect(folder.filesBelow() == before)
    }
  }

  @Test("init leaves a README that is there as it is")
  func readme() async throws {
    try await withTemporaryFolder { folder in
      var files = Self.good
      files["cadastre.yaml"] = nil
      files["README.md"] = "Mine\n"
      try folder.write(files: files)
      try await Program.run("init", "--export", "export", "--yes", "--quiet", in: folder)
      #expect(try folder.text("README.md") == "Mine\n")
      #expect(try folder.text("cadastre.yaml").contains("\nexport: \"export\" "))
    }
  }

  @Test("The project that the others spoil is sound")
  func sound() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: Self.good)
      for command in ["check", "tables", "report", "run"] {
        let finished = try await CadastreBinary.run([command, "--quiet"], in: folder)
        #expect(finished.status == 0, "\(command)")
        #expect(finished.errors == "", "\(command)")
      }
    }
  }
}
