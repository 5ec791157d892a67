import Records

extension Configuration {
  /// The Spark that computes figures where a command asks for it.
  public struct Spark: Sendable {
    /// The cluster's master, as spark-submit takes it.
    public var master = Located("local[*]", at: SourcePosition(file: "cadastre.yaml"))
    /// Where Spark is installed.
    public var home = Located(
      Home.environment("SPARK_HOME"), at: SourcePosition(file: "cadastre.yaml"))
    /// Where the cluster finds the export's files; nil: where this machine does.
    public var export: Located<String>?
    /// A folder that every worker can write and read, for what lasts as long as a run; nil: one of
    /// this machine.
    public var scratch: Located<String>?
    /// How they are written there.
    public var format = Format.csv

    /// What holds without a file.
    public init() {}

    /// The folder of an installation.
    public enum Home: Hashable, Sendable {
      case path(String)
      /// The name of a variable of the environment.
      case environment(String)
    }

    /// How files are written.
    public enum Format: String, Hashable, Sendable, CaseIterable {
      case csv, parquet
    }
  }
}

extension Configuration.Spark {
  /// Reads the keys below `engine`.
  static func engine(_ keys: KeyReader) -> Configuration.Spark? {
    keys.read("spark") { keys in Configuration.Spark(keys) }
  }

  private init(_ keys: KeyReader) {
    if let master = keys.value("master")?.located(name: keys.findings) { self.master = master }
    if let home = keys.value("spark_home")?.located(name: keys.findings) {
      self.home = Located(Configuration.Spark.home(home.value), at: home.at)
    }
    export = keys.value("export")?.located(name: keys.findings)
    scratch = keys.value("scratch")?.located(name: keys.findings)
    if scratch == nil, !isOfThisMachine {
      keys.findings.add(
        .missingKey, at: master.at,
        "the master is not of this machine, and no folder is named that its workers share",
        "add scratch: a folder that every worker can write and read, such as s3a://bucket/scratch")
    }
    if let format = keys.oneOf("format", Format.self) { self.format = format }
    if format == .parquet, export == nil, let entry = keys.entry("format") {
      keys.findings.add(
        .value, at: entry.at, "\"format: parquet\" stands without \"export\"",
        "add export: the folder with the Parquet files")
    }
  }

  /// Whether the master, and so its workers as far as anybody says, run on this machine.
  private var isOfThisMachine: Bool {
    let master = master.value.lowercased()
    return ["local", "spark://localhost:", "spark://127.", "spark://[::1]"].contains {
      master.hasPrefix($0)
    }
  }

  private static func home(_ text: String) -> Home {
    let prefix = "env:"
    return text.hasPrefix(prefix) ? .environment(String(text.dropFirst(prefix.count))) : .path(text)
  }
}
