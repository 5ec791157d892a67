import Foundation
import Records

/// What Spark's failures are called here.
enum SparkFailure {
  private static let done = "nothing was rendered"

  private static func refuse(
    _ code: String, _ what: String, _ suggestion: String
  ) -> FindingsError {
    FindingsError([
      Finding(code: code, severity: .error, what: what, done: done, suggestion: suggestion)
    ])
  }

  static func noSpark(_ home: String) -> FindingsError {
    refuse(
      "spark-missing", "there is no Spark in \(home): it has no bin/spark-sql",
      "set spark_home, or the variable SPARK_HOME, to the folder of Spark 4.1 or newer")
  }

  static var interrupted: FindingsError {
    refuse("spark-stopped", "the run on Spark was stopped", "run it again")
  }

  /// What went wrong first, of all that Spark wrote.
  ///
  /// - Parameters:
  ///   - log: what it wrote on its standard error.
  ///   - step: the name of what was under way; empty before anything was.
  ///   - master: where Spark was looked for.
  static func failed(_ log: String, at step: String, master: String) -> FindingsError {
    if log.contains("JAVA_HOME is not set") || log.contains("java: not found")
      || log.contains("UnsupportedClassVersionError")
    {
      return refuse(
        "spark-missing", "Spark finds no Java that it can run on", "install Java 17 or newer")
    }
    if log.contains("All masters are unresponsive") || log.contains("Failed to connect to master")
      && step.isEmpty
    {
      return refuse(
        "spark-unreachable", "the Spark master \(master) does not answer",
        "start it, or correct master")
    }
    let place = step.isEmpty ? "Spark failed" : "Spark failed at \(step)"
    return refuse(
      "spark-failed", "\(place): \(cause(in: log))",
      "look at that step in what cadastre explain --engine spark prints, or at Spark's own log")
  }

  /// The first cause; without the cells of a row, which are nobody's business here.
  static func cause(in log: String) -> String {
    let lines = log.split(separator: "\n").map(String.init)
    let told =
      lines.last { $0.contains("Caused by:") && $0.contains("[") }
      ?? lines.first { $0.hasPrefix("[") && $0.contains("]") }
      ?? lines.last { $0.contains("Caused by:") }
      ?? lines.last { !$0.hasPrefix("\t") && $0.contains("Exception") }
      ?? lines.last ?? "it ended without a word"
    if told.contains("MALFORMED_RECORD_IN_PARSING") || told.contains("MALFORMED_CSV_RECORD") {
      let file = lines.first { $0.contains("FAILED_READ_FILE") }
        .flatMap { line in line.split(separator: " ").first { $0.contains(":/") } }
        .map { " of " + ($0.hasSuffix(".") ? String($0.dropLast()) : String($0)) } ?? ""
      return "a row\(file) has more or fewer cells than the header, or a quote that does not close"
    }
    guard let start = told.firstIndex(of: "[") else { return told }
    let sentence = told[start...]
    guard let end = sentence.range(of: "SQLSTATE") else { return String(sentence) }
    return sentence[..<end.lowerBound].trimmingCharacters(in: CharacterSet(charactersIn: " ."))
  }
}
