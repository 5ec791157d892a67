import Foundation
import TestKit
import Testing

@Suite("A family of accounts on the command line")
struct FamilyCommandTests {
  /// A family of five under one parent, another account, and territories for all but one.
  private static let export = [
    "Account.csv": """
    Id,Name,ParentId,BillingCountry,OwnerId,IsDeleted
    001000000000001AAA,Acme Holdings Inc.,,United States,005000000000001AAA,0
    001000000000002AAA,Acme Deutschland GmbH,001000000000001AAA,Germany,005000000000002AAA,0
    001000000000003AAA,Acme Bayern,001000000000002AAA,Germany,005000000000002AAA,0
    001000000000004AAA,<script>alert(1)</script>,001000000000001AAA,Japan,005000000000001AAA,0
    001000000000005AAA,Acme Bayern,001000000000004AAA,Japan,005000000000001AAA,0
    001000000000006AAA,Globex,,France,005000000000001AAA,0
    """,
    "User.csv": """
    Id,Name,Email,IsActive
    005000000000001AAA,Ann Lee,ann@acme.example,1
    005000000000002AAA,Bo Ray,bo@acme.example,1
    """,
    "Opportunity.csv": """
    Id,Name,AccountId,Amount,StageName,IsWon,IsClosed,CloseDate,CreatedDate,IsDeleted
    006000000000001AAA,A,001000000000001AAA,100.25,Closed Won,1,1,2026-05-01,2026-01-01 00:00:00,0
    006000000000002AAA,B,001000000000002AAA,2000.50,Closed Won,1,1,2026-05-01,2026-01-01 00:00:00,0
    006000000000003AAA,C,001000000000003AAA,30.75,Closed Won,1,1,2026-05-01,2026-01-01 00:00:00,0
    006000000000004AAA,D,001000000000005AAA,7.00,Closed Won,1,1,2026-05-01,2026-01-01 00:00:00,0
    006000000000005AAA,E,001000000000005AAA,500.00,Closing,0,0,2026-12-01,2026-01-01 00:00:00,0
    """,
    "OpportunityStage.csv": """
    Id,MasterLabel,IsActive,SortOrder,IsClosed,IsWon,DefaultProbability,ForecastCategoryName
    01J000000000001AAA,Closing,1,1,0,0,50,Pipeline
    01J000000000002AAA,Closed Won,1,2,1,1,100,Closed
    """,
    "Territory2.csv": """
    Id,Name,DeveloperName,ParentTerritory2Id
    0MI000000000001AAA,West,West,
    0MI000000000002AAA,DACH,DACH,
    """,
    "ObjectTerritory2Association.csv": """
    Id,ObjectId,Territory2Id
    0MQ000000000001AAA,001000000000001AAA,0MI000000000001AAA
    0MQ000000000002AAA,001000000000002AAA,0MI000000000002AAA
    0MQ000000000003AAA,001000000000003AAA,0MI000000000002AAA
    0MQ000000000004AAA,001000000000004AAA,0MI000000000001AAA
    0MQ000000000005AAA,001000000000006AAA,0MI000000000001AAA
    """,
  ]

  static func withExport(_ body: (URL) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        files: Dictionary(
          uniqueKeysWithValues: Self.export.map { ("export/\($0)", $1 + "\n") }))
      try await body(folder)
    }
  }

  private func family(
    _ arguments: String..., in folder: URL
  ) async throws -> (status: Int, output: String, errors: String) {
    let finished = try await CadastreBinary.run(
      ["family"] + arguments + ["--export", "export", "--as-of", "2026-11-20", "--quiet"],
      in: folder)
    return (Int(finished.status), finished.output, finished.errors)
  }

  @Test(
    "Any account of the family prints the whole tree, with what each is worth itself and in all")
  func text() async throws {
    try await Self.withExport { folder in
      let printed = try await family("acme deutschland gmbh", in: folder)
      #expect(printed.errors == "")
      #expect(
        printed.output.split(separator: "\n").suffix(7).joined(separator: "\n")
          == """
          Account                       Country        Territory     Won, own  in all
          ────────────────────────────  ─────────────  ────────────  ────────  ──────
          Acme Holdings Inc.            United States  West               100   2,139
          ├─ Acme Deutschland GmbH      Germany        DACH             2,001   2,031
          │  └─ Acme Bayern             Germany        DACH                31
          └─ <script>alert(1)</script>  Japan          West                 0       7
             └─ Acme Bayern             Japan          no territory         7
          """)
      let folded = try await family("001000000000003", "--max-boxes", "2", in: folder)
      #expect(folded.output.contains("└─ +4 subsidiaries"))
      #expect(folded.output.contains("2,038"))
      #expect(folded.output.contains("1 of 5 stand in rows of their own"))
    }
  }

  @Test("What is not an account, or several, is refused with what to write")
  func refusals() async throws {
    try await Self.withExport { folder in
      let unknown = try await family("Globx", in: folder)
      #expect(unknown.status == 2)
      #expect(
        unknown.errors == """
          ACCOUNT:1:1: error: no account is called "Globx"; no family was drawn; did you mean \
          "Globex"?

          """)
      let several = try await family("Acme Bayern", in: folder)
      #expect(several.status == 2)
      #expect(
        several.errors == """
          ACCOUNT:1:1: error: 2 accounts are called "Acme Bayern"; no family was drawn; give the \
          Id: 001000000000003AAA or 001000000000005AAA.

          """)
      let outside = try await family("Globex", "--territory", "DACH", in: folder)
      #expect(outside.status == 2)
      #expect(
        outside.errors == """
          --territory:1:1: error: no account of this family is in the territory; no family was \
          drawn; leave --territory out, or name a territory that holds one of its accounts.

          """)
    }
  }

  @Test(
    "Options that do not fit each other are refused before anything is read",
    arguments: [
      (
        ["--out", "x.zip"],
        "--out \"x.zip\" does not say in which format: end it in .svg, .png, .pdf, .html or .txt, or "
          + "give --format"
      ),
      (["--format", "pdf"], "--format pdf needs a file: give --out FILE.pdf"),
      (
        ["--out", "x.svg", "--paged"],
        "--paged is for PDF: give --out FILE.pdf, or leave it out"
      ),
      (["--max-boxes", "1"], "--max-boxes 1 is too few: write 2 or more"),
      (["--scale", "3"], "--scale 3 is not drawn: write 1 or 2"),
      (
        ["--after", "planned"],
        "--after needs the model before it: give --before active, say"
      ),
      (
        ["--before", "active"],
        "--before needs the model that follows: give --after planned, say"
      ),
      (
        ["--before", "active", "--after", "planned", "--territory", "West"],
        "--territory is of one model: leave it out where --before and --after are compared"
      ),
    ])
  func usage(arguments: [String], sentence: String) async throws {
    let finished = try await CadastreBinary.run(["family", "Acme"] + arguments)
    #expect(finished.status == 64)
    #expect(finished.errors.hasPrefix("Error: \(sentence)\n"), "\(finished.errors)")
  }

  @Test("In a territory's scope other accounts are a box without name or Id")
  func scope() async throws {
    try await Self.withExport { folder in
      let printed = try await family("Acme Holdings Inc.", "--territory", "dach", in: folder)
      #expect(printed.output.contains("+3 accounts elsewhere"))
      #expect(!printed.output.contains("Acme Holdings"))
      #expect(!printed.output.contains("script"))
      for file in ["f.svg", "f.html"] {
        let written = try await family(
          "Acme Holdings Inc.", "--territory", "DACH", "--out", file, in: folder)
        #expect(written.output == "\(file)\n")
        let text = try folder.text(file)
        #expect(!text.contains("Holdings"))
        #expect(!text.contains("001000000000001"))
      }
    }
  }

  @Test("Each format is written, and twice the same bytes")
  func formats() async throws {
    try await Self.withExport { folder in
      for (file, start) in [
        ("f.svg", "<?xml"), ("f.png", "\u{FFFD}PNG"), ("f.pdf", "%PDF-"),
        ("f.html", "<!DOCTYPE html>"),
        ("f.txt", "Family of Acme Holdings Inc."),
      ] {
        _ = try await family("001000000000001AAA", "--out", file, in: folder)
        let first = try Data(contentsOf: folder.appending(path: file))
        #expect(String(decoding: first.prefix(40), as: UTF8.self).hasPrefix(start), "\(file)")
        _ = try await family("001000000000001AAA", "--out", file, in: folder)
        #expect(try Data(contentsOf: folder.appending(path: file)) == first, "\(file)")
      }
      let html = try folder.text("f.html")
      #expect(!html.contains("<script>alert"))
      #expect(html.firstMatch(of: /(?:src|href)="http/) == nil)
    }
  }

  @Test("A paged PDF has text on every page and says where branches go on", .needs(.pdftotext))
  func paged() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      let family = try await largestFamily(folder)
      let finished = try await CadastreBinary.run(
        [
          "family", family, "--export", "export", "--quiet", "--out", "f.pdf", "--paged",
          "--paper", "letter",
        ], in: folder)
      #expect(finished.status == 0, "\(finished.errors)")
      let text = try await TestKit.run(
        Tool.pdftotext.require(), ["-layout", folder.appending(path: "f.pdf").path, "-"])
      let pages = text.output.split(separator: "\u{0C}")
      let last = pages.count { $0.contains(/[^\s]/) }
      for (index, page) in pages.prefix(last).enumerated() {
        #expect(page.contains("Page \(index + 1) of \(last)"))
      }
      if last > 1 { #expect(text.output.contains("from page 1")) }
    }
  }

  /// The Id of the root of the family with most accounts.
  private func largestFamily(_ folder: URL) async throws -> String {
    let tables = try await CadastreBinary.run(
      ["tables", "families", "--export", "export", "--format", "csv", "--quiet"], in: folder)
    let rows = try CSVReader.rows(tables.output)
    let count = try #require(rows.first?.firstIndex(of: "accounts"))
    let largest = rows.dropFirst().max { (Int($0[count]) ?? 0) < (Int($1[count]) ?? 0) }
    return try #require(largest?.first)
  }

  @Test("Before and after: what changes is marked, in every format")
  func models() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      let root = try await largestFamily(folder)
      func run(_ more: String...) async throws -> String {
        let finished = try await CadastreBinary.run(
          ["family", root, "--export", "export", "--before", "active", "--after", "planned"] + more
            + ["--quiet"], in: folder)
        #expect(finished.status == 0, "\(finished.errors)")
        return finished.output
      }
      let text = try await run("--out", "f.txt")
      #expect(text == "f.txt\n")
      let written = try folder.text("f.txt")
      #expect(written.contains(/change their territories|changes its territories|No account of/))
      try await _ = run("--out", "f.svg")
      let picture = try folder.text("f.svg")
      #expect(picture.contains("After: FY28 Go-to-Market"))
    }
  }

  @Test("A model is drawn as a tree, and needs its name")
  func modelDrawing() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      let refused = try await CadastreBinary.run(
        ["territories", "show", "--export", "export", "--out", "m.svg"], in: folder)
      #expect(refused.status == 64)
      #expect(
        refused.errors.hasPrefix(
          "Error: --out \"m.svg\" draws one model: name it, such as active\n"))
      for file in ["m.svg", "m.html", "m.pdf"] {
        let printed = try await Program.run(
          "territories", "show", "active", "--export", "export", "--out", file, "--quiet",
          in: folder)
        #expect(printed == "\(file)\n")
      }
      #expect(try folder.text("m.svg").contains("Territory model FY27 Go-to-Market"))
    }
  }
}

@Suite("The page of a family in a browser")
struct FamilyPageTests {
  /// What a reader does by keyboard alone, then by mouse.
  private static let steps = """
    [{"press": "Tab"}, {"expect": "document.activeElement.className", "is": "skip"},
     {"press": "Enter"}, {"press": "Tab"},
     {"expect": "document.activeElement.getAttribute('role')", "is": "treeitem"},
     {"expect": "document.activeElement.getAttribute('aria-level')", "is": "1"},
     {"expect": "document.activeElement.matches(':focus-visible')", "is": true},
     {"press": "ArrowLeft"},
     {"expect": "document.activeElement.getAttribute('aria-expanded')", "is": "false"},
     {"press": "ArrowRight"},
     {"expect": "document.activeElement.getAttribute('aria-expanded')", "is": "true"},
     {"press": "ArrowRight"},
     {"expect": "document.activeElement.getAttribute('aria-level')", "is": "2"},
     {"expect": "document.activeElement.getAttribute('aria-posinset')", "is": "1"},
     {"press": "ArrowDown"}, {"press": "ArrowUp"}, {"press": "ArrowLeft"}, {"press": "ArrowLeft"},
     {"expect": "document.activeElement.getAttribute('aria-level')", "is": "1"},
     {"press": "+"}, {"expect": "document.getElementById('usual').textContent", "is": "125%"},
     {"press": "0"}, {"expect": "document.getElementById('usual').textContent", "is": "100%"},
     {"press": "/"}, {"expect": "document.activeElement.id", "is": "find"},
     {"type": "bayern japan"},
     {"expect": "document.getElementById('found').textContent", "is": "1 of 1"},
     {"expect": "document.querySelector('.found .name').textContent", "is": "Acme Bayern"},
     {"press": "Escape"},
     {"expect": "document.activeElement.classList.contains('found')", "is": true},
     {"click": "#fold"}, {"click": "#unfold"},
     {"expect": "document.getElementById('status').textContent", "is": "Everything is unfolded."},
     {"expect": "document.querySelectorAll('[role=treeitem]').length", "is": 5},
     {"click": "[role=treeitem] > .box"},
     {"expect": "document.querySelector('[role=treeitem]').getAttribute('aria-expanded')",
      "is": "false"},
     {"click": "[role=treeitem] > .box"}]
    """

  @Test(
    "It unfolds, searches and zooms by keyboard and mouse, in every view, and reads without scripts",
    .needs(.chromium, .python),
    arguments: [
      PageCheck.View(width: 1280), PageCheck.View(width: 390),
      PageCheck.View(width: 390, dark: true), PageCheck.View(width: 1280, print: true),
      PageCheck.View(width: 390, withoutScript: true),
    ])
  func reading(view: PageCheck.View) async throws {
    try await FamilyCommandTests.withExport { folder in
      try await Program.run(
        "family", "Globex", "--export", "export", "--quiet", "--out", "one.html", in: folder)
      try await Program.run(
        "family", "001000000000003", "--export", "export", "--quiet", "--out", "f.html",
        in: folder)
      let page = folder.appending(path: "f.html")
      let isStill = view.print || view.withoutScript
      let problems = try await PageCheck.problems(
        of: page, in: view, steps: isStill ? nil : Self.steps)
      #expect(problems == [])
      let alone = try await PageCheck.problems(of: folder.appending(path: "one.html"), in: view)
      #expect(alone == [])
    }
  }
}
