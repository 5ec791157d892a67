import Records

extension DerivedDeals {
  /// Sales cycles, by deal: the days on which they start and end, null where one is not known.
  struct Cycles: Sendable {
    let starts: [Int32]
    let ends: [Int32]
  }

  /// When each deal was created and closed; a close before the creation counts as 0 days.
  ///
  /// A closed deal closes on the day of its last close by OpportunityHistory, which nobody edits;
  /// one without such a row, or still open, on its CloseDate.
  static func cycles(_ records: RecordSet, threads: Int) -> Ledger.Derived<Cycles> {
    let deals = records[.opportunity]
    let won = deals.flags("IsWon")
    let created = deals.days("CreatedDate")
    let (ends, closes) = ends(records, won)
    let before = Parallel.chunked(deals.count, threads: threads) { rows in
      rows.filter { row in
        won[row] == 1 && ends[row] < created[row] && ends[row] != Day.null
          && created[row] != Day.null
      }
    }
    var findings = FindingLog()
    for row in before.joined() {
      findings.add(closedBeforeCreated(records, row, close: closes?[row] ?? -1))
    }
    return Ledger.Derived(value: Cycles(starts: created, ends: ends), findings: findings)
  }

  /// The day on which each deal closed, and the row of the history that says so (negative: none).
  private static func ends(_ records: RecordSet, _ won: [UInt8]) -> ([Int32], [Int32]?) {
    let deals = records[.opportunity]
    let history = records[.opportunityHistory]
    var ends = deals.days("CloseDate")
    // Without a history the column itself is shared, and nothing copied.
    guard history.count > 0 else { return (ends, nil) }
    let isClosed = deals.flags("IsClosed")
    let historyDays = history.instants("CreatedDate").days
    var closes = LastCloses(records).rows
    for row in 0..<deals.count where closes[row] >= 0 {
      if isClosed[row] == 1 || won[row] == 1 {
        ends[row] = historyDays[Int(closes[row])]
      } else {
        closes[row] = -1
      }
    }
    return (ends, closes)
  }

  private static func closedBeforeCreated(
    _ records: RecordSet, _ row: Int, close: Int32
  ) -> Finding {
    guard close >= 0 else {
      return Finding(
        code: "deal-closed-before-created", severity: .warning,
        at: records[.opportunity].sources.position(of: row),
        what: "a won deal closed before it was created",
        done: "its sales cycle counts as 0 days", suggestion: "correct its CloseDate")
    }
    return Finding(
      code: "deal-history-before-created", severity: .warning,
      at: records[.opportunityHistory].sources.position(of: Int(close)),
      what: "the history of a won deal closes it before the day it was created",
      done: "its sales cycle counts as 0 days",
      suggestion: "correct the deal's CreatedDate, or export OpportunityHistory again")
  }
}
