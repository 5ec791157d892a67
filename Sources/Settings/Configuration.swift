import Records

/// What `cadastre.yaml` says, as typed values with the places of those that are checked later.
///
/// `Configuration()` is what holds without a file. A setting that is nil is taken from the export
/// where it says something, else it has the default that its comment names.
public struct Configuration: Sendable {
  /// Name of the organisation; nil: as the export names it.
  public var organisation: String?
  /// The CRM that the export comes from.
  public var crm = Located(CRM.preset("salesforce"), at: SourcePosition(file: "cadastre.yaml"))
  /// A folder, a zip, several of them or a glob, relative to the project; empty where not given.
  public var export: [Located<String>] = []
  /// The day whose knowledge the reports show.
  public var asOf = AsOf.export
  /// An identifier of the tz database; nil: as the export says, else UTC.
  public var timeZone: String?
  /// How numbers and dates are written for people, and in which language pages speak.
  public var locale = "en_US"
  /// The locales there are, by their names.
  public static let locales = ["de_DE", "en_GB", "en_US", "fr_FR"]
  /// Code of the corporate currency; nil: as the export says.
  public var currency: String?
  /// nil: as the export says, else years that start in January.
  public var fiscalYear: FiscalCalendar?
  /// The first day of a week.
  public var weekStarts = Weekday.monday
  /// Where a deal without a territory of its own looks for one.
  public var opportunityTerritory = Assignment.DealRule.recordOrAccount
  /// Where the CRM's pages of records are, without a slash at its end.
  public var crmURL: String?
  /// What speaks for losing an account whose subscription ends, beside what every report looks for:
  /// conditions over accounts in the order in which they are named.
  public var churnSignals: [NamedCondition] = []
  /// How deals are valued, classed and counted.
  public var deals = Deals()
  /// nil: the default bands of NumberOfEmployees.
  public var segments: Segments?
  /// Who may read what the reports say, such as "Confidential"; nil: nothing is said.
  public var classification: String?
  /// Paths of the user's own metric files, relative to the project.
  public var metrics: [Located<String>] = []
  /// The database in which runs are kept, relative to the project.
  public var history = Located("cadastre.db", at: SourcePosition(file: "cadastre.yaml"))
  /// The reports that are due at times, in the order of the file.
  public var reports: [Report] = []
  /// How the cells and bytes of the export are written, where that cannot be detected.
  public var exportFormat = ExportFormat()
  /// How many days older than the day of the run an export may be; nil: any age.
  public var maxAge: Located<Int>?
  /// The files that are kept beside the export.
  public var userFiles = UserFiles()
  /// Where recurring revenue comes from; nil: object Contract with its MonthlyValue__c.
  public var subscriptions: Subscriptions?
  /// Days for which an expired subscription with an open renewal still counts.
  public var renewalGrace = 0
  /// Share of recurring revenue that is gross profit, in 1/10,000; nil: not known.
  public var grossMargin: Int64?
  /// Which disagreements between owners and territories are conflicts.
  public var conflicts = Conflicts()
  /// How long an account may go without activity.
  public var neglect = Neglect()
  /// How accounts are scored.
  public var accountValues = AccountValues()
  /// To whom leads go.
  public var leadRouting = LeadRouting()
  /// Statuses at which a lead that was not converted is done with; nil: the CRM's usual ones.
  public var closedLeadStatuses: [String]?
  /// Territories, by developer name or name, that take what no other does.
  public var catchAllTerritories: [Located<String>] = []
  /// What may move where territories are balanced.
  public var balance = Balance()
  /// Who is shown named people's attainment, win rate and fit.
  public var peopleMetrics = PeopleMetrics.managementLine
  /// The territory model that is to come; nil where none is planned.
  public var plannedModel: PlannedModel?
  /// The Spark that computes figures where a command asks for it; nil: none is configured.
  public var spark: Spark?
  /// How messages leave; nil: none do.
  public var mail: Mail?

  /// What holds without a file.
  public init() {}

  /// Where the records come from.
  public enum CRM: Hashable, Sendable {
    /// The names of the CRMs that are built in.
    static let presets = ["salesforce", "hubspot", "dynamics365", "pipedrive", "zoho"]

    /// A CRM whose dialect and field names are built in.
    case preset(String)
    /// The path of a mapping file, relative to the project.
    case mapping(String)
  }

  /// The day whose knowledge the reports show.
  public enum AsOf: Hashable, Sendable {
    /// The newest day in the export.
    case export
    /// The day of the run.
    case today
    case day(Day)
  }

  /// How deals are valued, classed and counted as bookings.
  public struct Deals: Sendable {
    /// The field that values a deal; nil where not configured: Amount.
    public var value: Located<String>?
    /// Conditions in the order in which they are tried.
    public var classes: [NamedCondition] = []
    /// Names of the classes that are bookings; nil where not configured: every deal is a booking.
    public var bookings: [String]?
    /// The field with the Id of the user who owned a deal when it closed; nil: not known.
    public var ownerAtClose: Located<String>?
    /// The field with the months for which the value of a won deal holds; nil: not known.
    public var term: Located<String>?
    /// Lower ends of the bands of value but the first, ascending, in whole units of the corporate
    /// currency; nil where not configured.
    public var bands: [Int]?
    /// The stage from which on a deal counts.
    public var bookingsFrom: Located<String>?
    /// The text of an expression over deals; those that meet it are at a late stage.
    public var lateStages: Located<String>?
    /// The condition that says which open deals are late, the usual one where none is configured.
    public var lateCondition: Located<String> {
      lateStages ?? Located("Probability >= 60", at: SourcePosition(file: "late_stages"))
    }

    /// Deals valued by Amount, all of them bookings.
    public init() {}
  }

  /// A condition with a name: a class of deals, a churn signal.
  public struct NamedCondition: Sendable {
    /// The name, as other keys and reports use it.
    public let name: String
    /// The text of an expression and the place of its first character.
    public let condition: Located<String>
  }

  /// The bands by which accounts are put into segments.
  public struct Segments: Sendable {
    /// The field of an account that is cut into bands.
    public let field: Located<String>
    /// Lower ends of all bands but the first, ascending, in units of the field.
    public let bands: [Int]
  }

  /// A report that is due at times.
  public struct Report: Sendable {
    /// Name of the report definition.
    public let name: Located<String>
    /// nil: made on demand only.
    public let every: Schedule?
    /// nil: as the report's definition says.
    public let editions: Editions?
    /// Which families have an edition; nil: the usual number of the largest.
    public let families: Families?
    /// It is due from so many days before the planned territory model goes live; nil: it is not
    /// bound to that day.
    public var beforeEffective: Located<Int>?
    /// How its editions reach their readers.
    public var distribution = Distribution()
  }

  /// Which families have an edition.
  public enum Families: Hashable, Sendable {
    /// So many, those with the most won first.
    case largest(Int)
    /// Those of accounts, by Id.
    case named([String])
  }

  /// Who is shown named people's figures.
  public enum PeopleMetrics: String, Hashable, Sendable, CaseIterable {
    /// Whom the people answer to: editions of their territories and managers.
    case managementLine = "management_line"
    case everyone
    case nobody
  }

  /// What one edition of a report is about.
  public enum Editions: String, Hashable, Sendable, CaseIterable {
    case company
    case region
    case territory
    case manager
    case family
  }
}
