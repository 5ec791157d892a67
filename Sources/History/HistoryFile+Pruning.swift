import Foundation
import GRDB
import Records

extension HistoryFile {
  /// Removes runs with all that is kept of them alone.
  ///
  /// What other runs saw stays. The file gets smaller by what nobody needs any more.
  ///
  /// - Parameter days: the as-of dates of the runs.
  /// - Throws: `HistoryError` where it cannot be written; the history is then as it was.
  public func remove(_ days: [Day]) throws {
    try write { db in
      for day in days {
        try db.execute(sql: "DELETE FROM run WHERE as_of = ?", arguments: [day.kept])
      }
      for table in ["deal_state", "association_state"] {
        try db.execute(
          sql: """
            DELETE FROM \(table) WHERE NOT EXISTS (
              SELECT 1 FROM run
              WHERE as_of >= \(table).since AND (\(table).until IS NULL OR as_of < \(table).until))
            """)
      }
      try db.execute(
        sql: """
          DELETE FROM word WHERE id NOT IN (
            SELECT owner FROM deal_state WHERE owner IS NOT NULL
            UNION SELECT territory FROM deal_state WHERE territory IS NOT NULL
            UNION SELECT stage FROM deal_state WHERE stage IS NOT NULL
            UNION SELECT forecast FROM deal_state WHERE forecast IS NOT NULL
            UNION SELECT territory FROM association_state)
          """)
    }
    try shrink()
  }
}
