import Records
import Settings

extension MetricSettings {
  /// What `cadastre.yaml` says about figures.
  ///
  /// - Parameters:
  ///   - configuration: the file's values.
  ///   - calendar: the fiscal calendar once the export has had its say.
  ///   - currency: the corporate currency once the export has had its say.
  public init(
    _ configuration: Configuration, calendar: FiscalCalendar? = nil, currency: String? = nil
  ) {
    let deals = configuration.deals
    self.init(
      calendar: .resolved(configured: configuration.fiscalYear, exported: calendar),
      currency: configuration.currency ?? currency,
      valueField: deals.value?.value ?? "Amount",
      classes: deals.classes.map(NamedCondition.init),
      bookings: deals.bookings, bookingsFrom: deals.bookingsFrom?.value)
    coverage = CoverageSettings(configuration)
    accountValues = AccountValueSettings(configuration)
    if let segments = configuration.segments {
      segmentField = segments.field.value
      segmentBounds = segments.bands.map { Int64($0) }
    }
    if let bands = deals.bands { dealBounds = bands.map { Int64($0) } }
    ownerAtCloseField = deals.ownerAtClose?.value
    weekStarts = configuration.weekStarts.number
    if let statuses = configuration.closedLeadStatuses { closedLeadStatuses = statuses }
    termField = deals.term?.value
    managerRole = configuration.plannedModel?.managerRole
    renewalGrace = configuration.renewalGrace
    churnSignals = configuration.churnSignals.map(NamedCondition.init)
    grossMargin = configuration.grossMargin
    movement.firstWeekday = configuration.weekStarts.number
  }
}

extension MetricSettings.NamedCondition {
  fileprivate init(_ configured: Configuration.NamedCondition) {
    self.init(
      name: configured.name,
      condition: ExpressionText(configured.condition.value, at: configured.condition.at))
  }
}
