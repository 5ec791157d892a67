import Foundation
import TestKit
import Testing

/// Salesforce's command line, as far as the fetch script calls it, over the files of a sample: a
/// double for a service that a test cannot have.
private enum FakeSalesforce {
  /// The body of a program `sf`: SAMPLE is the folder that it serves, LOG where it notes its queries,
  /// LACKS what the organisation does not have.
  static let program = #"""
    #!/usr/bin/env python3
    import csv, json, os, re, sys
    sample, lacks = os.environ["SAMPLE"], os.environ.get("LACKS", "").split()
    flags = {}
    rest = sys.argv[1:]
    words = []
    while rest and not rest[0].startswith("--"): words.append(rest.pop(0))
    while rest:
        name = rest.pop(0)
        flags[name] = rest.pop(0) if rest and not rest[0].startswith("--") else True
    assert flags.get("--target-org") == "acme", flags

    def header(name):
        path = f"{sample}/{name}.csv"
        if name in lacks or not os.path.exists(path): sys.exit("NOT_FOUND: " + name)
        with open(path, newline="") as file: return next(csv.reader(file))

    if words == ["org", "display"]:
        sys.exit(1 if os.environ.get("LOGGED_OUT") else 0)
    if words == ["sobject", "describe"]:
        names = [n for n in header(flags["--sobject"]) if n not in lacks]
        print(json.dumps({"result": {"fields": [{"name": n} for n in names]}}, indent=2))
        sys.exit(0)
    found = re.fullmatch(r"SELECT ([A-Za-z0-9_,.]+) FROM ([A-Za-z0-9_]+)", flags["--query"])
    wanted, name = found[1].split(","), found[2]
    with open(os.environ["LOG"], "a") as log:
        print(" ".join(words), flags["--query"], "all" if "--all-rows" in flags else "", file=log)
    names = header(name)
    # The sample leaves these out; Salesforce has them.
    spared = {"SystemModstamp", "IsDeleted", "IsPersonAccount", "PersonContactId",
              "ActivityDateTime", "ShippingPostalCode", "AnnualRevenue"}
    for field in wanted:
        if field in lacks or field not in names and field not in spared:
            sys.exit(f"INVALID_FIELD: {name}.{field}")
    cells = [names.index(f) for f in wanted if f in names]
    out = open(flags["--output-file"], "w", newline="") if words[:2] == ["data", "export"] else sys.stdout
    assert flags["--result-format"] == "csv"
    with open(f"{sample}/{name}.csv", newline="") as file:
        writer = csv.writer(out, lineterminator="\n")
        for row in csv.reader(file):
            # A row that is broken stays broken, though it has as many cells as are wanted.
            if len(row) == len(names): row = [row[i] for i in cells]
            else: row = row[:len(cells) - 2]
            writer.writerow(row)
    """#
}

@Suite("What to export")
struct WantsTests {
  private func fetch(
    _ folder: URL, into name: String, environment: [String: String] = [:]
  ) async throws -> Finished {
    // Every organisation has rows of Period; the sample's say nothing beyond its first month.
    try folder.write(files: [
      "bin/sf": FakeSalesforce.program,
      "export/Period.csv": "Id,Type,StartDate,EndDate,FullyQualifiedLabel,SystemModstamp\n",
    ])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: "bin/sf").path)
    let path =
      folder.appending(path: "bin").path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    return try await TestKit.run(
      folder.appending(path: "fetch.sh"), ["acme", name],
      environment: [
        "PATH": path, "SAMPLE": folder.appending(path: "export").path,
        "LOG": folder.appending(path: "queries").path,
      ].merging(environment) { $1 }, in: folder)
  }

  @Test(
    "An export of just the wanted fields gives the same tables and pages as one of everything",
    .needs(.python))
  func sameFigures() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder, accounts: 200)
      let said = try await Program.run("wants", "--out", "fetch.sh", in: folder)
      #expect(said == "fetch.sh was written. Run it: ./fetch.sh ORG\n")
      let syntax = try await TestKit.run(
        URL(filePath: "/bin/bash"), ["-n", "fetch.sh"], in: folder)
      #expect(syntax.status == 0, "\(syntax.errors)")
      let fetched = try await fetch(folder, into: "less")
      #expect(fetched.status == 0, "\(fetched.errors)")
      #expect(fetched.errors.contains("TERRITORIES=1\n"))

      let less = folder.appending(path: "less")
      let (kept, all) = (try cells(less), try cells(folder.appending(path: "export")))
      #expect(kept * 4 < all * 3, "\(kept) of \(all) cells")

      for command in ["tables", "run"] {
        try await Program.run(command, "--out", "all-\(command)", "--quiet", in: folder)
        try await Program.run(
          command, "--export", "less", "--out", "less-\(command)", "--quiet", in: folder)
        let whole = try withoutWidths(folder.appending(path: "all-\(command)"))
        #expect(whole.count >= 5)
        // The page of findings names places, and these lie elsewhere in smaller files.
        let differing = try differences(
          whole, withoutWidths(folder.appending(path: "less-\(command)"))
        ).filter { $0 != "findings.html" }
        #expect(differing == [])
      }
    }
  }

  /// The files of a folder, where pages say of a broken row how wide its file is; those in which that
  /// sentence is packed or broken into lines are left out.
  private func withoutWidths(_ folder: URL) throws -> [String: Data] {
    let packed = [".pdf", ".xlsx", ".txt", ".eml"]
    return try folder.contents().filter { file in !packed.contains { file.key.hasSuffix($0) } }
      .mapValues { bytes in
        Data(
          String(decoding: bytes, as: UTF8.self)
            .replacing(/The row has [0-9]+ cells where the header has [0-9]+\./, with: "").utf8)
      }
  }

  private func cells(_ folder: URL) throws -> Int {
    try folder.contents().values.reduce(0) { $0 + $1.count }
  }

  @Test("What an organisation lacks is left out, and the script still runs", .needs(.python))
  func lacking() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 50)
      try await Program.run("wants", "weekly-territory", "--out", "fetch.sh", in: folder)
      let fetched = try await fetch(
        folder, into: "less",
        environment: [
          "LACKS": "CurrencyIsoCode Territory2Id IsExcludedFromTerritory2Filter ForecastingQuota "
            + "DatedConversionRate MonthlyValue__c Territory2 Territory2Model Territory2Type"
        ])
      #expect(fetched.status == 0, "\(fetched.errors)")
      #expect(
        fetched.errors.split(separator: "\n").prefix(7) == [
          "MULTI_CURRENCY=0", "DATED_RATES=0", "TERRITORIES=0", "QUOTAS=0", "TERRITORY_QUOTAS=0",
          "PERSON_ACCOUNTS=1", "CONTRACT_VALUE=0",
        ])
      #expect(
        folder.appending(path: "less").filesBelow() == [
          "Account.csv", "Contract.csv", "Event.csv", "Lead.csv", "Opportunity.csv",
          "OpportunityFieldHistory.csv", "OpportunityHistory.csv", "OpportunityLineItem.csv",
          "OpportunityStage.csv", "Organization.csv", "Period.csv", "Product2.csv", "Task.csv",
          "User.csv",
        ])
      let queries = try folder.text("queries")
      #expect(!queries.contains("CurrencyIsoCode"))
      #expect(queries.contains("data query SELECT Id,ApiName,MasterLabel,IsClosed,IsWon"))
      #expect(
        queries.contains(
          "data export bulk SELECT Id,AccountId,StartDate,EndDate,IsDeleted,SystemModstamp FROM "
            + "Contract"))
      #expect(queries.split(separator: "\n").filter { $0.hasSuffix(" all") }.count == 1)
    }
  }

  @Test(
    "The script stops where it is not logged in, and where old files would stay", .needs(.python))
  func stops() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 50)
      try await Program.run("wants", "--out", "fetch.sh", in: folder)
      let out = try await fetch(folder, into: "less", environment: ["LOGGED_OUT": "1"])
      #expect(out.status == 1)
      #expect(out.errors.hasSuffix("fetch.sh: log in first: sf org login web --alias acme\n"))
      let old = try await fetch(folder, into: "export")
      #expect(old.status == 1)
      #expect(
        old.errors.hasSuffix(
          "fetch.sh: export is not empty: name a new folder, so that no old file stays\n"))
      let query = try await fetch(folder, into: "less", environment: ["LACKS": "StageName"])
      #expect(query.status == 1)
      #expect(
        query.errors.hasSuffix(
          "INVALID_FIELD: Opportunity.StageName\n\(folder.path)/fetch.sh: Opportunity was not "
            + "fetched; see above, and run this again with a new folder\n"))
    }
  }

  @Test("Without a project and an export it says objects, fields and permissions")
  func text() async throws {
    try await withTemporaryFolder { folder in
      let all = try await Program.run("wants", in: folder)
      #expect(all.hasPrefix("What to export from salesforce for account-family, data-quality,"))
      #expect(all.split(separator: "\n").filter { $0.count > 100 } == [])
      let text = try await Program.run("wants", "weekly-territory", in: folder)
      #expect(text.hasPrefix("What to export from salesforce for weekly-territory"))
      #expect(
        text.contains(
          "  Manage Territories: without it, territory models that are not active are missing and "
            + "nothing says\n    so\n"))
      #expect(
        text.contains(
          """
            Territory2Model (only with Sales Territories)
              for every report
              Id, Name, State, SystemModstamp
          """))
      #expect(
        text.contains("  Export File Encoding: Unicode (UTF-8); others are recognised too.\n"))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
      let json = try await Program.run("wants", "weekly-territory", "--format", "json", in: folder)
      let parsed = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      #expect(parsed["crm"] as? String == "salesforce")
      let objects = try #require(parsed["objects"] as? [[String: Any]])
      let deals = try #require(objects.first { $0["name"] as? String == "Opportunity" })
      let fields = try #require(deals["fields"] as? [[String: Any]])
      #expect(fields.first?["name"] as? String == "Id")
      #expect(
        fields.first { $0["name"] as? String == "CurrencyIsoCode" }?["onlyWith"] as? String
          == "MULTI_CURRENCY")
    }
  }

  @Test("For another CRM it names the files and columns that its preset reads")
  func otherCRM() async throws {
    try await withTemporaryFolder { folder in
      let text = try await Program.run("wants", "weekly-territory", "--crm", "hubspot", in: folder)
      #expect(text.hasPrefix("What to export from hubspot for weekly-territory"))
      #expect(text.contains("    CloseDate: Close Date, closedate or property_closedate\n"))
      #expect(!text.contains("View All Data"))
      #expect(text.contains("Territory2"))
      let script = try await CadastreBinary.run(["wants", "--crm", "zoho", "--script"], in: folder)
      #expect(script.status == 64)
      #expect(
        script.errors.hasPrefix(
          "Error: there is a fetch script for salesforce only; zoho exports files by itself\n"))
      let unknown = try await CadastreBinary.run(["wants", "--crm", "hubspt"], in: folder)
      #expect(unknown.status == 64)
      #expect(
        unknown.errors.hasPrefix(
          "Error: there is no CRM \"hubspt\"; did you mean \"hubspot\"?\n"))
    }
  }

  @Test("A metric of the project's own brings its custom field into the list")
  func ownField() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "cadastre.yaml": "deals:\n  value: ARR__c\nreports:\n  - report: weekly-territory\n"
      ])
      let script = try await Program.run("wants", "--script", in: folder)
      let line = script.split(separator: "\n").first { $0.hasPrefix("bulk Opportunity ") } ?? ""
      #expect(line.contains(",ARR__c"))
    }
  }

  @Test("A subscription object of the project's own is asked for by its own names")
  func subscriptions() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "cadastre.yaml":
          "subscriptions: {object: Subscription__c, value: MRR__c, account: Customer__c}\n"
      ])
      let script = try await Program.run("wants", "--script", in: folder)
      #expect(
        script.contains(
          "\nbulk Subscription__c \"Id,Customer__c,StartDate,EndDate,MRR__c,IsDeleted,"
            + "SystemModstamp"))
      #expect(!script.contains("CONTRACT_VALUE"))
    }
  }
}
