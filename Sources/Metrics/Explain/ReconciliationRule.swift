/// Why a record is in a report of the CRM and not in a figure, or the other way round, or has
/// another value there: each a stable name in data formats.
public enum ReconciliationRule: String, CaseIterable, Sendable {
  // The report holds the record, and the figure does not count it.
  case listedAgain = "listed-again"
  case deleted
  case merged
  case setAside = "set-aside"
  case createdLater = "created-later"
  case notInExport = "not-in-export"
  case nameUnknown = "name-unknown"
  case nameAmbiguous = "name-ambiguous"
  case noKey = "no-key"
  case rateMissing = "rate-missing"
  case stageChanged = "stage-changed"
  case outcome
  case noBooking = "no-booking"
  case condition
  case filter = "where"
  case dateChanged = "date-changed"
  case dateByOneDay = "date-one-day-off"
  case dateMissing = "date-missing"
  case period
  case scope
  // The figure counts the record, and the report does not hold it.
  case reportDays = "outside-report-dates"
  case reportStages = "stage-not-in-report"
  case reportTypes = "type-not-in-report"
  case reportOwners = "owner-not-in-report"
  case reportCurrencies = "currency-not-in-report"
  case reportEmptyValues = "no-value"
  case reportFilter = "not-in-report"
  // Both count it, with different values.
  case rounding
  case repeatedInExport = "twice-in-export"
  case recordCurrency = "record-currency"
  case staticRate = "static-rate"
  case otherRate = "rate-of-another-day"
  case userCurrency = "user-currency"
  case weightedThere = "weighted-there"
  case unweightedThere = "not-weighted-there"
  case otherField = "other-field"
  case emptyThere = "empty-there"
  case emptyHere = "empty-here"
  case unreadableThere = "unreadable-there"
  case sign
  case scale = "thousands-or-cents"
  case changed
  case value

  /// How sure the rule is of being the reason.
  public enum Certainty: String, CaseIterable, Sendable {
    /// The export itself shows it.
    case explained
    /// What the report holds as a whole suggests it; the report's own filters are not known.
    case likely
    /// Nothing here says why.
    case unexplained
  }

  /// How sure the rule is.
  public var certainty: Certainty {
    switch self {
    case .nameUnknown, .nameAmbiguous, .noKey, .reportFilter, .emptyHere, .value: .unexplained
    case .reportDays, .reportStages, .reportTypes, .reportOwners, .reportCurrencies,
      .reportEmptyValues, .changed:
      .likely
    default: .explained
    }
  }

  /// Position in the order in which rules are listed where their sums are equal.
  var rank: Int { ReconciliationRule.allCases.firstIndex(of: self) ?? 0 }
}
