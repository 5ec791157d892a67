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
/// - Throws: What Foundation says where the program cannot be started.
public func run(
  _ program: URL, _ arguments: [String], environment: [String: String]? = nil,
  in folder: URL? = nil, input: Data = Data(), seconds: Int = 600
) async throws -> Finished {
  try await withTemporaryFolder { scratch in
    let files = try ["in", "out", "err"].map { name in
      let file = scratch.appending(path: name)
      try (name == "in" ? input : Data()).write(to: file)
      return file
    }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let environment { process.environment = environment }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])

    let isLate = Mutex(false)
    let watch = DispatchWorkItem {
      isLate.withLock { $0 = true }
      // A child inherits the signals that dispatch blocks in its threads; this one cannot be.
      kill(process.processIdentifier, SIGKILL)
    }
    // A queue of its own: tests that compute for a minute hold up those that all share.
    DispatchQueue(label: "watch").asyncAfter(deadline: .now() + .seconds(seconds), execute: watch)
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        ended.resume(throwing: error)
      }
    }
    watch.cancel()
    var errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    if isLate.withLock({ $0 }) {
      errors += "\n(ended by the test: it ran longer than \(seconds) seconds)"
    }
    let signalled = process.terminationReason == .uncaughtSignal
    return Finished(
      status: signalled ? 128 + process.terminationStatus : process.terminationStatus,
      outputBytes: try Data(contentsOf: files[1]), errors: errors)
  }
}
