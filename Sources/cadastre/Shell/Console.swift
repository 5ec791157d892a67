import Foundation
import Logging
import Records
import Synchronization

/// The terminal: results on standard output, progress and log on standard error.
///
/// Progress is one line that is drawn over again on a terminal and a line a step elsewhere.
final class Console: Sendable {
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let log: Logger
  private let progress = Mutex(Progress())

  private struct Progress {
    var done = 0
    var total = 0
    var isDrawn = false
    /// The step that is under way and when it began.
    var current: (name: String, start: ContinuousClock.Instant)?
  }

  init(isQuiet: Bool, isVerbose: Bool) {
    self.isQuiet = isQuiet
    isTerminal = isatty(STDERR_FILENO) == 1
    var log = Logger(label: "cadastre") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = isVerbose ? .debug : .error
    self.log = log
  }

  /// Announces how many steps are to come.
  func begin(steps: Int) {
    progress.withLock { $0 = Progress(total: steps) }
  }

  /// Says which step begins.
  func step(_ name: String) {
    finishStep()
    progress.withLock { $0.current = (name, ContinuousClock.now) }
    guard !isQuiet else { return }
    progress.withLock { progress in
      progress.done += 1
      progress.total = max(progress.total, progress.done)
      if isTerminal {
        let width = 24
        let filled = width * (progress.done - 1) / progress.total
        let bar =
          String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        Console.write("\r\u{1B}[K\(bar) \(name)", to: .standardError)
        progress.isDrawn = true
      } else {
        Console.write("[\(progress.done)/\(progress.total)] \(name)\n", to: .standardError)
      }
    }
  }

  /// Logs how long the step under way took, and the most memory that the process has held so far.
  func finishStep() {
    let step = progress.withLock { progress in
      defer { progress.current = nil }
      return progress.current
    }
    guard let step else { return }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = (ContinuousClock.now - step.start) / .seconds(1)
    let written = String(format: "%.3f", seconds)
    debug("\(step.name): \(written) s, at most \(usage.ru_maxrss / 1024) MiB of memory so far")
  }

  /// Wipes the line of progress.
  func end() {
    progress.withLock { progress in
      if progress.isDrawn { Console.write("\r\u{1B}[K", to: .standardError) }
      progress.isDrawn = false
    }
  }

  /// A line for people on standard error, such as a summary of findings.
  func note(_ line: String) {
    guard !isQuiet else { return }
    end()
    Console.standardError(line)
  }

  /// What was found out, for people on standard error; an error even where they want it quiet.
  func note(_ finding: Finding) {
    guard finding.severity == .error else { return note(finding.description) }
    end()
    Console.standardError(finding.description)
  }

  /// A line of the log, shown with `--verbose`; never holds a customer's value.
  func debug(_ line: String) {
    log.debug("\(line)")
  }

  /// A result on standard output.
  func print(_ text: String) {
    end()
    Console.write(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput)
  }

  static func standardError(_ line: String) {
    write(line + "\n", to: .standardError)
  }

  private static func write(_ text: String, to handle: FileHandle) {
    // A reader that went away, as in `| head`, is no failure of ours.
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// A short summary of what was found, with where to read more.
  func summarise(_ findings: FindingLog) {
    finishStep()
    var counts: [Finding.Severity: Int] = [:]
    for entry in findings.entries { counts[entry.first.severity, default: 0] += entry.count }
    let parts = Finding.Severity.allCases.compactMap { severity -> String? in
      guard let count = counts[severity] else { return nil }
      return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    guard !parts.isEmpty else { return }
    note("Findings: \(parts.joined(separator: ", ")) (cadastre check lists them)")
  }
}
