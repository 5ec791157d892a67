import Records

/// Dates and numbers as their writer's country has them, where the configuration says how that is.
extension UserRow {
  /// A calendar day: 2026-11-20, a date of the spreadsheet, or one in the stated order.
  func day(_ column: String) -> Day? {
    guard let cell = cell(column) else { return nil }
    if let day = date(cell.text) { return day }
    if cell.kind == .number {
      refuse(column, "\"\(column)\" is no date", "format the cell as a date")
      return nil
    }
    switch trouble(cell.text, column, .date) {
    case .dateOrder:
      let orders = CellForms.DateOrder.allCases.map(\.rawValue)
      refuse(
        column,
        forms.dates.map { "\"\(column)\" is a date in another order than \($0.rawValue)" }
          ?? "\"\(column)\" is a date in an order that nothing states",
        forms.dates == nil
          ? "write it as 2026-11-20, or state export_format: {dates: ORDER} in cadastre.yaml, "
            + "ORDER being \(Suggestion.list(orders))"
          : "correct it, or write it as 2026-11-20")
    case .impossibleDate:
      refuse(column, "\"\(column)\" is a date that no calendar has", "correct it")
    default: refuse(column, "\"\(column)\" is no date", "write it as 2026-11-20")
    }
    return nil
  }

  /// The day that a text is in the order of the file; nil where it is none.
  func date(_ text: String) -> Day? {
    if let day = Day(iso: text) { return day }
    // A month with a name needs no order.
    let moment = CellParser.writtenMoment(Array(text.utf8).span, order: forms.dates)
    if case .day(let day) = moment { return Day(number: day) }
    return nil
  }

  /// A number of a column in the form of the file; one that is none refuses the row.
  func number(_ text: String, in column: String) -> Int64? {
    if let number = amount(text, isPlain: isNumber(column)) { return number }
    if trouble(text, column, .decimal) == .numberForm {
      let known = CellForms.NumberForm.allCases.map { "\"\($0.rawValue)\"" }
      refuse(
        column,
        forms.numbers.map { "\"\(column)\" is a number in another form than \($0.rawValue)" }
          ?? "\"\(column)\" is a number whose marks nothing explains",
        forms.numbers == nil
          ? "write it as 1234.56, or state export_format: {numbers: FORM} in cadastre.yaml, "
            + "FORM being \(Suggestion.list(known))"
          : "correct it, or write it without groups")
    } else {
      refuse(column, "\"\(column)\" is no number", "write it as 1234.56")
    }
    return nil
  }

  /// What a text is as a number, exact to 1/10,000; nil where it is none.
  ///
  /// A currency beside it is none of the number's: it has a column of its own.
  func amount(_ text: String, isPlain: Bool = false) -> Int64? {
    let bytes = Array(text.utf8)
    if isPlain || forms.readsPlainNumbers, let number = CellParser.decimal(bytes.span) {
      return number
    }
    let written = CellParser.writtenNumber(bytes.span, places: 4, times: 1, form: forms.numbers)
    return written.flatMap { $0.currency == nil ? $0.value : nil }
  }

  private func trouble(_ text: String, _ column: String, _ kind: FieldKind) -> CellTrouble {
    CellTrouble(
      Array(text.utf8).span,
      ColumnPlan(
        field: column, kind: kind, isEssential: true, cell: nil, constant: nil, substitution: nil,
        times: 1, forms: forms))
  }
}
