import ArgumentParser
import Delivery
import Foundation
import History
import Records
import Settings

struct SendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Deliver the messages of the outbox, each once",
    discussion: """
      Exit status: 0 every message was delivered, or there is none; 1 some were not, and standard \
      error says which; 2 the configuration or the server does not allow any.
      """)

  @OptionGroup var options: ProjectOptions

  @Flag(name: .customLong("dry-run"), help: "List what would be sent, and send nothing")
  var dryRun = false

  @Flag(
    help:
      "Send again what is in doubt or was refused; of one --edition without such what was delivered"
  )
  var resend = false

  @Flag(name: .customLong("give-up"), help: "Do not send again what is in doubt")
  var giveUp = false

  @Option(help: "Send to this address in place of the readers, and keep the outbox as it is")
  var to: String?

  @Option(help: "Only messages about one edition, by its name or Id")
  var edition: String?

  @Flag(
    help:
      "Send only on the days of send_on (Monday to Friday) that are no holidays of cadastre.yaml")
  var scheduled = false

  func validate() throws {
    if resend, giveUp { throw ValidationError("--resend and --give-up exclude each other") }
    if let to, MailAddress(to) == nil {
      throw ValidationError("--to \"\(to)\" is no address: write one such as me@acme.example")
    }
  }

  func run() throws {
    let console = options.console
    let project = try Project(withoutExport: options.project)
    let sending = try SendingRun(project, console: console)
    if let to, let address = MailAddress(to) {
      try sendTrial(to: address, sending)
      return
    }
    if scheduled,
      let day = MailDays(sending.mail).next(after: Pipeline.today(project.configuration))
    {
      console.print("No mail leaves today; the next day for it is \(day).")
      return
    }
    let status = try deliver(sending)
    if status != 0 { throw ExitCode(status) }
  }

  /// Delivers what may be delivered.
  ///
  /// - Returns: the exit status.
  private func deliver(_ sending: SendingRun) throws -> Int32 {
    let console = sending.console
    var items = try sending.items().filter { isWanted($0.message.envelope) }
    // Of an edition that has nothing left to be sent, what was delivered is meant.
    if resend, edition != nil, items.isEmpty {
      try takeBack(sending)
      items = try sending.items().filter { isWanted($0.message.envelope) }
    }
    if giveUp {
      let given = items.filter { $0.entry.state == .inDoubt }
      try settle(given, sending)
      items.removeAll { $0.entry.state == .inDoubt }
    }
    let again: [Ledger.State] = resend ? [.ready, .inDoubt, .refused] : [.ready]
    let due = items.filter { again.contains($0.entry.state) }
    let undecided = items.filter { $0.entry.state == .inDoubt && !resend }
    if dryRun {
      for item in items { console.print(SendCommand.line(item, isDue: again)) }
      if items.isEmpty { console.print("The outbox is empty.") }
      return 0
    }
    try record(undecided.filter { $0.entry.state == .inDoubt }, sending)
    let result = try sending.send(due)
    for waiting in [Ledger.State.waiting, .held] {
      let count = items.count { $0.entry.state == waiting }
      guard count > 0 else { continue }
      let messages = count == 1 ? "1 message" : "\(count) messages"
      console.print(
        waiting == .waiting
          ? "\(messages) waiting for cadastre approve" : "\(messages) held back (cadastre approve)")
    }
    let sent = result.delivered.count
    console.print(
      due.isEmpty
        ? "Nothing to send." : "Sent \(sent) of \(due.count) message\(due.count == 1 ? "" : "s").")
    var whole = result
    whole.inDoubt =
      undecided.map { ($0.entry.key, $0.entry.reply ?? "the program ended meanwhile") }
      + whole.inDoubt
    guard !whole.isGood else { return 0 }
    var lines = SendingRun.report(whole)
    if let problem = result.problem { lines.insert(sending.finding(problem).description, at: 0) }
    for line in lines { Console.standardError(line) }
    if result.problem == nil, !due.isEmpty,
      let failure = try Operator.tell(
        "Cadastre could not deliver all messages.", lines, sending.mail, sending.project)
    {
      Console.standardError(failure)
    }
    return result.problem == nil ? 1 : Cadastre.inputErrors.rawValue
  }

  private func isWanted(_ envelope: Envelope) -> Bool {
    MessageChoice(edition: edition).holds(envelope)
  }

  private static func line(_ item: SendingRun.Item, isDue: [Ledger.State]) -> String {
    let envelope = item.message.envelope
    let state = isDue.contains(item.entry.state) ? "to send" : item.entry.state.rawValue
    let kilobytes = (item.message.size + 999) / 1000
    return "\(state): \(envelope.key.recipient), \(envelope.subject) (\(kilobytes) KB)"
  }

  /// Writes what is in doubt into the ledger, where a program ended while it sent it.
  private func record(_ items: [SendingRun.Item], _ sending: SendingRun) throws {
    try sending.post.ledger().record(
      items.map { item in
        var entry = item.entry
        entry.events = []
        return entry
      })
  }

  /// Takes messages as delivered that are in doubt.
  private func settle(_ items: [SendingRun.Item], _ sending: SendingRun) throws {
    try sending.post.ledger().record(
      items.map { item in
        var entry = item.entry
        entry.state = .givenUp
        entry.events = [Ledger.Event(event: "given up", who: Post.login, at: Post.now())]
        return entry
      })
    for item in items { try sending.post.outbox.keep(item.message) }
  }

  /// Puts messages that were delivered back into the outbox.
  private func takeBack(_ sending: SendingRun) throws {
    for message in try sending.post.outbox.delivered() where isWanted(message.envelope) {
      try sending.post.ledger().record([
        Ledger.Entry(
          key: message.envelope.key, state: .ready, content: message.envelope.content,
          events: [Ledger.Event(event: "to be sent again", who: Post.login, at: Post.now())])
      ])
      try sending.post.outbox.putBack(message)
    }
  }

  /// Sends messages to one address and changes nothing; the first of each report where no edition is
  /// named.
  private func sendTrial(to address: MailAddress, _ sending: SendingRun) throws {
    guard let server = try MailServer.of(sending.mail, in: sending.project) else {
      throw FindingsError([
        Finding(
          code: "mail-no-server", severity: .error, at: SourcePosition(file: "cadastre.yaml"),
          what: "no server of mail is named", done: "nothing was sent",
          suggestion: "add smtp: smtps://mail.acme.example to mail")
      ])
    }
    var transport = SMTPTransport(server)
    var reports: Set<String> = []
    var sent = 0
    for message in try sending.post.outbox.messages() where isWanted(message.envelope) {
      let envelope = message.envelope
      guard edition != nil || reports.insert(envelope.key.report).inserted else { continue }
      let reader = envelope.recipientName ?? envelope.key.recipient
      let bytes = KeptMessage.reading(try message.bytes()) {
        $0.redirected(to: address, subject: "[Trial, for \(reader)] \(envelope.subject)")
      }
      let outcome = transport.deliver(
        MailMessage.dated(bytes ?? [], Int64(Date().timeIntervalSince1970)), from: envelope.from,
        to: address.address)
      switch outcome {
      case .delivered:
        sent += 1
        sending.console.print("Sent to \(address.address): \(envelope.subject)")
      case .impossible(let problem): throw FindingsError([sending.finding(problem)])
      case .later(let reply), .refused(let reply), .inDoubt(let reply), .unreachable(let reply):
        Console.standardError("Not sent to \(address.address): \(reply)")
        throw ExitCode.failure
      }
    }
    if sent == 0 {
      sending.console.print(
        edition.map { "No message of the outbox is about \"\($0)\"." } ?? "The outbox is empty.")
    }
  }
}

/// Options of commands that read no export.
struct ProjectOptions: ParsableArguments {
  @Option(help: "The folder of the project, where cadastre.yaml is")
  var project = "."

  @Flag(help: "Print results and errors only")
  var quiet = false

  @Flag(help: "Say more about what is done")
  var verbose = false

  var console: Console { Console(isQuiet: quiet, isVerbose: verbose) }
}
