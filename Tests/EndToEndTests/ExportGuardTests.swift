import Foundation
import TestKit
import Testing

@Suite("An export that cannot be what was meant stops a run")
struct ExportGuardTests {
  private let accept = "or run with --accept-export where it is as meant"

  /// A project over a small sample that renders one page.
  private func project(_ folder: URL) async throws {
    try await Program.sample(folder, accounts: 50)
    try configure(folder)
  }

  /// Writes a configuration with one page and with more keys.
  private func configure(_ folder: URL, _ keys: String = "", export: String = "export") throws {
    try folder.write(files: [
      "cadastre.yaml":
        "export: \(export)\n\(keys)reports: [{report: weekly-territory, editions: company}]\n"
    ])
  }

  /// Keeps the header and the first rows of a file; the sample's rows there have no line breaks.
  private func keep(_ rows: Int, of file: String, in folder: URL) throws {
    let path = "export/\(file).csv"
    let lines = try folder.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    try folder.write(files: [path: lines[...rows].joined(separator: "\n") + "\n"])
  }

  private func count(_ file: String, in folder: URL) throws -> Int {
    try folder.text("export/\(file).csv").split(separator: "\n").count - 1
  }

  @Test("A tenth fewer rows stops it, nothing is written, and the last good output stays")
  func shrunk() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      try await Program.run("run", "--quiet", in: folder)
      let good = try Program.output(folder).contents()
      let record = try await Program.run("history", "list", "--format", "csv", in: folder)
      let before = try count("UserTerritory2Association", in: folder)
      // Nine tenths of the rows, rounded down: at least a tenth is gone.
      let after = before * 9 / 10
      try keep(after, of: "UserTerritory2Association", in: folder)

      let stopped = try await CadastreBinary.run(["run", "--quiet"], in: folder)
      #expect(stopped.status == 2)
      #expect(stopped.output == "")
      let sentence =
        "the export has lost a tenth or more of the rows that the last run read: "
        + "UserTerritory2Association has \(after) of \(before); run stops before it renders "
        + "anything; export it again, \(accept).\n"
      #expect(stopped.errors == "error: \(sentence)")
      #expect(try differences(Program.output(folder).contents(), good) == [])
      #expect(
        try await Program.run("history", "list", "--format", "csv", in: folder) == record)

      let check = try await CadastreBinary.run(["check", "--quiet"], in: folder)
      #expect(check.status == 2)
      #expect(CheckReport(check.output).counts["export-shrunk"] == 1)

      let accepted = try await CadastreBinary.run(
        ["run", "--accept-export", "--quiet"], in: folder)
      #expect(accepted.status == 0, "\(accepted.errors)")
      // What was accepted is what the next run compares with.
      try await Program.run("run", "--quiet", in: folder)
    }
  }

  @Test("One row more than nine tenths is an ordinary week")
  func ordinary() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      try await Program.run("run", "--quiet", in: folder)
      let before = try count("UserTerritory2Association", in: folder)
      try keep(before * 9 / 10 + 1, of: "UserTerritory2Association", in: folder)
      try await Program.run("run", "--quiet", in: folder)
    }
  }

  @Test("An object that is gone stops it")
  func gone() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      try await Program.run("run", "--quiet", in: folder)
      let rows = try count("ForecastingQuota", in: folder)
      try FileManager.default.removeItem(
        at: folder.appending(path: "export/ForecastingQuota.csv"))
      let stopped = try await CadastreBinary.run(["run", "--quiet"], in: folder)
      #expect(stopped.status == 2)
      #expect(
        stopped.errors
          == "error: the export has no ForecastingQuota (\(rows) rows), which the last "
          + "run read; run stops before it renders anything; export it again, \(accept).\n")
    }
  }

  @Test("An export that is older than the last run's stops it")
  func old() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      try await Program.run(
        "sample", "old", "--accounts", "50", "--as-of", "2026-11-13", "--quiet", in: folder)
      try await Program.run("run", "--quiet", in: folder)
      let stopped = try await CadastreBinary.run(
        ["run", "--export", "old", "--quiet"], in: folder)
      #expect(stopped.status == 2)
      #expect(
        stopped.errors.contains(
          "error: the newest change in the export is of 2026-11-13, in that of the last run of "
            + "2026-11-20; run stops before it renders anything; name the newest export, "
            + "\(accept).\n"))
      try await Program.run(
        "run", "--export", "old", "--accept-export", "--quiet", in: folder)
    }
  }

  @Test("An export that is older than max_age allows stops the first run already")
  func aged() async throws {
    try await withTemporaryFolder { folder in
      try await Program.run(
        "sample", "old", "--accounts", "50", "--as-of", "2020-01-31", "--quiet", in: folder)
      try configure(folder, "max_age: 4 days\n", export: "old")
      let stopped = try await CadastreBinary.run(["run", "--quiet"], in: folder)
      #expect(stopped.status == 2)
      #expect(
        stopped.errors == "cadastre.yaml:2:10: error: the newest change in the export is of "
          + "2020-01-31, more than 4 days ago; run stops before it renders anything; export again, "
          + "or make max_age longer, \(accept).\n")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out").path))
      try configure(folder, "max_age: 36500 days\n", export: "old")
      try await Program.run("run", "--quiet", in: folder)
    }
  }

  @Test("The record of an earlier version is read once, and removed when the history has the run")
  func former() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      let record = ".cadastre/last-run.json"
      try folder.write(files: [
        record: """
        {"asOf": "2026-11-13", "files": [], "format": 1, "newestDay": "2026-11-27",
         "rows": {"Account": 1}}
        """
      ])
      let stopped = try await CadastreBinary.run(["run", "--quiet"], in: folder)
      #expect(stopped.status == 2)
      #expect(
        stopped.errors == "error: the newest change in the export is of 2026-11-20, in that of the "
          + "last run of 2026-11-27; run stops before it renders anything; name the newest export, "
          + "\(accept).\n")
      try await Program.run("run", "--accept-export", "--quiet", in: folder)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: ".cadastre").path))
      try await Program.run("run", "--quiet", in: folder)
    }
  }

  @Test("A record of the last run that cannot be read is said, and the history takes its place")
  func unreadable() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      try folder.write(files: [".cadastre/last-run.json": "{"])
      let finished = try await CadastreBinary.run(["run"], in: folder)
      #expect(finished.status == 0)
      #expect(
        finished.errors.contains(
          ".cadastre/last-run.json: warning: the record of the last run cannot be read; the export "
            + "was not held against it; remove the file; the history holds the runs from now on.\n")
      )
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: ".cadastre").path))
      let kept = try await Program.run("history", "list", "--format", "csv", in: folder)
      #expect(kept.contains("\n2026-11-20,2026-11-20,1,"))
      try await Program.run("run", "--quiet", in: folder)
    }
  }

  @Test("Check reads the planned model's metadata and says what is wrong with it")
  func planned() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder)
      let model = "metadata/territory2Models/FY27"
      func file(_ element: String, _ body: String) -> String {
        "<\(element) xmlns=\"http://soap.sforce.com/2006/04/metadata\">\(body)</\(element)>"
      }
      try folder.write(files: [
        "cadastre.yaml": "export: export\nterritory_model: {planned: \(model)}\n",
        "\(model)/FY27.territory2Model": file("Territory2Model", "<name>Fiscal 27</name>"),
        "\(model)/territories/West.territory2": file(
          "Territory2",
          "<name>West</name><parentTerritory>Wst</parentTerritory>"
            + "<territory2Type>Region</territory2Type>"),
        "metadata/territory2Types/Region.territory2Type": file(
          "Territory2Type", "<name>Region</name><priority>1</priority>"),
      ])
      let check = try await CadastreBinary.run(["check", "--quiet"], in: folder)
      #expect(check.status == 2)
      #expect(
        check.output.contains(
          "territory \"West\" stands under \"Wst\", which its model does not have; it was taken as "
            + "a territory at the top; "))
      #expect(check.output.contains("at \(model)/territories/West.territory2:1\n"))
      #expect(check.output.contains("planned model"))
    }
  }
}
