import Records

/// What is found in single cells.
extension IntakeFindings {
  static func unreadableCell(
    _ entity: Entity, _ column: ColumnPlan, _ trouble: CellTrouble
  ) -> Finding {
    let name = "\(entity.rawValue).\(column.field)"
    let done = column.isEssential ? "the row was set aside" : "the cell was read as empty"
    switch trouble {
    case .unreadable:
      return Finding(
        code: "cell-unreadable-\(entity.rawValue)-\(column.field)", severity: .warning,
        what: "\(name) is \(nothing(column.kind))", done: done, suggestion: "mend the cell")
    case .numberForm:
      return Finding(
        code: "number-form-\(entity.rawValue)-\(column.field)", severity: .warning,
        what: column.forms.numbers.map {
          "\(name) is a number in another form than \($0.rawValue)"
        } ?? "\(name) is a number whose marks nothing explains", done: done,
        suggestion: (column.forms.numbers == nil ? "" : "correct it, or ")
          + "state export_format: {numbers: FORM} in cadastre.yaml, FORM being "
          + Suggestion.list(CellForms.NumberForm.allCases.map { "\"\($0.rawValue)\"" }))
    case .dateOrder:
      return Finding(
        code: "date-order-\(entity.rawValue)-\(column.field)", severity: .warning,
        what: column.forms.dates.map {
          "\(name) is a date in another order than \($0.rawValue)"
        } ?? "\(name) is a date in an order that nothing states", done: done,
        suggestion: (column.forms.dates == nil ? "" : "correct it, or ")
          + "state export_format: {dates: ORDER} in cadastre.yaml, ORDER being "
          + Suggestion.list(CellForms.DateOrder.allCases.map(\.rawValue)))
    case .impossibleDate:
      return Finding(
        code: "date-impossible-\(entity.rawValue)-\(column.field)", severity: .warning,
        what: "\(name) is a date that no calendar has", done: done,
        suggestion: "correct the date")
    case .checksum:
      return Finding(
        code: "id-checksum-\(entity.rawValue)-\(column.field)", severity: .warning,
        what: "the last three characters of \(name) do not fit the case of the others",
        done: column.isEssential ? done : "the reference was read as unknown",
        suggestion: "export it again, and do not save it with a spreadsheet")
    }
  }

  static func fieldMixed(_ entity: Entity, _ field: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "field-mixed-\(entity.rawValue)-\(field)", severity: .notice, at: at,
      what: "\(entity.rawValue).\(field) begins with numbers or dates, and goes on with text",
      done: "it was read as text", suggestion: "compare it as text, or mend the cells")
  }

  private static func nothing(_ kind: FieldKind) -> String {
    switch kind {
    case .decimal, .rate: "no number"
    case .date, .datetime, .instant: "no date"
    case .flag: "neither yes nor no"
    case .id, .reference: "no Id"
    case .text, .category: "no text"
    }
  }

  static func repairedId(_ entity: Entity, _ column: ColumnPlan) -> Finding {
    Finding(
      code: "id-repaired-\(entity.rawValue)-\(column.field)", severity: .notice,
      what: "\(entity.rawValue).\(column.field) is written in one case, as spreadsheets do",
      done: "its case was restored from its last three characters",
      suggestion: "export it again, and do not save it with a spreadsheet")
  }

  static func currencyDiffers(
    _ entity: Entity, _ field: String, hasColumn: Bool, at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "currency-mismatch-\(entity.rawValue)-\(field)", severity: .warning, at: at,
      what: "\(entity.rawValue).\(field) is written in another currency than "
        + (hasColumn ? "CurrencyIsoCode says" : "another amount of the record"),
      done: "the amount counts in the currency of the record",
      suggestion: "export amounts without the currency, or correct CurrencyIsoCode")
  }

  static func activityOfOthers(_ entity: Entity, at: SourcePosition?) -> Finding {
    Finding(
      code: "activity-of-others-\(entity.rawValue)", severity: .notice, at: at,
      what: "\(entity.rawValue).WhatId names neither an Account nor an Opportunity of the export",
      done: "the activity counts for no account and no deal",
      suggestion: "leave it where the activity concerns a case or a campaign, else export the "
        + "record too")
  }

  static func personContact(at: SourcePosition?) -> Finding {
    Finding(
      code: "contact-of-person-account", severity: .notice, at: at,
      what: "the Contact is the other half of a person account",
      done: "the row was set aside: the person counts once, as an account",
      suggestion: "leave it as it is")
  }
}
