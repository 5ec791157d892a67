import ArgumentParser

/// The formats in which a report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case xml
  case pdf

  /// Reads a list such as `html,xml`.
  ///
  /// - Throws: A validation error that names the unknown format.
  static func list(_ text: String) throws -> [ReportFormat] {
    try text.split(separator: ",").map { word in
      guard let format = ReportFormat(rawValue: String(word)) else {
        let later = ["pdf", "xlsx", "text", "mail", "csv", "json"].contains(String(word))
        throw ValidationError(
          later
            ? "format \"\(word)\" is not written yet: choose html, xml or both"
            : "there is no format \"\(word)\": choose html, xml or both")
      }
      return format
    }
  }
}
