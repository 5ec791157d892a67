import ArgumentParser
import Delivery
import Foundation
import History
import Records
import Reports

struct ApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Let messages go that wait for it",
    discussion: "Who approved them, by the login name, and when stand in the footer and the ledger."
  )

  @Argument(help: "The report whose messages may go; all that wait where none is given")
  var report: String?

  @Option(help: "Only messages about one edition, by its name or Id")
  var edition: String?

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let console = options.console
    let project = try Project(withoutExport: options.project)
    let sending = try SendingRun(project, console: console)
    let (who, when) = (Post.login, Post.now())
    let words = try project.templates().words(
      for: ReportLocale(rawValue: project.configuration.locale) ?? .enUS)
    let items = try sending.items().filter {
      [.waiting, .held].contains($0.entry.state)
        && MessageChoice(report: report, edition: edition).holds($0.message.envelope)
    }
    guard !items.isEmpty else { throw MessageChoice.nothing("waits for approval") }
    for item in items {
      let envelope = item.message.envelope
      if envelope.needsApproval {
        let bytes = KeptMessage.reading(try item.message.bytes()) {
          $0.replacing(
            Envelope.approvalMark(envelope.key), by: words.approved(by: who, on: Post.shown(when))
          )
        }
        try WrittenWhole.file(Data(bytes ?? []), at: item.message.file)
      }
      var entry = item.entry
      entry.state = .ready
      entry.events = [Ledger.Event(event: "approved", who: who, at: when)]
      try sending.post.ledger().record([entry])
      console.print("Approved: \(envelope.key.recipient), \(envelope.subject)")
    }
  }
}

struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Hold back the messages about an edition until they are approved")

  @Argument(help: "The edition, by its name or Id")
  var edition: String

  @Option(help: "Only messages of this report")
  var report: String?

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let console = options.console
    let sending = try SendingRun(try Project(withoutExport: options.project), console: console)
    let items = try sending.items().filter {
      [.waiting, .ready].contains($0.entry.state)
        && MessageChoice(report: report, edition: edition).holds($0.message.envelope)
    }
    guard !items.isEmpty else { throw MessageChoice.nothing("is about it and not sent yet") }
    try sending.post.ledger().record(
      items.map { item in
        var entry = item.entry
        entry.state = .held
        entry.events = [Ledger.Event(event: "held", who: Post.login, at: Post.now())]
        return entry
      })
    for item in items {
      let envelope = item.message.envelope
      console.print("Held: \(envelope.key.recipient), \(envelope.subject)")
    }
  }
}

/// Which messages a command is about.
struct MessageChoice {
  var report: String?
  var edition: String?

  /// Whether it is about a message: by name or Id of any of its editions, without regard to case.
  func holds(_ envelope: Envelope) -> Bool {
    if let report, envelope.key.report != report { return false }
    guard let edition = edition?.lowercased() else { return true }
    let id = envelope.key.edition.split(separator: ":").last.map { $0.lowercased() }
    return envelope.editions.contains { $0.lowercased() == edition } || id == edition
      || envelope.key.edition.lowercased() == edition
  }

  /// That no message is meant.
  static func nothing(_ what: String) -> ValidationError {
    ValidationError(
      "no message of the outbox \(what): cadastre send --dry-run lists what there is")
  }
}
