import Foundation
import Testing

/// A real Spark on this machine: a standalone master and workers on the loopback interface.
public final class SparkPeer: Sendable {
  /// The folder of the installation; nil where `.build-tools` has none and SPARK_HOME names none.
  public static let home: URL? = {
    let library = Repository.root.appending(path: ".build-tools/lib")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
    let own = versions.sorted().map { library.appending(path: "\($0)/site-packages/pyspark") }
    let named = Repository.environment["SPARK_HOME"].map { URL(filePath: $0) }
    return (own + [named].compactMap { $0 }).first { home in
      FileManager.default.isExecutableFile(atPath: home.appending(path: "bin/spark-sql").path)
    }
  }()

  /// Where programs reach the master.
  public let master: String
  /// What a program that speaks to it must find in its environment.
  public let environment: [String: String]
  private let processes: [ChildProcess]

  /// Starts a master and its workers.
  ///
  /// - Parameters:
  ///   - folder: an empty folder for what they write.
  ///   - workers: how many, each with one core.
  ///   - isInterpreted: whether Spark computes expressions without making code of them first, which
  ///     takes longer than to compute few rows.
  /// - Throws: `Missing` where there is no Spark, or it does not begin to listen.
  public init(_ folder: URL, workers: Int = 2, isInterpreted: Bool = false) async throws {
    guard let home = SparkPeer.home else {
      throw Missing("This test needs Spark, which is not installed: run `make test-spark`.")
    }
    var environment = Repository.environment
    environment["SPARK_HOME"] = home.path
    environment["SPARK_LOCAL_IP"] = "127.0.0.1"
    environment["SPARK_CONF_DIR"] = folder.appending(path: "conf").path
    environment["SPARK_WORKER_DIR"] = folder.appending(path: "work").path
    environment["SPARK_LOCAL_DIRS"] = folder.appending(path: "local").path
    environment["SPARK_DAEMON_MEMORY"] = "256m"
    self.environment = environment
    try folder.write(files: [
      "conf/spark-defaults.conf": SparkPeer.defaults
        + (isInterpreted ? SparkPeer.interpretation : "")
    ])
    func start(_ name: String, _ arguments: [String]) throws -> (ChildProcess, URL) {
      let log = folder.appending(path: "\(name)-\(arguments.count)-\(UUID().uuidString).log")
      let process = try ChildProcess(
        home.appending(path: "bin/spark-class"),
        ["org.apache.spark.deploy.\(name)"] + arguments, environment: environment, in: folder,
        streams: [nil, nil, log])
      return (process, log)
    }
    let (first, log) = try start(
      "master.Master", ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"])
    var started = [first]
    func wait<Found>(for log: URL, _ find: (String) -> Found?) async throws -> Found {
      for _ in 0..<12_000 {
        if let found = find((try? String(contentsOf: log, encoding: .utf8)) ?? "") { return found }
        guard started.allSatisfy(\.isRunning) else { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      for process in started { process.kill() }
      throw Missing(
        "Spark does not begin: \((try? String(contentsOf: log, encoding: .utf8)) ?? "")")
    }
    let master = try await wait(for: log) { text in
      text.firstMatch(of: /Starting Spark master at (spark:\/\/\S+)/).map { String($0.1) }
    }
    for _ in 0..<workers {
      let (worker, _) = try start(
        "worker.Worker",
        [
          "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0", master,
        ])
      started.append(worker)
    }
    // A program may come first: it is given the workers as they register.
    self.master = master
    processes = started
  }

  /// Small machines: one core a worker, few parts, and no time lost to code that runs once.
  private static let defaults = """
    spark.executor.memory 768m
    spark.executor.cores 1
    spark.driver.memory 1g
    spark.sql.shuffle.partitions 2
    spark.default.parallelism 2
    spark.ui.enabled false
    spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
    spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

    """

  private static let interpretation = """
    spark.sql.codegen.wholeStage false
    spark.sql.codegen.factoryMode NO_CODEGEN

    """

  /// Ends a worker without a word, as a machine that fails does.
  public func killWorker() {
    guard let worker = processes.dropFirst().first else { return }
    worker.kill()
  }

  /// Ends all.
  public func stop() {
    for process in processes.reversed() {
      // The executors of a worker end with it.
      process.kill()
      process.wait()
    }
  }
}

/// Gives `body` a Spark and ends it afterwards.
public func withSparkPeer<Result>(
  isInterpreted: Bool = false, isolation: isolated (any Actor)? = #isolation,
  _ body: (SparkPeer) async throws -> Result
) async throws -> Result {
  try await withTemporaryFolder { folder in
    let peer = try await SparkPeer(folder, isInterpreted: isInterpreted)
    defer { peer.stop() }
    return try await body(peer)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test by name where there is no Spark; where CI is `true` it runs, and fails.
  public static var needsSpark: Self {
    .enabled(
      if: SparkPeer.home != nil || Repository.isContinuousIntegration,
      "needs Spark: run `make test-spark`")
  }
}
