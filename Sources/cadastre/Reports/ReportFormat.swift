import ArgumentParser

/// The formats in which a report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case xml
  case xlsx
  case csv
  case json

  /// Reads a list such as `html,xml`.
  ///
  /// - Throws: A validation error that names the unknown format.
  static func list(_ text: String) throws -> [ReportFormat] {
    try text.split(separator: ",").map { word in
      guard let format = ReportFormat(rawValue: String(word)) else {
        let known = allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          ["pdf", "text", "mail"].contains(String(word))
            ? "format \"\(word)\" is not written yet: choose of \(known)"
            : "there is no format \"\(word)\": choose of \(known)")
      }
      return format
    }
  }
}
