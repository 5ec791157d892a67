import ArgumentParser
import Records

/// The formats in which a report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case mail
  case text
  case pdf
  case xlsx
  case csv
  case json
  case xml

  /// What the index calls a file of the format.
  var label: String {
    switch self {
    case .html: "page"
    case .mail: "mail"
    case .text: "text"
    case .pdf: "PDF"
    case .xlsx: "workbook"
    case .csv: "CSV"
    case .json: "JSON"
    case .xml: "XML"
    }
  }

  /// The type of a file's content, as messages state it.
  var mediaType: String {
    switch self {
    case .html: "text/html"
    case .mail: "message/rfc822"
    case .text, .csv: "text/plain"
    case .pdf: "application/pdf"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .json: "application/json"
    case .xml: "application/xml"
    }
  }

  /// The ending of a file's name.
  var ending: String { self == .text ? "txt" : rawValue }

  /// Reads a list such as `html,xml`.
  ///
  /// - Throws: A validation error that names the unknown format.
  static func list(_ text: String) throws -> [ReportFormat] {
    try text.split(separator: ",").map { word in
      guard let format = ReportFormat(rawValue: String(word)) else {
        throw ValidationError(
          "there is no format \"\(word)\": choose one or more of "
            + Suggestion.list(allCases.map(\.rawValue), conjunction: "and"))
      }
      return format
    }
  }
}
