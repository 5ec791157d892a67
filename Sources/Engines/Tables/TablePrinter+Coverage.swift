import Metrics
import Records

// Tables that are made from the rows themselves.
extension TablePrinter {
  /// Asks for deals with what is derived for them.
  func readDeals(_ derived: [String]) {
    for name in derived { relations.note(name, of: .opportunity) }
    relations.later.append { try $0.require(.opportunity) }
  }

  /// Asks for accounts with their families, and for deals with what the condition names.
  private func readFamilies(deals derived: [String]) {
    relations.note("root", of: .account)
    relations.later.append { try $0.require(.account) }
    readDeals(derived)
  }

  private func accountName(_ alias: String) -> String {
    relations.column("Name", of: .account, alias) ?? dialect.null("VARCHAR")
  }

  /// The Id of the user who owns a row, where the export holds that user.
  func ownerJoin(_ alias: String, _ owner: String, _ entity: Entity) -> String {
    relations.later.append { try $0.require(.user) }
    return "LEFT JOIN \(relations.name(of: .user)) AS \(owner) ON \(owner).Id = "
      + (relations.column("OwnerId", of: entity, alias) ?? dialect.null("VARCHAR"))
  }

  func splitFamilies() throws -> String {
    readFamilies(deals: ["value", "isbooking", "isopen"])
    relations.later.append { try $0.accountTerritories() }
    add("root_id", .id, "named.member")
    add("root", .name, "named.member", accountName("top"))
    add("accounts", .count, "family.accounts")
    add("territories", .count, "held.territories")
    add("owners", .count, "family.owners")
    add("open_amount", .money, "coalesce(open.amount, 0)")
    return """
      SELECT \(list)
      FROM (
        SELECT account.root, count(*) AS accounts, count(DISTINCT owner.Id) AS owners
        FROM accounts AS account
        \(ownerJoin("account", "owner", .account))
        GROUP BY account.root HAVING count(*) > 1
      ) AS family
      JOIN (
        SELECT account.root, count(DISTINCT held.territory) AS territories
        FROM account_territory AS held JOIN accounts AS account ON account.Id = held.account
        GROUP BY account.root HAVING count(DISTINCT held.territory) > 1
      ) AS held ON held.root = family.root
      JOIN \(try namedFamilies()) AS named ON named.root = family.root
      LEFT JOIN accounts AS top ON top.Id = named.member
      LEFT JOIN (
        SELECT account.root, sum(deal.Value) AS amount
        FROM (SELECT * FROM \(relations.countedDeals) deal.IsOpen AND deal.IsBooking) AS deal
        JOIN accounts AS account ON account.Id = deal.AccountId
        GROUP BY account.root
      ) AS open ON open.root = family.root
      ORDER BY held.territories DESC, named.member
      """
  }

  func penetration() throws -> String {
    readFamilies(deals: ["isbooking"])
    relations.later.append { relations in
      try relations.require(.lineItem)
      try relations.require(.product)
    }
    let possible = "family.accounts * bought.products"
    let whitespace = "CAST(\(possible) - bought.pairs AS \(dialect.wholeType))"
    add("root_id", .id, "named.member")
    add("root", .name, "named.member", accountName("top"))
    add("accounts", .count, "family.accounts")
    add("products", .count, "bought.products")
    add("pairs", .count, "bought.pairs")
    add("buying_accounts", .count, "bought.buyers")
    add("penetration", .ratio(.rate), "bought.pairs", possible)
    add("whitespace", .count, whitespace)
    guard schema.has(.lineItem) else { return "SELECT \(nulls) WHERE false" }
    return """
      SELECT \(list)
      FROM (
        SELECT account.root, count(*) AS accounts FROM accounts AS account
        WHERE \(try isInScope("account")) GROUP BY account.root HAVING count(*) > 1
      ) AS family
      JOIN (
        SELECT root, count(DISTINCT product) AS products, count(DISTINCT account) AS buyers,
          count(*) AS pairs
        FROM (
          SELECT DISTINCT account.root, account.Id AS account, product.Id AS product
          FROM line_items AS line
          JOIN (SELECT * FROM \(try countedDeals(scope)) deal.IsWon AND deal.IsBooking) AS deal
            ON deal.Id = line.OpportunityId
          JOIN accounts AS account ON account.Id = deal.AccountId
          JOIN \(relations.name(of: .product)) AS product ON product.Id = line.Product2Id
          WHERE \(try isInScope("account"))
        ) AS pair GROUP BY root
      ) AS bought ON bought.root = family.root
      JOIN \(try namedFamilies()) AS named ON named.root = family.root
      LEFT JOIN accounts AS top ON top.Id = named.member
      ORDER BY \(whitespace) DESC, named.member
      """
  }

  func concentration() throws -> String {
    readFamilies(deals: ["value", "isbooking"])
    let window = settings.calendar.trailingFourQuarters(before: schema.asOf)
    add("level", .text, "level.name")
    add("n", .count, "coalesce(figures.n, 0)")
    add("top_20_percent_share", .ratio(.rate), "figures.top", "figures.total")
    add("n_to_70_percent", .count, "CASE WHEN figures.total > 0 THEN figures.to_70 END")
    add("n_to_80_percent", .count, "CASE WHEN figures.total > 0 THEN figures.to_80 END")
    add("hhi", .ratio(.rate), "figures.squares", "figures.total * figures.total")
    let whole = dialect.wholeType
    return """
      WITH won AS (
        SELECT account.Id AS account, account.root, deal.Value AS value
        FROM (SELECT * FROM \(try countedDeals(scope)) deal.IsWon AND deal.IsBooking
          AND deal.CloseDate >= \(dialect.literal(window.start))
          AND deal.CloseDate < \(dialect.literal(window.end)) AND deal.Value IS NOT NULL) AS deal
        JOIN accounts AS account ON account.Id = deal.AccountId
      ), holder AS (
        SELECT 'account' AS level, account AS id, sum(value) AS value FROM won GROUP BY account
        UNION ALL
        SELECT 'family', root, sum(value) FROM won GROUP BY root
      ), ranked AS (
        SELECT level, value, row_number() OVER largest AS place,
          count(*) OVER (PARTITION BY level) AS n,
          CAST(sum(value) OVER (PARTITION BY level ORDER BY value DESC, id
            ROWS UNBOUNDED PRECEDING) AS \(whole)) AS so_far,
          CAST(sum(value) OVER (PARTITION BY level) AS \(whole)) AS total
        FROM holder WHERE value >= 0
        WINDOW largest AS (PARTITION BY level ORDER BY value DESC, id)
      ), figures AS (
        SELECT level, max(n) AS n, max(total) AS total,
          CAST(sum(value)\(dialect.filter("5 * place < n + 5")) AS \(whole)) AS top,
          min(place)\(dialect.filter("10 * so_far >= 7 * total")) AS to_70,
          min(place)\(dialect.filter("10 * so_far >= 8 * total")) AS to_80,
          CAST(sum(value * value) AS \(whole)) AS squares
        FROM ranked GROUP BY level
      )
      SELECT \(list)
      FROM (SELECT 'account' AS name UNION ALL SELECT 'family') AS level
      LEFT JOIN figures ON figures.level = level.name
      WHERE EXISTS (SELECT 1 FROM opportunities)
      ORDER BY level.name
      """
  }

  /// As many nulls as there are cells.
  private var nulls: String {
    cells.indices.map { "NULL AS c\($0)" }.joined(separator: ", ")
  }
}
