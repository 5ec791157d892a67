import Records

/// What OpportunityHistory and OpportunityFieldHistory say of the deals that the export holds, each part
/// made once when it is first needed.
final class DealHistory: Sendable {
  let sources: DealSources
  /// The rows of OpportunityHistory by deal.
  let timeline: Lazy<Timeline>
  /// How often each deal's close date moved to a later day, in 1/10,000; null where nothing is known.
  let pushes: Lazy<[Int64]>
  /// Since when each open deal is in its stage.
  let stageStays: Lazy<StageStays>
  /// The owner of each deal when it closed.
  let owners: Lazy<AtClose>
  /// The territory of each deal when it closed.
  let territories: Lazy<AtClose>
  /// The fact of due deals as a table.
  private let dueDeals: Lazy<Table>

  init(_ sources: DealSources) {
    self.sources = sources
    let records = sources.records
    let deals = records[.opportunity]
    let history = records[.opportunityHistory]
    let timeline = Lazy {
      Timeline(history, of: history.references("OpportunityId"), count: deals.count)
    }
    self.timeline = timeline
    pushes = Lazy { Pushes.counts(records, timeline.value) }
    stageStays = Lazy {
      StageStays(records, timeline.value, classes: sources.classes.value.value)
    }
    let closes = Lazy { CloseMoments(records) }
    owners = Lazy { AtClose.owners(sources, closes.value) }
    territories = Lazy { AtClose.territories(sources, closes.value) }
    // Of deleted deals no figure tells but the movement of the pipeline, which alone reads them.
    dueDeals = Lazy {
      DueDeals.table(
        DealPast(sources, deleted: false, timeline: timeline.value, seesDeleted: false))
    }
  }

  /// The facts as tables, made when they are first read.
  var tables: [Entity: @Sendable () -> Table] {
    [.dueDeal: { [dueDeals] in dueDeals.value }]
  }
}
