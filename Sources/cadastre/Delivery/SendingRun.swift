import Delivery
import Foundation
import History
import Records
import Settings

/// The delivery of what is in the outbox.
struct SendingRun {
  let project: Project
  let mail: Configuration.Mail
  let post: Post
  let console: Console

  init(_ project: Project, console: Console) throws {
    guard let mail = project.configuration.mail else {
      throw FindingsError([SendingRun.noSender])
    }
    self.project = project
    self.mail = mail
    self.console = console
    guard let history = ProjectHistory(of: project) else {
      throw FindingsError([SendingRun.noSender])
    }
    post = Post(project, try OpenHistory(history))
  }

  private static let noSender = Finding(
    code: "mail-missing", severity: .error, at: SourcePosition(file: "cadastre.yaml"),
    what: "nobody is named who sends mail", done: "nothing was sent",
    suggestion: "add mail: {from: Sales Operations <ops@acme.example>, smtp: "
      + "\"smtps://mail.acme.example\"} to cadastre.yaml")

  /// A message with what the ledger knows of it.
  typealias Item = (message: Outbox.Message, entry: Ledger.Entry)

  /// The messages of the outbox, those that were delivered but not moved yet put in their place.
  func items() throws -> [Item] {
    let states = try post.states()
    var items: [Item] = []
    for message in try post.outbox.messages() {
      let envelope = message.envelope
      let fresh: Ledger.State = envelope.needsApproval ? .waiting : .ready
      var entry =
        states[envelope.key]
        ?? Ledger.Entry(key: envelope.key, state: fresh, content: envelope.content)
      switch entry.state {
      case .delivered, .givenUp:
        // The program ended between the ledger and the folder.
        try post.outbox.keep(message)
        continue
      case .superseded:
        try post.outbox.remove(message)
        continue
      case .sending: entry.state = .inDoubt
      default:
        // What was approved said something else.
        if entry.content != envelope.content { entry.state = fresh }
      }
      items.append((message, entry))
    }
    return items
  }

  /// Delivers messages.
  func send(_ items: [Item]) throws -> Dispatch.Result {
    let dispatch = Dispatch(
      ledger: try post.ledger(), outbox: post.outbox,
      world: Dispatch.World(
        wait: { Thread.sleep(forTimeInterval: $0) }, now: Post.now,
        say: { console.print($0) }),
      patience: Dispatch.Patience(
        perMinute: mail.server?.perMinute, retryAfter: Double(mail.server?.retryAfter ?? 1)))
    var smtp = try MailServer.of(mail, in: project).map { SMTPTransport($0) }
    var folder = FolderTransport(project.folder(named: mail.folder.value))
    return try dispatch.send(
      items.map(\.message),
      known: Dictionary(items.map { ($0.entry.key, $0.entry) }) { first, _ in first }
    ) { message, bytes in
      let envelope = message.envelope
      let dated = MailMessage.dated(bytes, Int64(Date().timeIntervalSince1970))
      if envelope.deliver == .mail, smtp != nil {
        return smtp?.deliver(dated, from: envelope.from, to: envelope.key.recipient)
          ?? .unreachable(reason: "")
      }
      // A file system takes names of 255 bytes.
      let edition = String(
        String.UnicodeScalarView((envelope.editions.first ?? "").unicodeScalars.prefix(40)))
      folder.name =
        "\(envelope.key.asOf) \(edition) \(message.folder.lastPathComponent)"
        .replacing("/", with: "-")
      return folder.deliver(dated, from: envelope.from, to: envelope.key.recipient)
    }
  }

  /// What the operator is told of messages that did not arrive, a line each; empty where all did.
  static func report(_ result: Dispatch.Result) -> [String] {
    var lines: [String] = []
    func list(_ title: String, _ messages: [(key: MessageKey, reply: String)]) {
      guard !messages.isEmpty else { return }
      lines.append(title)
      lines += messages.map { "  \($0.key.recipient), \($0.key.report): \($0.reply)" }
    }
    list("Refused for good (correct the address, then cadastre send --resend):", result.refused)
    list("Not taken for now (the next cadastre send tries again):", result.left)
    list(
      "In doubt: the server may have taken them. cadastre send --resend sends them again, "
        + "cadastre send --give-up does not:", result.inDoubt)
    return lines
  }

  /// Why nothing could be sent, as a finding.
  func finding(_ problem: DeliveryProblem) -> Finding {
    let at = mail.server?.at
    func finding(_ what: String, _ suggestion: String) -> Finding {
      Finding(
        code: "mail-server", severity: .error, at: at, what: what,
        done: "what was not sent stays in the outbox", suggestion: suggestion)
    }
    return switch problem {
    case .unencrypted:
      finding(
        "the server offers no encryption",
        "use smtps://, or a server with STARTTLS; tls: none "
          + "sends everything, the password too, as anybody can read it")
    case .certificate:
      finding(
        "the certificate of the server is not one that this machine trusts",
        "correct the name of the server, or name the authority that signed it as ca_file")
    case .signIn(let reply):
      finding("the server does not accept the user: \(reply)", "correct user and password_from")
    case .authorities:
      finding("the file of trusted certificates cannot be used", "correct ca_file")
    case .library(let reason):
      finding("the connection cannot be set up: \(reason)", "check the settings of mail")
    }
  }
}
