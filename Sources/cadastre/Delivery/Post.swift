import Delivery
import Foundation
import History
import Records
import Settings

/// What the commands about messages have in common: outbox, ledger and clock.
struct Post {
  let outbox: Outbox
  private let history: OpenHistory

  /// - Parameters:
  ///   - project: the project.
  ///   - history: its history, which no other command works with meanwhile.
  init(_ project: Project, _ history: OpenHistory) {
    outbox = Outbox(project.folder.appending(path: "outbox", directoryHint: .isDirectory))
    self.history = history
  }

  /// The ledger, begun with the history where there was none.
  ///
  /// - Throws: `HistoryError` where it cannot be kept.
  func ledger() throws -> Ledger { Ledger(try history.begun()) }

  /// What the ledger says of each message; nothing where none is kept.
  func states() throws -> [MessageKey: Ledger.Entry] {
    guard let file = history.file else { return [:] }
    return Dictionary(try Ledger(file).entries().map { ($0.key, $0) }) { first, _ in first }
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
