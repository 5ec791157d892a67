/// The account that a lead belongs to, and why.
public struct LeadMatch: Hashable, Sendable {
  /// How the names compare.
  public enum Name: String, Hashable, Sendable {
    /// The same letters, legal forms left out.
    case equal = "name"
    /// A few slips apart, or one begins with all words of the other.
    case near = "near name"
  }

  /// What else is equal.
  public struct Evidence: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The domain of mail or web.
    public static let domain = Evidence(rawValue: 1)
    public static let phone = Evidence(rawValue: 2)
    public static let postcode = Evidence(rawValue: 4)
  }

  /// Row of the account.
  public let account: Int32
  public let name: Name
  public let evidence: Evidence
  /// How many other accounts match as well: open deals, customers, size, age and Ids decided.
  public let rivals: Int

  public init(account: Int32, name: Name, evidence: Evidence, rivals: Int) {
    self.account = account
    self.name = name
    self.evidence = evidence
    self.rivals = rivals
  }

  /// What is equal, such as `name+domain`.
  public var reason: String {
    var reason = name.rawValue
    if evidence.contains(.domain) { reason += "+domain" }
    if evidence.contains(.phone) { reason += "+phone" }
    if evidence.contains(.postcode) { reason += "+postcode" }
    return reason
  }

  /// How sure the match is, of 100: an order of grades, no probability.
  public var confidence: Int {
    let count = evidence.rawValue.nonzeroBitCount
    let grade =
      switch name {
      case .equal: count == 0 ? 85 : count == 1 ? 95 : 99
      case .near: count > 1 ? 85 : evidence == .postcode ? 65 : 75
      }
    return rivals > 0 ? grade - 15 : grade
  }
}

/// Where a lead should go.
public struct LeadRoute: Hashable, Sendable {
  /// Who would own the lead, and by what.
  public enum Way: Hashable, Sendable {
    /// Whom the matched account was named for.
    case namedOwner
    /// The owner of the matched account.
    case accountOwner
    /// The owner of the account's ultimate parent.
    case parentOwner
    /// Whoever stands in for an owner who is away.
    case cover
    /// The one user in the owner's role of the territory.
    case territoryOwner
    /// Nobody; the territory is known, and who owns its accounts is not one user.
    case toBeNamed
    /// Nobody: no account matches, and rules put the lead into no territory.
    case noTerritory
    /// Nobody: no account matches, and rules put the lead into territories of equal priority.
    case severalTerritories
    /// Nobody: no account matches, and there are no rules to run.
    case noRules
    /// Nobody: no account matches, and a rule compares what a lead does not hold or with an operation
    /// that is not supported.
    case undecided
    /// The lead is done with, and goes nowhere.
    case closed
  }

  /// The account; nil where none matches.
  public let match: LeadMatch?
  /// Index of the territory in the model; negative where there is none.
  public let territory: Int32
  /// Row of the user; negative where nobody is named.
  public let owner: Int32
  public let way: Way

  public init(match: LeadMatch?, territory: Int32, owner: Int32, way: Way) {
    self.match = match
    self.territory = territory
    self.owner = owner
    self.way = way
  }

  /// How sure the route is, of 100; 0 where it leads to nobody.
  public var confidence: Int {
    guard owner >= 0 else { return 0 }
    return match?.confidence ?? 60
  }
}

/// What is found out about leads elsewhere, made when a figure first asks for it.
///
/// Each closure gives one entry per row of the export's leads, the same whenever it is called.
public struct LeadAnswers: Sendable {
  /// Fields, by entity.
  public typealias Fields = [(entity: Entity, names: [String])]

  /// What the account of a lead is found by.
  public static let matchFields: Fields = [
    (
      .lead,
      [
        "Id", "Company", "Email", "Website", "Phone", "PostalCode", "Country", "OwnerId",
        "IsConverted", "Status", "IsDeleted",
      ]
    ),
    (
      .account,
      [
        "Id", "Name", "OwnerId", "Website", "Phone", "BillingPostalCode", "ShippingPostalCode",
        "BillingCountry", "NumberOfEmployees", "CreatedDate", "IsPersonAccount",
      ]
    ),
    (.opportunity, ["AccountId", "IsClosed", "IsWon"]),
  ]

  /// What decides, besides, where a lead should go: its own fields are those that rules compare.
  public static let routeFields: Fields = [
    (
      .lead,
      [
        "OwnerKey", "CreatedDate", "State", "City", "Industry", "NumberOfEmployees",
        "AnnualRevenue", "LeadSource",
      ]
    ),
    (.account, ["ParentId"]), (.user, ["Id", "Name", "IsActive"]),
    (.userTerritory, ["UserId", "Territory2Id", "IsActive", "RoleInTerritory2"]),
    (
      .assignmentRule,
      [
        "Id", "MasterLabel", "DeveloperName", "ObjectType", "IsActive", "BooleanFilter",
        "Territory2ModelId",
      ]
    ),
    (.assignmentRuleItem, ["RuleId", "SortOrder", "Field", "Operation", "Value"]),
    (.ruleTerritory, ["RuleId", "TerritoryId", "IsInherited"]),
  ]

  /// The account of each lead; nil where none matches, and for leads that are done with.
  public let matches: @Sendable () -> [LeadMatch?]
  /// Where each lead should go.
  public let routes: @Sendable () -> [LeadRoute]

  public init(
    matches: @escaping @Sendable () -> [LeadMatch?], routes: @escaping @Sendable () -> [LeadRoute]
  ) {
    self.matches = matches
    self.routes = routes
  }
}
