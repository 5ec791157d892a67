import History
import Records
import Reports
import Settings

/// A message to one recipient, ready to be written.
///
/// Grain: one per message key. Everything that would differ between two runs, date and boundaries
/// included, is given or follows from the key: the same message has the same bytes.
public struct MailMessage: Sendable {
  public var key: MessageKey
  public var from: MailAddress
  public var to: MailAddress
  /// One line; what is no text of a header is taken out.
  public var subject: String
  /// Seconds since 1970.
  public var date: Int64
  /// What the report is called, for programs that sort mail.
  public var title: String
  public var parts: MailParts
  public var attachments: [Attachment]
  /// The revision that this one corrects; nil for the first.
  public var corrects: Int?

  /// A file that goes along.
  public struct Attachment: Sendable, Equatable {
    /// What the reader's program calls it.
    public let name: String
    /// Such as `application/pdf`.
    public let type: String
    public let bytes: [UInt8]

    public init(name: String, type: String, bytes: [UInt8]) {
      self.name = name
      self.type = type
      self.bytes = bytes
    }
  }

  public init(
    key: MessageKey, from: MailAddress, to: MailAddress, subject: String, date: Int64,
    title: String, parts: MailParts, attachments: [Attachment] = [], corrects: Int? = nil
  ) {
    self.key = key
    self.from = from
    self.to = to
    self.subject = subject
    self.date = date
    self.title = title
    self.parts = parts
    self.attachments = attachments
    self.corrects = corrects
  }

  /// The domain of the sender, which identifiers end with.
  var domain: String {
    HeaderText.word(from.address.split(separator: "@").last.map(String.init) ?? "localhost")
  }

  /// The Message-ID without its angle brackets: the same whenever the message is made.
  public var messageID: String { identifier(revision: key.revision) }

  func identifier(revision: Int) -> String {
    let parts =
      [key.report, key.edition, key.asOf.description].map(HeaderText.word)
      + [digest] + (revision > 0 ? ["r\(revision)"] : [])
    return parts.joined(separator: ".") + "@" + domain
  }

  /// A short digest of the key, which tells recipients apart without naming them.
  var digest: String {
    MailMessage.hex(
      SHA256.digest(
        Array(
          [key.report, key.edition, key.asOf.description, key.recipient].joined(separator: "\n")
            .utf8)
      ).prefix(8))
  }

  /// Headers beside those of address, subject and date, in their order.
  var headers: [(name: String, value: String)] {
    let report = HeaderText.word(key.report)
    var headers = [
      ("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"),
      ("List-ID", "<\(report).cadastre.\(domain)>"), ("X-Cadastre-Report", report),
      ("X-Cadastre-Edition", HeaderText.word(key.edition)),
      ("X-Cadastre-As-Of", key.asOf.description),
    ]
    if let corrects {
      headers.append(("In-Reply-To", "<\(identifier(revision: corrects))>"))
    }
    return headers
  }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
