import Records

/// The rows of a file that a user keeps, read cell by cell; what is wrong becomes findings.
///
/// Not to be shared between threads: it gathers as it is read.
final class UserTable {
  let kind: UserFileKind
  let sheet: Sheet
  /// How dates and numbers are written, as the configuration states it for the export.
  let forms: CellForms
  /// What is wrong, in the order of the file.
  private(set) var findings: [Finding] = []
  private(set) var counts = RowCounts()
  /// Column of the table by the name of the column.
  private var columns: [String: Int] = [:]
  private var isRefused = false

  /// Finds the columns by their headings, without regard to case; a space is as good as `_`.
  ///
  /// - Throws: `FindingsError` where a required column is missing, or one stands twice.
  init(_ sheet: Sheet, as kind: UserFileKind, forms: CellForms = CellForms()) throws {
    self.kind = kind
    self.sheet = sheet
    self.forms = forms
    guard !sheet.headings.isEmpty else { throw FindingsError([UserFileFindings.empty(sheet)]) }
    var unknown: [Sheet.Cell] = []
    var errors: [Finding] = []
    for heading in sheet.headings {
      let name = UserTable.normalised(heading.text)
      guard let column = kind.columns.first(where: { UserTable.normalised($0.name) == name })
      else {
        unknown.append(heading)
        continue
      }
      if columns[column.name] != nil {
        errors.append(UserFileFindings.columnTwice(column.name, at: heading.at))
      }
      columns[column.name] = heading.column
    }
    let line = sheet.headings.first?.at.line ?? 1
    for column in kind.columns where column.isRequired && columns[column.name] == nil {
      errors.append(
        UserFileFindings.missingColumn(
          column.name, of: kind, headings: unknown.map(\.text),
          at: sheet.position(line: line)))
    }
    guard errors.isEmpty else { throw FindingsError(errors) }
    let absent = kind.columns.map(\.name).filter { columns[$0] == nil }
    findings += unknown.map {
      UserFileFindings.unknownColumn(kind, absent: absent, heading: $0.text, at: $0.at)
    }
    findings += sheet.strays.map(UserFileFindings.stray)
  }

  private static func normalised(_ heading: String) -> String {
    trimmed(heading).lowercased().split(separator: " ").joined(separator: "_")
  }

  /// Text without spaces at its ends, which nobody sees in a sheet.
  static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }

  /// Reads every row; one of which a cell was refused is set aside.
  ///
  /// - Parameter body: makes the record of a row; nil sets the row aside.
  /// - Returns: the records of the rows that were not set aside, in the order of the file.
  func records<Record>(_ body: (UserRow) -> Record?) -> [Record] {
    sheet.rows.compactMap { row in
      counts.read += 1
      isRefused = false
      let record = body(UserRow(self, row))
      guard let record, !isRefused else {
        counts.setAside += 1
        return nil
      }
      return record
    }
  }

  /// Sets a row aside that was read before, because of what another one says.
  func setAside(_ finding: Finding) {
    findings.append(finding)
    counts.setAside += 1
  }

  func note(_ finding: Finding) { findings.append(finding) }

  func refuse(_ finding: Finding) {
    findings.append(finding)
    isRefused = true
  }

  /// Whether few enough cells were refused that looking for what each may mean takes no time.
  var mayLookFurther: Bool { findings.count < 50 }

  func cell(_ column: String, of row: Sheet.Row) -> Sheet.Cell? {
    columns[column].flatMap { row.cells[$0] }
  }

  /// A row as people name it: a line of a text file, a row of a sheet.
  func rowName(_ line: Int) -> String { sheet.sheet == nil ? "line \(line)" : "row \(line)" }

  /// Where a cell is, or would be.
  func place(_ column: String, of row: Sheet.Row) -> SourcePosition {
    if let cell = cell(column, of: row) { return cell.at }
    // In a workbook an empty cell has a name; in a text file it has no first character.
    return SourcePosition(
      file: sheet.file, sheet: sheet.sheet, line: row.line,
      column: sheet.sheet == nil ? 0 : columns[column] ?? 0)
  }
}
