/// Where Spark is, and how it is reached.
public struct SparkCluster: Sendable {
  /// The cluster's master, as spark-submit takes it.
  public let master: String
  /// The folder of the Spark installation.
  public let home: String
  /// A folder that every worker can write and read; nil: one of this machine.
  public let scratch: String?
  /// The environment of the child process, without SPARK_HOME.
  public let environment: [String: String]

  public init(
    master: String, home: String, scratch: String? = nil, environment: [String: String]
  ) {
    self.master = master
    self.home = home
    self.scratch = scratch
    self.environment = environment
  }

  /// The program that runs scripts.
  var program: String { home + "/bin/spark-sql" }

  /// The arguments that run a script; whatever is not stated here is Spark's own configuration, where
  /// secrets stay.
  func arguments(script: String, tables: String) -> [String] {
    [
      "--master", master, "--deploy-mode", "client", "--name", "cadastre",
      // Nothing outlives the session, so there is no metastore to write.
      "--conf", "spark.sql.catalogImplementation=in-memory",
      "--conf", "spark.sql.warehouse.dir=\(tables)",
      "--conf", "spark.ui.showConsoleProgress=false", "-f", script,
    ]
  }
}
