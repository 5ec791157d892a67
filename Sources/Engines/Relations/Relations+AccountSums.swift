import Metrics
import Records

// Sums by account from which the value of accounts is made.
extension Relations {
  /// Deals that count, those whose currency has a rate; what follows is a condition.
  var countedDeals: String {
    let isCounted =
      schema.isMultiCurrency && schema.column("CurrencyIsoCode", of: .opportunity) != nil
    return isCounted
      ? "opportunities AS deal WHERE deal.IsCounted AND" : "opportunities AS deal WHERE"
  }

  /// A condition of a deal: a booking won in the trailing four quarters.
  var isRecentlyWon: String {
    let window = settings.calendar.trailingFourQuarters(before: schema.asOf)
    return "deal.IsWon AND deal.IsBooking AND deal.CloseDate >= \(dialect.literal(window.start))"
      + " AND deal.CloseDate < \(dialect.literal(window.end))"
  }

  /// Defines recurring revenue at the end of the last completed month, and twelve months before.
  func recurringRevenueNow() throws {
    let month = dialect.literal(schema.asOf.startOfMonth(adding: -1))
    let before = dialect.literal(schema.asOf.startOfMonth(adding: -13))
    func sum(_ month: String) -> String {
      let runs = "s.first_month <= \(month) AND (s.end_month IS NULL OR \(month) < s.end_month)"
      return "CAST(\(dialect.sum("s.value", where: runs)) AS \(dialect.wholeType))"
    }
    try define(
      "revenue_now", "Recurring revenue after the last completed month, and a year before."
    ) {
      "SELECT s.account, \(sum(month)) AS mrr,\n  \(sum(before)) AS before\n"
        + "FROM subscription AS s GROUP BY s.account"
    }
  }

  /// Defines the value of the open bookings of each account.
  func openPipeline() throws {
    try define("pipeline_now", "Open bookings of each account.") {
      "SELECT deal.AccountId AS account, CAST(\(dialect.sum("deal.Value", where: "")) AS"
        + " \(dialect.wholeType)) AS amount, max(deal.Value) AS largest\n"
        + "FROM \(countedDeals) deal.IsOpen AND deal.IsBooking GROUP BY deal.AccountId"
    }
  }

  /// Defines what each account bought in the trailing four quarters, and how long it took.
  func wonBookings() throws {
    try define("account_won", "Bookings won of each account in the trailing four quarters.") {
      "SELECT deal.AccountId AS account, CAST(\(dialect.sum("deal.Value", where: "")) AS"
        + " \(dialect.wholeType)) AS amount,\n  CAST(\(dialect.sum("deal.CycleDays", where: ""))"
        + " AS \(dialect.wholeType)) AS days,\n  CAST(count(deal.CycleDays) AS"
        + " \(dialect.wholeType)) AS cycles\nFROM \(countedDeals) \(isRecentlyWon)\n"
        + "GROUP BY deal.AccountId"
    }
  }

  /// Defines the annual revenue of each account in corporate currency.
  func accountRevenues() throws {
    try exported(.account)
    let converted = try conversion(
      columnOrNull("AnnualRevenue", of: .account, "a"),
      currency: column("CurrencyIsoCode", of: .account, "a"))
    try define("account_revenue", "Annual revenue in corporate currency.") {
      "SELECT a.Id AS account, \(converted.value) AS revenue\nFROM Account AS a"
        + converted.joins.map { "\n" + $0 }.joined()
    }
  }

  /// Defines how many of the products that its family bought an account did not buy: of families of
  /// two accounts or more that bought something.
  func whitespaces() throws {
    try families()
    try opportunities()
    try exported(.lineItem)
    try require(.product)
    try define("account_whitespace", "Products that its family bought and an account did not.") {
      guard schema.has(.lineItem), schema.column("Product2Id", of: .lineItem) != nil else {
        return "SELECT account, 0 AS products FROM family_member WHERE false"
      }
      return """
        WITH bought AS (
          SELECT DISTINCT family.root, family.account, product.Id AS product
          FROM OpportunityLineItem AS line
          JOIN (SELECT * FROM \(countedDeals) deal.IsWon AND deal.IsBooking) AS deal
            ON deal.Id = line.OpportunityId
          JOIN family_member AS family ON family.account = deal.AccountId
          JOIN \(name(of: .product)) AS product ON product.Id = line.Product2Id
        ), family AS (
          SELECT root FROM family_member GROUP BY root HAVING count(*) > 1
        ), of_family AS (
          SELECT root, count(DISTINCT product) AS products FROM bought GROUP BY root
        ), of_account AS (
          SELECT account, count(*) AS products FROM bought GROUP BY account
        )
        SELECT m.account, of_family.products - coalesce(of_account.products, 0) AS products
        FROM family_member AS m JOIN family ON family.root = m.root
        JOIN of_family ON of_family.root = m.root
        LEFT JOIN of_account ON of_account.account = m.account
        """
    }
  }

  /// Defines the accounts of the first tenth by score, and what speaks against their owners.
  func topAccounts() throws {
    try accountValues()
    try require(.user)
    let owner = column("OwnerId", of: .account, "a") ?? dialect.null("VARCHAR")
    let asOf = schema.asOf
    // Nobody is new after twelve months of work.
    let newcomers = schema.userRecords.people.filter {
      $0.person.startDate.map { asOf < $0.adding(months: 12) } ?? false
    }.map { dialect.literal($0.user) }.joined(separator: ", ")
    let isNew = newcomers.isEmpty ? "false" : "top.owner IN (\(newcomers))"
    let hasOwners = column("OwnerId", of: .opportunity, "deal") != nil
    let wonBy = hasOwners ? "deal.OwnerId" : dialect.null("VARCHAR")
    let lacksWin = "top.band IS NOT NULL AND won.band IS NULL"
    try define("top_account", "The first tenth by score, and whether the owner may be wrong.") {
      """
      WITH ranked AS (
        SELECT account, row_number() OVER (ORDER BY coalesce(score, 0) DESC, account) AS place,
          count(*) OVER () AS n
        FROM account_value
      ), top AS (
        SELECT ranked.account, person.Id AS owner, CASE WHEN p.largest IS NOT NULL
          THEN \(band("p.largest", settings.dealBounds)) END AS band
        FROM ranked JOIN Account AS a ON a.Id = ranked.account
        LEFT JOIN \(name(of: .user)) AS person ON person.Id = \(owner)
        LEFT JOIN pipeline_now AS p ON p.account = ranked.account
        WHERE 10 * ranked.place < ranked.n + 10
      ), won AS (
        SELECT DISTINCT \(wonBy) AS owner, deal.Band AS band FROM \(countedDeals) \(isRecentlyWon)
      )
      SELECT top.account, CASE WHEN top.owner IS NULL THEN NULL
          WHEN \(isNew) AND \(lacksWin) THEN 'new rep, no win in band'
          WHEN \(isNew) THEN 'new rep' WHEN \(lacksWin) THEN 'no win in band' END AS flag
      FROM top LEFT JOIN won ON won.owner = top.owner AND won.band = top.band
      """
    }
  }
}
