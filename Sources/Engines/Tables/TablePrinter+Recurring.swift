import Metrics
import Records

extension TablePrinter {
  /// Recurring revenue of the 36 completed months before the as-of date.
  func recurringRevenue() throws -> String {
    relations.noteSubscriptions()
    relations.later.append { relations in
      try relations.revenueMovements(ofFamilies: false)
      try relations.exported(.contract)
    }
    add("month", .month, "m.first_day")
    let opening = dialect.sum("r.Opening", where: "")
    add("opening", .money, opening)
    let amounts = [
      ("new", "r.Closing"), ("expansion", "r.Closing - r.Opening"),
      ("contraction", "r.Opening - r.Closing"), ("churned", "r.Opening"),
      ("reactivation", "r.Closing"),
    ]
    func amount(_ kind: String) -> String {
      let value = amounts.first { $0.0 == kind }?.1 ?? "0"
      return dialect.sum(value, where: "r.Kind = '\(kind)'")
    }
    for (kind, _) in amounts { add(kind, .money, amount(kind)) }
    add("closing", .money, dialect.sum("r.Closing", where: ""))
    let customers = "count(*)\(dialect.filter("r.Opening <> 0"))"
    add("customers_opening", .count, customers)
    let words = [
      ("new", "new"), ("expanding", "expansion"), ("contracting", "contraction"),
      ("churned", "churned"), ("reactivated", "reactivation"),
    ]
    func count(_ kind: String) -> String { "count(*)\(dialect.filter("r.Kind = '\(kind)'"))" }
    for (word, kind) in words { add("customers_" + word, .count, count(kind)) }
    add("customers_closing", .count, "count(*)\(dialect.filter("r.Closing <> 0"))")
    add("logo_churn", .ratio(.rate), count("churned"), customers)
    let kept = "\(opening) - \(amount("contraction")) - \(amount("churned"))"
    add("grr", .ratio(.rate), kept, opening)
    add("nrr", .ratio(.rate), "\(kept) + \(amount("expansion"))", opening)
    if settings.renewalGrace > 0 {
      add("expired_renewing", .money, dialect.sum("r.Renewing", where: ""))
    }
    let first = schema.asOf.startOfMonth(adding: -36)
    let movements =
      scope == .company
      ? "revenue_movements"
      : "(SELECT * FROM revenue_movements WHERE AccountId IN (SELECT account.Id FROM accounts AS"
        + " account WHERE \(try isInScope("account"))))"
    if scope != .company { relations.later.append { try $0.require(.account) } }
    let isKnown = schema.column("MonthlyValue__c", of: .contract) != nil
    return """
      SELECT \(list)
      FROM revenue_month AS m LEFT JOIN \(movements) AS r ON r.Month = m.last_day
      WHERE m.first_day >= \(dialect.literal(first))
        AND \(isKnown ? "EXISTS (SELECT 1 FROM Contract)" : "false")
      GROUP BY m.first_day
      ORDER BY m.first_day
      """
  }
}
