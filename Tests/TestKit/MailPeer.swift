import Foundation
import Testing

/// A server of mail on this machine that takes messages, or misbehaves as it is told.
///
/// `Tests/DeliveryTests/Peers/smtp-peer.py`, which says what it can be told, with aiosmtpd.
public final class MailPeer: Sendable {
  /// Where it keeps what it took.
  public let folder: URL
  /// Where it listens.
  public let port: Int
  private let process: ChildProcess

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - folder: an empty folder for what it takes.
  ///   - arguments: how it behaves.
  /// - Throws: `Missing` where Python is, or the server does not begin to listen.
  public init(_ folder: URL, _ arguments: [String] = []) async throws {
    self.folder = folder
    let script = Repository.root.appending(path: "Tests/DeliveryTests/Peers/smtp-peer.py")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let errors = folder.appending(path: "errors")
    process = try ChildProcess(
      Tool.python.require(), [script.path, folder.path] + arguments, streams: [nil, nil, errors])
    let file = folder.appending(path: "port")
    for _ in 0..<600 {
      if let text = try? String(contentsOf: file, encoding: .utf8), let port = Int(text) {
        self.port = port
        return
      }
      guard process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    process.kill()
    process.wait()
    throw Missing(
      "The server of mail does not begin: \((try? String(contentsOf: errors, encoding: .utf8)) ?? "")"
    )
  }

  /// The authority that signed its certificate.
  public var authority: URL { folder.appending(path: "ca.pem") }

  /// Ends it.
  public func stop() {
    process.kill()
    process.wait()
  }

  /// The recipients of the messages that it took, sorted.
  public func taken() throws -> [String] {
    try folder.appending(path: "taken").filesBelow().filter { $0.hasSuffix(".to") }.map {
      try String(contentsOf: folder.appending(path: "taken/\($0)"), encoding: .utf8)
    }.sorted()
  }

  /// The messages that it took, in their order.
  public func messages() throws -> [Data] {
    try folder.appending(path: "taken").filesBelow().filter { $0.hasSuffix(".eml") }.map {
      try Data(contentsOf: folder.appending(path: "taken/\($0)"))
    }
  }

  /// What it was told and did, a line each.
  public func log() throws -> [String] {
    try String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }
}

/// Gives `body` a server of mail and ends it afterwards.
public func withMailPeer<Result>(
  _ arguments: [String] = [], isolation: isolated (any Actor)? = #isolation,
  _ body: (MailPeer) async throws -> Result
) async throws -> Result {
  try await withTemporaryFolder { folder in
    let peer = try await MailPeer(folder, arguments)
    defer { peer.stop() }
    return try await body(peer)
  }
}
