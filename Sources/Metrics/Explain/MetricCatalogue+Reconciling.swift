import Records

extension MetricCatalogue {
  /// The fact whose records a report can be compared by.
  ///
  /// - Parameters:
  ///   - metric: name of a metric of the catalogue.
  ///   - at: where it is written.
  /// - Returns: the fact, and whether values are compared or records only counted.
  /// - Throws: Why it cannot be, with the metrics to compare in its place.
  public func reconcilable(
    _ metric: String, at: SourcePosition
  ) throws(FindingsError) -> (fact: Fact, needsValue: Bool) {
    func refusal(_ what: String, _ suggestion: String) -> FindingsError {
      FindingsError([
        Finding(
          code: "metric-not-reconcilable", severity: .error, at: at, what: what,
          done: "nothing was compared", suggestion: suggestion)
      ])
    }
    guard let found = self[metric], case .measure(let measure) = found.kind else {
      if case .ratio(let above, let below) = self[metric]?.kind {
        throw refusal(
          "metric \"\(metric)\" is a quotient, which no list of records sums to",
          "reconcile what it is made of: \(above), then \(below)")
      }
      let parts = self[metric]?.parts ?? []
      throw refusal(
        "metric \"\(metric)\" is a formula, which no list of records sums to",
        "reconcile what it is made of: \(Suggestion.list(parts, conjunction: "and"))")
    }
    guard [.opportunities, .accounts, .lineItems].contains(measure.fact) else {
      throw refusal(
        "metric \"\(metric)\" is made from \(measure.fact.rawValue.replacing("_", with: " ")),"
          + " of which a CRM has no report with Ids",
        "reconcile a metric of opportunities, accounts or line items")
    }
    guard measure.aggregate == .sum || measure.aggregate == .count else {
      throw refusal(
        "metric \"\(metric)\" is \(MetricCatalogue.words(measure.aggregate)), to which records"
          + " do not add up",
        "run cadastre explain \(metric) --rows for the records behind it")
    }
    return (measure.fact, measure.aggregate == .sum)
  }

  private static func words(_ aggregate: Aggregate) -> String {
    switch aggregate {
    case .sum: "a sum"
    case .count: "a count"
    case .countDistinct: "a count of members"
    case .median: "a median"
    case .p90: "a ninth decile"
    case .mean: "a mean"
    case .max: "a maximum"
    case .min: "a minimum"
    }
  }

  /// What has to be read besides a query for the reasons of differences.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - settings: which field is the value of a deal.
  ///   - further: fields of deals that a report may show in place of the value.
  /// - Returns: listings whose columns are those fields.
  public func readToReconcile(
    _ query: Query, _ settings: MetricSettings, further: [String] = []
  ) -> [Listing] {
    namesBehind(query).map { listing in
      var listing = listing
      switch listing.fact {
      case .opportunities:
        listing.columns +=
          [
            "StageName", "Type", "CloseDate", "Amount", "Probability", "CurrencyIsoCode", "Class",
            "IsBooking", "IsOpen", "IsWon", "OwnerId", "AccountId", settings.valueField,
          ] + further
      case .accounts: listing.columns += ["AnnualRevenue", "CurrencyIsoCode", "OwnerId", "Type"]
      default: listing.columns += ["TotalPrice", "Opportunity.CloseDate", "Opportunity.StageName"]
      }
      return listing
    }
  }
}
