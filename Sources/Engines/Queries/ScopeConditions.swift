import Metrics
import Records

extension FactSelect {
  /// Which rows of a fact a scope holds; empty where all do.
  ///
  /// - Parameters:
  ///   - fact: the rows.
  ///   - scope: the scope.
  ///   - topQuotasOnly: whether only quotas that stand for the whole scope count.
  /// - Returns: a condition.
  /// - Throws: what SQL cannot say.
  func condition(
    _ fact: Fact, in scope: Scope, topQuotasOnly: Bool
  ) throws -> String {
    let isCounted =
      schema.isMultiCurrency && schema.column("CurrencyIsoCode", of: .opportunity) != nil
    switch fact {
    case .opportunities:
      let own = try deals(scope, alias)
      return joined([isCounted ? "\(alias).IsCounted" : "", own])
    case .lineItems, .splits:
      if fact == .splits { relations.note("value", of: .opportunity) }
      if scope == .company, !isCounted { return "" }
      guard let deal = row(along: ["OpportunityId"]) else {
        return scope == .company ? "" : "false"
      }
      if scope == .company { return "\(deal.alias).IsCounted IS NOT FALSE" }
      return joined([isCounted ? "\(deal.alias).IsCounted" : "", try deals(scope, deal.alias)])
    case .accounts: return try accounts(scope, alias)
    case .quotas: return try quotas(scope, topQuotasOnly: topQuotasOnly)
    case .dueDeals:
      // Made of deals that count alone.
      guard scope != .company else { return "" }
      guard let deal = row(along: ["OpportunityId"]) else { return "false" }
      return joined([isCounted ? "\(deal.alias).IsCounted" : "", try deals(scope, deal.alias)])
    case .costs: return scope == .company ? "" : "false"
    case .leads: return try leads(scope)
    case .revenueMovements, .familyRevenueMovements, .activities:
      if fact != .activities { relations.noteSubscriptions() }
      guard scope != .company else { return "" }
      guard let account = row(along: ["AccountId"]) else { return "false" }
      if case .family = scope { return try accounts(scope, account.alias) }
      guard fact == .familyRevenueMovements else { return try accounts(scope, account.alias) }
      // A family's row sums over all its accounts, so all of them must be in scope.
      relations.note("root", of: .account)
      return "\(account.alias).root NOT IN (SELECT relative.root FROM accounts AS relative"
        + " WHERE NOT (\(try accounts(scope, "relative"))))"
    }
  }

  private func joined(_ conditions: [String]) -> String {
    conditions.filter { !$0.isEmpty }.joined(separator: " AND ")
  }

  private func deals(_ scope: Scope, _ deal: String) throws -> String {
    switch scope {
    case .company: return ""
    case .territory(let top):
      relations.note("territory", of: .opportunity)
      try relations.lineage()
      return "\(deal).territory IN (\(subtree(top)))"
    case .manager(let user, let tops):
      relations.note("territory", of: .opportunity)
      let isHeld = tops.isEmpty ? "" : "\(deal).territory IN (\(try subtrees(tops)))"
      return either(isHeld, try isOwned("OwnerId", of: .opportunity, deal, by: user))
    case .records(let records): throw NotPrinted.finding("the scope \"\(records.name)\"")
    case .family(let root):
      relations.note("root", of: .account)
      relations.later.append { try $0.require(.account) }
      guard let account = schema.column("AccountId", of: .opportunity) else { return "false" }
      return "\(deal).\(dialect.identifier(account.name)) IN (SELECT member.Id FROM accounts AS"
        + " member WHERE member.root = \(dialect.literal(schema.accountKey(root))))"
    }
  }

  private func accounts(_ scope: Scope, _ account: String) throws -> String {
    switch scope {
    case .company: return ""
    case .territory(let top):
      guard schema.coversAccounts else {
        relations.later.append { try $0.require(.opportunity) }
        // Without associations the only tie of an account to a territory is a deal of its.
        return try haveDeals(scope, account)
      }
      try relations.accountTerritories()
      try relations.lineage()
      return "\(account).Id IN (SELECT account FROM account_territory"
        + " WHERE territory IN (\(subtree(top))))"
    case .manager(let user, let tops):
      let isOwned = try isOwned("OwnerId", of: .account, account, by: user)
      guard schema.coversAccounts else {
        relations.later.append { try $0.require(.opportunity) }
        return either(try haveDeals(scope, account), isOwned)
      }
      guard !tops.isEmpty else { return isOwned }
      try relations.accountTerritories()
      return either(
        "\(account).Id IN (SELECT account FROM account_territory"
          + " WHERE territory IN (\(try subtrees(tops))))", isOwned)
    case .records(let records): throw NotPrinted.finding("the scope \"\(records.name)\"")
    case .family(let root):
      relations.note("root", of: .account)
      return "\(account).root = \(dialect.literal(schema.accountKey(root)))"
    }
  }

  /// Accounts with a deal in scope.
  private func haveDeals(_ scope: Scope, _ account: String) throws -> String {
    let condition = try FactSelect(.opportunity, alias: "deal", relations: relations)
      .condition(.opportunities, in: scope, topQuotasOnly: false)
    return "\(account).Id IN (SELECT deal.AccountId FROM opportunities AS deal WHERE \(condition))"
  }

  /// Leads follow the membership of their owners.
  private func leads(_ scope: Scope) throws -> String {
    switch scope {
    case .company: return ""
    case .family: return "false"
    case .records(let records): throw NotPrinted.finding("the scope \"\(records.name)\"")
    case .manager(let user, let tops):
      guard let owner = schema.column("OwnerId", of: .lead) else { return "false" }
      let holder = "\(alias).\(dialect.identifier(owner.name))"
      return either(
        try isMember(holder, of: tops), try isOwned("OwnerId", of: .lead, alias, by: user))
    case .territory(let top):
      guard let owner = schema.column("OwnerId", of: .lead) else { return "false" }
      try relations.lineage()
      try relations.members()
      return "\(alias).\(dialect.identifier(owner.name)) IN (SELECT person FROM member"
        + " WHERE territory IN (\(subtree(top))))"
    }
  }

  /// Quotas of territories stand for all below them: a total takes the tops' and adds no levels.
  private func quotas(_ scope: Scope, topQuotasOnly: Bool) throws -> String {
    if case .family = scope { return "false" }
    if case .records(let records) = scope {
      throw NotPrinted.finding("the scope \"\(records.name)\"")
    }
    guard scope != .company || topQuotasOnly else { return "" }
    try relations.territories()
    try relations.exported(.territory)
    let own = schema.column("Territory2Id", of: .quota).map { "\(alias).\($0.name)" }
    var conditions: [String] = []
    var inside: (tops: [Int], user: Int?)?
    if case .territory(let top) = scope { inside = ([top], nil) }
    if case .manager(let user, let tops) = scope { inside = (tops, user) }
    if let (held, user) = inside {
      let holder = schema.column("QuotaOwnerId", of: .quota).map { "\(alias).\($0.name)" }
      let isMember = try holder.map { try self.isMember($0, of: held) } ?? "false"
      let isOfHolder =
        try user.map {
          either(isMember, try isOwned("QuotaOwnerId", of: .quota, alias, by: $0))
        } ?? isMember
      let isHeld = try own.map { held.isEmpty ? "false" : "\($0) IN (\(try subtrees(held)))" }
      if let own, let isHeld {
        conditions.append(
          "CASE WHEN \(own) IN (SELECT Id FROM Territory2) THEN \(isHeld) ELSE \(isOfHolder) END")
      } else {
        conditions.append(isOfHolder)
      }
    }
    if topQuotasOnly, let own {
      var tops =
        "SELECT t.id FROM territory AS t LEFT JOIN territory AS above"
        + " ON above.id = t.parent WHERE above.id IS NULL"
      if let (held, _) = inside {
        tops = held.isEmpty ? dialect.null("VARCHAR") : literals(held)
      }
      conditions.append("(\(own) IS NULL OR \(own) IN (\(tops)))")
    }
    return joined(conditions)
  }

  private func subtree(_ top: Int) -> String {
    "SELECT id FROM lineage WHERE ancestor = \(dialect.literal(schema.territoryKey(top)))"
  }

  private func subtrees(_ tops: [Int]) throws -> String {
    try relations.lineage()
    return "SELECT id FROM lineage WHERE ancestor IN (\(literals(tops)))"
  }

  private func literals(_ tops: [Int]) -> String {
    tops.map { dialect.literal(schema.territoryKey($0)) }.joined(separator: ", ")
  }

  /// Whether a user is an active member of a territory below some.
  private func isMember(_ user: String, of tops: [Int]) throws -> String {
    guard !tops.isEmpty else { return "false" }
    try relations.members()
    return "\(user) IN (SELECT person FROM member WHERE territory IN (\(try subtrees(tops))))"
  }

  /// Whether a record is a manager's or that of somebody below.
  private func isOwned(
    _ field: String, of entity: Entity, _ alias: String, by user: Int
  ) throws -> String {
    guard let owner = schema.column(field, of: entity) else { return "false" }
    try relations.seniority()
    return "\(alias).\(dialect.identifier(owner.name)) IN (SELECT person FROM senior"
      + " WHERE senior = \(dialect.literal(schema.userKey(user))))"
  }

  private func either(_ left: String, _ right: String) -> String {
    left.isEmpty ? right : "(\(left) OR \(right))"
  }
}

extension Relations {
  /// Defines by which member each account of a scope is named, and gives the relation's name.
  ///
  /// A family is named by its root, else by its first account in scope.
  func namedAccounts(_ scope: Scope, ofFamilies: Bool) throws -> String {
    let select = FactSelect(.account, alias: "account", relations: self)
    let condition = try select.condition(.accounts, in: scope, topQuotasOnly: false)
    let suffix =
      switch scope {
      case .company: ""
      case .territory(let top): "_of_territory_\(top)"
      case .family(let root): "_of_family_\(root)"
      case .manager(let user, _): "_of_manager_\(user)"
      case .records: "_of_records"
      }
    let name = (ofFamilies ? "named_family" : "named_account") + suffix
    if ofFamilies { note("root", of: .account) }
    later.append { relations throws in
      try relations.require(.account)
      if !relations.schema.coversAccounts { try relations.require(.opportunity) }
      let kept =
        "SELECT account.Id, \(ofFamilies ? "account.root" : "account.Id AS root") FROM accounts AS account"
        + (condition.isEmpty ? "" : " WHERE \(condition)")
      try relations.define(name, "Accounts of the scope, by the name that they may have there.") {
        ofFamilies
          ? """
          WITH inside AS (\(kept)), named AS (
            SELECT root, CASE WHEN max(CASE WHEN Id = root THEN 1 ELSE 0 END) = 1 THEN root
              ELSE min(Id) END AS member FROM inside GROUP BY root)
          SELECT inside.Id AS account, named.member
          FROM inside JOIN named ON named.root = inside.root
          """ : "SELECT Id AS account, root AS member FROM (\(kept)) AS inside"
      }
    }
    return name
  }
}
