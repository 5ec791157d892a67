import History
import Records
import Settings

/// What stands beside a message in the outbox: for whom it is, and what it says in short.
public struct Envelope: Equatable, Sendable {
  public let key: MessageKey
  /// What people call the recipient; nil where only the address is known.
  public let recipientName: String?
  /// The sender's address.
  public let from: String
  public let subject: String
  /// Names of the editions in it, the first leads.
  public let editions: [String]
  /// Whether it waits for somebody to approve it.
  public let needsApproval: Bool
  /// Whether it goes by mail, where a server is named, or to a folder.
  public let deliver: Configuration.Deliver
  /// A digest of what it says: the same report made again has the same.
  public let content: String
  /// The figures of its first section, to say what a correction changed.
  public let figures: [Figure]
  /// A digest of each section, by its title.
  public let sections: [Section]

  /// A figure as the reader saw it.
  public struct Figure: Codable, Hashable, Sendable {
    public let label: String
    public let value: String

    public init(label: String, value: String) {
      self.label = label
      self.value = value
    }
  }

  /// What a section said, as a digest.
  public struct Section: Codable, Hashable, Sendable {
    public let title: String
    public let digest: String

    public init(title: String, digest: String) {
      self.title = title
      self.digest = digest
    }
  }

  public init(
    key: MessageKey, recipientName: String?, from: String, subject: String, editions: [String],
    needsApproval: Bool, deliver: Configuration.Deliver, content: String, figures: [Figure],
    sections: [Section]
  ) {
    self.key = key
    self.recipientName = recipientName
    self.from = from
    self.subject = subject
    self.editions = editions
    self.needsApproval = needsApproval
    self.deliver = deliver
    self.content = content
    self.figures = figures
    self.sections = sections
  }

  /// What stands in a message until it is approved, unlike anything a report says.
  public static func approvalMark(_ key: MessageKey) -> String {
    "waiting for approval (\(Outbox.digest(of: key)))"
  }
}

extension Envelope: Codable {
  private enum Keys: String, CodingKey {
    case report, edition, asOf, recipient, revision, recipientName, from, subject, editions
    case needsApproval, deliver, content, figures, sections
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Keys.self)
    let asOf = Day(iso: try values.decode(String.self, forKey: .asOf))
    let deliver = Configuration.Deliver(rawValue: try values.decode(String.self, forKey: .deliver))
    guard let asOf, let deliver else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "no envelope"))
    }
    self.init(
      key: MessageKey(
        report: try values.decode(String.self, forKey: .report),
        edition: try values.decode(String.self, forKey: .edition), asOf: asOf,
        recipient: try values.decode(String.self, forKey: .recipient),
        revision: try values.decode(Int.self, forKey: .revision)),
      recipientName: try values.decodeIfPresent(String.self, forKey: .recipientName),
      from: try values.decode(String.self, forKey: .from),
      subject: try values.decode(String.self, forKey: .subject),
      editions: try values.decode([String].self, forKey: .editions),
      needsApproval: try values.decode(Bool.self, forKey: .needsApproval), deliver: deliver,
      content: try values.decode(String.self, forKey: .content),
      figures: try values.decode([Figure].self, forKey: .figures),
      sections: try values.decode([Section].self, forKey: .sections))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Keys.self)
    try values.encode(key.report, forKey: .report)
    try values.encode(key.edition, forKey: .edition)
    try values.encode(key.asOf.description, forKey: .asOf)
    try values.encode(key.recipient, forKey: .recipient)
    try values.encode(key.revision, forKey: .revision)
    try values.encodeIfPresent(recipientName, forKey: .recipientName)
    try values.encode(from, forKey: .from)
    try values.encode(subject, forKey: .subject)
    try values.encode(editions, forKey: .editions)
    try values.encode(needsApproval, forKey: .needsApproval)
    try values.encode(deliver.rawValue, forKey: .deliver)
    try values.encode(content, forKey: .content)
    try values.encode(figures, forKey: .figures)
    try values.encode(sections, forKey: .sections)
  }
}
