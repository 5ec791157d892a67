import Records

/// What activities, leads, credit, time to assign and the forecast are made of, each part made once
/// when it is first needed.
final class DerivedFacts: Sendable {
  /// The forecast category of each deal.
  let forecasts: Lazy<ForecastCategories>
  /// The day on which each account first came into a territory.
  let firstAssignments: Lazy<[Int32]>
  /// Whether each lead is neither converted nor done with.
  let openLeads: Lazy<[UInt8]>
  private let activities: Lazy<Table>
  private let credits: Lazy<Ledger.Derived<Table>>

  /// - Parameters:
  ///   - records: the export.
  ///   - assignment: the active model, whose associations and those of archived models count.
  ///   - settings: the field that values a deal, and when a lead is done with.
  ///   - activities: rows of the user's file of activities.
  ///   - dealValues: the value of each deal in corporate currency.
  init(
    _ records: RecordSet, _ assignment: Assignment, _ settings: MetricSettings,
    activities: [Activity], dealValues: Lazy<Ledger.Derived<ConvertedAmounts>>
  ) {
    forecasts = Lazy { ForecastCategories(of: records[.opportunity]) }
    firstAssignments = Lazy { FirstAssignments.days(records, assignment) }
    openLeads = Lazy { DerivedLeads.openFlags(records, settings) }
    self.activities = Lazy { ActivityTable.table(records, activities) }
    credits = Lazy {
      SplitCredits.table(
        records, dealValues: dealValues.value.value.values, valueField: settings.valueField)
    }
  }

  /// The facts as tables, made when they are first read.
  var tables: [Entity: @Sendable () -> Table] {
    [
      .activity: { [activities] in activities.value },
      .credit: { [credits] in credits.value.value },
    ]
  }

  /// What was wrong in the input of the parts made so far.
  var findings: FindingLog { credits.valueIfMade?.findings ?? FindingLog() }
}
