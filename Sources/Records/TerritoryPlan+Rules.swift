extension TerritoryPlan {
  /// A rule by which accounts come to territories.
  public struct Rule: Hashable, Sendable {
    public var developerName: String
    public var name: String
    /// A rule that is not active never runs.
    public var isActive: Bool
    /// The kind of record it decides about; Account everywhere so far.
    public var objectType: String
    /// How the items combine, as written; nil: all must hold.
    public var booleanFilter: String?
    /// `booleanFilter` read; nil where it cannot be, so that the rule cannot be run.
    public var filter: RuleFilter?
    /// Numbered from 1 by `filter`.
    public var items: [RuleItem]
    public var others: [PlanElement] = []
    public var at: SourcePosition?

    public init(
      developerName: String, name: String, isActive: Bool, objectType: String = "Account",
      booleanFilter: String? = nil, filter: RuleFilter? = nil, items: [RuleItem] = []
    ) {
      self.developerName = developerName
      self.name = name
      self.isActive = isActive
      self.objectType = objectType
      self.booleanFilter = booleanFilter
      self.filter = filter
      self.items = items
    }
  }

  /// One comparison of a rule.
  public struct RuleItem: Hashable, Sendable {
    /// As written: `Account.BillingState` and `BillingState` both occur.
    public var field: String
    /// As written; `RuleOperation(rawValue:)` knows those that there are.
    public var operation: String
    /// A comma list means any of; nil where the file has none.
    public var value: String?
    public var others: [PlanElement] = []
    public var at: SourcePosition?

    public init(field: String, operation: String, value: String?, at: SourcePosition? = nil) {
      self.field = field
      self.operation = operation
      self.value = value
      self.at = at
    }
  }
}

/// How an item of an assignment rule compares.
public enum RuleOperation: String, CaseIterable, Hashable, Sendable {
  case equals, notEqual, lessThan, greaterThan, lessOrEqual, greaterOrEqual
  case contains, notContain, startsWith
  /// For fields with several values.
  case includes, excludes
  /// Distance from a place, which no export holds.
  case within

  /// Whether the comparison can be made from exported fields.
  public var isSupported: Bool { self != .within }
}
