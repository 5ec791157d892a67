import Records

/// What a movement of the pipeline says of itself: its days, and what the history cannot see.
struct MovementNotes {
  private let days: MovementRequest.Days
  private let window: Period?
  private let ledger: Ledger
  private var withoutRows = 0
  private var beforeFirstRow = 0
  private var withoutCreation = 0
  private var byAccount = 0
  private var deleted = 0
  private var territoryChanges = 0

  init(_ days: MovementRequest.Days, _ window: Period?, _ ledger: Ledger) {
    self.days = days
    self.window = window
    self.ledger = ledger
  }

  /// Counts what is not known of the deals that are in any bar.
  mutating func add(_ past: DealPast, _ opening: DealsThen, of moved: [Int32]) {
    let deals = past.records[.opportunity]
    let created = deals.days("CreatedDate")
    let own = deals.references("Territory2Id")
    let rowDays = ledger.records[.opportunityHistory].instants("CreatedDate").days
    for deal in moved.lazy.map(Int.init) {
      let at = deal - opening.rows.lowerBound
      let rows = past.timeline.range(of: deal)
      if created[deal] == Day.null { withoutCreation += 1 }
      if rows.isEmpty {
        withoutRows += 1
      } else if opening.states[at].contains(.exists),
        rowDays[Int(past.timeline.rows[rows.lowerBound])] > days.from.number
      {
        beforeFirstRow += 1
      }
      if own[deal] == Reference.null, opening.territories[at] >= 0 { byAccount += 1 }
    }
  }

  /// Notes what is known of the past of deals, and whose it is.
  mutating func add(_ past: DealPast) {
    if past.areDeleted { deleted = past.records[.opportunity].count }
    territoryChanges += past.territoryChangeCount
  }

  /// The sentences, of which only those that apply here.
  ///
  /// - Parameters:
  ///   - movement: what became of the deals.
  ///   - withAmounts: whether amounts stand in them, as exact as in data.
  /// - Returns: the sentences, the days first.
  func sentences(_ movement: PipelineMovement, withAmounts: Bool = true) -> [String] {
    let records = ledger.records
    var notes = ["From the end of \(days.from) to the end of \(days.to)."]
    if let window {
      notes.append(
        "Only deals due from \(window.start) to \(window.end.adding(days: -1)) count: moved_in and"
          + " pushed are those whose close date came into these days or left them.")
    }
    if withAmounts, movement.bookedWon.deals > 0 {
      notes.append(
        "Won in between, at closing values: \(Exact.text(movement.bookedWon.amount, places: 2)) in "
          + TableNotes.deals(movement.bookedWon.deals)
          + "; the step won holds what they were worth at the opening.")
    }
    if !records.has(.opportunityHistory) {
      notes.append(
        "The export has no OpportunityHistory: every deal counts as open until its close date, with"
          + " its present value, so nothing is increased, decreased or reopened.")
    } else {
      if withoutRows > 0 {
        notes.append(
          "\(TableNotes.deals(withoutRows)) without a row in OpportunityHistory: open until the"
            + " close date, with the present value.")
      }
      if beforeFirstRow > 0 {
        notes.append(
          "\(TableNotes.deals(beforeFirstRow)) whose first row in OpportunityHistory is later than"
            + " \(days.from): until then as that row says.")
      }
      let field = ledger.settings.valueField
      if !ledger.settings.isValuedByAmount {
        notes.append(
          "OpportunityHistory does not hold \(field), which values deals: its earlier values are"
            + " those of OpportunityFieldHistory, as far as it tracks the field.")
      } else if !records[.opportunityHistory].has("Amount") {
        notes.append(
          "OpportunityHistory has no Amount: every deal has its present value all along.")
      }
    }
    if withoutCreation > 0 {
      notes.append(
        "\(TableNotes.deals(withoutCreation)) without a creation day: there from the beginning.")
    }
    if !records.has(.opportunityFieldHistory) {
      notes.append(
        "The export has no OpportunityFieldHistory: every deal is in its present territory all"
          + " along, and nothing is transferred.")
    } else if territoryChanges == 0 {
      notes.append(
        "OpportunityFieldHistory holds no change of Territory2Id: every deal is in its present"
          + " territory all along, and nothing is transferred.")
    }
    if byAccount > 0 {
      notes.append(
        "\(TableNotes.deals(byAccount)) without a territory of their own: in the one that their"
          + " accounts make today, because earlier territories of accounts are not known.")
    }
    notes.append(
      deleted > 0
        ? "Deals that were deleted for good are not seen."
        : "The export holds no deleted deals: what was deleted is not seen.")
    return notes
  }
}

/// Sentences that notes of several tables have in common.
enum TableNotes {
  static let noModel = "The export has no territory model, so there are no rows."

  /// A number of deals in words.
  static func deals(_ count: Int) -> String { count == 1 ? "1 deal" : "\(count) deals" }
}
