import Records

/// Standard table `pipeline-movement`.
///
/// Grain: one row per territory of the active model, or remainder that is not empty, and step of the
/// bridge, in the order of the bridge. Only bookings count, and where a stage is configured from which
/// on deals count, a deal that reaches it is created and one that falls back is pushed. In a territory's
/// scope the rows are the territories of its subtree.
struct PipelineMovementTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let ledger = engine.ledger
    let asOf = ledger.records.asOf
    guard let model = ledger.assignment.model,
      let days = try? ledger.settings.movement.days(asOf: asOf)
    else {
      return table([], PipelineMovement(lines: 2), engine, notes: [TableNotes.noModel])
    }
    let window = ledger.settings.movement.window.map {
      $0.spec(ledger.settings.calendar).period(asOf: asOf, calendar: ledger.settings.calendar)
    }
    var movement = PipelineMovement(lines: model.count + 2)
    var notes = MovementNotes(days, window, ledger)
    let sources = ledger.dealHistory.sources
    for past in [
      DealPast(sources, deleted: false, timeline: ledger.dealHistory.timeline.value),
      DealPast(sources, deleted: true),
    ] {
      let counts = PipelineMovementTable.counts(past, engine, scope)
      notes.add(past)
      for first in stride(from: 0, to: counts.count, by: DealsThen.atOnce) {
        let rows = first..<min(first + DealsThen.atOnce, counts.count)
        let opening = past.then(rows, days.from, dueIn: window)
        let closing = past.then(rows, days.to, dueIn: window)
        let moved = movement.add(from: opening, to: closing, counts: counts)
        notes.add(past, opening, of: moved)
      }
    }
    return table(
      PipelineMovementTable.lines(movement, engine, scope, model.count), movement, engine,
      notes: notes.sentences(movement))
  }

  /// 1 for each deal that counts and is one of a family or of records; what a territory's scope shows is a
  /// matter of lines, because a deal may have come from elsewhere.
  private static func counts(
    _ past: DealPast, _ engine: LocalEngine, _ scope: Scope
  ) -> [UInt8] {
    if case .records(let records) = scope {
      guard !past.areDeleted else { return past.counts.map { _ in 0 } }
      var counts = past.counts.map { _ in UInt8(0) }
      for deal in records.deals { counts[Int(deal)] = past.counts[Int(deal)] }
      return counts
    }
    guard case .family = scope, let mask = engine.scopes.mask(.accounts, scope) else {
      return past.counts
    }
    let accounts = past.records[.opportunity].references("AccountId")
    return past.counts.indices.map { deal in
      accounts[deal] < 0 ? 0 : past.counts[deal] & mask[Int(accounts[deal])]
    }
  }

  /// The lines to show in the order of Ids: remainders first.
  private static func lines(
    _ movement: PipelineMovement, _ engine: LocalEngine, _ scope: Scope, _ territories: Int
  ) -> [Int] {
    if let inside = engine.scopes.territories(scope) {
      return (0..<territories).filter { inside[$0] == 1 }
    }
    // "(former territory)" before "(unassigned)".
    return [territories + 1, territories].filter { !movement.isEmpty($0) }
      + Array(0..<territories)
  }

  private func table(
    _ lines: [Int], _ movement: PipelineMovement, _ engine: LocalEngine, notes: [String]
  ) -> MetricTable {
    let members = Members(territories: engine.ledger.assignment.model)
    let rows = lines.flatMap { line in MovementStep.allCases.map { (line: line, step: $0) } }
    var table = TableColumns(engine.catalogue)
    table.id("territory_id", "Territory Id", .territory, rows.map { members.id($0.line) })
    table.text("step", "Step", rows.map(\.step.name))
    table.count(
      "deals", "Deals", rows.map { Int128(movement.deals($0.line, $0.step)) },
      "Number of deals that came, left, changed or stayed.")
    table.money(
      "amount", "Amount", rows.map { movement.amount($0.line, $0.step) },
      "Value of those who left when the movement began, of those who came when it ended, and the"
        + " change of those who stayed.")
    return MetricTable(
      name: StandardTable.pipelineMovement.rawValue, grain: StandardTable.pipelineMovement.grain,
      columns: table.columns, notes: notes)
  }
}

extension PipelineMovementTable {
  /// What the table reads.
  static func takes(_ settings: MetricSettings) -> TableTakes {
    let deals = [
      "Id", "AccountId", "StageName", "CloseDate", "CreatedDate", "IsClosed", "IsWon",
      "Territory2Id", "IsExcludedFromTerritory2Filter", "CurrencyIsoCode", settings.valueField,
    ]
    let bookings = FactResolver.sources(of: "IsBooking", entity: .opportunity, settings)
      .filter { $0.0 == .opportunity }.map(\.1)
    let history = ["Id", "OpportunityId", "DeletedOpportunityId", "CreatedDate"]
    var takes = TableTakes()
    takes.fields = [
      (.opportunity, deals),
      (.deletedOpportunity, deals + bookings + ["SystemModstamp", "LastModifiedDate"]),
      (.opportunityHistory, history + ["StageName", "Amount"]),
      (.opportunityFieldHistory, history + ["Field", "OldValue", "NewValue"]),
      (.stage, ["ApiName", "MasterLabel", "IsClosed", "IsWon"]),
    ]
    if settings.movement.window != nil { takes.fields.append((.opportunityHistory, ["CloseDate"])) }
    takes.paths = [(.opportunity, ["Value"]), (.opportunity, ["IsBooking"])]
    return takes
  }
}
