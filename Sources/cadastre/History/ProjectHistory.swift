import Foundation
import History
import Records

/// Where the history of a project is, and what opens it.
struct ProjectHistory {
  /// The database.
  let path: String
  /// What the configuration calls it.
  let name: String
  /// The project's folder.
  let folder: URL

  /// Nil for a project without a configuration, which keeps none.
  init?(of project: Project) {
    guard project.isConfigured else { return nil }
    name = project.configuration.history.value
    folder = project.folder
    path = URL(filePath: name, relativeTo: project.folder).standardizedFileURL.path
  }

  /// The history for looking at; nil where nothing was ever kept.
  func reading() throws -> HistoryFile? { try HistoryFile.forReading(path, named: name) }

  /// Who held each deal when a run before a day saw it open last; nobody where nothing is kept.
  func lastHolders(before day: Day) throws -> [String: DealHolder] {
    guard let file = try reading() else { return [:] }
    defer { file.close() }
    return try file.lastHolders(before: day)
  }

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

/// The history of a project while a command that makes or delivers reports has it to itself.
///
/// A command that is refused later leaves no history where there was none: it is begun by `begun()`.
final class OpenHistory {
  private(set) var file: HistoryFile?
  private let history: ProjectHistory
  private let lock: ProjectLock

  /// - Parameter history: where it is.
  /// - Throws: `HistoryError` where another command is under way, or the history is refused.
  init(_ history: ProjectHistory) throws {
    self.history = history
    lock = try ProjectLock(history.folder)
    if FileManager.default.fileExists(atPath: history.path) {
      file = try history.writing()
    } else {
      try HistoryFile.checkPlace(of: history.path, named: history.name)
    }
  }

  /// The history, made where there was none.
  ///
  /// - Throws: `HistoryError` where it is refused.
  func begun() throws -> HistoryFile {
    if let file { return file }
    let made = try history.writing()
    file = made
    return made
  }

  /// Puts all of the history into its one file.
  func close() {
    file?.close()
    file = nil
  }

  deinit { close() }
}
