import Records

/// The findings about files that users keep: every code with its sentences, in one place.
///
/// Such a file is its user's own work, so that what is wrong with it is an error, to be mended
/// before the next report; rows of other systems' files are set aside with a warning.
enum UserFileFindings {
  static func missing(_ path: String, at: SourcePosition) -> Finding {
    Finding(
      code: "user-file-missing", severity: .error, at: at, what: "there is no file \"\(path)\"",
      done: "nothing was computed", suggestion: "correct the path, which starts at the project")
  }

  static func tooLarge(_ file: String) -> Finding {
    Finding(
      code: "user-file-too-large", severity: .error, at: SourcePosition(file: file),
      what: "the file has more than 256 MiB", done: "nothing was computed",
      suggestion: "check that it is the right one")
  }

  static func empty(_ sheet: Sheet) -> Finding {
    Finding(
      code: "user-file-empty", severity: .error, at: sheet.position(line: 0),
      what: "the table has no row of headings", done: "nothing was computed",
      suggestion: "write the names of the columns in its first row")
  }

  static func oldWorkbook(_ file: String) -> Finding {
    Finding(
      code: "workbook-form", severity: .error, at: SourcePosition(file: file),
      what: "the workbook is in an old form, or protected by a password",
      done: "nothing was computed", suggestion: "save it as .xlsx without a password, or as CSV")
  }

  static func workbookDamaged(
    _ file: String, reason: String, at: SourcePosition? = nil
  ) -> Finding {
    Finding(
      code: "workbook-damaged", severity: .error, at: at ?? SourcePosition(file: file),
      what: "the workbook cannot be read: \(reason)", done: "nothing was computed",
      suggestion: "open it in a spreadsheet program and save it again as .xlsx, or as CSV")
  }

  static func sheetMissing(_ file: String, sheet: String, sheets: [String]) -> Finding {
    Finding(
      code: "workbook-sheet-missing", severity: .error, at: SourcePosition(file: file),
      what: "the workbook has no sheet \"\(sheet)\"", done: "nothing was computed",
      suggestion: Suggestion.sentence(
        for: sheet, in: sheets, otherwise: "its sheets are \(Suggestion.list(sheets))"))
  }

  static func sheetOfText(_ file: String, sheet: String) -> Finding {
    Finding(
      code: "workbook-sheet-missing", severity: .error, at: SourcePosition(file: file),
      what: "a sheet \"\(sheet)\" is named, but the file is no workbook",
      done: "nothing was computed", suggestion: "remove #\(sheet)")
  }

  static func missingColumn(
    _ column: String, of kind: UserFileKind, headings: [String], at: SourcePosition
  ) -> Finding {
    Finding(
      code: "user-file-column-missing", severity: .error, at: at,
      what: "the file of \(kind.words) has no column \"\(column)\"", done: "nothing was computed",
      suggestion: Suggestion.closest(to: column, in: headings)
        .map { "did you mean to call \"\($0)\" so?" } ?? "add it")
  }

  static func columnTwice(_ column: String, at: SourcePosition) -> Finding {
    Finding(
      code: "user-file-column-twice", severity: .error, at: at,
      what: "column \"\(column)\" stands here a second time", done: "nothing was computed",
      suggestion: "keep one of them")
  }

  /// A heading that names no column; one of those that the file lacks may be meant.
  static func unknownColumn(
    _ kind: UserFileKind, absent: [String], heading: String, at: SourcePosition
  ) -> Finding {
    Finding(
      code: "user-file-column-unknown", severity: .notice, at: at,
      what: "the file of \(kind.words) has a column that has no meaning here",
      done: "it was not read",
      suggestion: Suggestion.sentence(
        for: heading, in: absent,
        otherwise: "the columns are "
          + Suggestion.list(kind.columns.map(\.name), conjunction: "and")))
  }

  static func stray(_ at: SourcePosition) -> Finding {
    Finding(
      code: "user-file-cell-unread", severity: .notice, at: at,
      what: "a cell stands under no heading", done: "it was not read",
      suggestion: "give its column a heading, or keep notes on another sheet")
  }

  /// A cell that cannot be what its column needs.
  static func unreadable(
    _ kind: UserFileKind, _ column: String, at: SourcePosition, what: String, suggestion: String
  ) -> Finding {
    Finding(
      code: "cell-unreadable-\(kind.rawValue)-\(column)", severity: kind.severity, at: at,
      what: what, done: kind.done, suggestion: suggestion)
  }

  /// A cell that is empty and must not be.
  static func empty(_ kind: UserFileKind, _ column: String, at: SourcePosition) -> Finding {
    Finding(
      code: "cell-empty-\(kind.rawValue)-\(column)", severity: kind.severity, at: at,
      what: "the cell of \"\(column)\" is empty", done: kind.done,
      suggestion: "fill it in, or remove the row")
  }

  /// A cell in which a spreadsheet has an error.
  static func fault(
    _ kind: UserFileKind, _ column: String, at: SourcePosition, fault: String
  ) -> Finding {
    Finding(
      code: "cell-fault-\(kind.rawValue)-\(column)", severity: kind.severity, at: at,
      what: "\"\(column)\" holds no value but \(fault)", done: kind.done,
      suggestion: "mend the formula, save the workbook in a spreadsheet program, or write the value"
    )
  }

  /// An amount that stands for several rows.
  static func merged(_ kind: UserFileKind, _ column: String, at: SourcePosition) -> Finding {
    Finding(
      code: "cell-merged-\(kind.rawValue)-\(column)", severity: kind.severity, at: at,
      what: "\"\(column)\" is merged with cells above or beside it, so it would count twice",
      done: kind.done, suggestion: "part the cells and write the amount of each row")
  }

  /// A cell that contradicts another of its row.
  static func contradiction(
    _ kind: UserFileKind, _ column: String, at: SourcePosition, what: String, suggestion: String
  ) -> Finding {
    Finding(
      code: "cell-contradicts-\(kind.rawValue)-\(column)", severity: kind.severity, at: at,
      what: what, done: kind.done, suggestion: suggestion)
  }

  /// A cell that names nobody and nothing.
  static func unmatched(
    _ kind: UserFileKind, _ column: String, at: SourcePosition, what: String, suggestion: String
  ) -> Finding {
    Finding(
      code: "name-unmatched-\(kind.rawValue)-\(column)", severity: kind.severity, at: at,
      what: what, done: kind.done, suggestion: suggestion)
  }

  /// A row that says what another row says too, or contradicts it.
  static func rowTwice(
    _ kind: UserFileKind, what: String, at: SourcePosition, suggestion: String
  ) -> Finding {
    Finding(
      code: "row-twice-\(kind.rawValue)", severity: kind.severity, at: at, what: what,
      done: kind.done, suggestion: suggestion)
  }

  /// Rows that are right and do not count.
  static func rowUnused(
    _ kind: UserFileKind, what: String, at: SourcePosition, suggestion: String
  ) -> Finding {
    Finding(
      code: "row-unused-\(kind.rawValue)", severity: .notice, at: at, what: what,
      done: "the row was set aside", suggestion: suggestion)
  }

  static func quotaSpread(_ at: SourcePosition) -> Finding {
    Finding(
      code: "quota-not-spread", severity: .notice, at: at,
      what: "a quota is for more than a quarter and the file does not say how it is spread",
      done: "it counts in the fiscal year, and in figures of quarters where it begins",
      suggestion: "write month or quarter under prorate, or give a quota for each quarter")
  }

  static func subscriptionObjectMissing(_ object: String, at: SourcePosition) -> Finding {
    Finding(
      code: "subscription-object-missing", severity: .warning, at: at,
      what: "the export holds no \(object)", done: "recurring revenue cannot be computed",
      suggestion: "export it, correct its name, or keep the subscriptions in a file")
  }

  static func statusExcluded(at: SourcePosition?) -> Finding {
    Finding(
      code: "subscription-excluded", severity: .notice, at: at,
      what: "the subscription has a status that exclude_status names", done: "it was set aside",
      suggestion: "nothing needs to be done")
  }

  static func statusAbsent(at: SourcePosition?) -> Finding {
    Finding(
      code: "subscription-status-absent", severity: .warning, at: at,
      what: "subscriptions have no Status, of which exclude_status names some",
      done: "all of them count",
      suggestion: "export Status, or name its field under "
        + "subscriptions: {status: FIELD}")
  }

  static func statusUnknown(_ name: String, known: [String]) -> Finding {
    Finding(
      code: "subscription-status-unknown", severity: .warning,
      at: SourcePosition(file: "cadastre.yaml"),
      what: "exclude_status names \"\(name)\", which is the status of no subscription",
      done: "nothing was left out for it",
      suggestion: Suggestion.sentence(
        for: name, in: known.sorted(), otherwise: "correct it, or remove it"))
  }

  /// Cells beyond the ones that are told one by one.
  static func moreErrors(_ count: Int) -> Finding {
    Finding(
      code: "user-file-errors-more", severity: .error,
      what:
        "\(count) more cell\(count == 1 ? " is" : "s are") wrong in the files beside the export",
      done: "nothing was computed", suggestion: "mend these first, or run cadastre check")
  }

  static func replaces(_ entity: Entity, _ sheet: Sheet) -> Finding {
    Finding(
      code: "user-file-replaces-\(entity.rawValue)", severity: .notice,
      at: sheet.position(line: 0),
      what:
        "both this file and the export hold the \(entity == .quota ? "quotas" : "subscriptions")",
      done: "those of the file were taken",
      suggestion: "remove the file from cadastre.yaml to use those of the export")
  }
}
