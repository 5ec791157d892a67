import Records

/// What the stages of a history and of deals say of them.
struct StageTests: Sendable {
  private let codes: [Int32]
  private let closed: [Bool]
  private let won: [Bool]
  private let counted: [Bool]
  private let presentCodes: [Int32]
  private let presentCounted: [Bool]

  /// - Parameters:
  ///   - history: OpportunityHistory.
  ///   - records: the export, its deals being those that are looked at.
  ///   - all: the export with all its deals.
  ///   - settings: from which stage on deals count.
  ///   - deals: the deals that tell of stages which are not listed.
  init(
    _ history: Table, _ records: RecordSet, all: RecordSet, _ settings: MetricSettings,
    of deals: [Table]
  ) {
    let outcomes = StageOutcomes(all, deals: deals)
    let stages = history.categories("StageName")
    let present = records[.opportunity].categories("StageName")
    codes = stages.codes
    closed = outcomes.areClosed(stages.values)
    won = outcomes.areWon(stages.values)
    counted = DerivedDeals.areBookingStages(stages.values, all, settings)
    presentCodes = present.codes
    presentCounted = DerivedDeals.areBookingStages(present.values, all, settings)
  }

  /// Whether a row of the history left its deal closed.
  @inline(__always)
  func wasClosed(_ row: Int) -> Bool { codes[row] >= 0 && closed[Int(codes[row])] }

  @inline(__always)
  func wasWon(_ row: Int) -> Bool { codes[row] >= 0 && won[Int(codes[row])] }

  /// Whether a row of the history left its deal at a stage that counts as a booking.
  @inline(__always)
  func counted(_ row: Int) -> Bool { codes[row] < 0 || counted[Int(codes[row])] }

  /// Whether the present stage of a deal counts as a booking.
  @inline(__always)
  func countsNow(_ deal: Int) -> Bool {
    presentCodes[deal] < 0 || presentCounted[Int(presentCodes[deal])]
  }
}
