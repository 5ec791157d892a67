import Records

/// The findings about a report of a CRM: every code with its sentences, in one place.
enum ReportFindings {
  static func missing(_ file: String) -> Finding {
    Finding(
      code: "report-missing", severity: .error, at: SourcePosition(file: file),
      what: "there is no such file", done: "nothing was compared",
      suggestion: "give the path of the report that you exported from the CRM")
  }

  static func summary(at: SourcePosition) -> Finding {
    Finding(
      code: "report-summary", severity: .error, at: at,
      what: "the report holds totals of groups and no records", done: "nothing was compared",
      suggestion: "export its rows: in Salesforce choose Export, Details Only, and show the column "
        + "of Ids")
  }

  static func columnMissing(
    _ what: String, named name: String?, option: String, headings: [String], at: SourcePosition
  ) -> Finding {
    let list = "the columns are \(Suggestion.list(headings, conjunction: "and"))"
    return Finding(
      code: "report-column-missing", severity: .error, at: at,
      what: name.map { "the report has no column \"\($0)\"" }
        ?? "no column of the report is known to hold \(what)",
      done: "nothing was compared",
      suggestion: name.map { Suggestion.sentence(for: $0, in: headings, otherwise: list) }
        ?? "name it with \(option) COLUMN: \(list)")
  }

  static func otherRecords(_ entity: Entity, wanted: Entity, column: String, at: SourcePosition)
    -> Finding
  {
    Finding(
      code: "report-other-records", severity: .error, at: at,
      what: "column \"\(column)\" holds Ids of \(entity.rawValue), and the figure is made from "
        + "\(wanted.rawValue)",
      done: "nothing was compared",
      suggestion: "name the column of \(wanted.rawValue) Ids with --id COLUMN, or add it to the "
        + "report")
  }

  static func linesUnused(_ count: Int, at: SourcePosition) -> Finding {
    Finding(
      code: "report-lines-unused", severity: .notice, at: at,
      what: count == 1
        ? "a line of the report is a total, or stands below its rows"
        : "\(count) lines of the report are totals, or stand below its rows",
      done: "no record was read from them", suggestion: "nothing needs to be done")
  }

  static func valueUnreadable(_ column: String, count: Int, at: SourcePosition) -> Finding {
    Finding(
      code: "report-value-unreadable", severity: .warning, at: at,
      what: "column \"\(column)\" holds no number in "
        + (count == 1 ? "a row" : "\(count) rows"),
      done: "they count as 0",
      suggestion: "mend them, or say how numbers are written with --numbers, such as "
        + "--numbers 1.234,56")
  }

  static func totalDiffers(at: SourcePosition?) -> Finding {
    Finding(
      code: "report-total-differs", severity: .warning, at: at,
      what: "the report's own total is not the sum of its rows", done: "the rows were compared",
      suggestion: "check that all rows were exported, and that amounts are of one currency")
  }
}
