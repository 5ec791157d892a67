import Foundation

/// The places of this repository that tests read from.
public enum Repository {
  /// The folder that holds Package.swift.
  public static let root: URL = {
    // Tests/TestKit/Repository.swift, three steps up.
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  /// The folder of the hand-made case `name`, with its `why.md`.
  public static func fixture(_ name: String) -> URL {
    root.appending(path: "Tests/Fixtures/\(name)", directoryHint: .isDirectory)
  }

  /// The SQL file `name` of the second oracle.
  public static func oracle(_ name: String) -> URL {
    root.appending(path: "Tests/Oracle/\(name)")
  }

  /// The environment of the test process.
  static let environment = ProcessInfo.processInfo.environment

  /// True on a machine where a missing tool is a failure, not a reason to skip.
  static let isContinuousIntegration = environment["CI"] == "true"
}
