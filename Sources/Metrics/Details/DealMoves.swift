import Records

/// What became of one deal between two days.
struct DealMove: Sendable {
  /// Row among the deals of the export, or among the deleted ones.
  let deal: Int32
  let isDeleted: Bool
  let before: DealsThen.State
  let after: DealsThen.State
  /// Values on the first and on the last day.
  let opening: Int64
  let closing: Int64
  /// Territories on the first and on the last day.
  let from: Int32
  let to: Int32
}

/// Every deal that stood in the pipeline between two days, or passed through it.
///
/// Made once an export: editions only ask which of the moves are theirs.
struct DealMoves: Sendable {
  let moves: [DealMove]
  /// What the histories of the export cannot tell.
  let notes: MovementNotes

  init(_ ledger: Ledger) {
    let settings = ledger.settings
    let asOf = ledger.records.asOf
    guard let days = try? settings.movement.days(asOf: asOf) else {
      moves = []
      notes = MovementNotes(MovementRequest.Days(from: asOf, to: asOf), nil, ledger)
      return
    }
    let window = settings.movement.window.map {
      $0.spec(settings.calendar).period(asOf: asOf, calendar: settings.calendar)
    }
    var notes = MovementNotes(days, window, ledger)
    var moves: [DealMove] = []
    var probe = PipelineMovement(lines: 3)
    let sources = ledger.dealHistory.sources
    for past in [
      DealPast(sources, deleted: false, timeline: ledger.dealHistory.timeline.value),
      DealPast(sources, deleted: true),
    ] {
      notes.add(past)
      for first in stride(from: 0, to: past.counts.count, by: DealsThen.atOnce) {
        let rows = first..<min(first + DealsThen.atOnce, past.counts.count)
        let opening = past.then(rows, days.from, dueIn: window)
        let closing = past.then(rows, days.to, dueIn: window)
        for (at, deal) in rows.enumerated() where past.counts[deal] == 1 {
          let move = DealMove(
            deal: Int32(deal), isDeleted: past.areDeleted, before: opening.states[at],
            after: closing.states[at], opening: opening.values[at], closing: closing.values[at],
            from: opening.territories[at], to: closing.territories[at])
          if probe.add(move, from: 0, to: 0) { moves.append(move) }
        }
      }
    }
    self.moves = moves
    self.notes = notes
  }
}

extension Ledger {
  /// What became of the pipeline in the days that movements are asked for.
  var dealMoves: DealMoves { dealMoveCache.value { DealMoves(self) } }
}
