import Records

extension DerivedDeals {
  /// Days from creation to close; a close before the creation counts as 0 days.
  ///
  /// A closed deal closes on the day of its last close by OpportunityHistory, which nobody edits;
  /// one without such a row, or still open, on its CloseDate.
  static func cycleDays(_ records: RecordSet, threads: Int) -> Ledger.Derived<[Int64]> {
    let deals = records[.opportunity]
    let created = deals.days("CreatedDate")
    let isClosed = deals.flags("IsClosed")
    let won = deals.flags("IsWon")
    let history = records[.opportunityHistory]
    let historyDays = history.instants("CreatedDate").days
    var closes = LastCloses(records).rows
    var closed = deals.days("CloseDate")
    for row in 0..<deals.count where closes[row] >= 0 {
      if isClosed[row] == 1 || won[row] == 1 {
        closed[row] = historyDays[Int(closes[row])]
      } else {
        closes[row] = -1
      }
    }
    let ends = closed
    let days = Parallel.rows(deals.count, threads: threads) { row -> Int64 in
      guard created[row] != Day.null, ends[row] != Day.null else { return Exact.null }
      return max(0, Int64(ends[row]) - Int64(created[row])) * Exact.scale
    }
    var findings = FindingLog()
    for row in 0..<deals.count
    where won[row] == 1 && created[row] != Day.null && ends[row] != Day.null
      && ends[row] < created[row]
    {
      findings.add(
        closes[row] >= 0
          ? Finding(
            code: "deal-history-before-created", severity: .warning,
            at: history.sources.position(of: Int(closes[row])),
            what: "the history of a won deal closes it before the day it was created",
            done: "its sales cycle counts as 0 days",
            suggestion: "correct the deal's CreatedDate, or export OpportunityHistory again")
          : Finding(
            code: "deal-closed-before-created", severity: .warning,
            at: deals.sources.position(of: row),
            what: "a won deal closed before it was created",
            done: "its sales cycle counts as 0 days", suggestion: "correct its CloseDate"))
    }
    return Ledger.Derived(value: days, findings: findings)
  }
}
