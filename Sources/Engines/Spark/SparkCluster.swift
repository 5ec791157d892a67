/// Where Spark is, and how it is reached.
public struct SparkCluster: Sendable {
  /// The cluster's master, as spark-submit takes it.
  public let master: String
  /// The folder of the Spark installation.
  public let home: String
  /// The environment of the child process, without SPARK_HOME.
  public let environment: [String: String]

  public init(master: String, home: String, environment: [String: String]) {
    self.master = master
    self.home = home
    self.environment = environment
  }

  /// The program that runs scripts.
  var program: String { home + "/bin/spark-sql" }

  /// The arguments that run a script; whatever is not stated here is Spark's own configuration, where
  /// secrets stay.
  func arguments(script: String) -> [String] {
    [
      "--master", master, "--deploy-mode", "client", "--name", "cadastre",
      // Nothing outlives the session, so there is no metastore to write.
      "--conf", "spark.sql.catalogImplementation=in-memory",
      "--conf", "spark.ui.showConsoleProgress=false", "-f", script,
    ]
  }
}
