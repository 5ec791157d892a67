import Foundation
import TestKit
import Testing

@Suite("--engine spark from the command line")
struct SparkCommandTests {
  @Test(
    "Tables and a run's reports are the same bytes from two workers, and from Parquet",
    .needsSpark, .needs(.duckdb), .timeLimit(.minutes(15)))
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
}
