import Foundation
import GRDB
import Records

/// The history of a project: one SQLite database that runs and the outbox are kept in.
///
/// While it is open for writing it is in SQLite's write-ahead mode, so that others read undisturbed
/// and a commit is one write; `close()` puts all of it back into the one file, which then can be
/// copied, and read from a folder that cannot be written. What a killed program leaves is put
/// right by the next one that opens it.
public final class HistoryFile: Sendable {
  /// Seconds to wait for another program that writes, where nobody says more.
  public static let patience = 10
  /// The number by which SQLite knows whose file it is: "Cada" in ASCII.
  static let application = 0x4361_6461

  private let queue: DatabaseQueue
  private let name: String
  private let access: HistoryAccess
  private let patience: Int

  /// Opens the history for a run, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - name: what its user calls it, for findings.
  ///   - patience: seconds to wait for another program that writes.
  /// - Returns: the history, of this version.
  /// - Throws: `HistoryError` where it is damaged, locked, of a newer version or no history, or may
  ///   not be written; it is then as it was.
  public static func forWriting(
    _ path: String, named name: String, patience: Int = patience
  ) throws -> HistoryFile {
    try HistoryFile(path, name, .writing, patience)
  }

  /// Opens the history to look at it, and changes nothing.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - name: what its user calls it, for findings.
  /// - Returns: the history; nil where nothing was ever kept.
  /// - Throws: `HistoryError` as above.
  public static func forReading(_ path: String, named name: String) throws -> HistoryFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file = try HistoryFile(path, name, .reading, patience)
    // One of an earlier version has not got all the tables; no run was kept in an empty one.
    return try file.read { try HistoryMigration.areApplied(in: $0) } ? file : nil
  }

  /// Whether a history can be begun at a place, as far as can be told without beginning it.
  ///
  /// - Parameters:
  ///   - path: where it is to be.
  ///   - name: what its user calls it, for findings.
  /// - Throws: `HistoryError` where its folder is not there or may not be written.
  public static func checkPlace(of path: String, named name: String) throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw HistoryError(DatabaseError(resultCode: .SQLITE_CANTOPEN), name, .writing)
    }
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw HistoryError(DatabaseError(resultCode: .SQLITE_READONLY), name, .writing)
    }
  }

  /// What a look at a file tells of it.
  private enum Kind { case fresh, history, newer, foreign }

  private init(
    _ path: String, _ name: String, _ access: HistoryAccess, _ patience: Int
  ) throws {
    self.name = name
    self.access = access
    self.patience = patience
    let configuration = HistoryFile.configuration(patience)
    queue = try HistoryFile.refusing(name, access, patience) {
      // Looked at without writing: a file of somebody else stays as it is to the byte.
      if FileManager.default.fileExists(atPath: path) {
        let queue = try HistoryFile.looking(at: path, configuration)
        switch try queue.read(HistoryFile.kind) {
        case .foreign: throw HistoryError.notOne(name, access)
        case .newer: throw HistoryError.newer(name)
        case .history, .fresh: break
        }
        if access == .reading { return queue }
        try queue.close()
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        // A file that may not be written refuses here rather than when all is done.
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        // A commit that was reported is on the disk, even where the power fails.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
          throw HistoryError.damaged(name)
        }
        try db.inTransaction(.immediate) { .rollback }
      }
      try HistoryMigration.migrator.migrate(queue)
      return queue
    }
  }

  /// A connection that reads alone.
  ///
  /// Where a program was killed in the middle of a commit, that must be taken back first, which SQLite
  /// does for whoever may write.
  private static func looking(
    at path: String, _ configuration: Configuration
  ) throws -> DatabaseQueue {
    var looking = configuration
    looking.readonly = true
    func open(_ configuration: Configuration) throws -> DatabaseQueue {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
      return queue
    }
    do {
      return try open(looking)
    } catch {
      guard (error as? DatabaseError)?.resultCode == .SQLITE_READONLY else { throw error }
      try open(configuration).close()
      return try open(looking)
    }
  }

  private static func configuration(_ patience: Int) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(TimeInterval(patience))
    configuration.label = "history"
    return configuration
  }

  private static func kind(_ db: Database) throws -> Kind {
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == application else {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
      return tables == 0 ? .fresh : .foreign
    }
    return try HistoryMigration.migrator.hasBeenSuperseded(db) ? .newer : .history
  }

  /// Reads in one view of the history, which no writer changes meanwhile.
  func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try HistoryFile.refusing(name, access, patience) { try queue.read(work) }
  }

  /// Writes in one transaction: all of it or nothing.
  func write<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try HistoryFile.refusing(name, access, patience) {
      try queue.writeWithoutTransaction { db in
        var value: Value?
        // Immediate: who writes is settled before anything is read.
        try db.inTransaction(.immediate) {
          value = try work(db)
          return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return value
      }
    }
  }

  /// Gives the disk what the file does not need any more.
  func shrink() throws {
    try HistoryFile.refusing(name, access, patience) { try queue.vacuum() }
  }

  /// Ends the work with the history, all of which is then in its one file.
  ///
  /// Where another program has it open, the last of them to close it does so.
  public func close() {
    if access == .writing {
      // Refused while another program reads: that is no failure, the file stays sound either way.
      try? queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA busy_timeout = 0")
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
      }
    }
    try? queue.close()
  }

  private static func refusing<Value>(
    _ name: String, _ access: HistoryAccess, _ patience: Int, _ work: () throws -> Value
  ) throws -> Value {
    do {
      return try work()
    } catch {
      guard let refusal = error as? DatabaseError else { throw error }
      throw HistoryError(refusal, name, access, patience)
    }
  }
}
