import Records

/// A row of a file that a user keeps: cells as what their columns mean.
///
/// Each accessor gives nil for an empty cell, and also for one that cannot be read, which refuses
/// the row with a finding.
struct UserRow {
  private let table: UserTable
  private let row: Sheet.Row

  init(_ table: UserTable, _ row: Sheet.Row) {
    self.table = table
    self.row = row
  }

  var line: Int { row.line }

  /// Whether few enough cells were refused to look for what a misspelt one may mean.
  var mayLookFurther: Bool { table.mayLookFurther }

  func place(_ column: String) -> SourcePosition { table.place(column, of: row) }

  /// Text without spaces at its ends.
  func text(_ column: String) -> String? { cell(column)?.text }

  /// Text that must be there.
  func required(_ column: String) -> String? {
    guard let cell = cell(column) else {
      if !isFault(column) {
        table.refuse(UserFileFindings.empty(table.kind, column, at: place(column)))
      }
      return nil
    }
    return cell.text
  }

  /// A day that must be there.
  func requiredDay(_ column: String) -> Day? { required(column).flatMap { _ in day(column) } }

  /// An amount that must be there, exact to 1/10,000.
  func requiredAmount(_ column: String) -> Int64? {
    guard let text = required(column) else { return nil }
    if let cell = table.cell(column, of: row), cell.isMerged {
      table.refuse(UserFileFindings.merged(table.kind, column, at: cell.at))
      return nil
    }
    return number(text, in: column)
  }

  /// Yes or no; an empty cell is no.
  func flag(_ column: String) -> Bool {
    guard let text = text(column) else { return false }
    if let flag = CellParser.flag(Array(text.utf8).span) { return flag == 1 }
    refuse(column, "\"\(column)\" is neither yes nor no", "write yes or no")
    return false
  }

  /// The code of a currency.
  func currency(_ column: String) -> String? {
    guard let text = text(column)?.uppercased() else { return nil }
    if text.utf8.count == 3, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) { return text }
    refuse(column, "\"\(column)\" is no code of a currency", "write a code such as USD")
    return nil
  }

  /// One of some words, without regard to case.
  func word(_ column: String, of words: [String]) -> String? {
    guard let text = text(column)?.lowercased() else { return nil }
    if words.contains(text) { return text }
    refuse(
      column, "\"\(column)\" has a word that has no meaning here",
      Suggestion.sentence(for: text, in: words, otherwise: "write \(Suggestion.list(words))"))
    return nil
  }

  func refuse(_ column: String, _ what: String, _ suggestion: String) {
    table.refuse(
      UserFileFindings.unreadable(
        table.kind, column, at: place(column), what: what, suggestion: suggestion))
  }

  /// Refuses the row because a cell says what another of the row denies.
  func contradict(_ column: String, _ what: String, _ suggestion: String) {
    table.refuse(
      UserFileFindings.contradiction(
        table.kind, column, at: place(column), what: what, suggestion: suggestion))
  }

  /// Refuses the row because a cell names nobody and nothing.
  func unmatched(_ column: String, _ what: String, _ suggestion: String) {
    table.refuse(
      UserFileFindings.unmatched(
        table.kind, column, at: place(column), what: what, suggestion: suggestion))
  }

  /// How the file writes dates and numbers.
  var forms: CellForms { table.forms }

  /// Whether a spreadsheet has a cell as a number, which it writes in one way for all countries.
  func isNumber(_ column: String) -> Bool { table.cell(column, of: row)?.kind == .number }

  /// The cell where it holds anything but spaces; an error of the spreadsheet refuses the row.
  func cell(_ column: String) -> Sheet.Cell? {
    guard var cell = table.cell(column, of: row) else { return nil }
    if cell.kind == .fault {
      table.refuse(
        UserFileFindings.fault(table.kind, column, at: cell.at, fault: cell.text))
      return nil
    }
    cell.text = UserTable.trimmed(cell.text)
    return cell.text.isEmpty ? nil : cell
  }

  private func isFault(_ column: String) -> Bool {
    table.cell(column, of: row)?.kind == .fault
  }
}
