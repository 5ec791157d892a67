import Foundation
import TestKit
import Testing

@Suite("Pages of a run")
struct PagesTests {
  @Test("Every link of every page leads to a file of the run")
  func links() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run("run", "--quiet", in: folder)
      let output = Program.output(folder)
      let pages = output.filesBelow().filter { $0.hasSuffix(".html") }
      #expect(pages.count > 10)
      var reached: Set<String> = []
      for page in pages {
        let base = output.appending(path: page)
        for match in try output.text(page).matches(of: /(?:href|src)="([^"]*)"/) {
          let link = String(match.1)
          guard !link.hasPrefix("#"), !link.hasPrefix("data:") else { continue }
          #expect(link.firstMatch(of: /^[a-z]+:/) == nil, "\(page) leaves the run: \(link)")
          let path = link.split(separator: "#").first.map(String.init) ?? ""
          let target = URL(fileURLWithPath: path, relativeTo: base).standardizedFileURL.path
          #expect(FileManager.default.fileExists(atPath: target), "\(page) links to \(link)")
          reached.insert(target)
        }
      }
      // Whatever was written can be reached.
      // A mail and a folder of CSV have one file that stands for the others beside it.
      func place(_ path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }
      let folders = Set(reached.map(place))
      for file in output.filesBelow() where file != "index.html" {
        let path = output.appending(path: file).standardizedFileURL.path
        let isPart = file.split(separator: "/").count == 3 && folders.contains(place(path))
        #expect(reached.contains(path) || isPart, "No page links to \(file)")
      }
    }
  }

  @Test("The XML of every edition is valid against the schema", .needs(.xmllint))
  func schema() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run("run", "--quiet", in: folder)
      let output = Program.output(folder)
      let files = output.filesBelow().filter { $0.hasSuffix(".xml") }
      #expect(files.count > 10)
      try await expectValid(files, in: output)
    }
  }

  @Test(
    "A reader trips over nothing, on a screen, a telephone, in the dark and on paper",
    .needs(.chromium, .python),
    arguments: [
      PageCheck.View(width: 1280), PageCheck.View(width: 390),
      PageCheck.View(width: 390, dark: true), PageCheck.View(width: 1280, print: true),
    ])
  func reading(view: PageCheck.View) async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(folder)
      try await Program.run("run", "--quiet", in: folder)
      let output = Program.output(folder)
      let editions = output.filesBelow().filter {
        $0.hasPrefix("weekly-territory/") && $0.hasSuffix(".html")
      }
      // The company, a region, and a territory at the end of its branch.
      let pages =
        ["index.html", "findings.html", "weekly-territory/company.html"]
        + [editions.first, editions.last].compactMap { $0 }
      for page in pages {
        let problems = try await PageCheck.problems(of: output.appending(path: page), in: view)
        #expect(problems == [], "\(page)")
      }
    }
  }
}

/// Holds XML files to the schema with libxml2's own program.
func expectValid(
  _ files: [String], in folder: URL, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let schema = Repository.root.appending(path: "templates/xml/report.rng").path
  let finished = try await TestKit.run(
    Tool.xmllint.require(), ["--noout", "--nonet", "--relaxng", schema] + files, in: folder)
  #expect(finished.status == 0, "\(finished.errors.prefix(2000))", sourceLocation: sourceLocation)
}
