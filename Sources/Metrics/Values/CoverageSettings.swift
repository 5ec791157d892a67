import Records

/// What the configuration says about conflicts, neglect and catch-all territories.
public struct CoverageSettings: Hashable, Sendable {
  /// A user, role, type or territory as the configuration names it.
  public struct Name: Hashable, Sendable {
    public let text: String
    public let at: SourcePosition

    public init(_ text: String, at: SourcePosition = SourcePosition(file: "cadastre.yaml")) {
      self.text = text
      self.at = at
    }
  }

  /// Days without activity for the accounts that meet a condition.
  public struct NeglectRule: Hashable, Sendable {
    public let condition: ExpressionText
    public let after: Int

    public init(condition: ExpressionText, after: Int) {
      self.condition = condition
      self.after = after
    }
  }

  /// Whether a user of a territory counts as a user of every territory below it.
  public var ancestorsAreInsiders = true
  /// The least amount of a conflict that reports show, in 1/10,000 of a unit.
  public var minAmount: Int64 = 0
  /// Users whose records are in no conflict.
  public var conflictExemptUsers: [Name] = []
  /// Roles whose users' records are in no conflict.
  public var conflictExemptRoles: [Name] = []
  /// Classes whose deals are in no conflict.
  public var conflictExemptClasses: [String] = []
  /// Territory types of which an account may be in several.
  public var overlayTypes: [Name] = []
  /// Days without activity after which an account is neglected, where no rule says otherwise.
  public var neglectedAfter = 90
  /// Other days for some accounts; the first rule that holds decides.
  public var neglectRules: [NeglectRule] = []
  /// Users whose accounts do not count as neglected, nor at all.
  public var neglectExemptUsers: [Name] = []
  /// Types of accounts that do not count.
  public var neglectExemptTypes: [Name] = []
  /// Territories that take what no other does, and are left out of the balance.
  public var catchAllTerritories: [Name] = []

  public init() {}
}
