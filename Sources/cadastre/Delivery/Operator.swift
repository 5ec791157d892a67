import Delivery
import Foundation
import History
import Records
import Settings

/// Mails the operator what went wrong.
enum Operator {
  /// Tells of a run that did not go through; where no mail can be sent, standard error has it alone.
  static func tell(of error: any Error, in project: Project) {
    let why =
      (error as? FindingsError)?.findings.map(\.description)
      ?? [
        (error as? HistoryError)?.description ?? FileRefusal.finding(of: error)?.description
          ?? "It failed while running."
      ]
    attempt("The run of Cadastre did not go through; no report was made.", why, project)
  }

  /// Tells of messages that a run could not put into the outbox; where no mail can be sent, standard
  /// error has it alone.
  static func tell(of unsent: [Finding], in project: Project) {
    attempt("Cadastre could not make all messages.", unsent.map(\.description), project)
  }

  private static func attempt(_ what: String, _ why: [String], _ project: Project) {
    guard let mail = project.configuration.mail, mail.server != nil else { return }
    do {
      if let failure = try tell(what, why, mail, project) { Console.standardError(failure) }
    } catch {
      Console.standardError(notTold)
    }
  }

  /// Tells of something that went wrong.
  ///
  /// - Parameters:
  ///   - what: the sentence at the top, which is the subject too.
  ///   - lines: what there is to know.
  ///   - mail: how messages leave.
  ///   - project: the project.
  /// - Returns: nil where that went through, else that it did not.
  /// - Throws: `FindingsError` where a secret is missing.
  static func tell(
    _ what: String, _ lines: [String], _ mail: Configuration.Mail, _ project: Project
  ) throws -> String? {
    guard let server = try MailServer.of(mail, in: project) else { return nil }
    let text = ([what, ""] + lines).joined(separator: "\n") + "\n"
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    let html =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cadastre</title></head>"
      + "<body><pre>\(escaped)</pre></body></html>\n"
    let to = mail.operatorAddress
    let message = MailMessage(
      key: MessageKey(
        report: "summary", edition: Post.now(), asOf: Pipeline.today(project.configuration),
        recipient: to.address),
      from: mail.from, to: to, subject: what, date: Int64(Date().timeIntervalSince1970),
      title: "Summary", parts: .init(subject: what, html: html, text: text))
    var transport = SMTPTransport(server)
    let outcome = transport.deliver(message.bytes(), from: mail.from.address, to: to.address)
    if case .delivered = outcome { return nil }
    return notTold
  }

  private static let notTold = "The operator could not be told by mail either."
}
