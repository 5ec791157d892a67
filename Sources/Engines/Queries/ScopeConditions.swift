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
      guard fact == .familyRevenueMovements, case .territory = scope else {
        return try accounts(scope, account.alias)
      }
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
        return "\(account).Id IN (SELECT deal.AccountId FROM opportunities AS deal"
          + " WHERE \(try FactSelect(.opportunity, alias: "deal", relations: relations).condition(.opportunities, in: scope, topQuotasOnly: false)))"
      }
      try relations.accountTerritories()
      try relations.lineage()
      return "\(account).Id IN (SELECT account FROM account_territory"
        + " WHERE territory IN (\(subtree(top))))"
    case .family(let root):
      relations.note("root", of: .account)
      return "\(account).root = \(dialect.literal(schema.accountKey(root)))"
    }
  }

  /// Leads follow the membership of their owners.
  private func leads(_ scope: Scope) throws -> String {
    switch scope {
    case .company: return ""
    case .family: return "false"
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
    guard scope != .company || topQuotasOnly else { return "" }
    try relations.territories()
    try relations.exported(.territory)
    let own = schema.column("Territory2Id", of: .quota).map { "\(alias).\($0.name)" }
    var conditions: [String] = []
    if case .territory(let top) = scope {
      try relations.lineage()
      try relations.members()
      let holder = schema.column("QuotaOwnerId", of: .quota).map { "\(alias).\($0.name)" }
      let isOfHolder =
        holder.map {
          "\($0) IN (SELECT person FROM member WHERE territory IN (\(subtree(top))))"
        } ?? "false"
      conditions.append(
        own.map {
          "CASE WHEN \($0) IN (SELECT Id FROM Territory2) THEN \($0) IN (\(subtree(top)))"
            + " ELSE \(isOfHolder) END"
        } ?? isOfHolder)
    }
    if topQuotasOnly, let own {
      var tops =
        "SELECT t.id FROM territory AS t LEFT JOIN territory AS above"
        + " ON above.id = t.parent WHERE above.id IS NULL"
      if case .territory(let top) = scope { tops = dialect.literal(schema.territoryKey(top)) }
      conditions.append("(\(own) IS NULL OR \(own) IN (\(tops)))")
    }
    return joined(conditions)
  }

  private func subtree(_ top: Int) -> String {
    "SELECT id FROM lineage WHERE ancestor = \(dialect.literal(schema.territoryKey(top)))"
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
