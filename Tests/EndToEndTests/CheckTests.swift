import Foundation
import TestKit
import Testing

@Suite("check tells the truth about an export")
struct CheckTests {
  /// What `check --format json` says.
  struct Said: Decodable {
    struct Section: Decodable {
      let report: String?
      let title: String
      let willBe: String
    }

    struct File: Decodable {
      let file: String
      let read: Int
      let used: Int
      let setAside: Int
      let deleted: Int
    }

    struct Rows: Decodable {
      let read: Int
      let used: Int
      let setAside: Int
      let deleted: Int
    }

    struct Found: Decodable {
      let severity: String
      let code: String
      let count: Int
      let manual: String
      let places: [String]
    }

    let readiness: [Section]
    let files: [File]
    let rows: Rows
    let ignored: [String]
    let findings: [Found]
  }

  private func said(_ arguments: [String], in folder: URL, status: Int32 = 0) async throws -> Said {
    let finished = try await CadastreBinary.run(
      ["check", "--format", "json", "--quiet"] + arguments, in: folder)
    #expect(finished.status == status, "\(finished.errors)")
    #expect(finished.errors == "")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Said.self, from: Data(finished.output.utf8))
  }

  private func expectAddedUp(_ said: Said) {
    #expect(!said.files.isEmpty)
    for file in said.files {
      #expect(file.read == file.used + file.setAside + file.deleted, "\(file.file)")
      #expect(file.used >= 0, "\(file.file)")
    }
    #expect(said.rows.read == said.files.reduce(0) { $0 + $1.read })
    #expect(said.rows.used == said.files.reduce(0) { $0 + $1.used })
    #expect(said.rows.setAside == said.files.reduce(0) { $0 + $1.setAside })
    #expect(said.rows.deleted == said.files.reduce(0) { $0 + $1.deleted })
  }

  @Test("On the sample rows add up, every section is ready, and every code has its explanation")
  func sample() async throws {
    let manual = try String(
      contentsOf: Repository.root.appending(path: "docs/findings.md"), encoding: .utf8)
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try folder.write(files: ["export/notes.txt": "mine"])
      let said = try await said([], in: folder)
      expectAddedUp(said)
      #expect(said.readiness.filter { $0.willBe != "ready" }.map(\.title) == [])
      #expect(said.readiness.count { $0.report == "weekly-territory" } == 10)
      #expect(said.ignored.contains { $0.hasSuffix("notes.txt") })
      let printed = CheckReport(
        try await CadastreBinary.run(["check", "--quiet"], in: folder).output)
      #expect(printed.findings.map(\.code) == said.findings.map(\.code))
      #expect(printed.files.map(\.name) == said.files.map(\.file))
      #expect(printed.files.map(\.used) == said.files.map(\.used))
      for finding in said.findings {
        let anchor = finding.manual.replacing("docs/findings.md#", with: "")
        #expect(manual.contains("\n### \(anchor)\n"), "\(finding.code)")
      }
    }
  }

  @Test("On a genuine Data Loader export rows add up", .needsRealData("sf-dataloader"))
  func dataLoader() async throws {
    let samples = try RealData.require("sf-dataloader").appending(path: "samples")
    try await withTemporaryFolder { folder in
      expectAddedUp(try await said(["--export", samples.path], in: folder))
    }
  }

  @Test(
    "On another CRM's data rows add up, each read of a file on its own", .needsRealData("maven-crm")
  )
  func maven() async throws {
    let data = try RealData.require("maven-crm")
    try await withTemporaryFolder { folder in
      let project = Repository.fixture("maven-crm")
      try FileManager.default.copyItem(
        at: project.appending(path: "mapping.yaml"), to: folder.appending(path: "mapping.yaml"))
      try folder.write(files: ["cadastre.yaml": "crm: mapping.yaml\nexport: \(data.path)\n"])
      let said = try await said([], in: folder)
      expectAddedUp(said)
      #expect(said.files.count { $0.file == "sales_pipeline.csv" } == 2)
    }
  }

  @Test("Each format can be written to a file, which is then the only thing written")
  func formats() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: BadInputTests.good)
      let before = folder.filesBelow()
      for (format, start) in [
        ("text", "Acme, as of 2026-11-20\n"), ("html", "<!DOCTYPE html>"), ("json", "{\n"),
        ("xml", "<?xml"),
      ] {
        let printed = try await CadastreBinary.run(
          ["check", "--format", format, "--quiet"], in: folder)
        #expect(printed.status == 0)
        #expect(printed.output.hasPrefix(start), "\(format)")
        #expect(folder.filesBelow() == before, "\(format)")
        let ending = format == "text" ? "txt" : format
        let written = try await CadastreBinary.run(
          ["check", "--out", "look/check.\(ending)", "--quiet"], in: folder)
        #expect(written.output == "look/check.\(ending)\n")
        #expect(try folder.text("look/check.\(ending)") == printed.output, "\(format)")
        try FileManager.default.removeItem(at: folder.appending(path: "look"))
      }
    }
  }

  @Test("What stops the reading is said in the format that was asked for, with status 2")
  func stopped() async throws {
    try await withTemporaryFolder { folder in
      var files = BadInputTests.good
      files["export/Account.csv"] = "Id,Name\n001000000000001,\"Northwind\n"
      try folder.write(files: files)
      let said = try await said([], in: folder, status: 2)
      #expect(said.findings.map(\.code) == ["quote-unclosed"])
      #expect(said.findings.first?.places == ["Account.csv:2:17"])
      try folder.write(files: ["cadastre.yaml": "export: export\nfiscal_yaer: {}\n"])
      let text = try await CadastreBinary.run(["check", "--quiet"], in: folder)
      #expect(text.status == 2)
      #expect(
        text.output == """
          The check stopped before its end. 1 error.

          Findings

          error  settings-unknown-key  × 1
              unknown key "fiscal_yaer"; nothing was read; did you mean "fiscal_year"?
              at cadastre.yaml:2:1
              docs/findings.md#settings-unknown-key

          """)
      #expect(text.errors == "")
    }
  }

  @Test("An expression that names no field is found without rendering a report")
  func reportQuestions() async throws {
    try await withTemporaryFolder { folder in
      var files = BadInputTests.good
      files["cadastre.yaml"]? += "reports:\n  - {report: mine}\n"
      files["reports/mine.yaml"] = """
        report: mine
        title: Mine
        editions: [company]
        sections:
          - {kind: table, title: Big, list: opportunities, where: Ammount > 5, columns: {Deal: Name}}

        """
      try folder.write(files: files)
      let said = try await said([], in: folder, status: 2)
      #expect(said.findings.first?.code == "expression-unknown-field")
      #expect(said.findings.first?.places == ["reports/mine.yaml:5:59"])
    }
  }

  @Test("A churn signal over no field is found, and counted once however many tables ask for it")
  func churnSignals() async throws {
    try await withTemporaryFolder { folder in
      var files = BadInputTests.good
      files["cadastre.yaml"]? += """
        churn_signals: {few seats: Seats__c < 10}
        reports:
          - {report: weekly-territory}

        """
      try folder.write(files: files)
      let said = try await said([], in: folder, status: 2)
      let errors = said.findings.filter { $0.severity == "error" }
      #expect(errors.map(\.code) == ["expression-unknown-field"])
      #expect(errors.map(\.places) == [["cadastre.yaml:4:28"]])
      #expect(errors.map(\.count) == [1])
    }
  }

  @Test("Warnings alone are status 0, and 2 with --strict")
  func strict() async throws {
    try await withTemporaryFolder { folder in
      var files = BadInputTests.good
      files["export/Account.csv"]? += "001000000000001,Again\n"
      try folder.write(files: files)
      let loose = try await CadastreBinary.run(["check", "--quiet"], in: folder)
      #expect(loose.status == 0)
      let strict = try await CadastreBinary.run(["check", "--strict", "--quiet"], in: folder)
      #expect(strict.status == 2)
      #expect(strict.output == loose.output)
    }
  }

  @Test("A run that falls back to the company's edition says why")
  func whyNone() async throws {
    try await withTemporaryFolder { folder in
      var files = BadInputTests.good
      files["cadastre.yaml"]? += "reports:\n  - {report: weekly-territory, editions: territory}\n"
      try folder.write(files: files)
      let finished = try await CadastreBinary.run(["run"], in: folder)
      #expect(finished.status == 0)
      let sentence =
        "This export holds no territories of an active model (Territory2), so there is no edition "
        + "by territory."
      #expect(finished.errors.contains("weekly-territory: \(sentence)\n"))
      #expect(try folder.text("out/2026-11-20/index.html").contains(sentence))
    }
  }

  @Test("Of accounts alone a report is made that names everything it is without")
  func accountsAlone() async throws {
    try await withTemporaryFolder { folder in
      var files = BadInputTests.good
      files["export/Opportunity.csv"] = nil
      try folder.write(files: files)
      try await Program.run("run", "--quiet", in: folder)
      let page = try folder.text("out/2026-11-20/weekly-territory/company.html")
      #expect(page.contains("<h2 id=\"not-in-this-report-title\">Not in this report</h2>"))
      #expect(page.contains("no figure for a headline, because the export holds no Opportunity"))
      #expect(!page.contains("$0"))
      #expect(!page.contains("id=\"won-by-month\""))
    }
  }

  @Test(
    "A reader of the check, and of a report that lacks much, trips over nothing",
    .needs(.chromium, .python),
    arguments: [
      PageCheck.View(width: 1280), PageCheck.View(width: 390),
      PageCheck.View(width: 390, dark: true), PageCheck.View(width: 1280, print: true),
    ])
  func reading(view: PageCheck.View) async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      for name in ["User", "ForecastingQuota", "Territory2Model", "ObjectTerritory2Association"] {
        try FileManager.default.removeItem(at: folder.appending(path: "export/\(name).csv"))
      }
      try await Program.run(
        "check", "--export", "export", "--out", "check.html", "--quiet", in: folder)
      try await Program.run(
        "report", "--export", "export", "--edition", "company", "--format", "html", "--out", "out",
        "--quiet", in: folder)
      for page in ["check.html", "out/weekly-territory/company.html"] {
        let problems = try await PageCheck.problems(of: folder.appending(path: page), in: view)
        #expect(problems == [], "\(page)")
      }
    }
  }
}
