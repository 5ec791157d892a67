import BuiltIns
import Records

/// The words of pages and documents in one language, each under a name that all languages share.
///
/// A catalogue is a file `templates/words/<language>.yaml`. The English one is the measure of the
/// others: it says which names there are and what may stand in braces.
public struct ReportWords: Hashable, Sendable {
  /// The language by its code, such as `de`.
  public let language: String
  let texts: [String: Pattern]

  init(language: String, texts: [String: Pattern]) {
    self.language = language
    self.texts = texts
  }

  /// The English catalogue that is built in.
  public static let english: ReportWords = {
    let path = file(of: "en")
    let text = BuiltIns.text(path) ?? ""
    return (try? ReportWords(text: text, file: path, language: "en", like: nil))
      ?? ReportWords(language: "en", texts: [:])
  }()

  /// Where the catalogue of a language stands, from the root of the repository or a project.
  static func file(of language: String) -> String { "templates/words/\(language).yaml" }

  /// A word or sentence without braces.
  subscript(_ name: Name) -> String { say(name) }

  /// A word or sentence as plain text, with each name in braces replaced.
  func say(_ name: Name, _ values: [String: ReportDocument.Prose] = [:]) -> String {
    filled(name, values).plain
  }

  /// A word or sentence with each name in braces replaced; an unknown name is a hole that no
  /// catalogue can have, since it is checked.
  func filled(
    _ name: Name, _ values: [String: ReportDocument.Prose]
  ) -> ReportDocument.Prose {
    texts[name.rawValue]?.filled { values[$0] ?? "" } ?? ReportDocument.Prose(name.rawValue)
  }

  /// What templates are given: every word that has nothing in braces.
  var fields: [String: TemplateValue] {
    texts.filter { $0.value.names.isEmpty }.mapValues { pattern in
      TemplateValue.text(pattern.filled { _ in nil }?.plain)
    }
  }

  /// The names that templates may use, in every language the same.
  static let shape = TemplateShape.object(
    english.texts.filter { $0.value.names.isEmpty }.mapValues { _ in TemplateShape.markup })

  /// What the foot of a document says of its language: the sentences that the program makes are
  /// English.
  var notes: [ReportDocument.Prose] {
    language == "en" ? [] : [ReportDocument.Prose(self[.englishRemains])]
  }

  /// Several words as a list, such as "a, b and c".
  func list(_ words: [String]) -> String { Suggestion.list(words, conjunction: self[.and]) }

  /// What a file of a format is called, such as `workbook`.
  func file(_ label: String) -> String {
    switch label {
    case "mail": self[.mail]
    case "text": self[.text]
    case "workbook": self[.workbook]
    default: label
    }
  }

  /// A severity of a finding.
  func severity(_ name: String) -> String {
    switch Finding.Severity(rawValue: name) {
    case .error: self[.error]
    case .warning: self[.warning]
    case .notice: self[.notice]
    case nil: name
    }
  }
}

extension ReportWords {
  /// The words that Swift takes from the catalogue; templates use these and others.
  enum Name: String, CaseIterable, Sendable {
    case and
    // Tables.
    case allRows = "all_rows"
    case someRows = "some_rows"
    case rowsWhere = "rows_where"
    case firstRowsWhere = "first_rows_where"
    case columnsLeftOut = "columns_left_out"
    case moreCount = "more_count"
    case other
    case others
    case allAttached = "all_attached"
    case firstAttached = "first_attached"
    case totalRow = "total_row"
    case overdue
    case nothingToShow = "nothing_to_show"
    // Sentences of sections.
    case calloutNote = "callout_note"
    case calloutWarning = "callout_warning"
    case weak
    case figureNotShown = "figure_not_shown"
    case figureNotKnown = "figure_not_known"
    case changeNotKnown = "change_not_known"
    case firstEdition = "first_edition"
    case begunSince = "begun_since"
    case sinceDay = "since_day"
    case unchangedSince = "unchanged_since"
    case againstDay = "against_day"
    case quietSections = "quiet_sections"
    case nothingThisTime = "nothing_this_time"
    case notInReport = "not_in_report"
    case toHaveIt = "to_have_it"
    case comment
    case within
    case definitions
    case mailTooLong = "mail_too_long"
    // On paper.
    case chartAppendix = "chart_appendix"
    case paperFigures = "paper_figures"
    case paperTable = "paper_table"
    case paperPart = "paper_part"
    case paperColumns = "paper_columns"
    case paperPage = "paper_page"
    // In a workbook.
    case sheetCover = "sheet_cover"
    case sheetBack = "sheet_back"
    case sheetValue = "sheet_value"
    case sheetChange = "sheet_change"
    case sheetCompared = "sheet_compared"
    case sheetContents = "sheet_contents"
    case sheetRows = "sheet_rows"
    case sheetSays = "sheet_says"
    case sheetReading = "sheet_reading"
    case sheetUnknown = "sheet_unknown"
    case sheetExact = "sheet_exact"
    case sheetComplete = "sheet_complete"
    case sheetNames = "sheet_names"
    case sheetTexts = "sheet_texts"
    case sheetCount = "sheet_count"
    case sheetFigure = "sheet_figure"
    case sheetDefinition = "sheet_definition"
    case sheetDataName = "sheet_data_name"
    case sheetNoRows = "sheet_no_rows"
    case sheetAll = "sheet_all"
    case sheetPart = "sheet_part"
    case sheetCutTexts = "sheet_cut_texts"
    case sheetMissingLinks = "sheet_missing_links"
    case sheetLongNumbers = "sheet_long_numbers"
    // Periods.
    case day
    case days
    case againstPeriod = "against_period"
    case firstDays = "first_days"
    case lastFourQuarters = "last_four_quarters"
    case lastQuarters = "last_quarters"
    case lastTwelveMonths = "last_twelve_months"
    case fromTo = "from_to"
    case allTime = "all_time"
    // The foot of a document.
    case aboutReport = "about_report"
    case dataQuality = "data_quality"
    case edition
    case scope
    case scopeCompany = "scope_company"
    case scopeTerritory = "scope_territory"
    case scopeManager = "scope_manager"
    case scopeFamily = "scope_family"
    case asOf = "as_of"
    case exportTaken = "export_taken"
    case dataAge = "data_age"
    case timeZone = "time_zone"
    case fiscalYear = "fiscal_year"
    case dealValue = "deal_value"
    case currency
    case dealsThatCount = "deals_that_count"
    case recipient
    case classification
    case madeBy = "made_by"
    case error
    case warning
    case notice
    case nothingWrong = "nothing_wrong"
    case countErrors = "count_errors"
    case countWarnings = "count_warnings"
    case countNotices = "count_notices"
    case englishRemains = "english_remains"
    // The page over all editions.
    case reports
    case editionsOf = "editions_of"
    case runSummary = "run_summary"
    case otherFormats = "other_formats"
    case noEdition = "no_edition"
    case mail
    case text
    case workbook
    // Findings.
    case findings
    case `where`
    case whereFirst = "where_first"
    // What the export gives.
    case check
    case checkTitle = "check_title"
    case filesTitle = "files_title"
    case noReport = "no_report"
    case noFile = "no_file"
    case section
    case table
    case willBe = "will_be"
    case because
    case howToGetIt = "how_to_get_it"
    case file
    case readAs = "read_as"
    case asEntity = "as_entity"
    case rowsRead = "rows_read"
    case rowsUsed = "rows_used"
    case rowsSetAside = "rows_set_aside"
    case rowsDeleted = "rows_deleted"
    case rowsSum = "rows_sum"
    case ready
    case degraded
    case absent
    // Trees.
    case account
    case country
    case owner
    case territories
    case wonOwn = "won_own"
    case wonRolledUp = "won_rolled_up"
    case openRolledUp = "open_rolled_up"
    case more
    // Messages.
    case alsoInMessage = "also_in_message"
    case inFullIn = "in_full_in"
    case approval
    case approvedBy = "approved_by"
    case corrected
    case whatChanged = "what_changed"
    case sentBefore = "sent_before"
    case figureWas = "figure_was"
    case figureNew = "figure_new"
    case sectionChanged = "section_changed"
    case tooLarge = "too_large"
  }
}
