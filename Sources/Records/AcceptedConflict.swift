/// The kinds of conflict between owners and territories (METRICS §2).
public enum ConflictKind: String, Hashable, Sendable, CaseIterable {
  /// The owner of an open deal is a user of none of its account's territories.
  case ownerOutside = "C1"
  /// The deal's territory is none of its account's.
  case dealElsewhere = "C2"
  /// The owner of an account is no user of its territories.
  case accountOwnerOutside = "C3"
  /// An account is in two territories of one type.
  case twoTerritories = "C4"
  /// A family is split over several territories or owners.
  case splitFamily = "C5"
  /// A lead's matched account is owned by another.
  case leadElsewhere = "C6"
  /// The owner is no active user.
  case inactiveOwner = "C7"

  /// What it is, in a few words for people.
  public var words: String {
    switch self {
    case .ownerOutside: "deal owner outside the territory"
    case .dealElsewhere: "deal in another territory than its account"
    case .accountOwnerOutside: "account owner outside the territory"
    case .twoTerritories: "account in two territories of one type"
    case .splitFamily: "family split over territories or owners"
    case .leadElsewhere: "lead whose account has another owner"
    case .inactiveOwner: "inactive owner"
    }
  }
}

/// A conflict that is known and left as it is.
public struct AcceptedConflict: Hashable, Sendable {
  public let kind: ConflictKind
  public let record: Record
  /// The last day on which it is accepted; nil: until the row is removed.
  public let until: Day?
  /// Why it is accepted; nil where not said.
  public let reason: String?

  public init(kind: ConflictKind, record: Record, until: Day?, reason: String?) {
    self.kind = kind
    self.record = record
    self.until = until
    self.reason = reason
  }

  /// Row of the record that it is about; a split family is named by its root.
  public enum Record: Hashable, Sendable {
    case deal(Int32)
    case account(Int32)
    case lead(Int32)
  }

  /// What one conflict is told from another by.
  public struct Subject: Hashable, Sendable {
    public let kind: ConflictKind
    public let record: Record

    public init(kind: ConflictKind, record: Record) {
      self.kind = kind
      self.record = record
    }
  }

  public var subject: Subject { Subject(kind: kind, record: record) }

  /// Whether the conflict is accepted on a day.
  public func holds(on day: Day) -> Bool { until.map { day <= $0 } ?? true }
}
