import Foundation
import History
import Records

/// Lets one command at a time make or deliver the reports of a project.
///
/// The lock is the kernel's on a file beside the history, which says who holds it. It ends with its
/// process, however that ends; the file stays, since removing it would let two commands lock two files
/// of one name.
final class ProjectLock: Sendable {
  private let file: Int32

  /// - Parameters:
  ///   - history: the path of the history.
  ///   - command: what is being done, such as `run`, for whom it keeps out.
  /// - Throws: `HistoryError` where another command holds it, or the file cannot be made.
  init(beside history: String, as command: String) throws {
    let path = history + ".lock"
    let shown = Project.shown(URL(filePath: path))
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw HistoryError(
        Finding(
          code: "run-lock-refused", severity: .error, at: SourcePosition(file: shown),
          what: "the file that keeps two runs apart cannot be written",
          done: "nothing was read",
          suggestion:
            "allow writing it and its folder, or name a history elsewhere with history: in "
            + "cadastre.yaml"))
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      throw HistoryError(
        Finding(
          code: "run-under-way", severity: .error, at: SourcePosition(file: shown),
          what: "\(holder.isEmpty ? "another command" : holder) is under way in this project",
          done: "nothing was read",
          suggestion: "run again when it is done"))
    }
    self.file = file
    let holder = Array("cadastre \(command) (process \(getpid()))".utf8)
    // The words are for people: the lock holds without them.
    if ftruncate(file, 0) == 0 { _ = pwrite(file, holder, holder.count, 0) }
  }

  /// Lets others in.
  func release() { _ = flock(file, LOCK_UN) }

  deinit { close(file) }
}
