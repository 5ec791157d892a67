import Metrics

/// What each reason for a difference is called, and what can be done about it.
struct ReconciliationWords {
  /// One record of the figure, and several: `deal` and `deals`.
  let one: String
  let many: String
  /// The day of the export, where it is known, as of which the figure is.
  let asOf: String

  init(_ fact: Fact, asOf: String) {
    (one, many) =
      switch fact {
      case .opportunities: ("deal", "deals")
      case .accounts: ("account", "accounts")
      case .lineItems: ("line", "lines")
      default: ("record", "records")
      }
    self.asOf = asOf
  }

  /// The reason as the heading of its records.
  func title(_ rule: ReconciliationRule) -> String {
    switch rule {
    case .listedAgain: "Listed more than once in the report"
    case .deleted: "Deleted in the CRM"
    case .merged: "Merged into another \(one)"
    case .setAside: "Set aside when the export was read"
    case .createdLater: "Created after the export"
    case .notInExport: "Not in the export"
    case .nameUnknown: "No \(one) of the export has the name"
    case .nameAmbiguous: "Several \(many) have the name"
    case .noKey: "A row without Id and name"
    case .rateMissing: "No exchange rate for its currency and day"
    case .stageChanged: "At another stage in the report"
    case .outcome: "Its stage does not count"
    case .noBooking: "No booking by its class or stage"
    case .condition: "Does not meet a condition of the metric"
    case .filter: "Left out by --where"
    case .dateChanged: "Another date in the report"
    case .dateByOneDay: "One day apart from the report, across the end of the period"
    case .dateMissing: "Without a date"
    case .period: "Outside the period"
    case .scope: "Outside the territory"
    case .reportDays: "Dated outside the days that the report covers"
    case .reportStages: "At a stage that no \(one) of the report has"
    case .reportTypes: "Of a type that no \(one) of the report has"
    case .reportOwners: "Of an owner of whom the report holds nothing"
    case .reportCurrencies: "In a currency that no \(one) of the report has"
    case .reportEmptyValues: "Without a value"
    case .reportFilter: "The report does not hold it"
    case .rounding: "Rounded in the report"
    case .repeatedInExport: "Twice in the export"
    case .recordCurrency: "In its own currency in the report"
    case .staticRate: "Converted at the static rate in the report"
    case .otherRate: "Converted at the rate of another day in the report"
    case .userCurrency: "In the currency of who ran the report"
    case .weightedThere: "Weighted by probability in the report"
    case .unweightedThere: "Not weighted by probability in the report"
    case .otherField: "The report shows another field"
    case .emptyThere: "Empty in the report"
    case .emptyHere: "Empty in the export"
    case .unreadableThere: "No number in the report"
    case .sign: "The report has the opposite sign"
    case .scale: "In thousands or cents in the report"
    case .changed: "Changed between the report and the export"
    case .value: "Another value, for no reason found"
    }
  }

  /// What it means and what to do, in sentences.
  func advice(_ rule: ReconciliationRule) -> String {
    switch rule {
    case .listedAgain:
      "A report with products, contacts or campaigns repeats a \(one) for each. Each counts once "
        + "here; take those columns out of the report."
    case .deleted:
      "The export holds it as deleted (IsDeleted), so it was deleted after the report was run. Run "
        + "the report again."
    case .merged:
      "The export holds it as merged, and the other one counts. Run the report again."
    case .setAside:
      "A cell of its row in the export could not be read; docs/findings.md explains the code. Mend "
        + "it in the CRM and export again."
    case .createdLater:
      "Its Id is newer than every one of the export, which was made before the report. Export again, "
        + "or run the report as of \(asOf)."
    case .notInExport:
      "The export has no row with this Id. It was deleted for good, the user who exports may not "
        + "see it, or the export leaves records out."
    case .nameUnknown:
      "It was renamed, or is not in the export. Add the column of Ids to the report to be sure."
    case .nameAmbiguous:
      "Name, account, date and value do not say which one is meant. Add the column of Ids to the "
        + "report."
    case .noKey: "Add the column of Ids to the report."
    case .rateMissing:
      "Without a rate it counts in no figure, rather than as if it were 1. Export CurrencyType and "
        + "DatedConversionRate with rates for it."
    case .stageChanged:
      "The stage was changed between the report and the export; the later of the two is right."
    case .outcome:
      "The report counts it at a stage that the metric does not; filter the report by stage."
    case .noBooking:
      "deals: in cadastre.yaml says which classes and stages are bookings; cadastre explain shows "
        + "it. Filter the report in the same way."
    case .condition: "cadastre explain shows what the metric counts."
    case .filter: "The report is not filtered in the same way."
    case .dateChanged:
      "The date was changed between the report and the export; the later of the two is right."
    case .dateByOneDay:
      "A time zone, or a spreadsheet, moved the date by a day. The export's dates do not shift."
    case .dateMissing: "It is in no period. Fill the date in in the CRM."
    case .period: "The report covers other days. Give it the dates of the period."
    case .scope: "The report is not limited to the territory, or has the \(one) in another."
    case .reportDays:
      "The report seems to filter by date. Compare its date filter with --period."
    case .reportStages, .reportTypes, .reportCurrencies:
      "The report seems to filter by it. Look at its filters."
    case .reportOwners:
      "The report seems to show certain owners only: look at its filter \"Show Me\" (my "
        + "opportunities, my team's), and at the role of who ran it."
    case .reportEmptyValues:
      "All \(many) of the report have a value: it seems to leave out those without."
    case .reportFilter:
      "Why is not to be seen from here. Look at the report's filters: record owner or \"my team\", "
        + "date field, record type, and what who ran it may see."
    case .rounding: "The report shows fewer decimals. Nothing needs to be done."
    case .repeatedInExport:
      "The export has two rows with the Id, and the first counts. Export again."
    case .recordCurrency:
      "Show the column Amount (converted) in the report, and run it in the corporate currency."
    case .staticRate:
      "Here the rate of the close date counts. Turn on advanced currency management's dated rates "
        + "in the report, where it allows it."
    case .otherRate:
      "Here the rate of the export's close date counts; the report's is of another date."
    case .userCurrency:
      "Converted back it is the same. Run the report in the corporate currency."
    case .weightedThere: "The report shows the expected revenue; choose the amount."
    case .unweightedThere: "The report shows the amount; choose the expected revenue."
    case .otherField:
      "deals: {value: FIELD} in cadastre.yaml says which field is the value here; choose the same "
        + "in the report."
    case .emptyThere:
      "The report has no value or 0. It was filled in after the report was run, or the report may "
        + "not show the field."
    case .emptyHere: "It was emptied after the report was run, or filled in after the export."
    case .unreadableThere:
      "Say how numbers are written with --numbers, or mend the cell in the report."
    case .sign: "Credits count as they are in the export."
    case .scale: "Show the full amount in the report."
    case .changed:
      "Another field of it differs as well, so it was changed between the two; the later one is "
        + "right."
    case .value:
      "It may have been changed between the report and the export: compare it in the CRM."
    }
  }
}
