import Foundation
import TestKit
import Testing

/// `init`, then `run` and `check` with no edit in between, on every real export.
@Suite("init on real exports")
struct InitTests {
  @Test("The Data Loader's own export", .needsRealData("sf-dataloader"))
  func dataLoader() async throws {
    try await runs(
      "sf-dataloader/samples", recognised: "salesforce, by the names of 2 files",
      says: [
        "territories: one edition for the company, and no table by territory",
        "users: owners are shown as the deals name them, without managers",
      ], writes: ["crm: \"salesforce\"", "as_of: export   # the newest change"])
  }

  @Test("A developer edition as a spreadsheet saved it", .needsRealData("sf-powerbi-devorg"))
  func spreadsheet() async throws {
    try await runs(
      "sf-powerbi-devorg", recognised: "salesforce, by the names of 5 files",
      says: [
        "owners of deals: no table by owner", "OpportunityHistoryGroup.csv", "Lead.csv as Lead",
        "dates: month/day/year (as they are written)",
      ], writes: ["export_format: {dates: month/day/year}"])
  }

  @Test("HubSpot's tables as a warehouse keeps them", .needsRealData("dbt-hubspot"))
  func hubspot() async throws {
    try await runs(
      "dbt-hubspot", recognised: "hubspot, by the names of 5 files",
      says: ["deal_stage_data.csv", "territories: one edition for the company"],
      writes: ["crm: \"hubspot\""])
  }

  @Test("A CRM that is not built in", .needsRealData("maven-crm"))
  func unknown() async throws {
    try await runs(
      "maven-crm", recognised: "no CRM that is built in; a mapping was proposed",
      says: [
        "stages: Engaging, Prospecting are read as open", "data_dictionary.csv",
        "reports: weekly-territory, one edition a territory",
      ], writes: ["crm: \"mapping.yaml\"", "export_format: {dates: month/day/year}"])
  }

  @Test("Accounts and subscriptions without a deal", .needsRealData("ravenstack-saas"))
  func subscriptions() async throws {
    try await runs(
      "ravenstack-saas", recognised: "no CRM that is built in; a mapping was proposed",
      says: [
        "deals: no pipeline, bookings, win rates or sales cycles",
        "recurring revenue: Contract (Contract has monthly values)",
        "ravenstack_churn_events.csv",
      ], writes: ["subscriptions: {object: Contract, value: MonthlyValue__c, per: month}"],
      reads: "ravenstack_subscriptions.csv Contract 5,000 5,000 0 0 ")
  }

  /// Runs `init`, then everything else on what it wrote, and `init` once more.
  private func runs(
    _ name: String, recognised: String, says: [String], writes: [String], reads: String? = nil
  ) async throws {
    let data = try RealData.require(name)
    try await withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: "export"), withDestinationURL: data)
      let said = try await Program.run("init", "--export", "export", "--yes", "--quiet", in: folder)
      #expect(said.contains("\nRecognised:\n  \(recognised)"))
      for line in says { #expect(said.contains(line), "\(line)") }
      let written = try folder.text("cadastre.yaml")
      for line in writes { #expect(written.contains(line), "\(line)") }
      for command in ["run", "check", "tables"] {
        let finished = try await CadastreBinary.run([command, "--quiet"], in: folder)
        #expect(finished.status == 0, "\(command): \(finished.errors)")
        if command == "check", let reads {
          #expect(
            finished.output.replacing(/[ ]+/, with: " ").contains(reads), "\(finished.output)")
        }
      }
      try await Program.run("init", "again", "--export", "export", "--yes", "--quiet", in: folder)
      let again = folder.appending(path: "again")
      // The export is named as it is seen from there.
      #expect(
        try again.text("cadastre.yaml").replacing("../export", with: "export") == written)
      if written.contains("mapping.yaml") {
        #expect(try again.text("mapping.yaml") == folder.text("mapping.yaml"))
      }
    }
  }

  @Test(
    "The mapping proposed for maven-crm has the figures of the one made by hand",
    .needsRealData("maven-crm"))
  func maven() async throws {
    let data = try RealData.require("maven-crm")
    try await withTemporaryFolder { folder in
      let hand = folder.appending(path: "hand")
      try FileManager.default.copyItem(at: Repository.fixture("maven-crm"), to: hand)
      for place in [hand, folder] {
        try FileManager.default.createSymbolicLink(
          at: place.appending(path: "export"), withDestinationURL: data)
      }
      try await Program.run("init", "--export", "export", "--yes", "--quiet", in: folder)
      let mapping = try folder.text("mapping.yaml")
      #expect(mapping.contains("{column: product, values: {GTXPro: GTX Pro}} mends them"))
      #expect(mapping.contains("AnnualRevenue: {column: revenue, times: 1000000}   # unsure: "))
      // What it marks as spellings is taken as it says; nothing else is changed.
      let mended = mapping.replacing(/: \w+   # unsure: spellings\? ({.*}) mends them/) {
        ": \($0.output.1)"
      }
      #expect(mended != mapping)
      try folder.write(files: ["mapping.yaml": mended])
      let proposed = try await Program.tables(folder)
      let expected = try await Program.tables(hand)
      for name in ["territories", "win-rates", "owners", "families"] {
        #expect(proposed[name] == expected[name], "\(name)")
      }
    }
  }

  @Test("An existing project, and an existing mapping file, are left alone")
  func existing() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "export/deals.csv": "id,company,stage,value,close_date\n1,Acme,won,5,2026-01-02\n",
        "mapping.yaml": "name: mine\n",
      ])
      let refused = try await CadastreBinary.run(
        ["init", "--export", "export", "--yes"], in: folder)
      #expect(refused.status == 2)
      #expect(
        refused.errors.contains(
          "mapping.yaml: error: there is a mapping file already; nothing was written; "
            + "give it as --mapping mapping.yaml, or remove it first."))
      #expect(try folder.text("mapping.yaml") == "name: mine\n")
    }
  }

  @Test("With templates, what pages and reports are made from is copied and still runs")
  func templates() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 30)
      try await Program.run(
        "init", "--export", "export", "--yes", "--with-templates", "--quiet", in: folder)
      let files = folder.filesBelow()
      #expect(
        files.contains("templates/theme.yaml") || files.contains { $0.hasPrefix("templates/") })
      #expect(files.contains("reports/weekly-territory.yaml"))
      #expect(!files.contains("reports/metrics.yaml"))
      #expect(files.contains("templates/words/de.yaml"))
      let finished = try await CadastreBinary.run(["run", "--quiet"], in: folder)
      #expect(finished.status == 0, "\(finished.errors)")

      // What is changed in the copies is taken; a word that is wrong there is found.
      try folder.replace("about_report: About", with: "about_report: All about", in: Self.words)
      try await Program.run("run", "--quiet", in: folder)
      #expect(try Program.output(folder).text("index.html").contains("All about this report"))
      try folder.replace("about_report:", with: "abuot_report:", in: Self.words)
      let refused = try await CadastreBinary.run(["run", "--quiet"], in: folder)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("did you mean \"about_report\"?"))
    }
  }

  private static let words = "templates/words/en.yaml"

  @Test(
    "On a terminal it asks, says what a wrong answer lacks, and writes the answers", .needs(.python)
  )
  func terminal() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 60)
      try folder.write(files: ["ask.py": Self.script])
      let arguments = [
        "ask.py", try CadastreBinary.file().path, "new = New Bizness", "renewal = Renewal",
        "Qualificatoin",
        "Qualification", "", "none",
      ]
      let python = try #require(Tool.python.file)
      let finished = try await TestKit.run(python, arguments, in: folder)
      #expect(finished.status == 0, "\(finished.errors)")
      let said = finished.output
      #expect(said.contains("No deal has the type \"New Bizness\": did you mean \"New Business\"?"))
      #expect(said.contains("Did you mean \"Qualification\"?"))
      #expect(said.contains("Which role leads a territory? ("))
      let written = try folder.text("cadastre.yaml")
      #expect(
        written.contains(
          "deals: {bookings_from: \"Qualification\", classes: {renewal: \"Type = 'Renewal'\"}}"))
      #expect(written.contains("# subscriptions: subscriptions.csv"))
    }
  }

  /// Runs `init` at a pseudo-terminal and types the answers, one at each prompt.
  private static let script = """
    import os, pty, select, sys
    answers = sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.argv[1], [sys.argv[1], 'init', '--export', 'export'])
    said = b''
    while select.select([terminal], [], [], 120)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
        if said.rstrip().endswith(b']') and answers:
            os.write(terminal, (answers.pop(0) + '\\n').encode())
            said += b'\\n'
    print(said.decode())
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    """
}
