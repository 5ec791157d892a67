import Records

/// What makes two messages the same one: nobody gets an edition of a day twice.
///
/// Grain: one per report, edition, as-of date, recipient and revision.
public struct MessageKey: Hashable, Sendable {
  /// Name of the report's definition.
  public let report: String
  /// Kind and Id of the edition, such as `territory:0MI000000000001`; of several, of the first.
  public let edition: String
  public let asOf: Day
  /// The address, in lower case.
  public let recipient: String
  /// 0 for the first message; a corrected one counts up.
  public var revision: Int

  /// - Parameters:
  ///   - report: name of the report's definition.
  ///   - edition: kind and Id of the edition.
  ///   - asOf: the day whose knowledge it shows.
  ///   - recipient: the address.
  ///   - revision: 0 for the first message.
  public init(report: String, edition: String, asOf: Day, recipient: String, revision: Int = 0) {
    self.report = report
    self.edition = edition
    self.asOf = asOf
    self.recipient = recipient.lowercased()
    self.revision = revision
  }
}

extension MessageKey: Comparable {
  public static func < (left: MessageKey, right: MessageKey) -> Bool {
    (left.asOf, left.report, left.edition, left.recipient, left.revision)
      < (right.asOf, right.report, right.edition, right.recipient, right.revision)
  }
}
