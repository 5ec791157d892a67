import GRDB

@testable import History

extension HistoryFile {
  /// The rows of a query as texts.
  func texts(_ sql: String, in db: Database) throws -> [String] {
    try Row.fetchAll(db, sql: sql).map { row in
      row.map { "\($0)=\($1)" }.joined(separator: " ")
    }
  }

  /// Changes the database as no caller may.
  func tamper(_ sql: String) throws {
    try write { try $0.execute(sql: sql) }
  }
}
