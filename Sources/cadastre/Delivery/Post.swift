import Delivery
import Foundation
import History
import Records
import Settings

/// What the commands about messages have in common: outbox, ledger, lock and clock.
struct Post: Sendable {
  let outbox: Outbox
  let ledger: Ledger
  private let history: HistoryFile
  private let lock: URL

  /// - Parameters:
  ///   - project: the project.
  ///   - mail: how messages leave.
  /// - Throws: `HistoryError` where the ledger cannot be kept.
  init(_ project: Project, mail: Configuration.Mail) throws {
    outbox = Outbox(project.folder.appending(path: "outbox", directoryHint: .isDirectory))
    let history = project.configuration.history.value
    let file = URL(filePath: history, relativeTo: project.folder).standardizedFileURL
    self.history = try HistoryFile.forWriting(file.path, named: history)
    ledger = Ledger(self.history)
    lock = project.folder.appending(path: ".cadastre/outbox.lock")
  }

  /// Ends the work with the ledger.
  func finish() { history.close() }

  /// What the ledger says of each message.
  func states() throws -> [MessageKey: Ledger.Entry] {
    Dictionary(try ledger.entries().map { ($0.key, $0) }) { first, _ in first }
  }

  /// Does something while no other program works with the outbox; waits where one does.
  ///
  /// The system lets go of the lock when the program ends, however it does.
  func whileLocked<Value>(
    waiting: () -> Void = {}, _ work: () throws -> Value
  ) throws -> Value {
    try FileManager.default.createDirectory(
      at: lock.deletingLastPathComponent(), withIntermediateDirectories: true)
    let file = open(lock.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: lock.path])
    }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) != 0 {
      waiting()
      while flock(file, LOCK_EX) != 0, errno == EINTR {}
    }
    return try work()
  }

  /// The moment it is, in UTC, to the second.
  static func now() -> String { Date().formatted(.iso8601) }

  /// A moment of the ledger for people: `2026-11-23 07:00 UTC`.
  static func shown(_ moment: String) -> String {
    moment.prefix(16).replacing("T", with: " ") + " UTC"
  }

  /// The Date of messages about a day: its noon in UTC, so that the same message has the same bytes.
  static func date(of asOf: Day) -> Int64 {
    Int64(asOf.number) * 86_400 + 43_200
  }

  /// Who runs the program.
  static var login: String { ProcessInfo.processInfo.userName }
}
