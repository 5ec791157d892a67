import GRDB
import Records

extension HistoryFile {
  /// Keeps a run, all of it or nothing; what was kept of its day before is replaced.
  ///
  /// - Parameter snapshot: the run.
  /// - Throws: `HistoryError` where it cannot be written; the history is then as it was.
  public func keep(_ snapshot: RunSnapshot) throws {
    try write { db in
      let day = snapshot.run.asOf.kept
      try HistoryFile.keep(snapshot.run, in: db)
      try HistoryFile.keep(snapshot.editions, on: day, in: db)
      var words = try Words(in: db)
      try words.keep(HistoryFile.words(of: snapshot), in: db)
      let next = try Int64.fetchOne(
        db, sql: "SELECT min(as_of) FROM run WHERE as_of > ?", arguments: [day])
      try DealStates.keep(snapshot.deals, on: day, next: next, words: words, in: db)
      try AssociationStates.keep(snapshot.associations, on: day, next: next, words: words, in: db)
    }
  }

  private static func keep(_ run: KeptRun, in db: Database) throws {
    let day = run.asOf.kept
    // What else is kept of the day's run goes with it.
    try db.execute(sql: "DELETE FROM run WHERE as_of = ?", arguments: [day])
    try db.execute(
      sql: "INSERT INTO run (as_of, newest_day, version, input, currency) VALUES (?, ?, ?, ?, ?)",
      arguments: [day, run.newestDay?.kept, run.version, run.input, run.currency])
    for (number, file) in run.files.enumerated() {
      try db.execute(
        sql: "INSERT INTO run_file VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [day, number, file.file, file.object, file.rowsRead, file.rowsUsed])
    }
  }

  private static func keep(_ editions: [KeptEdition], on day: Int64, in db: Database) throws {
    let insertEdition = try db.makeStatement(
      sql: "INSERT INTO edition (as_of, report, kind, scope, name) VALUES (?, ?, ?, ?, ?)")
    let insertFigure = try db.makeStatement(sql: "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?)")
    for edition in editions {
      try insertEdition.execute(
        arguments: [day, edition.report, edition.kind, edition.scope, edition.name])
      let id = db.lastInsertedRowID
      for (number, figure) in edition.figures.enumerated() {
        try insertFigure.execute(
          arguments: [
            id, number, figure.key, figure.label, figure.unit,
            figure.value.map { String($0.numerator) }, figure.value.map { String($0.denominator) },
          ])
      }
    }
  }

  private static func words(of snapshot: RunSnapshot) -> Set<String> {
    var words: Set<String> = []
    for deal in snapshot.deals {
      for word in [deal.owner, deal.territory, deal.stage, deal.forecast] {
        if let word { words.insert(word) }
      }
    }
    for pair in snapshot.associations { words.insert(pair.territory) }
    return words
  }
}
