import Intake
import Records

/// What `check` prints: files with counts that add up, then the findings.
struct CheckReport {
  let export: Export
  let findings: FindingLog

  var text: String {
    ([files] + [ignored, found].compactMap { $0 }).joined(separator: "\n\n")
  }

  private var files: String {
    var rows = [["file", "as", "rows", "used", "set aside", "deleted", "read as"]]
    for file in export.files {
      rows.append([
        file.file, file.entity.rawValue, CheckReport.grouped(file.counts.read),
        CheckReport.grouped(file.counts.used), CheckReport.grouped(file.counts.setAside),
        CheckReport.grouped(file.counts.deleted), file.dialect.description,
      ])
    }
    let total = export.files.reduce(into: RowCounts()) { $0.add($1.counts) }
    rows.append([
      "", "", CheckReport.grouped(total.read), CheckReport.grouped(total.used),
      CheckReport.grouped(total.setAside), CheckReport.grouped(total.deleted), "",
    ])
    return "As of \(export.records.asOf)\n\n" + CheckReport.aligned(rows, right: [2, 3, 4, 5])
  }

  private var ignored: String? {
    export.ignored.isEmpty
      ? nil : "Files that nothing reads: \(export.ignored.joined(separator: ", "))"
  }

  private var found: String? {
    guard !findings.isEmpty else { return "Nothing was found wrong." }
    return findings.entries.map { entry in
      let finding = entry.first
      let places = entry.places.prefix(3).map(\.description).joined(separator: ", ")
      let more = entry.count > 3 && !entry.places.isEmpty ? ", …" : ""
      let end = finding.suggestion.hasSuffix("?") ? "" : "."
      return """
        \(finding.severity.rawValue)  \(finding.code)  × \(CheckReport.grouped(entry.count))
            \(finding.what); \(finding.done); \(finding.suggestion)\(end)\
        \(places.isEmpty ? "" : "\n    at \(places)\(more)")
        """
    }.joined(separator: "\n")
  }

  private static func aligned(_ rows: [[String]], right: Set<Int>) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return right.contains(column) ? space + cell : cell + space
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// `1234567` → `1,234,567`.
  private static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return digits
  }
}
