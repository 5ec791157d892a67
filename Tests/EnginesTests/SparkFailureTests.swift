import Records
import Testing

@testable import Engines

@Suite("What Spark's failures are called")
struct SparkFailureTests {
  private func sentence(_ log: String, at step: String = "opportunities") -> String {
    SparkFailure.failed(log, at: step, master: "spark://host:7077").findings
      .map(\.description).joined()
  }

  @Test("The first cause is told, with the step")
  func cause() {
    #expect(
      sentence(
        """
        26/11/22 08:00:00 WARN Utils: something
        [TABLE_OR_VIEW_NOT_FOUND] The table or view `x` cannot be found. SQLSTATE: 42P01; line 2
        \tat org.apache.spark.Some.thing(Some.scala:1)
        """)
        == "error: Spark failed at opportunities: [TABLE_OR_VIEW_NOT_FOUND] The table or view `x` "
        + "cannot be found; nothing was rendered; look at that step in what cadastre explain "
        + "--engine spark prints, or at Spark's own log.")
  }

  @Test("A row that does not fit its header is told without its cells")
  func malformed() {
    let told = sentence(
      """
      [FAILED_READ_FILE.NO_HINT] Encountered error while reading file file:/data/Account.csv. SQLSTATE: KD001
      Caused by: [MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in \
      record parsing: [Ann Lee,secret]. Parse Mode: FAILFAST. SQLSTATE: 22023
      """, at: "Account")
    #expect(!told.contains("Ann Lee"))
    #expect(
      told.contains(
        "Spark failed at Account: a row of file:/data/Account.csv has more or fewer cells than "
          + "the header, or a quote that does not close"))
  }

  @Test(
    "What a user can mend is told in plain words",
    arguments: [
      (
        "[PATH_NOT_FOUND] Path does not exist: file:/data/Opportunity.csv. SQLSTATE: 42K03",
        "there is no file:/data/Opportunity.csv"
      ),
      (
        """
        [FAILED_READ_FILE.NO_HINT] Encountered error while reading file file:///data/Lead.csv. SQLSTATE: KD001
        Caused by: java.lang.IllegalArgumentException: CSV header does not conform to the schema.
         Header: Id, Betrag
        """, "the header of file:///data/Lead.csv is not the one that was read here"
      ),
      (
        """
        org.apache.spark.SparkArithmeticException: [NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION]  \
        1800 cannot be represented as Decimal(38, 0). If necessary set "spark.sql.ansi.enabled" to \
        "false" to bypass this error, and return NULL instead. SQLSTATE: 22003
        """, "a figure has more than 38 digits"
      ),
      (
        """
        [FAILED_READ_FILE.NO_HINT] Encountered error while reading file s3a://b/Task.parquet. SQLSTATE: KD001
        Caused by: java.lang.RuntimeException: s3a://b/Task.parquet is not a Parquet file.
        """,
        "s3a://b/Task.parquet cannot be read: s3a://b/Task.parquet is not a Parquet file."
      ),
      ("", "it ended without a word"),
    ])
  func plain(log: String, words: String) {
    #expect(SparkFailure.cause(in: log) == words)
  }

  @Test("A folder that workers cannot write is told with what to do")
  func scratch() {
    #expect(
      sentence(
        "Caused by: java.io.IOException: Mkdirs failed to create "
          + "file:/mnt/x/cadastre-spark-F4/merged_account/_temporary/0 (exists=false)")
        == "error: Spark failed at opportunities: the workers cannot write into file:/mnt/x; nothing "
        + "was rendered; name a folder in scratch that every worker can write and read.")
  }

  @Test("A master that does not answer, and a Java that is not there, are told as such")
  func unreachable() {
    #expect(
      sentence("ERROR StandaloneSchedulerBackend: All masters are unresponsive! Giving up.", at: "")
        == "error: the Spark master spark://host:7077 does not answer; nothing was rendered; "
        + "start it, or correct master.")
    #expect(
      sentence("JAVA_HOME is not set\n", at: "")
        == "error: Spark finds no Java that it can run on; nothing was rendered; install Java 17 "
        + "or newer.")
  }
}

@Suite("Lines of a session of Spark")
struct SparkResultsTests {
  private var results: SparkResults {
    SparkResults([
      SparkScript.Result(name: "a", statement: .init(comment: "", sql: ""), width: 2)
    ])
  }

  @Test("Rows stand between their marks; a missing cell is null")
  func rows() throws {
    var results = results
    let lines = [
      "spark.sql.ansi.enabled\ttrue", #"{"step":"deals"}"#, #"{"begin":"a"}"#, #"{"c0":"1"}"#,
      #"{"c0":"x\ty","c1":"ü"}"#, #"{"end":"a"}"#,
    ]
    var steps: [String] = []
    for line in lines {
      if let step = try results.take(line) { steps.append(step) }
    }
    #expect(steps == ["deals", "a"])
    #expect(results.isComplete)
    #expect(results.rows == [[["1", nil], ["x\ty", "ü"]]])
  }

  @Test("Without its end a result is none, and a line that is no row is refused")
  func damaged() throws {
    var open = results
    _ = try open.take(#"{"begin":"a"}"#)
    _ = try open.take(#"{"c0":"1"}"#)
    #expect(!open.isComplete)
    #expect(throws: FindingsError.self) { _ = try open.take("1\t2") }
  }
}
