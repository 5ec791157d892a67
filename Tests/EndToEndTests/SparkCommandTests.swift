import Foundation
import TestKit
import Testing

@Suite("--engine spark from the command line")
struct SparkCommandTests {
  @Test(
    "Tables and a run's reports are the same bytes from two workers, and from Parquet",
    .needsSpark, .needs(.duckdb), .timeLimit(.minutes(60)))
  func commands() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 200)
      try await withSparkPeer(isInterpreted: true) { peer in
        let home = try #require(SparkPeer.home)
        try folder.write(files: [
          "cadastre.yaml": """
          export: export
          as_of: \(Program.asOf)
          time_zone: America/New_York
          reports:
            - {report: unassigned-accounts, editions: company}
          engine: {spark: {master: "\(peer.master)", spark_home: \(home.path)}}

          """
        ])
        for command in [
          ["tables", "territories", "conflicts", "leads", "--format", "csv"],
          ["run", "--all"],
        ] {
          let own = folder.appending(path: "own"), other = folder.appending(path: "other")
          for out in [own, other] { try? FileManager.default.removeItem(at: out) }
          let local = try await CadastreBinary.run(command + ["--out", own.path], in: folder)
          #expect(local.status == 0, "\(local.errors)")
          let spark = try await CadastreBinary.run(
            command + ["--out", other.path, "--engine", "spark"], in: folder,
            environment: peer.environment)
          #expect(spark.status == 0, "\(spark.errors)")
          #expect(spark.errors.contains(/\[\d+\/\d+\] Spark: territory\n/))
          let (left, right) = try (own.contents(), other.contents())
          #expect(left.count >= 3)
          let differing = left.keys.filter { left[$0] != right[$0] }.sorted()
          #expect(differing == [] && left.count == right.count)
        }
        try await parquet(folder, peer, home)
        try await interrupted(folder, peer)
      }
    }
  }

  /// Parquet that DuckDB wrote, while of the deals only the header lies here.
  private func parquet(_ folder: URL, _ peer: SparkPeer, _ home: URL) async throws {
    let command = ["query", "won_amount", "open_amount", "--by", "territory", "--format", "csv"]
    let local = try await CadastreBinary.run(command, in: folder)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "export").path)
    let names = files.filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }.sorted()
    let other = folder.appending(path: "parquet")
    let paths = (folder.appending(path: "export").path, other.path)
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    _ = try await DuckDB.text(
      names.map { name in
        """
        COPY (SELECT * FROM read_csv('\(paths.0)/\(name).csv', header = true, all_varchar = true,
          quote = '"', escape = '"', strict_mode = true, ignore_errors = true))
        TO '\(paths.1)/\(name).parquet' (FORMAT parquet);

        """
      }.joined())
    let deals = folder.appending(path: "export/Opportunity.csv")
    let head = try String(contentsOf: deals, encoding: .utf8).prefix { $0 != "\n" }
    try folder.write(files: [
      "export/Opportunity.csv": head + "\n",
      "cadastre.yaml": """
      export: export
      as_of: \(Program.asOf)
      time_zone: America/New_York
      engine:
        spark:
          {master: "\(peer.master)", spark_home: \(home.path),
           export: "file://\(other.path)", format: parquet}

      """,
    ])
    let spark = try await CadastreBinary.run(
      command + ["--engine", "spark"], in: folder, environment: peer.environment)
    #expect(local.status == 0 && local.output.count > 200)
    #expect(spark.status == 0, "\(spark.errors)")
    #expect(spark.output == local.output)
  }

  /// Ctrl-C in the middle: the job ends with the command, which says so.
  private func interrupted(_ folder: URL, _ peer: SparkPeer) async throws {
    let errors = folder.appending(path: "errors.txt")
    let child = try ChildProcess(
      CadastreBinary.file(), ["query", "won_amount", "--by", "owner", "--engine", "spark"],
      environment: peer.environment, in: folder, streams: [nil, nil, errors])
    func said() -> String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }
    for _ in 0..<12_000 where !said().contains("Spark: ") && child.isRunning {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(said().contains("Spark: "))
    let sparks = try children(of: child.id)
    #expect(sparks.count == 1)
    child.send(SIGINT)
    #expect(await child.ended() == 2, "\(said())")
    #expect(
      said().hasSuffix(
        "error: the run on Spark was stopped; nothing was rendered; run it again.\n"), "\(said())")
    for spark in sparks { #expect(kill(spark, 0) != 0) }
  }

  private func children(of parent: pid_t) throws -> [pid_t] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter {
      let status = try? String(contentsOfFile: "/proc/\($0)/status", encoding: .utf8)
      return status?.contains("\nPPid:\t\(parent)\n") == true
    }
  }
}
