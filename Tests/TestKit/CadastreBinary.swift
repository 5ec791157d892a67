import Foundation

/// The program under test, run from the outside.
public enum CadastreBinary {
  /// The binary: CADASTRE_BINARY, else the one that was built beside the test bundle.
  ///
  /// - Throws: `Missing` where neither is there.
  public static func file() throws -> URL {
    if let named = Repository.environment["CADASTRE_BINARY"], !named.isEmpty {
      let file = URL(fileURLWithPath: named, relativeTo: Repository.root).standardizedFileURL
      guard FileManager.default.isExecutableFile(atPath: file.path) else {
        throw Missing("CADASTRE_BINARY names \(file.path), which is no program.")
      }
      return file
    }
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for folder in [beside, Repository.root.appending(path: ".build/debug")] {
      let file = folder.appending(path: "cadastre")
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    throw Missing("No cadastre lies beside the tests: run `make build`, or set CADASTRE_BINARY.")
  }

  /// True where CADASTRE_BINARY names a binary, which `.ci/run` builds for speed.
  public static var isRelease: Bool {
    Repository.environment["CADASTRE_BINARY"].map { !$0.isEmpty } ?? false
  }

  /// Runs `cadastre` with `arguments` in an environment of its own.
  ///
  /// The environment holds PATH and HOME alone, plus `environment`, so that a test never depends
  /// on the terminal or the locale of the machine.
  public static func run(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    seconds: Int = 1800
  ) async throws -> Finished {
    let inherited = Repository.environment.filter { ["PATH", "HOME"].contains($0.key) }
    return try await TestKit.run(
      file(), arguments, environment: inherited.merging(environment) { $1 }, in: folder,
      seconds: seconds)
  }

  /// Starts `cadastre` and kills it after a while, as a machine that fails would.
  ///
  /// - Returns: false where it had ended by itself.
  public static func kill(
    _ arguments: [String], after delay: Duration, in folder: URL
  ) async throws -> Bool {
    let child = try ChildProcess(file(), arguments, in: folder)
    let end = ContinuousClock.now + delay
    // Whatever ends by itself need not be waited for.
    while child.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(5)) }
    child.kill()
    return await child.ended() == 128 + SIGKILL
  }
}
