/// What one reader may see: a parameter of every query, applied before anything is summed.
public enum Scope: Hashable, Sendable {
  /// Everything.
  case company
  /// The accounts, deals and leads of a territory and its descendants, by index in the model.
  case territory(Int)
  /// One family, by the row of its ultimate parent.
  case family(Int)
  /// What a manager answers for: what the manager (by row of the user) and everybody below own, and
  /// what the territories hold that the manager leads, by index in the model, with all below them.
  case manager(Int, territories: [Int])
  /// Records one by one, such as what somebody holds under either of two models.
  case records(RecordScope)
}

/// A scope whose records are named one by one.
///
/// What belongs to its records is in scope with them: lines, splits and due dates of its deals,
/// activities and revenue of its accounts.
public struct RecordScope: Hashable, Sendable {
  /// What the scope is called in plans; two scopes of one name hold the same records.
  public let name: String
  /// Rows of accounts, ascending, each once; likewise the others.
  public let accounts: [Int32]
  public let deals: [Int32]
  public let leads: [Int32]
  public let quotas: [Int32]

  /// Rows in any order, with repeats or without.
  public init(
    name: String, accounts: [Int32], deals: [Int32], leads: [Int32] = [], quotas: [Int32] = []
  ) {
    func sorted(_ rows: [Int32]) -> [Int32] {
      var kept: [Int32] = []
      for row in rows.sorted() where row != kept.last { kept.append(row) }
      return kept
    }
    self.name = name
    self.accounts = sorted(accounts)
    self.deals = sorted(deals)
    self.leads = sorted(leads)
    self.quotas = sorted(quotas)
  }

  /// What is in this scope, in another, or in both.
  ///
  /// - Parameters:
  ///   - other: the other scope.
  ///   - name: what the union is called.
  /// - Returns: a scope that holds the records of both.
  public func union(_ other: RecordScope, name: String) -> RecordScope {
    RecordScope(
      name: name, accounts: accounts + other.accounts, deals: deals + other.deals,
      leads: leads + other.leads, quotas: quotas + other.quotas)
  }

  /// Few values tell most scopes apart; equality compares all.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(accounts.count)
    hasher.combine(deals.count)
  }
}
