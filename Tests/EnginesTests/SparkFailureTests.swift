@testable import Engines
import Records
import Testing

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
