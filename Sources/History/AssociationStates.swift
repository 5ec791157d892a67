import GRDB
import Records

/// Which accounts were in which territories, each pair as spans of days.
enum AssociationStates {
  /// A pair says all: it is there or not.
  private struct Present: Equatable {}

  private struct Pair: Hashable, Comparable {
    let account: String
    let territory: Int64

    static func < (left: Pair, right: Pair) -> Bool {
      (left.account, left.territory) < (right.account, right.territory)
    }
  }

  /// The pairs on the day of a run, by account and territory.
  static func associations(
    on day: Int64, words: Words, in db: Database
  ) throws -> [KeptAssociation] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT account, territory FROM association_state
        WHERE since <= ? AND (until IS NULL OR until > ?)
        """, arguments: [day, day])
    var pairs: [KeptAssociation] = []
    while let row = try rows.next() {
      let number: Int64 = row[1]
      pairs.append(KeptAssociation(account: row[0], territory: words.text(number) ?? ""))
    }
    return pairs.sorted()
  }

  /// Keeps the pairs of a run's day; only those that came or went are written.
  static func keep(
    _ associations: [KeptAssociation], on day: Int64, next: Int64?, words: Words, in db: Database
  ) throws {
    var wanted: Set<Pair> = []
    wanted.reserveCapacity(associations.count)
    for association in associations {
      guard let territory = words.number(association.territory) else { continue }
      wanted.insert(Pair(account: association.account, territory: territory))
    }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT account, territory FROM association_state
        WHERE since <= ? AND (until IS NULL OR until > ?)
        """, arguments: [day, day])
    var gone: [Pair] = []
    while let row = try rows.next() {
      let pair = Pair(account: row[0], territory: row[1])
      if wanted.remove(pair) == nil { gone.append(pair) }
    }
    let select = try db.makeStatement(
      sql: "SELECT since, until FROM association_state WHERE account = ? AND territory = ?")
    let delete = try db.makeStatement(
      sql: "DELETE FROM association_state WHERE account = ? AND territory = ?")
    let insert = try db.makeStatement(
      sql: "INSERT INTO association_state (account, territory, since, until) VALUES (?, ?, ?, ?)")
    func set(_ pair: Pair, _ state: Present?) throws {
      let before = StateSpans(
        try Row.fetchAll(select, arguments: [pair.account, pair.territory]).map {
          StateSpans<Present>.Span(since: $0[0], until: $0[1], state: Present())
        })
      var after = before
      after.set(state, on: day, next: next)
      if !before.spans.isEmpty {
        try delete.execute(arguments: [pair.account, pair.territory])
      }
      for span in after.spans {
        try insert.execute(arguments: [pair.account, pair.territory, span.since, span.until])
      }
    }
    for pair in wanted.sorted() { try set(pair, Present()) }
    for pair in gone.sorted() { try set(pair, nil) }
  }
}
