import Foundation
import TestKit
import Testing

@Suite("--engine spark from the command line")
struct SparkCommandTests {
  @Test(
    "Tables, a query and a run's reports are the same bytes from two workers", .needsSpark,
    .timeLimit(.minutes(15)))
  func commands() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 200)
      try await withSparkPeer { peer in
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
      }
    }
  }
}
