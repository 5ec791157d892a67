/// Writes the tables of a document as CSV for people, a file each, with a README.txt that says what
/// they are and which cells were made safe.
///
/// Numbers are exact data; a list is complete; a total is the last line of its file.
public struct CSVWriter: Sendable {
  /// A file of the folder that one edition gets.
  public struct File: Hashable, Sendable {
    /// Its name, unique in the folder on any file system.
    public let name: String
    public let bytes: [UInt8]
  }

  public init() {}

  /// The files of a document: README.txt, the key figures, every table in the document's order.
  public func files(of document: ReportDocument) -> [File] {
    var names = FileNames()
    var files: [File] = []
    var lines: [String] = []
    let figures = CSVWriter.figures(of: document)
    if let figures {
      let name = names.name(for: "figures") + ".csv"
      files.append(File(name: name, bytes: figures))
      lines.append("\(name): key figures with their changes")
    }
    for placed in document.tables {
      let table = CompleteTable(placed.table)
      let name = names.name(for: placed.table.id) + ".csv"
      files.append(File(name: name, bytes: CSVWriter.bytes(of: table)))
      lines.append("\(name): \(CSVWriter.description(of: placed, table))")
    }
    let text = CSVWriter.readme(document, lines)
    return [File(name: "README.txt", bytes: Array(text.utf8))] + files
  }

  /// A table with a line of titles, its rows and its total.
  static func bytes(of table: CompleteTable) -> [UInt8] {
    var csv = CSVText()
    let currencies = table.currencies
    for (column, currency) in zip(table.columns, currencies) {
      csv.text(column.title + (currency.map { " (\($0))" } ?? ""))
    }
    csv.endLine()
    for row in table.rows {
      for column in table.columns { csv.value(table.cell(column, of: row)?.value) }
      csv.endLine()
    }
    if let total = table.table.total {
      for column in table.columns { csv.value(table.totalCell(column, total)?.value) }
      csv.endLine()
    }
    return csv.bytes
  }

  /// The key figures of all sections; nil where there are none.
  private static func figures(of document: ReportDocument) -> [UInt8]? {
    var csv = CSVText()
    for title in [
      "Section", "Figure", "Value", "Unit", "Currency", "Change", "Compared with", "Note",
    ] { csv.text(title) }
    csv.endLine()
    let head = csv.bytes.count
    for section in document.sections {
      for case .figures(let figures) in section.blocks {
        for figure in figures {
          csv.text(section.title)
          csv.text(figure.label)
          csv.value(figure.value)
          csv.text(figure.value.unit.name)
          csv.text(figure.value.unit.currency ?? "")
          csv.value(figure.change?.value)
          csv.text(figure.change?.against ?? "")
          csv.text(figure.note?.unmarked ?? "")
          csv.endLine()
        }
      }
    }
    return csv.bytes.count > head ? csv.bytes : nil
  }

  private static func description(
    of placed: ReportDocument.PlacedTable, _ table: CompleteTable
  ) -> String {
    let title =
      placed.section.title == placed.table.title
      ? placed.table.title : "\(placed.section.title): \(placed.table.title)"
    if table.rowCount == 0 { return "\(title); no rows: \(placed.table.whyEmpty.unmarked)" }
    var parts = [title, table.rowCount == 1 ? "1 row" : "\(table.rowCount) rows"]
    if placed.table.total != nil { parts.append("the last line is the total") }
    if !table.isComplete, let extent = placed.table.extent { parts.append(extent.text) }
    return parts.joined(separator: "; ")
  }

  private static func readme(_ document: ReportDocument, _ files: [String]) -> String {
    let edition = document.edition.name.text
    return """
      \(document.title): \(edition)
      \(document.organisation), as of \(document.asOf.data)

      \(files.isEmpty ? "This edition holds no tables." : files.joined(separator: "\n"))

      UTF-8, commas between cells, a full stop before decimals, dates as year-month-day.
      Amounts and rates are exact; 0.25 is 25 percent. An empty cell is not known.
      A text that begins with =, +, -, @, a tab or a carriage return has an apostrophe (') in front,
      so that no spreadsheet takes it for a formula; the record itself has none.

      """
  }
}

extension CompleteTable {
  /// The currency of each column's amounts, nil where it has none, several, or says it in its title.
  var currencies: [String?] {
    columns.map { column in
      var found: Set<String> = []
      for row in rows {
        if let currency = cell(column, of: row)?.value.unit.currency { found.insert(currency) }
        if found.count > 1 { return nil }
      }
      guard let currency = found.first, !column.title.contains(currency) else { return nil }
      return currency
    }
  }

  /// What a column takes from the total: nothing but values.
  func totalCell(_ column: Column, _ total: ReportDocument.Row) -> Cell? {
    column.key == "level" ? nil : cell(column, of: total)
  }
}

/// Names of files in one folder, unlike each other on any file system.
struct FileNames {
  private var taken: Set<String> = ["readme"]

  /// A name of letters a to z, digits and hyphens, without ending; the second of a kind gets a
  /// number.
  mutating func name(for text: String) -> String {
    let plain = EditionScope.plain(text)
    let stem = plain.isEmpty ? "table" : plain
    var name = stem
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(stem)-\(number)"
      number += 1
    }
    return name
  }
}
