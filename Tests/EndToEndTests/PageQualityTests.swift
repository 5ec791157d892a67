import Foundation
import TestKit
import Testing

@Suite("Pages for everybody", .needs(.chromium, .python))
struct PageQualityTests {
  @Test(
    "No page has an error of markup, and none shuts anybody out",
    .needs(.java), .needsFile("vnu.jar", Validators.markup),
    .needsFile("axe.min.js", Validators.access),
    arguments: ["en_US", "de_DE"])
  func sound(locale: String) async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try folder.replace("locale: en_US", with: "locale: \(locale)", in: "cadastre.yaml")
      try await Program.run("run", "--quiet", in: folder)
      try await Program.run("check", "--format", "html", "--out", "check.html", in: folder)
      // The sample has damaged rows further down.
      let account = try CSVReader.rows(of: folder.appending(path: "export/Account.csv"))[1][0]
      try await Program.run("family", account, "--out", "family.html", "--quiet", in: folder)
      try await Program.run(
        "territories", "show", "active", "--out", "model.html", "--quiet", in: folder)
      let output = Program.output(folder)
      // Mails are for mail programs, of which some know attributes of tables only that are obsolete.
      let pages =
        output.filesBelow().filter { $0.hasSuffix(".html") && !$0.contains(".mail/") }
        .map { output.appending(path: $0) }
        + ["check.html", "family.html", "model.html"].map { folder.appending(path: $0) }
      #expect(pages.count > 10)
      let told = Self.told(pages)
      #expect(try await Validators.markupErrors(in: Self.isSoak ? pages : told) == [])

      // The narrow window is the harder one.
      for page in told {
        for width in Self.isSoak ? [390, 1280] : [390] {
          let problems = try await PageCheck.problems(
            of: page, in: PageCheck.View(width: width), axe: Validators.access)
          #expect(problems == [], "\(page.lastPathComponent), \(width)")
        }
      }
    }
  }

  private static let isSoak = Rounds.factor > 1

  /// Of each report one edition, and every other page.
  ///
  /// The company's edition holds most.
  private static func told(_ pages: [URL]) -> [URL] {
    let reports = Dictionary(grouping: pages) { page in
      let parts = page.pathComponents
      guard let output = parts.lastIndex(of: "out"), parts.count > output + 3 else {
        return page.path
      }
      return parts[output + 2]
    }
    return reports.values.compactMap { editions in
      let sorted = editions.sorted { $0.path < $1.path }
      return sorted.first { $0.lastPathComponent == "company.html" } ?? sorted.first
    }
    .sorted { $0.path < $1.path }
  }

  @Test("A German edition has no word of the English templates left in it")
  func german() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try folder.replace("locale: en_US", with: "locale: de_DE", in: "cadastre.yaml")
      try await Program.run("run", "--quiet", in: folder)
      let output = Program.output(folder)
      let company = try output.text("weekly-territory/company.html")
      let pages = [company, try output.text("index.html"), try output.text("findings.html")]
      for page in pages {
        #expect(page.contains("<html lang=\"de-DE\">"))
        #expect(page.contains("20.11.2026"))
        for word in Self.english {
          #expect(!page.contains(word), "\(word)")
        }
      }
      #expect(company.contains("Über diesen Bericht"))
      #expect(company.firstMatch(of: /[0-9],[0-9]\u{A0}Mio\.\u{A0}\$/) != nil)
      #expect(company.firstMatch(of: /[0-9],[0-9]\u{A0}%/) != nil)
      // No English number stands between German ones.
      #expect(company.firstMatch(of: /\$[0-9]/) == nil)
      #expect(company.firstMatch(of: />[0-9]+\.[0-9]%</) == nil)
    }
  }

  /// Words that templates and the frame of a document say in English, and no sentence of a report
  /// or finding does.
  private static let english = [
    "Skip to", "All editions", ">As of ", "Find in this table", "Sort by", "Data of this chart",
    "The tree as a table", ">Definitions<", "About this report", "Time zone", "Fiscal year",
    "Made by", "Quality of the data", "All findings", ">warning<", ">notice<", "Export taken",
    "Age of the data", "Value of a deal", "Not in this report", "To have it", "Other formats",
    "The complete list is in",
    "Editions of", ">Edition<", "What was done", "What to do", "What it means", "Where:", ">Where<",
    "Scroll sideways", "overdue</span>", ">All<",
  ]

  @Test(
    "A reader finds an edition from the keyboard, on the page over a run and in a file",
    arguments: [390, 1280])
  func search(width: Int) async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run("run", "--quiet", in: folder)
      let rows = "document.querySelectorAll('.editions tbody tr:not([hidden])').length"
      let name = "document.activeElement.textContent"
      let steps = """
        [{"press": "/"}, {"expect": "document.activeElement.id", "is": "editions-find"},
         {"type": "west weekly"}, {"expect": "\(rows) > 0 && \(rows) < 10", "is": true},
         {"press": "Enter"}, {"expect": "\(name).includes('West')", "is": true},
         {"press": "/"}, {"type": " nowhere"}, {"expect": "\(rows)", "is": 0},
         {"expect": "document.getElementById('editions-found').textContent",
          "is": "No edition matches."}]
        """
      let problems = try await PageCheck.problems(
        of: Program.output(folder).appending(path: "index.html"),
        in: PageCheck.View(width: width), steps: steps)
      #expect(problems == [])
    }
  }

  @Test("Columns sort from the keyboard, and say so; a table is searched by its label")
  func sorting() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run("run", "--quiet", in: folder)
      let head = "document.querySelector('#team-table th.end')"
      let steps = """
        [{"expect": "\(head).querySelector('button').focus()", "is": null},
         {"press": "Enter"}, {"expect": "\(head).getAttribute('aria-sort')", "is": "ascending"},
         {"press": " "}, {"expect": "\(head).getAttribute('aria-sort')", "is": "descending"},
         {"expect": "Array.from(document.querySelectorAll('.tools input')).every((field) => field.labels.length === 1)",
          "is": true},
         {"expect": "getComputedStyle(\(head).querySelector('button')).outlineStyle", "is": "solid"}]
        """
      let problems = try await PageCheck.problems(
        of: Program.output(folder).appending(path: "weekly-territory/company.html"),
        in: PageCheck.View(width: 1280), steps: steps)
      #expect(problems == [])
    }
  }
}

extension URL {
  /// Replaces a text within a file below this folder.
  func replace(_ text: String, with other: String, in file: String) throws {
    let before = try self.text(file)
    try write(files: [file: before.replacing(text, with: other)])
  }
}
