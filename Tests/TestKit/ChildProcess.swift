import Dispatch
import Foundation
import Synchronization

/// A program that has ended, with all that it wrote.
public struct Finished: Sendable {
  /// The exit status; 128 plus the number of the signal that ended it.
  public let status: Int32
  /// The bytes written to standard output.
  public let outputBytes: Data
  /// Standard output as text.
  public var output: String { String(decoding: outputBytes, as: UTF8.self) }
  /// Standard error as text.
  public let errors: String
}

/// A program that runs beside a test.
///
/// Not Foundation's `Process`: it learns of an end by a socket that a thread of its own watches, and
/// with many children at once that thread slept on, so that a run of all tests never ended. Here a
/// thread waits for the child itself.
public final class ChildProcess: Sendable {
  /// Its number.
  public let id: pid_t

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: The file to run.
  ///   - arguments: Its arguments, without the program's own name.
  ///   - environment: The whole environment; nil inherits this process's.
  ///   - folder: The working directory; nil inherits this process's.
  ///   - streams: The files of standard input, output and error; nil: nothing is read or kept.
  /// - Throws: What the system says where the program cannot be started.
  public init(
    _ program: URL, _ arguments: [String], environment: [String: String]? = nil,
    in folder: URL? = nil, streams: [URL?] = [nil, nil, nil]
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in streams.enumerated() {
      posix_spawn_file_actions_addopen(
        &actions, Int32(number), file?.path ?? "/dev/null",
        number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }
    // Files that other tests have open would stay open, and take their place, as long as it runs.
    if let closeFrom = ChildProcess.closeFrom { _ = closeFrom(&actions, 3) }
    if let folder {
      guard let changeFolder = ChildProcess.changeFolder else {
        throw Missing("This system's library of C cannot start a program in another folder.")
      }
      _ = changeFolder(&actions, folder.path)
    }
    // A child would inherit the signals that dispatch blocks in its threads.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    let environment = environment ?? ProcessInfo.processInfo.environment
    let command = [program.path] + arguments
    var words = command.map { strdup($0) } + [nil]
    var values = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + values { free(text) } }
    var id: pid_t = 0
    let failure = posix_spawn(&id, command[0], &actions, &attributes, &words, &values)
    guard failure == 0 else {
      throw CocoaError(
        .fileReadUnknown,
        userInfo: [
          NSLocalizedDescriptionKey: "\(program.path): \(String(cString: strerror(failure)))"
        ])
    }
    self.id = id
  }

  private typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>
  // Both are in glibc, but not in what Swift sees of its headers.
  private static let closeFrom = symbol(
    "posix_spawn_file_actions_addclosefrom_np", as: (@convention(c) (Actions, Int32) -> Int32).self)
  private static let changeFolder = symbol(
    "posix_spawn_file_actions_addchdir_np",
    as: (@convention(c) (Actions, UnsafePointer<CChar>) -> Int32).self)

  private static func symbol<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }

  /// Whether it is still at work; false too where nobody has waited for it yet.
  public var isRunning: Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == 0
  }

  /// Ends it with a signal that it cannot block.
  public func kill() { _ = Foundation.kill(id, SIGKILL) }

  /// Sends it a signal.
  public func send(_ signal: Int32) { _ = Foundation.kill(id, signal) }

  /// Waits for its end, once.
  ///
  /// - Returns: The exit status; 128 plus the number of the signal that ended it.
  public func ended() async -> Int32 {
    await withCheckedContinuation { ended in
      Thread.detachNewThread { ended.resume(returning: self.wait()) }
    }
  }

  /// Waits for its end, once, and keeps the thread.
  @discardableResult
  public func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}

/// Runs a program to its end and returns what it wrote.
///
/// Both streams go to files, so a program that writes much to one of them never waits for a reader.
/// A program that is still running after `seconds` is ended, and says so in `errors`.
///
/// - Parameters:
///   - program: The file to run.
///   - arguments: Its arguments, without the program's own name.
///   - environment: The whole environment; nil inherits this process's.
///   - folder: The working directory; nil inherits this process's.
///   - input: What it reads on standard input.
///   - seconds: How long it may run.
/// - Returns: Its exit status and all that it wrote.
/// - Throws: What the system says where the program cannot be started.
public func run(
  _ program: URL, _ arguments: [String], environment: [String: String]? = nil,
  in folder: URL? = nil, input: Data = Data(), seconds: Int = 1800
) async throws -> Finished {
  try await withTemporaryFolder { scratch in
    let files = try ["in", "out", "err"].map { name in
      let file = scratch.appending(path: name)
      try (name == "in" ? input : Data()).write(to: file)
      return file
    }
    let child = try ChildProcess(
      program, arguments, environment: environment, in: folder, streams: files)
    let isLate = Mutex(false)
    let watch = DispatchWorkItem {
      isLate.withLock { $0 = true }
      child.kill()
    }
    // A queue of its own: tests that compute for a minute hold up those that all share.
    DispatchQueue(label: "watch").asyncAfter(deadline: .now() + .seconds(seconds), execute: watch)
    let status = await child.ended()
    watch.cancel()
    var errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    if isLate.withLock({ $0 }) {
      errors += "\n(ended by the test: it ran longer than \(seconds) seconds)"
    }
    return Finished(
      status: status, outputBytes: try Data(contentsOf: files[1]), errors: errors)
  }
}
