import GRDB
import Records

/// The open deals of runs, each as spans of days in which it did not change.
enum DealStates {
  /// All of a deal but its Id, shared texts as numbers.
  private struct State: Equatable {
    var account: String?
    var owner: Int64?
    var territory: Int64?
    var stage: Int64?
    var forecast: Int64?
    var amount: Int64?
    var closeDate: Int64?

    init(_ deal: KeptDeal, _ words: Words) {
      account = deal.account
      owner = words.number(deal.owner)
      territory = words.number(deal.territory)
      stage = words.number(deal.stage)
      forecast = words.number(deal.forecast)
      amount = deal.amount
      closeDate = deal.closeDate?.kept
    }

    /// From the columns behind the deal's Id and its days.
    init(_ row: Row) {
      account = row[3]
      owner = row[4]
      territory = row[5]
      stage = row[6]
      forecast = row[7]
      amount = row[8]
      closeDate = row[9]
    }

    func deal(_ id: String, _ words: Words) -> KeptDeal {
      KeptDeal(
        id: id, account: account, owner: words.text(owner), territory: words.text(territory),
        stage: words.text(stage), forecast: words.text(forecast), amount: amount,
        closeDate: closeDate.flatMap { Day(kept: $0) })
    }
  }

  private static let columns =
    "deal, since, until, account, owner, territory, stage, forecast, amount, close_date"

  /// The open deals on the day of a run, by Id.
  static func deals(on day: Int64, words: Words, in db: Database) throws -> [KeptDeal] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(columns) FROM deal_state
        WHERE since <= ? AND (until IS NULL OR until > ?) ORDER BY deal
        """, arguments: [day, day])
    var deals: [KeptDeal] = []
    while let row = try rows.next() { deals.append(State(row).deal(row[0], words)) }
    return deals
  }

  /// Keeps the open deals of a run's day; only those that differ from what is known are written.
  static func keep(
    _ deals: [KeptDeal], on day: Int64, next: Int64?, words: Words, in db: Database
  ) throws {
    var wanted: [String: State] = [:]
    wanted.reserveCapacity(deals.count)
    for deal in deals { wanted[deal.id] = State(deal, words) }
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT \(columns) FROM deal_state WHERE since <= ? AND (until IS NULL OR until > ?)",
      arguments: [day, day])
    var gone: [String] = []
    while let row = try rows.next() {
      let id: String = row[0]
      let known = State(row)
      if let state = wanted[id] {
        if state == known { wanted[id] = nil }
      } else {
        gone.append(id)
      }
    }
    let select = try db.makeStatement(sql: "SELECT \(columns) FROM deal_state WHERE deal = ?")
    let delete = try db.makeStatement(sql: "DELETE FROM deal_state WHERE deal = ?")
    let insert = try db.makeStatement(
      sql: "INSERT INTO deal_state (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    func set(_ id: String, _ state: State?) throws {
      let before = StateSpans(
        try Row.fetchAll(select, arguments: [id]).map {
          StateSpans<State>.Span(since: $0[1], until: $0[2], state: State($0))
        })
      var after = before
      after.set(state, on: day, next: next)
      guard after != before else { return }
      if !before.spans.isEmpty { try delete.execute(arguments: [id]) }
      for span in after.spans {
        let state = span.state
        try insert.execute(
          arguments: [
            id, span.since, span.until, state.account, state.owner, state.territory, state.stage,
            state.forecast, state.amount, state.closeDate,
          ])
      }
    }
    for (id, state) in wanted.sorted(by: { $0.key < $1.key }) { try set(id, state) }
    for id in gone.sorted() { try set(id, nil) }
  }
}
