import Dispatch
import Foundation
import Records
import Synchronization

/// Runs one script as one session of `spark-sql` in client mode, as a child process.
public struct SparkSession: Sendable {
  private let cluster: SparkCluster

  public init(_ cluster: SparkCluster) { self.cluster = cluster }

  /// Runs a script to its end.
  ///
  /// - Parameters:
  ///   - script: the script.
  ///   - progress: is told the name of each step that begins.
  /// - Returns: the rows by result; there are none unless all are whole.
  /// - Throws: `FindingsError` with the first cause of a failure.
  public func run(
    _ script: SparkScript, progress: (String) -> Void = { _ in }
  ) throws -> [[[String?]]] {
    guard FileManager.default.isExecutableFile(atPath: cluster.program) else {
      throw SparkFailure.noSpark(cluster.home)
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cadastre-spark-\(UUID().uuidString)")
    // The script names users and territories, so nobody else may read it.
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "script.sql")
    try Data(script.text.utf8).write(to: file)
    let log = folder.appending(path: "log.txt")
    try Data().write(to: log)
    return try run(script, file, in: folder, log: log, progress)
  }

  private func run(
    _ script: SparkScript, _ file: URL, in folder: URL, log: URL, _ progress: (String) -> Void
  ) throws -> [[[String?]]] {
    let process = Process()
    process.executableURL = URL(filePath: cluster.program)
    // What the script defines lies there until the run is over.
    let name = folder.lastPathComponent
    let tables = cluster.scratch.map { "\($0)/\(name)" } ?? "file://\(folder.path)/tables"
    defer { removeLocal(tables) }
    process.arguments = cluster.arguments(script: file.path, tables: tables)
    process.environment = cluster.environment.merging(["SPARK_HOME": cluster.home]) { $1 }
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    let watch = SignalWatch(process.processIdentifier)
    defer { watch.end() }
    var results = SparkResults(script.results)
    var trouble: (any Error)?
    var rest = Data()
    // As it comes: `read(upToCount:)` would wait for as many bytes, or for the end.
    while true {
      let bytes = pipe.fileHandleForReading.availableData
      guard !bytes.isEmpty else { break }
      rest.append(bytes)
      guard trouble == nil, let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
      let whole = String(decoding: rest[..<end], as: UTF8.self)
      rest = Data(rest[rest.index(after: end)...])
      do {
        for line in whole.split(separator: "\n") {
          if let step = try results.take(line) { progress(step) }
        }
      } catch {
        // Spark need not finish what cannot be read.
        trouble = error
        watch.stop()
      }
    }
    process.waitUntilExit()
    if watch.isInterrupted { throw SparkFailure.interrupted }
    if let trouble { throw trouble }
    let isDone = process.terminationReason == .exit && process.terminationStatus == 0
    guard isDone, results.isComplete else {
      let said = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
      throw SparkFailure.failed(said, at: results.current, master: cluster.master)
    }
    return results.rows
  }
}

extension SparkSession {
  /// Removes the tables of a run where they lie on a file system of this machine; elsewhere the
  /// script has done so, unless it failed.
  private func removeLocal(_ tables: String) {
    let path = tables.hasPrefix("file://") ? String(tables.dropFirst("file://".count)) : tables
    guard path.hasPrefix("/") else { return }
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// Hands Ctrl-C and the like on to a child process, which has a process group of its own.
private final class SignalWatch: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  /// The last signal that came; all that a handler may safely do is to note it.
  private static let caught = Atomic<Int32>(0)

  private let child: Int32
  private let isStopped = Atomic<Bool>(false)
  /// When the child was asked to end, for the first time.
  private let asked = Mutex<ContinuousClock.Instant?>(nil)
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)
  private let former: [sighandler_t?]

  init(_ child: Int32) {
    self.child = child
    SignalWatch.caught.store(0, ordering: .relaxed)
    former = SignalWatch.signals.map { number in
      signal(number) { SignalWatch.caught.store($0, ordering: .relaxed) }
    }
    timer.withLock { timer in
      let made = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "spark-signals"))
      made.setEventHandler { [weak self] in self?.look() }
      made.schedule(deadline: .now(), repeating: .milliseconds(100))
      made.resume()
      timer = made
    }
  }

  var isInterrupted: Bool {
    isStopped.load(ordering: .relaxed) || SignalWatch.caught.load(ordering: .relaxed) != 0
  }

  /// Asks the child to end, and ends it where it does not.
  func stop() {
    let first = asked.withLock { asked in
      let first = asked
      asked = asked ?? .now
      return first
    }
    guard let first else { return tell(SIGTERM) }
    if first.duration(to: .now) > .seconds(10) { tell(SIGKILL) }
  }

  private func look() {
    if SignalWatch.caught.load(ordering: .relaxed) != 0 {
      isStopped.store(true, ordering: .relaxed)
    }
    if isStopped.load(ordering: .relaxed) || asked.withLock({ $0 != nil }) { stop() }
  }

  private func tell(_ number: Int32) {
    if kill(-child, number) != 0 { kill(child, number) }
  }

  func end() {
    timer.withLock { $0?.cancel() }
    for (number, handler) in zip(SignalWatch.signals, former) { signal(number, handler) }
  }
}
