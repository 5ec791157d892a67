import GRDB
import Records

/// Why the history cannot be read or kept.
public struct HistoryError: Error, Equatable, Sendable {
  /// What is wrong, as a finding for the user.
  public let finding: Finding

  /// - Parameter finding: what is wrong.
  public init(_ finding: Finding) { self.finding = finding }
}

extension HistoryError: CustomStringConvertible {
  /// The finding in one line.
  public var description: String { finding.description }
}

/// What a caller wants of the history, which decides how a refusal ends.
enum HistoryAccess: Sendable {
  case reading
  case writing

  /// What became of what was asked for.
  var done: String {
    self == .reading ? "nothing was shown" : "nothing was kept, and what it holds stands"
  }
}

extension HistoryError {
  /// A file that is a database of another program, or no database.
  static func notOne(_ name: String, _ access: HistoryAccess) -> HistoryError {
    HistoryError(
      Finding(
        code: "history-foreign", severity: .error, at: SourcePosition(file: name),
        what: "the file is no history of Cadastre", done: "nothing was written to it",
        suggestion: "name another file as history: in cadastre.yaml, or move this one away"))
  }

  /// A history of a version to come.
  static func newer(_ name: String) -> HistoryError {
    HistoryError(
      Finding(
        code: "history-newer", severity: .error, at: SourcePosition(file: name),
        what: "the history was kept by a newer version of Cadastre",
        done: "nothing was written to it",
        suggestion: "use that version, or name another file as history: in cadastre.yaml"))
  }

  /// A file whose pages contradict each other.
  static func damaged(_ name: String) -> HistoryError {
    HistoryError(
      Finding(
        code: "history-damaged", severity: .error, at: SourcePosition(file: name),
        what: "the history is damaged", done: "nothing was written to it",
        suggestion: "put its last good copy in its place, or move it away and the next run begins "
          + "a new one"))
  }

  /// What SQLite refuses, in a user's words; nothing of it holds a value.
  ///
  /// - Parameters:
  ///   - error: the refusal.
  ///   - name: the history as its user calls it.
  ///   - access: what was wanted.
  ///   - patience: how many seconds were waited for another program.
  init(
    _ error: DatabaseError, _ name: String, _ access: HistoryAccess,
    _ patience: Int = HistoryFile.patience
  ) {
    let file = SourcePosition(file: name)
    switch (error.resultCode, error.extendedResultCode) {
    case (.SQLITE_NOTADB, _): self = .notOne(name, access)
    case (.SQLITE_CORRUPT, _), (_, .SQLITE_IOERR_SHORT_READ): self = .damaged(name)
    case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _):
      self.init(
        Finding(
          code: "history-busy", severity: .error, at: file,
          what: "another program holds the history and did not let go of it within "
            + (patience == 1 ? "1 second" : "\(patience) seconds"),
          done: access.done, suggestion: "close that program, then run the command again"))
    case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_SHMSIZE):
      self.init(
        Finding(
          code: "history-no-space", severity: .error, at: file,
          what: "the disk has no place left for the history", done: access.done,
          suggestion: "make place, then run the command again"))
    case (.SQLITE_READONLY, _), (.SQLITE_PERM, _):
      self.init(
        Finding(
          code: "history-read-only", severity: .error, at: file,
          what: "the history may not be written", done: access.done,
          suggestion: "allow writing the file and its folder, or name another file as history: in "
            + "cadastre.yaml"))
    case (.SQLITE_CANTOPEN, _), (.SQLITE_AUTH, _):
      self.init(
        Finding(
          code: "history-closed", severity: .error, at: file,
          what: "the history cannot be opened", done: access.done,
          suggestion: "check that it is a file in a folder that you may read and write"))
    default:
      self.init(
        Finding(
          code: "history-failed", severity: .error, at: file,
          what: "the history fails with SQLite's error \(error.extendedResultCode.rawValue)",
          done: access.done,
          suggestion: "check the disk; where that is sound, report the number"))
    }
  }
}
