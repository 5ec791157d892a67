import Records

/// When each deal was closed, as exactly as is known.
struct CloseMoments: Sendable {
  /// The instant of the row of OpportunityHistory that closed each deal last; null where none did.
  let seconds: [Int64]
  /// The day of that row.
  let rowDays: [Int32]
  /// Its CloseDate; null where the deal is open.
  let days: [Int32]

  init(_ records: RecordSet) {
    let deals = records[.opportunity]
    let isClosed = deals.flags("IsClosed")
    let closes = deals.days("CloseDate")
    let instants = records[.opportunityHistory].instants("CreatedDate").seconds
    let rows = LastCloses(records).rows
    seconds = (0..<deals.count).map { deal in
      isClosed[deal] == 1 && rows[deal] >= 0 ? instants[Int(rows[deal])] : Instants.null
    }
    let instantDays = records[.opportunityHistory].instants("CreatedDate").days
    rowDays = (0..<deals.count).map { deal in
      isClosed[deal] == 1 && rows[deal] >= 0 ? instantDays[Int(rows[deal])] : Day.null
    }
    days = (0..<deals.count).map { isClosed[$0] == 1 ? closes[$0] : Day.null }
  }

  /// Whether a deal is known to have closed on a day or later; never where the day is not known.
  func isClosed(_ deal: Int, from day: Int32?) -> Bool {
    guard let day else { return false }
    if rowDays[deal] != Day.null { return rowDays[deal] >= day }
    return days[deal] != Day.null && days[deal] >= day
  }
}
