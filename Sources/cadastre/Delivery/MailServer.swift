import Delivery
import Foundation
import Records
import Settings

/// The server of a project, ready to be spoken with.
enum MailServer {
  /// The server with its secrets; nil where none is named.
  static func of(
    _ mail: Configuration.Mail, in project: Project
  ) throws -> SMTPTransport.Server? {
    guard let settings = mail.server else { return nil }
    var server = SMTPTransport.Server(settings: settings)
    server.password = try settings.password.map {
      try Secrets.read($0, of: "password_from", in: project.folder, limit: settings.timeout)
    }
    server.token = try settings.token.map {
      try Secrets.read($0, of: "token_from", in: project.folder, limit: settings.timeout)
    }
    if let authorities = settings.authorities {
      let file = URL(filePath: authorities.value, relativeTo: project.folder)
      guard FileManager.default.isReadableFile(atPath: file.path) else {
        throw FindingsError([
          Finding(
            code: "mail-authorities", severity: .error, at: authorities.at,
            what: "the file of trusted certificates cannot be read", done: "nothing was sent",
            suggestion: "correct ca_file, or leave it out to trust what this machine trusts")
        ])
      }
      server.authorities = file.path
    }
    return server
  }
}
