import Metrics
import Records

/// A metric table as JSON: its columns with units, then one object a row.
///
/// Counts and days are JSON numbers where they are exact in every reader (below 2⁵³), else strings.
/// Amounts, rates and means are strings, so that no reader turns an exact decimal into a binary
/// fraction. Undefined figures are null.
struct TableJSON {
  let table: MetricTable
  let formatter: ValueFormatter

  var text: String {
    var json = "{\n"
    json += "  \"name\": \(string(table.name)),\n"
    json += "  \"grain\": \(string(table.grain)),\n"
    json += "  \"currency\": \(string(formatter.currency)),\n"
    json += "  \"columns\": [\n"
    json += table.columns.map { column in
      "    {\"name\": \(string(column.name)), \"title\": \(string(column.title)), "
        + "\"unit\": \(string(column.unit.dataName))}"
    }.joined(separator: ",\n")
    json += "\n  ],\n"
    json += "  \"notes\": [" + table.notes.map(string).joined(separator: ", ") + "],\n"
    json += "  \"rows\": ["
    for row in 0..<table.rowCount {
      json += row == 0 ? "\n" : ",\n"
      json += "    {"
      json += table.columns.map { "\(string($0.name)): \(value($0, row))" }.joined(separator: ", ")
      json += "}"
    }
    json += table.rowCount == 0 ? "]\n}\n" : "\n  ]\n}\n"
    return json
  }

  private func string(_ text: String) -> String { JSONText.string(text) }

  private func value(_ column: MetricColumn, _ row: Int) -> String {
    switch column.unit {
    case .text, .id, .day: return column.text(row).map(string) ?? "null"
    default: break
    }
    let data = column.dataText(row, moneyPlaces: formatter.places)
    guard !data.isEmpty else { return "null" }
    switch column.unit {
    case .count, .days:
      let isExact = (Int64(data)?.magnitude ?? UInt64.max) < 1 << 53
      return isExact ? data : string(data)
    default: return string(data)
    }
  }
}
