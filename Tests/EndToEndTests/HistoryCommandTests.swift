import Foundation
import TestKit
import Testing

@Suite("What runs keep, and what a person sees of it")
struct HistoryCommandTests {
  /// A project over weekly exports that makes two pages on Mondays and one a quarter.
  private func project(_ folder: URL, weeks: [String]) async throws {
    for week in weeks {
      try await Program.run(
        "sample", "exports/\(week)", "--accounts", "60", "--as-of", week, "--quiet", in: folder)
    }
    try folder.write(files: [
      "cadastre.yaml":
        """
      export: "exports/*-??"
      reports:
        - {report: weekly-territory, every: monday, editions: company}
        - {report: unassigned-accounts, every: quarter, editions: company}
      """
    ])
  }

  private func run(_ arguments: String..., in folder: URL) async throws -> Finished {
    try await CadastreBinary.run(["run"] + arguments, in: folder)
  }

  private func list(_ folder: URL) async throws -> [[String]] {
    let text = try await Program.run("history", "list", "--format", "csv", in: folder)
    return try CSVReader.rows(text).dropFirst().map { Array($0.prefix(3)) }
  }

  @Test("A first run makes every report; later ones what is due, and say when the rest is")
  func due() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-16"])
      let first = try await run(in: folder)
      #expect(first.output == "out/2026-11-16/index.html\n")
      let text = try folder.text("out/2026-11-16/weekly-territory/company.txt")
      #expect(
        CleanWords.of(text).contains(
          "No earlier edition is kept: changes since the last one are shown from the next one on."))
      // The next day of the same week: Monday's edition is kept.
      let next = try await run("--as-of", "2026-11-17", in: folder)
      #expect(next.status == 0)
      #expect(next.output == "")
      #expect(
        next.errors.contains(
          """
          No report is due as of 2026-11-17.
          weekly-territory: It was made as of 2026-11-16 and is due again on 2026-11-23; cadastre run \
          --all makes it now.
          unassigned-accounts: It was made as of 2026-11-16 and is due again on 2027-02-01; cadastre \
          run --all makes it now.
          """))
      #expect(
        !FileManager.default.fileExists(atPath: folder.appending(path: "out/2026-11-17").path))
      // Everything where it is asked for, and a run of that day again makes the same.
      let all = try await run("--all", "--as-of", "2026-11-17", in: folder)
      #expect(all.output == "out/2026-11-17/index.html\n")
      let again = try await run("--as-of", "2026-11-17", in: folder)
      #expect(again.output == "out/2026-11-17/index.html\n")
      let week = try await run("--as-of", "2026-11-23", in: folder)
      #expect(week.output == "out/2026-11-23/index.html\n")
      #expect(
        folder.appending(path: "out/2026-11-23").filesBelow().filter {
          $0.hasSuffix("company.html")
        }
          == ["weekly-territory/company.html"])
      #expect(
        try await list(folder).map { [$0[0], $0[2]] } == [
          ["2026-11-16", "2"], ["2026-11-17", "2"], ["2026-11-23", "1"],
        ])
      // A day before is no later edition's successor.
      let text17 = try folder.text("out/2026-11-17/weekly-territory/company.txt")
      #expect(CleanWords.of(text17).contains("since Nov 16, 2026"))
    }
  }

  @Test("A run of the same day gives the same reports and the same rows")
  func again() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-09", "2026-11-16"])
      _ = try await run("--export", "exports/2026-11-09", "--quiet", in: folder)
      _ = try await run("--quiet", in: folder)
      let pages = try folder.appending(path: "out/2026-11-16").contents()
      let shown = try await Program.run("history", "show", "--format", "csv", "--quiet", in: folder)
      let diff = try await Program.run("history", "diff", "--format", "csv", "--quiet", in: folder)
      _ = try await run("--quiet", in: folder)
      #expect(differences(try folder.appending(path: "out/2026-11-16").contents(), pages) == [])
      #expect(
        try await Program.run("history", "show", "--format", "csv", "--quiet", in: folder) == shown)
      #expect(
        try await Program.run("history", "diff", "--format", "csv", "--quiet", in: folder) == diff)
      #expect(try await list(folder).map { $0[0] } == ["2026-11-09", "2026-11-16"])
      // What report makes by itself is what the run made.
      try await Program.run(
        "report", "weekly-territory", "--edition", "company", "--format",
        "html,mail,text,pdf,xlsx,csv,json,xml", "--out", "one", "--quiet", in: folder)
      #expect(
        try folder.text("one/weekly-territory/company.txt")
          == folder.text("out/2026-11-16/weekly-territory/company.txt"))
    }
  }

  @Test("The deals that the history keeps open are those of the export, and diff tells them apart")
  func deals() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-09", "2026-11-16"])
      _ = try await run("--export", "exports/2026-11-09", "--quiet", in: folder)
      _ = try await run("--quiet", in: folder)
      func open(_ week: String) throws -> [String: String] {
        try CSVReader.records(folder.text("exports/\(week)/Opportunity.csv")).reduce(into: [:]) {
          deals, row in
          guard row["IsClosed"] == "0", row["IsDeleted"] == "0" else { return }
          deals[row["Id"] ?? ""] = row["StageName"]
        }
      }
      let (before, after) = (try open("2026-11-09"), try open("2026-11-16"))
      try await Program.run("history", "diff", "--out", "diff", "--quiet", in: folder)
      let rows = try CSVReader.records(folder.text("diff/history-deals.csv"))
      func deals(_ fate: String) -> Set<String> {
        Set(rows.filter { $0["fate"] == fate }.compactMap { $0["deal"] })
      }
      #expect(deals("came") == Set(after.keys).subtracting(before.keys))
      #expect(deals("went") == Set(before.keys).subtracting(after.keys))
      #expect(!deals("came").isEmpty && !deals("went").isEmpty)
      let stages = Set(rows.filter { $0["field"] == "stage" }.compactMap { $0["deal"] })
      #expect(
        stages == Set(before.filter { after[$0.key] != nil && after[$0.key] != $0.value }.keys))
    }
  }

  @Test("Old runs are removed where somebody says which, and the newest always stays")
  func prune() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-16"])
      for day in ["2026-11-02", "2026-11-09", "2026-11-16"] {
        _ = try await run("--as-of", day, "--quiet", in: folder)
      }
      #expect(
        try await Program.run("history", "prune", "--keep", "1", "--dry-run", in: folder)
          == "would remove 2026-11-02\nwould remove 2026-11-09\n1 of 3 runs stay.\n")
      #expect(try await list(folder).count == 3)
      let pruned = try await CadastreBinary.run(
        ["history", "prune", "--before", "2026-11-09"], in: folder)
      #expect(pruned.output == "removed 2026-11-02\n2 of 3 runs stay.\n")
      #expect(pruned.errors.contains(/cadastre\.db had \d+ bytes and has \d+ now\./))
      #expect(
        try await Program.run("history", "prune", "--before", "2030-01-01", "--quiet", in: folder)
          == "removed 2026-11-09\n1 of 2 runs stay.\n")
      #expect(
        try await Program.run("history", "prune", "--keep", "5", in: folder)
          == "No run is removed; 1 stays.\n")
    }
  }

  @Test("Each mistake has its sentence")
  func mistakes() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-16"])
      func said(_ arguments: String...) async throws -> (Int32, String) {
        let finished = try await CadastreBinary.run(["history"] + arguments, in: folder)
        return (
          finished.status, finished.errors.split(separator: "\n").first.map(String.init) ?? ""
        )
      }
      #expect(
        try await said("list") == (
          1,
          "cadastre.db: error: no history is kept yet; nothing was shown; cadastre run begins one."
        ))
      _ = try await run("--quiet", in: folder)
      for (arguments, sentence) in [
        (
          ["show", "2026-11-15"],
          "Error: no run as of 2026-11-15 is kept: cadastre history list shows those that are"
        ),
        (["show", "monday"], "Error: \"monday\" is no day: write a date such as 2026-11-20"),
        (
          ["diff"],
          "Error: one run is kept, and two are compared: the next cadastre run keeps another"
        ),
        (
          ["diff", "2026-11-16", "2026-11-16"],
          "Error: 2026-11-16 is not before 2026-11-16: give the earlier day first"
        ),
        (
          ["prune"], "Error: nothing says which runs go: give --keep RUNS or --before DAY"
        ),
        (["prune", "--keep", "0"], "Error: --keep 0 would remove every run: give 1 or more"),
        (
          ["prune", "--before", "may"],
          "Error: --before \"may\" is no day: write a date such as 2026-11-20"
        ),
      ] {
        let finished = try await CadastreBinary.run(["history"] + arguments, in: folder)
        #expect(finished.status == 64)
        #expect(finished.errors.split(separator: "\n").first.map(String.init) == sentence)
      }
      // A history that is refused stops a run before it reads anything.
      try folder.write(files: ["cadastre.db": "Id,Name\n"])
      let stopped = try await run("--quiet", in: folder)
      #expect(stopped.status == 1)
      #expect(
        stopped.errors
          == "cadastre.db: error: the file is no history of Cadastre; nothing was written to it; name "
          + "another file as history: in cadastre.yaml, or move this one away.\n")
      #expect(try folder.text("cadastre.db") == "Id,Name\n")
      let check = try await CadastreBinary.run(["check", "--quiet"], in: folder)
      #expect(CheckReport(check.output).counts["history-foreign"] == 1)
    }
  }

  @Test("Two runs at once: the second says which process is under way, and writes nothing")
  func two() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-16"])
      let files = folder.filesBelow()
      // This test holds the lock as a run does.
      let held = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
      let second = try await run("--quiet", in: folder)
      #expect(second.status == 1)
      let process = ProcessInfo.processInfo.processIdentifier
      #expect(
        second.errors.hasSuffix(
          "error: another cadastre command (process \(process)) is under way in this project; nothing "
            + "was read; run again when it is done.\n"), "\(second.errors)")
      #expect(folder.filesBelow() == files)
      close(held)
      let third = try await run("--quiet", in: folder)
      #expect(third.status == 0, "\(third.errors)")
      #expect(try await list(folder).count == 1)
    }
  }

  @Test("A run that is killed leaves the runs before as they were, and the next one completes")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      try await project(folder, weeks: ["2026-11-09", "2026-11-16"])
      _ = try await run("--export", "exports/2026-11-09", "--quiet", in: folder)
      let good = try await Program.run(
        "history", "show", "2026-11-09", "--format", "csv", in: folder)
      let begin = ContinuousClock.now
      _ = try await run("--quiet", in: folder)
      let duration = ContinuousClock.now - begin
      let whole = try await Program.run(
        "history", "show", "2026-11-16", "--format", "csv", in: folder)
      let pages = try folder.appending(path: "out/2026-11-16").contents()
      let rounds = (CadastreBinary.isRelease ? 10 : 3) * Rounds.factor
      for round in 0..<rounds {
        // The last of each three rounds is among the last moments, when the history is written.
        let part =
          round % 3 == 2 ? Double.random(in: 0.9..<1.02) : Double.random(in: 0..<1)
        _ = try await CadastreBinary.kill(["run", "--quiet"], after: duration * part, in: folder)
        #expect(
          try await Program.run("history", "show", "2026-11-09", "--format", "csv", in: folder)
            == good)
        // The run of the day stands as it was before, or as it is now, which is the same.
        #expect(
          try await Program.run("history", "show", "2026-11-16", "--format", "csv", in: folder)
            == whole)
      }
      _ = try await run("--quiet", in: folder)
      #expect(differences(try folder.appending(path: "out/2026-11-16").contents(), pages) == [])
      #expect(try await list(folder).map { $0[0] } == ["2026-11-09", "2026-11-16"])
    }
  }
}

/// Text of a page as one line, so that a sentence is found however it is wrapped.
enum CleanWords {
  static func of(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
