import CFiles
import Foundation

/// A command of the shell, run to its end or to a limit of time.
///
/// It waits for its own child by number: Foundation's `Process` waits for a notice of the child's end,
/// which can be missed, and then for ever. A child that stays behind in the background holds nothing up.
struct ShellCommand {
  let command: String
  let folder: URL
  /// Seconds that it may take.
  let limit: Int

  /// What became of it.
  enum Outcome: Equatable {
    /// It ended well, and printed this.
    case printed(String)
    /// It could not be started, or ended with another status than 0.
    case failed
    /// It took longer than it may, and was ended with all that it had started.
    case late
  }

  /// The most bytes that are kept of what it prints; the rest is read and forgotten.
  private static let most = 65_536

  /// Runs it, with nothing to read.
  ///
  /// What it says on standard error is not shown: it may hold a secret, and would stand in a journal.
  func run() -> Outcome {
    var end: Int32 = -1
    let child = cfiles_shell(command, folder.path, &end)
    guard child > 0 else { return .failed }
    defer { close(end) }
    return watch(child, reading: end)
  }

  /// Reads what a child prints until it ends; at the limit ends its whole group.
  private func watch(_ child: pid_t, reading end: Int32) -> Outcome {
    let deadline = ContinuousClock.now + .seconds(limit)
    var bytes: [UInt8] = []
    var isOpen = true
    while true {
      var status: Int32 = 0
      let ended = waitpid(child, &status, WNOHANG)
      // Once more after its end: what it printed last.
      while isOpen, let chunk = ShellCommand.chunk(of: end) {
        isOpen = !chunk.isEmpty
        bytes += chunk.prefix(max(0, ShellCommand.most - bytes.count))
        guard ContinuousClock.now < deadline else { break }
      }
      if ended == child {
        return status == 0 ? .printed(String(decoding: bytes, as: UTF8.self)) : .failed
      }
      if ended < 0, errno != EINTR { return .failed }
      guard ContinuousClock.now < deadline else {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return .late
      }
      // Woken by what it prints; its end alone wakes nobody, so it is looked for.
      var source = pollfd(fd: isOpen ? end : -1, events: Int16(POLLIN), revents: 0)
      poll(&source, 1, 10)
    }
  }

  /// What there is to read: empty at the end, nil where nothing is there yet.
  private static func chunk(of end: Int32) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(end, &chunk, chunk.count)
    return count < 0 ? nil : Array(chunk.prefix(count))
  }
}
