import ArgumentParser
import Records

/// The formats in which a report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case xml
  case xlsx
  case csv
  case json

  /// The formats as words of a sentence.
  private static var known: String {
    "one or more of " + Suggestion.list(allCases.map(\.rawValue), conjunction: "and")
  }

  /// Reads a list such as `html,xml`.
  ///
  /// - Throws: A validation error that names the unknown format.
  static func list(_ text: String) throws -> [ReportFormat] {
    try text.split(separator: ",").map { word in
      guard let format = ReportFormat(rawValue: String(word)) else {
        let later = ["pdf", "text", "mail"].contains(String(word))
        throw ValidationError(
          later
            ? "format \"\(word)\" is not written yet: choose \(known)"
            : "there is no format \"\(word)\": choose \(known)")
      }
      return format
    }
  }
}
