import Metrics
import Records

// Neglect and conflicts.
extension TablePrinter {
  /// Open bookings of each account.
  private func openBookings(_ scope: Scope) throws -> String {
    """
    SELECT deal.AccountId AS account, coalesce(sum(deal.Value), 0) AS amount, count(*) AS deals
    FROM (SELECT * FROM \(try countedDeals(scope)) deal.IsOpen AND deal.IsBooking) AS deal
    GROUP BY deal.AccountId
    """
  }

  func neglectedAccounts() throws -> String {
    relations.note("isneglected", of: .account)
    readDeals(["value", "isbooking", "isopen"])
    relations.later.append { try $0.require(.account) }
    add("owner_id", .id, "sums.owner")
    add("owner", .name, "sums.owner", userName("person"))
    add("accounts", .count, "sums.accounts")
    add("neglected", .count, "sums.neglected")
    add("neglected_with_open", .count, "sums.with_open")
    add("neglected_open_amount", .money, "sums.amount")
    let open = relations.indented(try openBookings(scope), by: 4)
    return """
      SELECT \(list)
      FROM (
        SELECT owner.Id AS owner, count(*) AS accounts,
          count(*)\(dialect.filter("account.IsNeglected")) AS neglected,
          count(*)\(dialect.filter("account.IsNeglected AND open.deals > 0")) AS with_open,
          \(dialect.sum("open.amount", where: "account.IsNeglected")) AS amount
        FROM accounts AS account
        \(ownerJoin("account", "owner", .account))
        LEFT JOIN (
      \(open)
        ) AS open ON open.account = account.Id
        WHERE owner.Id IS NOT NULL AND account.IsNeglected IS NOT NULL
          AND \(try isInScope("account"))
        GROUP BY owner.Id
      ) AS sums
      LEFT JOIN \(relations.name(of: .user)) AS person ON person.Id = sums.owner
      ORDER BY sums.owner
      """
  }

  func conflicts() throws -> String {
    let coverage = settings.coverage
    relations.note("root", of: .account)
    var derived = ["value", "isbooking", "isopen", "territory"]
    if !coverage.conflictExemptClasses.isEmpty { derived.append("class") }
    readDeals(derived)
    relations.later.append { relations in
      try relations.require(.account)
      try relations.require(.user)
      try relations.insiders()
      if relations.schema.has(.contract) { try relations.exported(.contract) }
    }
    let exempt = try relations.exemptUsers(
      coverage.conflictExemptUsers, roles: coverage.conflictExemptRoles)
    let counts = exempt.map { "(owner.Id IS NULL OR owner.Id NOT IN (\($0)))" } ?? "true"
    let exemptClasses = coverage.conflictExemptClasses.map(dialect.literal).joined(separator: ", ")
    let isOfClass =
      exemptClasses.isEmpty || settings.classes.isEmpty
      ? "true" : "deal.Class NOT IN (\(exemptClasses))"
    let isInactive =
      relations.column("IsActive", of: .user, "owner").map { "\($0) IS FALSE" } ?? "false"
    add("kind", .text, "found.kind")
    add("opportunity_id", .id, "found.deal")
    // A deal in scope may be of an account that is not, which is not named there.
    add(
      "account_id", .id,
      scope == .company
        ? "found.account"
        : "CASE WHEN found.account IN (SELECT shown.Id FROM accounts AS shown"
          + " WHERE \(try isInScope("shown"))) THEN found.account END")
    add("owner_id", .id, "found.owner")
    add("territory_id", .id, "found.territory")
    add("amount", .money, "found.amount")
    add("lead_id", .id, dialect.null("VARCHAR"))
    let text = dialect.null("VARCHAR")
    let own = "owned.account, owned.owner, \(text), owned.amount"
    return """
      WITH held AS (
        SELECT account, count(*) AS territories FROM account_territory GROUP BY account
      ), open AS (
      \(relations.indented(try openBookings(scope), by: 2))
      ), open_deal AS (
        SELECT deal.Id AS deal, account.Id AS account, owner.Id AS owner,
          CASE WHEN t.id IS NOT NULL THEN t.id END AS territory, deal.Value AS amount,
          held.territories > 0 AS is_held, \(isInactive) AS is_inactive
        FROM (SELECT * FROM \(try countedDeals(scope)) deal.IsOpen) AS deal
        LEFT JOIN accounts AS account ON account.Id = deal.AccountId
        \(ownerJoin("deal", "owner", .opportunity))
        LEFT JOIN territory AS t ON t.id = deal.territory
        LEFT JOIN held ON held.account = account.Id
        WHERE \(isOfClass) AND \(counts)
      ), owned AS (
        SELECT account.Id AS account, owner.Id AS owner, coalesce(open.amount, 0) AS amount,
          coalesce(held.territories, 0) AS territories, \(isInactive) AS is_inactive
        FROM accounts AS account
        \(ownerJoin("account", "owner", .account))
        LEFT JOIN open ON open.account = account.Id LEFT JOIN held ON held.account = account.Id
        WHERE \(counts) AND \(try isInScope("account"))
      ), found AS (
        SELECT 'C1' AS kind, deal, account, owner, territory, amount FROM open_deal
        WHERE is_held AND owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM insider
          WHERE insider.person = open_deal.owner AND insider.account = open_deal.account)
        UNION ALL
        SELECT 'C2', deal, account, owner, territory, amount FROM open_deal
        WHERE is_held AND territory IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account_territory AS h
          WHERE h.account = open_deal.account AND h.territory = open_deal.territory)
        UNION ALL
        SELECT 'C7', deal, account, owner, territory, amount FROM open_deal WHERE is_inactive
        UNION ALL
        SELECT 'C3', \(text), \(own) FROM owned
        WHERE territories > 0 AND owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM insider
          WHERE insider.person = owned.owner AND insider.account = owned.account)
        UNION ALL
        SELECT 'C4', \(text), \(own) FROM owned WHERE owned.account IN (
          SELECT h.account FROM account_territory AS h JOIN territory AS t ON t.id = h.territory
          \(try comparedTypes)GROUP BY h.account, t.type HAVING count(*) > 1)
        UNION ALL
        SELECT 'C7', \(text), \(own) FROM owned WHERE is_inactive AND owned.account IN (
      \(relations.indented(try atStake, by: 4)))
        UNION ALL
        SELECT 'C5', \(text), top.Id, owner.Id, \(text), coalesce(open.amount, 0)
        FROM (\(try splitRoots(exempt))) AS family
        JOIN \(try namedFamilies()) AS named ON named.root = family.root
        JOIN accounts AS top ON top.Id = named.member
        \(ownerJoin("top", "owner", .account))
        LEFT JOIN open ON open.account = top.Id
      )
      SELECT \(list)
      FROM found
      ORDER BY found.kind, coalesce(found.amount, 0) DESC, found.deal NULLS FIRST,
        found.account NULLS FIRST
      """
  }

  /// Families of two accounts or more over several territories or owners.
  private func splitRoots(_ exempt: String?) throws -> String {
    let owner = exempt.map { "CASE WHEN owner.Id NOT IN (\($0)) THEN owner.Id END" } ?? "owner.Id"
    return """
      SELECT account.root FROM accounts AS account
        \(ownerJoin("account", "owner", .account))
        LEFT JOIN account_territory AS h ON h.account = account.Id
        GROUP BY account.root HAVING count(DISTINCT account.Id) > 1
          AND (count(DISTINCT h.territory) > 1 OR count(DISTINCT \(owner)) > 1)
      """
  }

  /// A condition that leaves out types of which an account may be in several.
  private var comparedTypes: String {
    get throws {
      let overlay = settings.coverage.overlayTypes
      guard !overlay.isEmpty, schema.has(.territoryType) else { return "" }
      let names = overlay.map { dialect.literal($0.text.lowercased()) }.joined(separator: ", ")
      let keys = overlay.map { "record_key(\(dialect.literal($0.text)))" }.joined(separator: ", ")
      var tests = ["type.Id IN (\(keys))"]
      for field in ["MasterLabel", "DeveloperName"] {
        if let cell = relations.column(field, of: .territoryType, "type") {
          tests.append("lower(\(cell)) IN (\(names))")
        }
      }
      return "WHERE t.type NOT IN (SELECT type.Id FROM Territory2Type AS type WHERE "
        + tests.joined(separator: " OR ") + ") "
    }
  }

  /// Accounts with an open deal, or with a subscription that runs on the as-of date.
  private var atStake: String {
    get throws {
      let deals =
        "SELECT deal.AccountId FROM (SELECT * FROM \(try countedDeals(scope)) deal.IsOpen) AS deal"
        + " WHERE deal.AccountId IS NOT NULL"
      guard let value = relations.column("MonthlyValue__c", of: .contract, "c"),
        let start = relations.column("StartDate", of: .contract, "c")
      else { return deals }
      let asOf = dialect.literal(schema.asOf)
      let end = relations.column("EndDate", of: .contract, "c")
      let runs = end.map { " AND (\($0) IS NULL OR \($0) >= \(asOf))" } ?? ""
      // One whose currency has no rate counts for nothing, as in recurring revenue.
      let converted = try relations.conversion(
        value, currency: relations.column("CurrencyIsoCode", of: .contract, "c"))
      return """
        \(deals)
        UNION ALL
        SELECT c.AccountId FROM Contract AS c\(converted.joins.map { "\n" + $0 }.joined())
        WHERE \(start) <= \(asOf)\(runs)
          AND c.AccountId IS NOT NULL GROUP BY c.AccountId HAVING sum(\(converted.value)) <> 0
        """
    }
  }
}

extension Relations {
  /// Defines which users work in a territory of each account, or in one above it.
  func insiders() throws {
    try accountTerritories()
    try members()
    let above = settings.coverage.ancestorsAreInsiders
    if above { try lineage() }
    try define(
      "insider", "Users of a territory of each account\(above ? ", or of one above" : "")."
    ) {
      above
        ? """
        SELECT DISTINCT member.person, held.account
        FROM account_territory AS held JOIN lineage ON lineage.id = held.territory
        JOIN member ON member.territory = lineage.ancestor
        """
        : """
        SELECT DISTINCT member.person, held.account
        FROM account_territory AS held JOIN member ON member.territory = held.territory
        """
    }
  }
}
