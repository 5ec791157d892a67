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
    let closed = LastCloses.areClosed(stages.values, records)
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

  /// Whether each stage is closed: as OpportunityStage says, by either name; a stage that it does
  /// not list is closed where a closed deal is at it.
  private static func areClosed(_ names: [String], _ records: RecordSet) -> [Bool] {
    var closed: [String: Bool] = [:]
    let deals = records[.opportunity]
    let dealStages = deals.categories("StageName")
    let areClosed = deals.flags("IsClosed")
    var isClosed = [Bool](repeating: false, count: dealStages.values.count)
    for row in 0..<deals.count where areClosed[row] == 1 && dealStages.codes[row] >= 0 {
      isClosed[Int(dealStages.codes[row])] = true
    }
    for (code, name) in dealStages.values.enumerated() where isClosed[code] {
      closed[name.lowercased()] = true
    }
    let stages = records[.stage]
    let listed = stages.flags("IsClosed")
    for field in ["MasterLabel", "ApiName"] {
      let names = stages.categories(field)
      for row in 0..<stages.count {
        if let name = names[row] { closed[name.lowercased()] = listed[row] == 1 }
      }
    }
    return names.map { closed[$0.lowercased()] ?? false }
  }
}
