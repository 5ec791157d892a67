import Foundation
import History
import Records

/// Where the history of a project is, and what opens it.
struct ProjectHistory {
  /// The database.
  let path: String
  /// What the configuration calls it.
  let name: String

  /// Nil for a project without a configuration, which keeps none.
  init?(of project: Project) {
    guard project.isConfigured else { return nil }
    name = project.configuration.history.value
    path = URL(filePath: name, relativeTo: project.folder).standardizedFileURL.path
  }

  /// The history for looking at; nil where nothing was ever kept.
  func reading() throws -> HistoryFile? { try HistoryFile.forReading(path, named: name) }

  /// The history for looking at.
  ///
  /// - Throws: `HistoryError` where nothing was ever kept.
  func existing() throws -> HistoryFile {
    guard let file = try reading() else {
      throw HistoryError(
        Finding(
          code: "history-missing", severity: .error, at: SourcePosition(file: name),
          what: "no history is kept yet", done: "nothing was shown",
          suggestion: "cadastre run begins one"))
    }
    return file
  }

  /// The history for keeping a run in.
  func writing() throws -> HistoryFile { try HistoryFile.forWriting(path, named: name) }
}

/// The history of a project while a command that makes reports has it to itself.
final class OpenHistory {
  let file: HistoryFile
  private let lock: ProjectLock

  /// - Parameters:
  ///   - history: where it is.
  ///   - command: what is being done, such as `run`.
  /// - Throws: `HistoryError` where another command is under way, or the history is refused.
  init(_ history: ProjectHistory, for command: String) throws {
    lock = try ProjectLock(beside: history.path, as: command)
    file = try history.writing()
  }

  deinit {
    file.close()
    lock.release()
  }
}
