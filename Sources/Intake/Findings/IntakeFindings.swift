import Records

/// The findings of Intake: every code with its sentences, in one place.
enum IntakeFindings {
  static func exportMissing(_ path: String) -> Finding {
    Finding(
      code: "export-missing", severity: .error, at: SourcePosition(file: path),
      what: "there is no export here", done: "nothing was read",
      suggestion: "give the path of a folder, a zip or a CSV")
  }

  static func exportEmpty(_ path: String) -> Finding {
    Finding(
      code: "export-empty", severity: .error, at: SourcePosition(file: path),
      what: "the export holds no CSV file", done: "nothing was read",
      suggestion: "export the CRM's objects as CSV into it")
  }

  static func exportUnrecognised(_ path: String, mapping: String) -> Finding {
    Finding(
      code: "export-unrecognised", severity: .error, at: SourcePosition(file: path),
      what: "no file of the export has a name that mapping \(mapping) knows",
      done: "nothing was read",
      suggestion: "name the mapping of your CRM as \"crm\" in cadastre.yaml")
  }

  static func nothingToReport(mapping: String) -> Finding {
    Finding(
      code: "entity-missing", severity: .error,
      what: "the export holds neither an Account nor an Opportunity, without which there is "
        + "nothing to report",
      done: "nothing was computed",
      suggestion: "export one of them under a name that mapping \(mapping) knows")
  }

  static func emptyFile(_ file: String) -> Finding {
    Finding(
      code: "file-empty", severity: .error, at: SourcePosition(file: file, line: 1),
      what: "the file has no header row", done: "nothing was computed",
      suggestion: "export it again, or remove it")
  }

  static func unclosedQuote(_ file: String, line: Int, column: Int) -> Finding {
    Finding(
      code: "quote-unclosed", severity: .error,
      at: SourcePosition(file: file, line: line, column: column),
      what: "a quoted field opens here and is never closed", done: "nothing was computed",
      suggestion: "close the quote, or double it where it belongs to the text")
  }

  static func missingColumn(
    _ field: String, of entity: Entity, column: String, in file: String, header: Header
  ) -> Finding {
    Finding(
      code: "column-missing", severity: .error, at: SourcePosition(file: file, line: 1),
      what: "column \"\(column)\" is missing, which holds \(entity.rawValue).\(field)",
      done: "nothing was computed",
      suggestion: Suggestion.sentence(
        for: column, in: header.names, otherwise: "export it, or map another column to it"))
  }

  static func missingLookup(_ lookup: Mapping.Lookup) -> Finding {
    Finding(
      code: "lookup-missing", severity: .error, at: SourcePosition(file: lookup.file),
      what: "the mapping looks up \"\(lookup.take.joined(separator: "\" or \""))\" by "
        + "\"\(lookup.match.joined(separator: "\" or \""))\" in this file, "
        + "which is not there or lacks one of the columns",
      done: "nothing was computed", suggestion: "add the file, or change the mapping")
  }

  /// Records of more lines than this hold a text that nobody wrote.
  private static let longestText = 100

  static func wrongCellCount(_ count: Int, expected: Int, lines: Int) -> Finding {
    let shape = "has \(count) cell\(count == 1 ? "" : "s") where the header has \(expected)"
    guard lines <= longestText else {
      return Finding(
        code: "quote-swallows-rows", severity: .warning,
        what: "the row runs over \(lines) lines and \(shape): a quoted field in it was not closed, "
          + "and took in the rows behind it up to the next quote",
        done: "the row was set aside with all that it took in",
        suggestion: "close the quote, or double it where it belongs to the text")
    }
    return Finding(
      code: "row-cell-count", severity: .warning,
      what: "the row \(shape)",
      done: "the row was set aside", suggestion: "mend the row or export it again")
  }

  static func misencodedCell(_ entity: Entity, _ column: ColumnPlan) -> Finding {
    Finding(
      code: "cell-encoding-\(entity.rawValue)-\(column.field)", severity: .warning,
      what: "\(entity.rawValue).\(column.field) is not written in UTF-8 as the rest of the file",
      done: "the cell was read as Windows-1252", suggestion: "export the file in one encoding")
  }

  static func duplicateKey(_ entity: Entity, at: SourcePosition?) -> Finding {
    Finding(
      code: "key-duplicate-\(entity.rawValue)", severity: .warning, at: at,
      what: "an earlier \(entity.rawValue) has the same Id", done: "the row was set aside",
      suggestion: "remove one of the two from the export")
  }

  static func danglingReference(
    _ entity: Entity, _ field: String, to target: Entity, at: SourcePosition?, hint: String?
  ) -> Finding {
    Finding(
      code: "reference-dangling-\(entity.rawValue)-\(field)", severity: .warning, at: at,
      what: "\(entity.rawValue).\(field) names no \(target.rawValue) of the export"
        + (hint.map { ": \($0)" } ?? ""),
      done: consequence(entity, field),
      suggestion: target == .territoryModel
        ? "export with the permission Manage Territories, without which planned models are left "
          + "out silently"
        : hint == nil
          ? "export the \(target.rawValue) too, or correct the reference"
          : "correct it, or map the spelling under \"values\" in the mapping file")
  }

  static func deletedReference(
    _ entity: Entity, _ field: String, to target: Entity, at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "reference-deleted-\(entity.rawValue)-\(field)", severity: .warning, at: at,
      what: "\(entity.rawValue).\(field) names a deleted \(target.rawValue)",
      done: consequence(entity, field),
      suggestion: "restore the \(target.rawValue) in the CRM, or correct the reference")
  }

  /// What a reference to nothing means for the figures.
  private static func consequence(_ entity: Entity, _ field: String) -> String {
    switch (entity, field) {
    case (.account, "ParentId"): "the account became the root of its family"
    case (.opportunity, "AccountId"): "the deal stays in the totals without an account"
    case (.opportunity, "Territory2Id"): "the deal counts under (former territory)"
    case (.territory, "Territory2ModelId"): "the territory is in no model"
    case (.opportunityHistory, "OpportunityId"): "the row closes no deal"
    case (.lineItem, "Product2Id"): "the product is kept by that Id, under the name (unknown)"
    default:
      entity.field(named: field).map(entity.keepsStrangers) == true
        ? "the user is kept by that Id, under the name (unknown)"
        : "the reference was read as unknown"
    }
  }

  static func stageUnknown(at: SourcePosition?, stage: String) -> Finding {
    Finding(
      code: "stage-unknown", severity: .warning, at: at,
      what: "stage \"\(stage)\" is in no list of stages",
      done: "its deals count as open",
      suggestion: "export OpportunityStage or list the stage under \"stages\" in the mapping file")
  }

  static func valuesMapped(
    _ entity: Entity, _ field: String, at: SourcePosition
  ) -> Finding {
    Finding(
      code: "values-mapped-\(entity.rawValue)-\(field)", severity: .notice, at: at,
      what: "\(entity.rawValue).\(field) has a spelling that the mapping replaces",
      done: "it was read as the mapping says", suggestion: "correct it in the CRM")
  }

  static func misspelt(
    _ entity: Entity, _ field: String, value: String, like known: String, at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "value-misspelt-\(entity.rawValue)-\(field)", severity: .notice, at: at,
      what: "\(entity.rawValue).\(field) \"\(value)\" looks like \"\(known)\"",
      done: "it was kept as it is",
      suggestion: "correct it, or map the spelling under \"values\" in the mapping file")
  }

  static func asOfGuessed(_ day: Day) -> Finding {
    Finding(
      code: "as-of-guessed", severity: .notice,
      what: "the export says nowhere when its records were last changed",
      done: "the newest date that is no close or end date of an open record, \(day), "
        + "was taken as the as-of date",
      suggestion: "state as_of in cadastre.yaml or give --as-of")
  }

  static func asOfUnknown() -> Finding {
    Finding(
      code: "as-of-unknown", severity: .error,
      what: "the export holds no date from which the as-of date could be taken",
      done: "nothing was computed", suggestion: "state as_of in cadastre.yaml or give --as-of")
  }

  static func activeModelUnknown() -> Finding {
    Finding(
      code: "territory-model-unclear", severity: .warning,
      what: "no territory model is in state Active",
      done: "figures were computed without territories",
      suggestion: "export Territory2Model with its State")
  }
}
