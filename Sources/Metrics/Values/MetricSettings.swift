import Records

/// What the configuration says about figures: calendar, value and classes of deals, segments.
public struct MetricSettings: Hashable, Sendable {
  /// A condition with a name: a class of deals, a churn signal.
  public struct NamedCondition: Hashable, Sendable {
    public let name: String
    public let condition: ExpressionText

    public init(name: String, condition: ExpressionText) {
      self.name = name
      self.condition = condition
    }
  }

  public var calendar: FiscalCalendar
  /// The first day of a week, 1 for Monday to 7 for Sunday.
  public var weekStarts = 1
  /// Code of the corporate currency, nil where only the export's CurrencyType says it.
  public var currency: String?
  /// Field of a deal that holds its value.
  public var valueField: String
  /// Classes in order, the first that matches decides; empty: deals have no classes.
  public var classes: [NamedCondition]
  /// Names of the classes that are bookings; nil: every deal is a booking.
  public var bookings: [String]?
  /// The first stage that counts as a booking; nil: every stage.
  public var bookingsFrom: String?
  /// What are conflicts and neglect.
  public var coverage = CoverageSettings()
  /// How accounts are scored.
  public var accountValues = AccountValueSettings()
  /// Field of an account that decides its segment.
  public var segmentField: String
  /// Lower bounds of the bands above the first, ascending.
  public var segmentBounds: [Int64]
  /// Lower ends of the bands of deals above the first, ascending, in whole units of the corporate
  /// currency.
  public var dealBounds: [Int64] = [10_000, 50_000, 250_000]
  /// Field of a deal with the Id of the user who owned it when it closed; nil: not known.
  public var ownerAtCloseField: String?
  /// Statuses, by name, at which a lead that was not converted is done with.
  public var closedLeadStatuses = ["Closed - Not Converted", "Unqualified"]
  /// Field of a deal with the months for which its value holds; nil: not known.
  public var termField: String?
  /// Days for which an expired subscription with an open renewal still counts.
  public var renewalGrace = 0
  /// Between which days the pipeline is followed.
  public var movement = MovementRequest()
  /// The role of those who lead a territory; nil: the usual one.
  public var managerRole: String?
  /// What speaks for losing an account whose subscription ends: conditions over accounts.
  public var churnSignals: [NamedCondition] = []
  /// Share of recurring revenue that is gross profit, in 1/10,000; nil: not known.
  public var grossMargin: Int64?

  public init(
    calendar: FiscalCalendar = FiscalCalendar(), currency: String? = nil,
    valueField: String = "Amount", classes: [NamedCondition] = [], bookings: [String]? = nil,
    bookingsFrom: String? = nil, segmentField: String = "NumberOfEmployees",
    segmentBounds: [Int64] = [50, 250, 1000, 5000]
  ) {
    self.calendar = calendar
    self.currency = currency
    self.valueField = valueField
    self.classes = classes
    self.bookings = bookings
    self.bookingsFrom = bookingsFrom
    self.segmentField = segmentField
    self.segmentBounds = segmentBounds
  }

  /// Won deals below which a stage has no usual time.
  public static let fewestStays = 5

  /// Whether deals are valued by Amount, the one value that OpportunityHistory holds.
  public var isValuedByAmount: Bool { valueField.lowercased() == "amount" }

  /// Where a band begins, by its name; nil for what is in none.
  public static func bandStart(_ name: String) -> Int64? {
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    let rest = name.dropFirst(digits.count)
    guard rest == "+" || rest.hasPrefix("-") else { return nil }
    return Int64(digits)
  }

  /// The names of the bands from zero on, such as `0-49`; the last has no end.
  public static func bandNames(_ bounds: [Int64]) -> [String] {
    let bounds = [0] + bounds
    return bounds.indices.map { index in
      index + 1 < bounds.count ? "\(bounds[index])-\(bounds[index + 1] - 1)" : "\(bounds[index])+"
    }
  }
}
