/// A parent that an account may lack, and why.
public struct ParentSuggestion: Hashable, Sendable {
  /// What speaks for a parent.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The account's DUNS number of its parent is the other's.
    case parentDUNS = "parent DUNS number"
    /// The account's DUNS number of its ultimate parent is the other's.
    case globalDUNS = "ultimate parent's DUNS number"
    /// Both have one DUNS number.
    case sameDUNS = "same DUNS number"
    /// One domain, and the names begin alike.
    case domainAndName = "domain and name"
    /// One domain, and the names share no word.
    case domain = "domain"
    /// The names are equal without legal forms and words such as Holding.
    case sameName = "name"
    /// The account's name begins with all words of the other's.
    case nameBegins = "beginning of the name"
  }

  /// Row of the account.
  public let account: Int32
  /// Row of the parent.
  public let parent: Int32
  public let reason: Reason
  /// How sure it is, of 100: grades, no probability.
  public let confidence: Int

  public init(account: Int32, parent: Int32, reason: Reason, confidence: Int) {
    self.account = account
    self.parent = parent
    self.reason = reason
    self.confidence = confidence
  }
}
