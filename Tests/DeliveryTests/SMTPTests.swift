import Delivery
import Foundation
import History
import Records
import Settings
import TestKit
import Testing

@Suite("Sending to a real server of mail", .needs(.python), .needs(python: "aiosmtpd"))
struct SMTPTests {
  /// A server as the configuration would name it.
  static func server(
    _ peer: MailPeer, _ more: String = "", host: String = "localhost", isImplicit: Bool = false,
    trusts: Bool = true, password: String? = nil, token: String? = nil
  ) throws -> SMTPTransport.Server {
    let scheme = isImplicit ? "smtps" : "smtp"
    let mail = try #require(
      try Configuration(
        text: """
          mail:
            from: ops@acme.example
            smtp: \(scheme)://\(host):\(peer.port)
            timeout: 2
          \(more)
          """
      ).mail)
    return SMTPTransport.Server(
      settings: try #require(mail.server), password: password, token: token,
      authorities: trusts && FileManager.default.fileExists(atPath: peer.authority.path)
        ? peer.authority.path : nil)
  }

  static func deliver(
    _ server: SMTPTransport.Server, to: String = "ann@acme.example", _ bytes: [UInt8]? = nil
  ) -> DeliveryOutcome {
    var transport = SMTPTransport(server)
    return transport.deliver(
      bytes ?? Letters.message(images: 1).bytes(), from: "ops@acme.example", to: to)
  }

  @Test(
    "Encrypted from the first byte or by STARTTLS, every byte arrives", arguments: [true, false])
  func encrypted(isImplicit: Bool) async throws {
    try await withMailPeer(["--tls", isImplicit ? "implicit" : "starttls"]) { peer in
      // Lines that begin with a point, and one that is a point alone, which would end a message.
      let bytes = Letters.message(
        text: ".\n..\n.hidden\n" + String(repeating: "long ", count: 300) + "\n", images: 2
      ).bytes()
      let outcome = Self.deliver(try Self.server(peer, isImplicit: isImplicit), bytes)
      #expect(outcome == .delivered(reply: "250 2.0.0 taken"))
      #expect(try peer.taken() == ["ann@acme.example"])
      #expect(try peer.messages() == [Data(bytes)])
    }
  }

  @Test("A server without a certificate that is trusted gets nothing", arguments: [true, false])
  func untrusted(isImplicit: Bool) async throws {
    try await withMailPeer(["--tls", isImplicit ? "implicit" : "starttls"]) { peer in
      let unknown = try Self.server(peer, isImplicit: isImplicit, trusts: false)
      #expect(Self.deliver(unknown) == .impossible(.certificate))
      let misnamed = try Self.server(peer, host: "127.0.0.1", isImplicit: isImplicit)
      #expect(Self.deliver(misnamed) == .impossible(.certificate))
      #expect(try peer.taken() == [])
    }
  }

  @Test("A server that offers no encryption gets nothing where that is required")
  func unencrypted() async throws {
    try await withMailPeer { peer in
      let strict = try Self.server(peer, "  tls: starttls")
      #expect(Self.deliver(strict) == .impossible(.unencrypted))
      #expect(try peer.taken() == [])
      // One of this machine is spoken with as it offers.
      #expect(Self.deliver(try Self.server(peer)) == .delivered(reply: "250 2.0.0 taken"))
    }
  }

  @Test("A user signs in by PLAIN or LOGIN", arguments: ["plain", "login"])
  func signsIn(auth: String) async throws {
    try await withMailPeer(["--tls", "starttls", "--auth", "ops:secret"]) { peer in
      let settings = "  user: ops\n  password_from: env:X\n  auth: \(auth)"
      let good = try Self.server(peer, settings, password: "secret")
      #expect(Self.deliver(good) == .delivered(reply: "250 2.0.0 taken"))
      #expect(try peer.log().contains("signed in by \(auth.uppercased())"))
      let bad = try Self.server(peer, settings, password: "wrong")
      #expect(
        Self.deliver(bad)
          == .impossible(.signIn(reply: "535 5.7.8 Authentication credentials invalid")))
      #expect(try peer.taken().count == 1)
    }
  }

  @Test("A user signs in by a token")
  func token() async throws {
    try await withMailPeer(["--tls", "implicit", "--token", "ya29.token"]) { peer in
      let settings = "  user: ops\n  token_from: command:print-token"
      let good = try Self.server(peer, settings, isImplicit: true, token: "ya29.token")
      #expect(Self.deliver(good) == .delivered(reply: "250 2.0.0 taken"))
      #expect(try peer.log().contains("AUTH XOAUTH2"))
      let bad = try Self.server(peer, settings, isImplicit: true, token: "old")
      guard case .impossible(.signIn) = Self.deliver(bad) else {
        Issue.record("an old token is no way in")
        return
      }
    }
  }

  @Test("Nobody listens: nothing was sent, and that is said")
  func unreachable() async throws {
    try await withMailPeer { peer in
      let server = try Self.server(peer)
      peer.stop()
      #expect(Self.deliver(server) == .unreachable(reason: "Couldn't connect to server"))
    }
  }

  @Test(
    "What the server does not take for now is tried again, and arrives once",
    arguments: [
      "450:mail", "450:rcpt", "451:data", "452:end", "drop:connect", "drop:ehlo", "drop:starttls",
      "drop:auth", "drop:mail", "drop:rcpt", "drop:data", "drop:body", "421:connect",
      "silent:connect", "silent:ehlo", "silent:mail", "silent:rcpt", "silent:data", "slow:connect",
      "slow:rcpt:1", "450:rcpt:3",
    ])
  func later(rule: String) async throws {
    let isAtEnd = rule == "452:end"
    try await withMailPeer(
      ["--tls", "starttls", "--auth", "ops:secret", "--do", rule]
    ) { peer in
      try await Exchange.run(peer, bytes: rule == "drop:body" ? 8_000_000 : 400_000) { exchange in
        let result = try exchange.send()
        #expect(result.isGood, "\(result)")
        // The server counts what it refused at the end as taken.
        let taken = try peer.taken()
        #expect(Set(taken).count == 3)
        #expect(taken.count == (isAtEnd ? 4 : 3), "\(taken)")
        #expect(try exchange.states() == ["delivered", "delivered", "delivered"])
        #expect(try exchange.outbox.messages().isEmpty)
        #expect(try exchange.outbox.delivered().count == 3)
      }
    }
  }

  @Test("Who is refused for good is told; the others get theirs")
  func refused() async throws {
    try await withMailPeer(["--do", "550:rcpt:0:bo@acme.example"]) { peer in
      try await Exchange.run(peer, signsIn: false) { exchange in
        let result = try exchange.send()
        #expect(result.delivered.map(\.recipient) == ["ann@acme.example", "cy@acme.example"])
        #expect(result.refused.map(\.key.recipient) == ["bo@acme.example"])
        #expect(result.refused.map(\.reply) == ["550 5.1.1 no such user"])
        #expect(exchange.waits.isEmpty)
        #expect(try exchange.states() == ["delivered", "refused", "delivered"])
        #expect(try exchange.outbox.messages().map(\.envelope.key.recipient) == ["bo@acme.example"])
      }
    }
  }

  @Test(
    "A connection that ends after the whole message and before the answer leaves it in doubt",
    arguments: ["drop:end:1:bo@acme.example", "silent:end:1:bo@acme.example"])
  func inDoubt(rule: String) async throws {
    try await withMailPeer(["--do", rule]) { peer in
      try await Exchange.run(peer, signsIn: false) { exchange in
        let result = try exchange.send()
        #expect(result.delivered.count == 2)
        #expect(result.inDoubt.map(\.key.recipient) == ["bo@acme.example"])
        #expect(try exchange.states() == ["delivered", "in doubt", "delivered"])
        // The server has it: who would send it again would send it twice.
        #expect(try peer.taken().count == 3)
      }
    }
  }

  @Test("A server that closes after its answer has the message, and gets it once")
  func after() async throws {
    try await withMailPeer(["--do", "drop:after:0"]) { peer in
      try await Exchange.run(peer, signsIn: false) { exchange in
        let result = try exchange.send()
        #expect(result.isGood)
        #expect(
          try peer.taken() == ["ann@acme.example", "bo@acme.example", "cy@acme.example"])
      }
    }
  }

  @Test("A server that never takes a message is left alone after five tries, and all is kept")
  func never() async throws {
    try await withMailPeer(["--do", "450:mail:0"]) { peer in
      try await Exchange.run(peer, signsIn: false) { exchange in
        let result = try exchange.send()
        #expect(result.left.count == 3)
        #expect(Set(result.left.map(\.reply)) == ["450 4.3.0 try again later"])
        #expect(exchange.waits == [30, 60, 120, 240])
        #expect(try exchange.states() == ["ready", "ready", "ready"])
        #expect(try exchange.outbox.messages().count == 3)
      }
    }
  }

  @Test("Messages leave no faster than the rate that is allowed")
  func rate() async throws {
    try await withMailPeer { peer in
      try await Exchange.run(peer, signsIn: false) { exchange in
        exchange.patience.perMinute = 30
        let result = try exchange.send()
        #expect(result.isGood)
        #expect(exchange.waits == [2, 2])
        let connections = try peer.log().filter { $0 == "connection" }
        #expect(connections.count == 1)
      }
    }
  }
}

/// Three messages in an outbox, on their way to a server.
final class Exchange {
  let outbox: Outbox
  let ledger: Ledger
  let peer: MailPeer
  let server: SMTPTransport.Server
  var patience = Dispatch.Patience()
  var waits: [Double] = []

  private init(_ folder: URL, _ peer: MailPeer, signsIn: Bool) throws {
    self.peer = peer
    outbox = Outbox(folder.appending(path: "outbox"))
    ledger = Ledger(
      try HistoryFile.forWriting(folder.appending(path: "h.db").path, named: "h.db"))
    server = try SMTPTests.server(
      peer, signsIn ? "  user: ops\n  password_from: env:X" : "",
      password: signsIn ? "secret" : nil)
  }

  /// Three messages on their way.
  ///
  /// A picture of megabytes is more than the system takes at once, so that a server that leaves
  /// meanwhile cannot have all of it.
  static func run(
    _ peer: MailPeer, bytes: Int = 10, signsIn: Bool = true, _ body: (Exchange) throws -> Void
  ) async throws {
    try withTemporaryFolder { folder in
      let exchange = try Exchange(folder, peer, signsIn: signsIn)
      for name in ["ann", "bo", "cy"] {
        let message = Letters.message(
          to: MailAddress(name: nil, address: "\(name)@acme.example"), images: 1,
          imageBytes: [UInt8](repeating: 7, count: bytes))
        let envelope = Envelope(
          key: message.key, recipientName: nil, from: "ops@acme.example", subject: message.subject,
          editions: ["West"], needsApproval: false, deliver: .mail, content: "1", figures: [],
          sections: [])
        try Outbox.write(
          message.bytes(), envelope,
          into: exchange.outbox.folder.appending(path: Letters.asOf.description))
      }
      try body(exchange)
    }
  }

  func send() throws -> Dispatch.Result {
    var transport = SMTPTransport(server)
    let dispatch = Dispatch(
      ledger: ledger, outbox: outbox,
      world: Dispatch.World(
        wait: { self.waits.append($0) }, now: { "2026-11-23T07:00:00Z" }, say: { _ in }),
      patience: patience)
    return try dispatch.send(try outbox.messages(), known: [:]) { message, bytes in
      transport.deliver(
        bytes, from: message.envelope.from, to: message.envelope.key.recipient)
    }
  }

  func states() throws -> [String] {
    try ledger.entries().map(\.state.rawValue)
  }
}
