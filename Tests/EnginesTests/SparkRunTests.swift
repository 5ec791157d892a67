import Engines
import Foundation
import Metrics
import Records
import Sample
import TestKit
import Testing

@Suite("A session of Spark that does not end as it must gives nothing")
struct SparkRunTests {
  @Test("No Spark in the folder that is named")
  func missing() throws {
    try withTemporaryFolder { home in
      let told = try Self.told(home)
      #expect(
        told
          == "error: there is no Spark in \(home.path): it has no bin/spark-sql; nothing was "
          + "rendered; set spark_home, or the variable SPARK_HOME, to the folder of Spark 4.1 or newer."
      )
    }
  }

  @Test(
    "It ends before the last result does, with and without an error",
    arguments: [
      (#"echo '{"step":"deals"}'"#, "deals: it ended without a word"),
      (
        #"echo '{"begin":"query 1"}'; echo '{"c0":"1"}'; echo "[X] No. SQLSTATE: 1" >&2; exit 1"#,
        "query 1: [X] No"
      ),
      (
        #"echo '{"begin":"query 1"}'; echo '{"c0":"1"}'; kill -9 $$"#,
        "query 1: it ended without a word"
      ),
      (
        #"echo '{"begin":"query 1"}'; echo '{"end":"query 1"}'; echo "[X] No. SQLSTATE: 1" >&2; exit 3"#,
        "query 1: [X] No"
      ),
    ])
  func early(program: String, words: String) throws {
    try withTemporaryFolder { home in
      try home.write(files: ["bin/spark-sql": "#!/bin/sh\n\(program)\n"])
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: home.appending(path: "bin/spark-sql").path)
      let told = try Self.told(home)
      #expect(
        told
          == "error: Spark failed at \(words); nothing was rendered; look at that step in what "
          + "cadastre explain --engine spark prints, or at Spark's own log.")
    }
  }

  /// What is said of a run of a small script with the program of a folder.
  private static func told(_ home: URL) throws -> String {
    let fixture = try #require(TableFixture.all.first)
    let queries = [Query(metrics: ["won_amount"])]
    let session = try SQLSession(fixture, queries: queries)
    let cluster = SparkCluster(
      master: "local", home: home.path, environment: ProcessInfo.processInfo.environment)
    let script = try session.sparkScript([], queries)
    do {
      _ = try SparkSession(cluster).run(script)
      return ""
    } catch {
      return (error as? FindingsError)?.findings.map(\.description).joined() ?? "\(error)"
    }
  }
}

extension SparkParityTests {
  private static let some: [StandardTable] = [.territories]

  private static func sample(_ folder: URL) throws -> SQLSession {
    _ = try SampleWriter(
      SampleOptions(
        accounts: 100, seed: 7, asOf: try #require(Day(iso: "2026-11-20")), profile: .full)
    ).write(to: folder)
    return try SQLSession(folder, asOf: "2026-11-20", tables: some)
  }

  @Test(
    "A killed worker costs time, not rows; a file that changed is an error",
    .needsSpark, .timeLimit(.minutes(60)))
  func trouble() async throws {
    try await withTemporaryFolder { folder in
      let export = folder.appending(path: "export")
      let session = try Self.sample(export)
      let script = try session.sparkScript(Self.some, [])
      try await withSparkPeer(isInterpreted: true) { peer in
        let home = try #require(SparkPeer.home)
        let spark = SparkSession(
          SparkCluster(master: peer.master, home: home.path, environment: peer.environment))

        let rows = try spark.run(script) { step in
          if step == "opportunities" { peer.killWorker() }
        }
        let made = try script.answers(rows).tables
        let own = try session.engine.standardTables(Self.some, scope: .company)
        let isEqual = made.map { $0.csv() } == own.map { $0.csv() }
        #expect(isEqual)

        // The only row of another length is known of Account.
        let file = export.appending(path: "Territory2.csv")
        try Data(
          (String(contentsOf: file, encoding: .utf8) + "\"0MI\",\"Ann Lee\"\n").utf8
        ).write(to: file)
        let error = #expect(throws: FindingsError.self) { _ = try spark.run(script) }
        #expect(
          error?.findings.first?.what
            == "Spark failed at Territory2: a row of file://\(file.path) has more or fewer cells "
            + "than the header, or a quote that does not close")
      }
    }
  }
}
