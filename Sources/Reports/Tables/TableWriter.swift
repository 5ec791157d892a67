import BuiltIns
import Metrics
import Records

/// The formats in which metric tables leave the command line.
public enum TableFormat: String, CaseIterable, Hashable, Sendable {
  case csv
  case json
  case xml
  case text

  /// The ending of a file of the format.
  public var fileExtension: String { self == .text ? "txt" : rawValue }
}

/// Writes metric tables as data (METRICS §3) or as aligned text.
///
/// Machines read csv, json and xml: they hold the exact figures, undefined ones empty or null, and
/// nothing of a reader's locale. `text` is for people.
public struct TableWriter: Sendable {
  private let formatter: ValueFormatter
  private let width: Int

  /// - Parameters:
  ///   - formatter: how figures are written.
  ///   - width: cells of the terminal into which `text` is fitted; texts are cut, headings wrapped.
  public init(formatter: ValueFormatter, width: Int = .max) {
    self.formatter = formatter
    self.width = width
  }

  /// The table in a format.
  ///
  /// - Throws: `XMLFailure` where XML does not follow its schema.
  public func bytes(of table: MetricTable, as format: TableFormat) throws(XMLFailure) -> [UInt8] {
    switch format {
    case .csv: Array(table.csv(moneyPlaces: formatter.places).utf8)
    case .json: Array(TableJSON(table: table, formatter: formatter).text.utf8)
    case .xml: try xml(of: table)
    case .text: Array(TableText(table: table, formatter: formatter, width: width).text.utf8)
    }
  }

  /// A table made ready to be written in a format: what can fail has been done.
  ///
  /// - Throws: `XMLFailure` where XML does not follow its schema.
  public func ready(
    _ table: MetricTable, as format: TableFormat
  ) throws(XMLFailure) -> ReadyTable {
    guard format != .csv else { return .csv(table, moneyPlaces: formatter.places) }
    return .bytes(try bytes(of: table, as: format))
  }

  /// XML of namespace `urn:cadastre:tables:1` (templates/xml/tables.rng).
  private func xml(of table: MetricTable) throws(XMLFailure) -> [UInt8] {
    let xml = try XMLText()
    xml.element(
      "table",
      [
        "xmlns": "urn:cadastre:tables:1", "name": table.name, "grain": table.grain,
        "rows": String(table.rowCount), "currency": formatter.currency,
      ]
    ) {
      for column in table.columns {
        xml.element(
          "column", ["name": column.name, "unit": column.unit.dataName], text: column.title)
      }
      for note in table.notes { xml.element("note", text: note) }
      for row in 0..<table.rowCount {
        xml.element("row") {
          for column in table.columns {
            xml.element(
              "cell", ["of": column.name],
              text: column.dataText(row, moneyPlaces: formatter.places))
          }
        }
      }
    }
    let bytes = try xml.finished()
    let schema = XMLSchema(text: BuiltIns.text("templates/xml/tables.rng") ?? "")
    try schema.validate(bytes, document: "table \(table.name)")
    return bytes
  }
}

/// A table whose bytes can be written, part by part.
public enum ReadyTable: Sendable {
  case bytes([UInt8])
  /// CSV is made while it is written: that of a million rows is never held as a whole.
  case csv(MetricTable, moneyPlaces: Int)

  public var partCount: Int {
    switch self {
    case .bytes: 1
    case .csv(let table, _): table.csvParts
    }
  }

  /// A part of the bytes; the parts behind each other are all of them.
  public func part(_ index: Int) -> ArraySlice<UInt8> {
    switch self {
    case .bytes(let bytes): bytes[...]
    case .csv(let table, let moneyPlaces): table.csvPart(index, moneyPlaces: moneyPlaces)
    }
  }
}

extension Unit {
  /// The name of the unit in data formats.
  var dataName: String {
    switch self {
    case .text: "text"
    case .id: "id"
    case .money: "money"
    case .count: "count"
    case .rate: "rate"
    case .days: "days"
    case .meanDays: "mean_days"
    case .day: "date"
    case .number, .mean: "number"
    }
  }
}
