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

  /// A message with another Date: a message is made once and sent later.
  ///
  /// - Parameters:
  ///   - bytes: the message, as `bytes()` makes it.
  ///   - date: seconds since 1970.
  /// - Returns: the message; unchanged where it has no Date.
  public static func dated(_ bytes: [UInt8], _ date: Int64) -> [UInt8] {
    let name = Array("\r\nDate: ".utf8)
    // Headers end at the first empty line; what stands behind it is the reader's.
    var start = 0
    while start + name.count < bytes.count {
      if bytes[start] == 0x0D {
        if bytes[start..<start + 4].elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) { return bytes }
        if bytes[start..<start + name.count].elementsEqual(name) { break }
      }
      start += 1
    }
    start += name.count
    guard start < bytes.count, let end = bytes[start...].firstIndex(of: 0x0D) else { return bytes }
    return bytes[..<start] + Array(dateText(date).utf8) + bytes[end...]
  }

  /// Such as `Mon, 23 Nov 2026 07:00:00 +0000` (RFC 5322).
  static func dateText(_ seconds: Int64) -> String {
    let days = Int32((Double(seconds) / 86_400).rounded(.down))
    let day = Day(number: days)
    let rest = Int(seconds - Int64(days) * 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let parts = day.description.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return "" }
    return "\(weekdays[day.weekday - 1]), \(two(parts[2])) \(months[parts[1] - 1]) \(parts[0]) "
      + "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)) +0000"
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
