import Metrics
import Records

/// What all editions of a run have in common.
public struct ReportContext: Sendable {
  /// Name of the organisation.
  public var organisation: String
  public var formatter: ValueFormatter
  public var calendar: FiscalCalendar
  /// The day whose knowledge the reports show.
  public var asOf: Day
  /// The day the export was taken, nil where it is not known.
  public var exportDay: Day?
  /// Name of the time zone in which datetimes became days.
  public var timeZone: String
  /// Field that holds the value of a deal.
  public var valueField: String
  /// Address of the CRM; without it names are not linked.
  public var crmURL: String?
  /// The territories; nil where the export has none.
  public var model: TerritoryModel?
  /// Who manages what and who is below whom; nil: nobody is known.
  public var line: ManagementLine?
  /// Who is shown named people's attainment, win rate and fit.
  public var peopleMetrics = PeopleMetrics.everyone
  /// What was wrong with the data.
  public var findings: FindingLog
  /// What made the report, such as "cadastre 0.1".
  public var run: String
  /// Sentences for every footer, such as how many deals are credited to their present owner.
  public var notes: [String]
  /// Which deals count as bookings, in words.
  public var classes = "every deal"
  /// Between the ends of which days the pipeline is followed; nil where that is not known.
  public var movement: MovementRequest.Days?
  /// Who may read the reports, such as "Confidential"; nil: nothing is said.
  public var classification: String?
  /// What can be made from the export; nil: everything is taken to be there.
  public var readiness: ReadinessCheck?
  /// The metrics, which say along what figures add up; nil: amounts and counts do, all else not.
  public var catalogue: MetricCatalogue?
  /// The leaf territories that the standard table `balance` compares, in the order of Ids.
  public var balanced: [EditionScope.Member] = []
  /// What earlier runs leave to compare with; nil: the project keeps no history.
  public var past: ReportPast?

  public init(
    organisation: String, formatter: ValueFormatter, calendar: FiscalCalendar, asOf: Day,
    exportDay: Day? = nil, timeZone: String = "UTC", valueField: String = "Amount",
    crmURL: String? = nil, model: TerritoryModel? = nil, findings: FindingLog = FindingLog(),
    run: String = "cadastre", notes: [String] = [], readiness: ReadinessCheck? = nil,
    catalogue: MetricCatalogue? = nil
  ) {
    self.organisation = organisation
    self.formatter = formatter
    self.calendar = calendar
    self.asOf = asOf
    self.exportDay = exportDay
    self.timeZone = timeZone
    self.valueField = valueField
    self.crmURL = crmURL
    self.model = model
    self.findings = findings
    self.run = run
    self.notes = notes
    self.readiness = readiness
    self.catalogue = catalogue
  }

  /// The page of a record in the CRM, nil where there is none to link to.
  func link(_ id: String?) -> RecordLink? {
    guard let crmURL, let id else { return nil }
    return RecordLink(base: crmURL, id: id)
  }

  /// The counts of findings, errors first.
  var quality: [ReportDocument.QualityCount] {
    findings.entries.map { entry in
      ReportDocument.QualityCount(
        code: entry.first.code, severity: entry.first.severity.rawValue,
        text: FindingsPage.sentence(entry.first.what),
        count: formatter.count(Int128(entry.count)))
    }
  }
}
