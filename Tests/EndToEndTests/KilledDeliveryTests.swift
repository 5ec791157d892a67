import Foundation
import TestKit
import Testing

@Suite("A delivery that is killed", .needs(.python), .needs(python: "aiosmtpd"))
struct KilledDeliveryTests {
  @Test("Killed at any moment of run and send, nobody gets a message twice and none is lost")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: ["reports/brief.yaml": Post.report("brief", editions: "territory")])
      try await Post.project(folder, port: nil, reports: Self.reports)
      // How long a run takes changes with what else the machine does.
      var duration = try await Self.run(folder)
      let outbox = folder.appending(path: "outbox")
      let whole = try outbox.contents()
      let readers = try Self.envelopes(outbox).map(\.recipient).sorted()
      #expect(readers.count > 3)
      var killed = 0
      for round in 0..<((CadastreBinary.isRelease ? 10 : 2) * Rounds.factor) {
        try await withMailPeer { peer in
          try Post.configure(folder, port: peer.port, reports: Self.reports)
          for name in [
            "outbox", "cadastre.db", "cadastre.db-wal", "cadastre.db-shm", "cadastre.db-journal",
          ] {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
          }
          // The last third of a run is where messages are put into the outbox.
          let part = Double.random(in: round % 2 == 0 ? 0.7..<1 : 0..<1)
          if try await CadastreBinary.kill(["run", "--quiet"], after: duration * part, in: folder) {
            killed += 1
          }
          duration = try await Self.run(folder)
          #expect(try differences(outbox.contents(), whole) == [], "round \(round)")
          for _ in 0..<4 {
            let delay = Duration.milliseconds(Int.random(in: 20..<500))
            if try await CadastreBinary.kill(["send", "--quiet"], after: delay, in: folder) {
              killed += 1
            }
          }
          _ = try await Post.run("send", in: folder)
          // A person looks what arrived, and says so.
          try await Task.sleep(for: .milliseconds(300))
          for envelope in try Self.envelopes(outbox) {
            let arrived = try peer.taken().contains(envelope.recipient)
            _ = try await Post.run(
              "send", arrived ? "--give-up" : "--resend", "--edition", envelope.edition, in: folder)
          }
          // The operator is told of what is in doubt.
          let taken = try peer.taken().filter { $0 != "admin@acme.example" }
          #expect(taken == readers, "round \(round)")
          #expect(try await Program.run("send", in: folder) == "Nothing to send.\n")
          #expect(try Self.envelopes(outbox).isEmpty)
        }
      }
      #expect(killed > 0)
    }
  }

  /// Runs to the end; gives how long it took.
  private static func run(_ folder: URL) async throws -> Duration {
    let begin = ContinuousClock.now
    try await Program.run("run", "--quiet", in: folder)
    return ContinuousClock.now - begin
  }

  private static let reports = [
    "{report: brief, editions: territory, to: territory_managers}"
  ]

  private struct Envelope: Decodable {
    let edition: String
    let recipient: String
  }

  /// What is in the outbox and not delivered.
  private static func envelopes(_ outbox: URL) throws -> [Envelope] {
    try outbox.filesBelow().filter {
      $0.hasSuffix("/envelope.json") && !$0.hasPrefix("delivered/")
    }.map {
      try JSONDecoder().decode(Envelope.self, from: Data(contentsOf: outbox.appending(path: $0)))
    }
  }
}
