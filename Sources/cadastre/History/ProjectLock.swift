import Foundation
import History
import Records

/// Lets one command at a time make or deliver the reports of a project.
///
/// The lock is the kernel's, on the project's folder: it leaves no file behind, and ends with its
/// process, however that ends.
final class ProjectLock: Sendable {
  /// The folder, open as long as the lock is held.
  private let folder: Int32

  /// - Parameter project: the project's folder.
  /// - Throws: `HistoryError` where another command is under way there.
  init(_ project: URL) throws {
    folder = open(project.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A file system that cannot lock a folder keeps nobody out; the history is still safe there.
    guard folder >= 0, flock(folder, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    let process = ProjectLock.holder(of: folder).map { " (process \($0))" } ?? ""
    throw HistoryError(
      Finding(
        code: "run-under-way", severity: .error,
        at: SourcePosition(file: Project.shown(project)),
        what: "another cadastre command\(process) is under way in this project",
        done: "nothing was read", suggestion: "run again when it is done"))
  }

  /// The process that holds the lock of an open folder, where the system tells it.
  private static func holder(of folder: Int32) -> Int? {
    var status = stat()
    guard fstat(folder, &status) == 0,
      let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
    else { return nil }
    for line in locks.split(separator: "\n") where line.contains(" FLOCK ") {
      // Number, kind, mode, access, process, device with inode, first and last byte.
      let words = line.split(separator: " ")
      guard words.count > 5, let process = Int(words[4]), process > 0,
        words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == UInt64(status.st_ino)
      else { continue }
      return process
    }
    return nil
  }

  deinit { if folder >= 0 { close(folder) } }
}
