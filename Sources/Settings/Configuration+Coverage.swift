import Records

extension Configuration {
  /// Which disagreements between owners and territories are conflicts.
  public struct Conflicts: Sendable {
    /// Whether a user of a territory counts as a user of every territory below it.
    public var ancestorsAreInsiders = true
    /// The least amount that reports show, in 1/10,000 of a unit; tables show every conflict.
    public var minAmount: Int64 = 0
    /// Users, by Id, e-mail or name, whose records are in no conflict.
    public var exemptUsers: [Located<String>] = []
    /// Roles whose users' records are in no conflict.
    public var exemptRoles: [Located<String>] = []
    /// Classes whose deals are in no conflict.
    public var exemptClasses: [String] = []
    /// Territory types that lie over others: an account may be in several of their territories.
    public var overlayTypes: [Located<String>] = []

    /// What holds without a file.
    public init() {}
  }

  /// To whom leads go.
  public struct LeadRouting: Sendable {
    /// The role whose one user in a territory gets its leads; nil: that of the planned model.
    public var ownerRole: String?
    /// Whether leads of subsidiaries go to where the ultimate parent has its headquarters.
    public var toHeadquarters = false

    /// What holds without a file.
    public init() {}
  }

  /// How long an account may go without activity.
  public struct Neglect: Sendable {
    /// Days without activity after which an account is neglected.
    public var after = 90
    /// Other days for some accounts, the first that holds.
    public var rules: [Rule] = []
    /// Users, by Id, e-mail or name, whose accounts do not count.
    public var exemptUsers: [Located<String>] = []
    /// Types of accounts that do not count.
    public var exemptTypes: [Located<String>] = []

    /// What holds without a file.
    public init() {}

    /// Days for the accounts that meet a condition.
    public struct Rule: Sendable {
      /// The text of an expression over accounts.
      public let condition: Located<String>
      /// Days without activity after which such an account is neglected.
      public let after: Int
    }
  }
}

extension Configuration {
  /// Reads the keys of this file's subject; classes have been read.
  mutating func readCoverage(_ keys: KeyReader) {
    let classes = deals.classes.map(\.name)
    conflicts = keys.read("conflicts") { Conflicts($0, classes: classes) } ?? Conflicts()
    if let days = keys.value("neglected_after")?.days(keys.findings) { neglect.after = days }
    _ = keys.read("coverage_policy") { neglect.read($0) }
    leadRouting =
      keys.read("lead_routing") { keys in
        var routing = LeadRouting()
        routing.ownerRole = keys.name("owner_role")
        routing.toHeadquarters = keys.bool("to_headquarters") ?? false
        return routing
      } ?? LeadRouting()
    catchAllTerritories = keys.names("catch_all_territories")
    if keys.value("closed_lead_statuses") != nil {
      closedLeadStatuses = keys.names("closed_lead_statuses").map(\.value)
    }
  }
}

extension Configuration.Conflicts {
  fileprivate init(_ keys: KeyReader, classes: [String]) {
    ancestorsAreInsiders = keys.bool("ancestors_are_insiders") ?? true
    minAmount = keys.decimal("min_amount") ?? 0
    exemptUsers = keys.names("exempt_users")
    exemptRoles = keys.names("exempt_roles")
    exemptClasses = Configuration.classes(
      keys.names("exempt_classes"), of: "exempt_classes", among: classes, keys.findings)
    overlayTypes = keys.names("overlay_types")
  }
}

extension Configuration.Neglect {
  fileprivate mutating func read(_ keys: KeyReader) {
    rules = keys.list("rules").compactMap { item in
      item.read(keys.findings) { rule -> Rule? in
        let condition = rule.required("where")?.located(name: keys.findings)
        let after = rule.required("after")?.days(keys.findings)
        guard let condition, let after else { return nil }
        return Rule(condition: condition, after: after)
      } ?? nil
    }
    exemptUsers = keys.names("exempt_users")
    exemptTypes = keys.names("exempt_types")
  }
}

extension Configuration {
  /// Names of classes that are defined; each other is a finding.
  static func classes(
    _ names: [Located<String>], of key: String, among classes: [String], _ findings: Findings
  ) -> [String] {
    names.compactMap { name in
      if classes.contains(name.value) { return name.value }
      findings.add(
        .value, at: name.at, "\"\(key)\" names the class \"\(name.value)\", which is not defined",
        Suggestion.sentence(
          for: name.value, in: classes,
          otherwise: classes.isEmpty
            ? "define it under classes" : "use \(Suggestion.list(classes))"))
      return nil
    }
  }
}
