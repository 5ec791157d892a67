import GRDB
import Records

extension HistoryFile {
  /// The runs that are kept, the earliest first.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func runs() throws -> [KeptRun] {
    try read { db in
      var files: [Int64: [KeptFile]] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT as_of, file, object, rows_read, rows_used FROM run_file ORDER BY as_of, number
          """)
      while let row = try rows.next() {
        files[row[0], default: []].append(
          KeptFile(file: row[1], object: row[2], rowsRead: row[3], rowsUsed: row[4]))
      }
      return try Row.fetchAll(
        db, sql: "SELECT as_of, newest_day, version, input, currency FROM run ORDER BY as_of"
      ).compactMap { row in
        let day: Int64 = row[0]
        let newest: Int64? = row[1]
        guard let asOf = Day(kept: day) else { return nil }
        return KeptRun(
          asOf: asOf, newestDay: newest.flatMap { Day(kept: $0) }, version: row[2], input: row[3],
          currency: row[4], files: files[day] ?? [])
      }
    }
  }

  /// How much is kept of a run.
  public struct Counts: Hashable, Sendable {
    public let editions: Int
    /// Open deals.
    public let deals: Int
    /// Accounts in territories, an account in two of them twice.
    public let associations: Int
  }

  /// How much is kept of each run, by its as-of date.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func counts() throws -> [Day: Counts] {
    try read { db in
      func states(_ table: String) -> String {
        "SELECT count(*) FROM \(table) WHERE since <= as_of AND (until IS NULL OR until > as_of)"
      }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT as_of,
            (SELECT count(*) FROM edition WHERE edition.as_of = run.as_of
              AND report NOT IN (?, ?)),
            (\(states("deal_state"))), (\(states("association_state")))
          FROM run
          """, arguments: [KeptEdition.trends, KeptEdition.predictions]
      ).reduce(into: [:]) { counts, row in
        guard let day = Day(kept: row[0]) else { return }
        counts[day] = Counts(editions: row[1], deals: row[2], associations: row[3])
      }
    }
  }

  /// The days on which editions of each report were made, the earliest first.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func daysOfReports() throws -> [String: [Day]] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT DISTINCT report, as_of FROM edition ORDER BY as_of")
        .reduce(into: [:]) { days, row in
          guard let day = Day(kept: row[1]) else { return }
          let report: String = row[0]
          days[report, default: []].append(day)
        }
    }
  }

  /// The editions of a day's run with their figures, in the order in which they were made.
  ///
  /// - Parameters:
  ///   - day: the as-of date of the run.
  ///   - report: the report; nil: all.
  /// - Returns: the editions; none where no run of the day is kept.
  /// - Throws: `HistoryError` where the history cannot be read.
  public func editions(on day: Day, of report: String? = nil) throws -> [KeptEdition] {
    try read { db in
      var editions: [KeptEdition] = []
      var places: [Int64: Int] = [:]
      let condition = "as_of = :day AND (:report IS NULL OR report = :report)"
      let arguments: StatementArguments = ["day": day.kept, "report": report]
      for row in try Row.fetchAll(
        db,
        sql: "SELECT id, report, kind, scope, name FROM edition WHERE \(condition) ORDER BY id",
        arguments: arguments)
      {
        places[row[0]] = editions.count
        editions.append(KeptEdition(report: row[1], kind: row[2], scope: row[3], name: row[4]))
      }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT edition, key, label, unit, numerator, denominator FROM figure
          WHERE edition IN (SELECT id FROM edition WHERE \(condition)) ORDER BY edition, number
          """, arguments: arguments)
      while let row = try rows.next() {
        let (numerator, denominator): (String?, String?) = (row[4], row[5])
        var value: Ratio?
        if let above = numerator.flatMap({ Int128($0) }),
          let below = denominator.flatMap({ Int128($0) })
        {
          value = Ratio(above, over: below)
        }
        let id: Int64 = row[0]
        guard let place = places[id] else { continue }
        editions[place].figures.append(
          KeptFigure(key: row[1], label: row[2], unit: row[3], value: value))
      }
      return editions
    }
  }

  /// The open deals of a day's run, by Id.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func deals(on day: Day) throws -> [KeptDeal] {
    try read { db in try DealStates.deals(on: day.kept, words: Words(in: db), in: db) }
  }

  /// Who held each deal when a run before a day saw it open last, by its Id.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func lastHolders(before day: Day) throws -> [String: DealHolder] {
    try read { db in
      let words = try Words(in: db)
      // Of several rows that a group has SQLite takes the other columns from that of the maximum.
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT deal, owner, territory, max(since) FROM deal_state WHERE since < ? GROUP BY deal
          """, arguments: [day.kept])
      var holders: [String: DealHolder] = [:]
      while let row = try rows.next() {
        holders[row[0]] = DealHolder(owner: words.text(row[1]), territory: words.text(row[2]))
      }
      return holders
    }
  }

  /// Which accounts were in which territories on the day of a run, by account.
  ///
  /// - Throws: `HistoryError` where the history cannot be read.
  public func associations(on day: Day) throws -> [KeptAssociation] {
    try read { db in
      try AssociationStates.associations(on: day.kept, words: Words(in: db), in: db)
    }
  }
}
