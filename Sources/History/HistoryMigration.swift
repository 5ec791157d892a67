import GRDB

/// A step in the making of the tables; each stands in a file of its own, beside what uses them.
///
/// A step that was released never changes: what comes later is a step more at the end of the list.
struct HistoryMigration: Sendable {
  /// A name that stays, by which the database knows that the step was done.
  let name: String
  /// Makes the tables.
  let apply: @Sendable (Database) throws -> Void

  /// All steps, in the order in which they are done.
  static let all: [HistoryMigration] = [
    .runs,
    .ledger,
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for step in all {
      migrator.registerMigration(step.name) { db in
        // Set together with the first tables: a file is ours from its first commit on.
        try db.execute(sql: "PRAGMA application_id = \(HistoryFile.application)")
        try step.apply(db)
      }
    }
    return migrator
  }

  /// Whether all steps were done.
  static func areApplied(in db: Database) throws -> Bool {
    try migrator.hasCompletedMigrations(db)
  }
}
