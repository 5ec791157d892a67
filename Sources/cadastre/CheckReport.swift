import Intake
import Metrics
import Records
import Reports

/// What `check` prints: files with counts that add up, then the findings.
struct CheckReport {
  let export: Export
  let tables: [MetricTable]
  let formatter: ValueFormatter
  let findings: FindingLog

  var text: String {
    ([files] + [ignored, metrics, found].compactMap { $0 }).joined(separator: "\n\n")
  }

  private var files: String {
    var rows = [["file", "as", "rows", "used", "set aside", "deleted", "read as"]]
    for file in export.files {
      rows.append([
        file.file, file.entity.rawValue, grouped(file.counts.read),
        grouped(file.counts.used), grouped(file.counts.setAside),
        grouped(file.counts.deleted), file.dialect.description,
      ])
    }
    for file in export.userFiles {
      rows.append([
        file.file, file.kind.rawValue, grouped(file.counts.read), grouped(file.counts.used),
        grouped(file.counts.setAside), grouped(file.counts.deleted), file.form,
      ])
    }
    let total = (export.files.map(\.counts) + export.userFiles.map(\.counts))
      .reduce(into: RowCounts()) { $0.add($1) }
    rows.append([
      "", "", grouped(total.read), grouped(total.used),
      grouped(total.setAside), grouped(total.deleted), "",
    ])
    return "As of \(export.records.asOf)\n\n" + CheckReport.aligned(rows, right: [2, 3, 4, 5])
  }

  private var ignored: String? {
    export.ignored.isEmpty
      ? nil : "Files that nothing reads: \(export.ignored.joined(separator: ", "))"
  }

  /// Which standard tables can be made, and why others stay empty.
  private var metrics: String {
    let rows = tables.map { table in
      [
        table.name, table.rowCount > 0 ? "ready" : "absent",
        table.notes.isEmpty
          ? "\(grouped(table.rowCount)) rows" : table.notes.joined(separator: "; "),
      ]
    }
    return CheckReport.aligned([["table", "", "because"]] + rows, right: [])
  }

  private var found: String? {
    guard !findings.isEmpty else { return "Nothing was found wrong." }
    return findings.entries.map { entry in
      let finding = entry.first
      let places = entry.places.prefix(3).map(\.description).joined(separator: ", ")
      let more = entry.count > 3 && !entry.places.isEmpty ? ", …" : ""
      let end = finding.suggestion.hasSuffix("?") ? "" : "."
      return """
        \(finding.severity.rawValue)  \(finding.code)  × \(grouped(entry.count))
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

  private func grouped(_ number: Int) -> String { formatter.count(Int128(number)).text }
}
