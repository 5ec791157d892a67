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
  /// - Returns: one finding.
  static func failed(_ log: String, at step: String, master: String) -> FindingsError {
    if log.contains("JAVA_HOME is not set") || log.contains("java: not found")
      || log.contains("UnsupportedClassVersionError")
    {
      return refuse(
        "spark-missing", "Spark finds no Java that it can run on", "install Java 17 or newer")
    }
    if log.contains("All masters are unresponsive")
      || log.contains("Failed to connect to master")
        && step.isEmpty
    {
      return refuse(
        "spark-unreachable", "the Spark master \(master) does not answer",
        "start it, or correct master")
    }
    let place = step.isEmpty ? "Spark failed" : "Spark failed at \(step)"
    if let folder = unwritable(in: log) {
      return refuse(
        "spark-failed", "\(place): the workers cannot write into \(folder)",
        "name a folder in scratch that every worker can write and read")
    }
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
    let file = file(in: lines)
    if told.contains("MALFORMED_RECORD_IN_PARSING") || told.contains("MALFORMED_CSV_RECORD") {
      return "a row\(file.map { " of \($0)" } ?? "") has more or fewer cells than the header,"
        + " or a quote that does not close"
    }
    if log.contains("CSV header does not conform to the schema") {
      return "the header of \(file ?? "a file") is not the one that was read here"
    }
    if told.contains("NUMERIC_VALUE_OUT_OF_RANGE") || told.contains("ARITHMETIC_OVERFLOW") {
      return "a figure has more than 38 digits"
    }
    if told.contains("PATH_NOT_FOUND") {
      return "there is no \(words(told).first { $0.contains(":/") } ?? "such file")"
    }
    if told.contains("FAILED_READ_FILE"),
      let deeper = lines.last(where: { $0.contains("Caused by:") })
    {
      return "\(file ?? "a file") cannot be read: \(plain(deeper))"
    }
    guard let start = told.firstIndex(of: "[") else { return plain(told) }
    let sentence = told[start...]
    guard let end = sentence.range(of: "SQLSTATE") else { return String(sentence) }
    return sentence[..<end.lowerBound].trimmingCharacters(in: CharacterSet(charactersIn: " ."))
  }

  /// The file that could not be read.
  private static func file(in lines: [String]) -> String? {
    lines.first { $0.contains("FAILED_READ_FILE") }
      .flatMap { line in words(line).first { $0.contains(":/") } }
  }

  /// The folder in which a worker could not begin to write.
  private static func unwritable(in log: String) -> String? {
    guard let found = log.firstRange(of: "Mkdirs failed to create ") else { return nil }
    let path = log[found.upperBound...].prefix { $0 != " " && $0 != "\n" }
    return path.firstRange(of: "/cadastre-spark-").map { String(path[..<$0.lowerBound]) }
      ?? String(path)
  }

  /// The words of a line, without the full stops and semicolons behind them.
  private static func words(_ line: String) -> [String] {
    line.split(separator: " ").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: ".,;"))
    }
  }

  /// A line without what only programmers read.
  private static func plain(_ line: String) -> String {
    let told = line.replacing("Caused by: ", with: "").trimmingCharacters(in: .whitespaces)
    return told.firstRange(of: "Exception: ").map { String(told[$0.upperBound...]) } ?? told
  }
}
