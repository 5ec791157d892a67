import Metrics
import Records

// Tables whose rows are those of queries.
extension TablePrinter {
  func salesCycles() throws -> String {
    add("territory_id", .id, "answer_0.territory_id")
    add("territory", .name, "answer_0.territory_id", "answer_0.territory")
    for name in ["won_count", "median_days", "p90_days", "mean_days"] {
      metric(name, name, of: 0)
    }
    let hasModel = schema.activeModel.exists ? "" : " AND false"
    return "SELECT \(list)\nFROM answer_0\nWHERE answer_0.won_count <> 0\(hasModel)"
      + "\nORDER BY answer_0.territory_id"
  }

  func winRates() throws -> String {
    var parts: [String] = []
    for (index, dimension) in ["owner", "segment", "territory"].enumerated() {
      nextPart()
      let answer = "answer_\(index)"
      let id = dimension == "segment" ? "\(answer).segment" : "\(answer).\(dimension)_id"
      add("dimension", .text, dialect.literal(dimension))
      add("member_id", .id, id)
      add("member", .name, id, "\(answer).\(dimension)")
      metric("won_count", "won_count", of: index)
      metric("lost_count", "lost_count", of: index)
      metric("won_amount", "rated_won_amount", of: index)
      metric("lost_amount", "rated_lost_amount", of: index)
      metric("win_rate_count", "win_rate_count", of: index)
      metric("win_rate_amount", "win_rate_amount", of: index)
      parts.append("SELECT \(list)\nFROM \(answer)\nWHERE \(answer).closed_count <> 0")
    }
    return parts.joined(separator: "\nUNION ALL\n") + "\nORDER BY c0, c1"
  }

  func unassignedAccounts() throws -> String {
    relations.note("isunassigned", of: .account)
    relations.later.append { relations in
      try relations.require(.account)
      try relations.require(.user)
    }
    let owner = relations.column("OwnerId", of: .account, "account")
    let name = relations.column("Name", of: .account, "account") ?? dialect.null("VARCHAR")
    add("account_id", .id, "account.Id")
    add("account", .name, "account.Id", name)
    add("owner_id", .id, "owner.Id")
    add("owner", .name, "owner.Id", userName("owner"))
    metric("open_amount", "open_amount", of: 0)
    metric("open_count", "open_count", of: 0)
    return """
      SELECT \(list)
      FROM accounts AS account
      LEFT JOIN answer_0 ON answer_0.account_id = account.Id
      LEFT JOIN \(relations.name(of: .user)) AS owner ON owner.Id = \(owner ?? "NULL")
      WHERE account.IsUnassigned AND \(try isListed("account"))
      ORDER BY coalesce(answer_0.open_amount, 0) DESC, account.Id
      """
  }

  func owners() throws -> String {
    relations.later.append { try $0.require(.user) }
    let manager = relations.column("ManagerId", of: .user, "person")
    add("owner_id", .id, "person.Id")
    add("owner", .name, "person.Id", userName("person"))
    add("manager_id", .id, "manager.Id")
    metric("accounts", "accounts", of: 0)
    metric("accounts_sold_to", "accounts_sold_to", of: 0)
    metric("won_amount", "won_amount", of: 1)
    metric("won_count", "won_count", of: 1)
    metric("open_amount", "open_amount", of: 0)
    metric("weighted_pipeline", "weighted_pipeline", of: 0)
    for name in ["win_rate_count", "win_rate_amount", "median_days", "median_deal"] {
      metric(name, name, of: 2)
    }
    metric("products_sold", "products_sold", of: 0)
    metric("quota", "owner_quota", of: 1)
    metric("attainment", "owner_attainment", of: 1)
    let users = relations.name(of: .user)
    return """
      SELECT \(list)
      FROM \(users) AS person
      LEFT JOIN \(users) AS manager ON manager.Id = \(manager ?? dialect.null("VARCHAR"))
      LEFT JOIN answer_0 ON answer_0.owner_id = person.Id
      LEFT JOIN answer_1 ON answer_1.owner_id = person.Id
      LEFT JOIN answer_2 ON answer_2.owner_id = person.Id
      WHERE answer_0.accounts > 0 OR answer_0.deals > 0
      ORDER BY person.Id
      """
  }

  func repFit() throws -> String {
    add("owner_id", .id, "answer_0.owner_id")
    add("band", .text, "answer_0.deal_band")
    add("segment", .text, "answer_0.segment")
    for name in ["won_count", "closed_count", "win_rate_count", "median_deal"] {
      metric(name, name, of: 0)
    }
    return """
      SELECT \(list)
      FROM answer_0
      WHERE answer_0.closed_count <> 0
      ORDER BY answer_0.owner_id, answer_0.deal_band, answer_0.segment
      """
  }

  func families() throws -> String {
    relations.note("root", of: .account)
    let inScope = scope == .company ? nil : try isInScope("inside")
    relations.later.append { try $0.consolidatedRevenue(of: inScope) }
    add("root_id", .id, "answer_0.family_id")
    add("root", .name, "answer_0.family_id", "answer_0.family")
    metric("accounts", "accounts", of: 0)
    metric("annual_revenue", "annual_revenue", of: 0)
    add("annual_revenue_consolidated", .money, "consolidated.revenue")
    metric("won_amount", "won_amount", of: 0)
    metric("open_amount", "open_amount", of: 0)
    metric("products", "products_sold", of: 0)
    metric("territories", "account_territories", of: 0)
    metric("owners", "account_owners", of: 0)
    return """
      SELECT \(list)
      FROM answer_0 LEFT JOIN accounts AS named ON named.Id = answer_0.family_id
      LEFT JOIN \(inScope == nil ? "consolidated" : "consolidated_in_scope") AS consolidated
        ON consolidated.account = named.root
      WHERE answer_0.accounts > 0
      ORDER BY coalesce(answer_0.won_amount, 0) DESC, answer_0.family_id
      """
  }

  func territories() throws -> String {
    relations.later.append { relations in
      try relations.territories()
      try relations.lineage()
      try relations.members()
      try relations.require(.user)
    }
    add("territory_id", .id, "line.id")
    add("territory", .name, "line.id", "line.name")
    add("parent_id", .id, "line.parent")
    add("level", .count, "line.level")
    add("users", .count, "line.users")
    metric("accounts", "accounts", of: 1)
    metric("won_amount", "won_amount", of: 0)
    metric("won_count", "won_count", of: 0)
    let states = ["weighted_pipeline", "open_amount", "open_count"]
    for name in states { metric(name, name, of: 1) }
    for name in ["won_amount", "won_count"] { metric("subtree_" + name, name, of: 2) }
    for name in states { metric("subtree_" + name, name, of: 3) }
    metric("quota", "quota", of: 2)
    metric("attainment", "attainment", of: 2)
    metric("coverage", "coverage", of: 4)
    add("territory_key", .name, "line.id_without_key", "line.developer_name")
    let (unassigned, former) = (
      dialect.literal(Remainder.unassigned), dialect.literal(Remainder.formerTerritory)
    )
    let known = schema.strangers.contains(.user) ? " AND person.is_known" : ""
    let text = dialect.null("VARCHAR")
    let joins = (0..<5).map { index in
      let member = index == 2 || index == 3 || index == 4 ? "territory_subtree_id" : "territory_id"
      return "\nLEFT JOIN answer_\(index) ON answer_\(index).\(member) = line.id"
    }
    var none = schema.activeModel.exists ? "" : "\nWHERE false"
    if schema.activeModel.exists, tops != nil {
      none = "\nWHERE \(try isInside("line.id"))"
    }
    return """
      SELECT \(list)
      FROM (
        SELECT t.id, t.name, above.id AS parent, (
            SELECT count(*) - 1 FROM lineage WHERE lineage.id = t.id) AS level, (
            SELECT count(*) FROM member WHERE member.territory = t.id) AS users,
          t.developer_name, t.id AS id_without_key, 1 AS place
        FROM territory AS t LEFT JOIN territory AS above ON above.id = t.parent
        UNION ALL
        SELECT \(unassigned), \(unassigned), \(text), NULL, (
            SELECT count(*) FROM \(relations.name(of: .user)) AS person
            WHERE person.Id NOT IN (SELECT person FROM member)\(known)), \(text), \(text), 0
        UNION ALL
        SELECT \(former), \(former), \(text), NULL, 0, \(text), \(text), 0
        WHERE EXISTS (
          SELECT 1 FROM answer_1 WHERE answer_1.territory_id = \(former) AND answer_1.deals > 0)
      ) AS line\(joins.joined())\(none)
      ORDER BY line.place, line.id
      """
  }

  func userName(_ alias: String) -> String {
    !schema.has(.user) || schema.column("Name", of: .user) != nil
      ? "\(alias).Name" : dialect.null("VARCHAR")
  }
}

extension Relations {
  /// Defines the larger of each account's revenue and the sum of its children's, from the leaves up.
  ///
  /// - Parameter inScope: a condition of the accounts, called `inside`, whose revenue counts; nil: all.
  /// - Throws: what SQL cannot say.
  func consolidatedRevenue(of inScope: String? = nil) throws {
    try accountRevenues()
    try families()
    try define("family_level", "Each account with its parent in the family's tree, and its depth.")
    {
      let parent = column("ParentId", of: .account, "a")
      let none = dialect.null("VARCHAR")
      guard parent != nil else {
        return "SELECT Id AS account, Id AS root, \(none) AS parent, 0 AS depth, Id AS path"
          + " FROM Account"
      }
      // No Id holds the first of all characters, so a path sorts in front of those below it alone.
      let step = dialect.literal("\u{1}")
      return """
        WITH RECURSIVE tree AS (
          SELECT p.account, p.account AS root, \(none) AS parent, 0 AS depth, p.account AS path
          FROM parent AS p
          WHERE p.parent IS NULL OR p.account IN (SELECT account FROM cycle_root)
          UNION ALL
          SELECT p.account, tree.root, tree.account, tree.depth + 1,
            tree.path || \(step) || p.account
          FROM tree JOIN parent AS p ON p.parent = tree.account
          WHERE p.account NOT IN (SELECT account FROM cycle_root)
        )
        SELECT account, root, parent, depth, path FROM tree
        """
    }
    if inScope != nil { try require(.account) }
    let counted = inScope.map {
      "CASE WHEN f.account IN (SELECT inside.Id FROM accounts AS inside WHERE \($0))"
        + " THEN a.revenue END"
    }
    let name = inScope == nil ? "consolidated" : "consolidated_in_scope"
    try define(name, "Annual revenue, consolidated: level by level from the deepest up.") {
      dialect.rising(
        """
          SELECT f.account, f.root, f.parent, f.depth, f.path,
            greatest(coalesce(\(counted ?? "a.revenue"), 0), 0) AS revenue
          FROM family_level AS f JOIN account_revenue AS a ON a.account = f.account
        """)
    }
  }
}
