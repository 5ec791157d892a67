import Records

/// Where each deal's history closes it for the last time.
///
/// An edit after the close repeats the closed stage in a new row, and the close date can be edited
/// at any time; so a close is a row whose stage is closed and whose predecessor's is another: a deal
/// that goes from lost straight to won closes again.
struct LastCloses {
  /// For each deal the row of OpportunityHistory that last entered a closed stage; -1 for none.
  let rows: [Int32]

  /// Three passes over the history, in any order of its rows: a deal's last closed row, the last row
  /// of another stage before that, and the first row of the closed stage after that one.
  init(_ records: RecordSet) {
    let history = records[.opportunityHistory]
    let count = records[.opportunity].count
    var entries = [Int32](repeating: -1, count: count)
    guard history.count > 0 else {
      rows = entries
      return
    }
    let deals = history.references("OpportunityId")
    let instants = history.instants("CreatedDate").seconds
    let stages = history.categories("StageName")
    let closed = StageOutcomes(records, deals: [records[.opportunity]])
      .areClosed(stages.values)
    let keys = history.keys

    /// Rows order by instant, those of one instant by Id.
    func precedes(_ left: Int32, _ right: Int32) -> Bool {
      let (left, right) = (Int(left), Int(right))
      if instants[left] != instants[right] { return instants[left] < instants[right] }
      return keys?.precedes(left, right) ?? (left < right)
    }
    /// Calls a body with each row of a deal.
    func forEach(_ body: (_ row: Int32, _ deal: Int) -> Void) {
      for row in 0..<history.count where deals[row] >= 0 && instants[row] != Instants.null {
        body(Int32(row), Int(deals[row]))
      }
    }
    func stage(_ row: Int32) -> Int32 { stages.codes[Int(row)] }

    var last = entries
    forEach { row, deal in
      guard stage(row) >= 0, closed[Int(stage(row))] else { return }
      if last[deal] < 0 || precedes(last[deal], row) { last[deal] = row }
    }
    var other = entries
    forEach { row, deal in
      guard last[deal] >= 0, stage(row) != stage(last[deal]), precedes(row, last[deal]) else {
        return
      }
      if other[deal] < 0 || precedes(other[deal], row) { other[deal] = row }
    }
    forEach { row, deal in
      guard last[deal] >= 0, stage(row) == stage(last[deal]),
        other[deal] < 0 || precedes(other[deal], row)
      else { return }
      if entries[deal] < 0 || precedes(row, entries[deal]) { entries[deal] = row }
    }
    rows = entries
  }
}
