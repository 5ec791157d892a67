import Records

/// How often the close date of deals was moved to a later day: METRICS §2, "Slipped; pushes".
///
/// Each row of OpportunityHistory is held against the last one before it that has a close date, and the
/// deal itself against its last row.
enum Pushes {
  /// The number of each deal in 1/10,000; null of a deal whose close dates are not known from rows.
  static func counts(_ records: RecordSet, _ timeline: Timeline) -> [Int64] {
    let deals = records[.opportunity]
    let closes = deals.days("CloseDate")
    let history = records[.opportunityHistory]
    let rowCloses = history.days("CloseDate")
    return (0..<deals.count).map { deal in
      var last = Day.null
      var count: Int64 = 0
      func move(to day: Int32) {
        guard day != Day.null else { return }
        if last != Day.null, day > last { count += 1 }
        last = day
      }
      for place in timeline.range(of: deal) { move(to: rowCloses[Int(timeline.rows[place])]) }
      guard last != Day.null else { return Exact.null }
      move(to: closes[deal])
      return count * Exact.scale
    }
  }
}
