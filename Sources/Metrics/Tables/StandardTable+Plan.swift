import Records

extension StandardTable {
  /// The plan of the queries from whose answers the table is made; empty where it is made otherwise.
  ///
  /// - Parameters:
  ///   - scope: what the table shows.
  ///   - catalogue: the metrics.
  ///   - asOf: the as-of date.
  ///   - calendar: the fiscal calendar.
  /// - Returns: the plan, whose answers stand in the order of the queries.
  /// - Throws: `FindingsError` where the catalogue's own metrics do not fit.
  public func plan(
    scope: Scope, catalogue: MetricCatalogue, asOf: Day, calendar: FiscalCalendar
  ) throws(FindingsError) -> QueryPlan {
    try Planner.plan(
      maker.queries(scope), catalogue: catalogue, asOf: asOf, calendar: calendar)
  }
}
