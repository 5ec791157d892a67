import Records

/// Standard table `recurring-revenue`.
///
/// Grain: one row per completed month before D, 36 of them, the movements by account. Contraction
/// and churn are above zero: closing = opening + new + expansion + reactivation − contraction −
/// churned. Where `renewal_grace` is set, a last column says how much of the closing stays only because
/// of it. It is made straight from the subscriptions; the same figures by query come from the
/// metrics `new_mrr`, `customers_new` and so on, by month.
struct RecurringRevenueTable: StandardTableMaker {
  static let months = 36

  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let recurring = engine.ledger.recurring
    guard recurring.isKnown else {
      return MetricTable(
        name: StandardTable.recurringRevenue.rawValue,
        grain: StandardTable.recurringRevenue.grain,
        columns: columns(RevenueTotals(from: 0, to: 0), engine),
        notes: ["The export has no subscriptions with a monthly value, so there are no rows."])
    }
    let totals = RevenueTotals.of(
      recurring.byAccount.value, months: RecurringRevenueTable.months,
      mask: engine.scopes.mask(.accounts, scope), threads: engine.ledger.threads)
    return MetricTable(
      name: StandardTable.recurringRevenue.rawValue, grain: StandardTable.recurringRevenue.grain,
      columns: columns(totals, engine))
  }

  private func columns(_ totals: RevenueTotals, _ engine: LocalEngine) -> [MetricColumn] {
    let months = 0..<totals.months
    let opening = levels(
      totals.opening,
      months.map { month in
        RevenueKind.allCases.reduce(0) { $0 + $1.sign * totals.amount($1, month) }
      })
    let customers = levels(
      totals.openingCustomers,
      months.map { month in
        RevenueKind.allCases.filter(\.changesCustomers)
          .reduce(0) { $0 + $1.sign * totals.customers($1, month) }
      })
    let lost = months.map { totals.amount(.contraction, $0) + totals.amount(.churned, $0) }
    var table = TableColumns(engine.catalogue)
    table.text(
      "month", "Month",
      months.map { String(Day.lastDay(ofMonth: totals.from + $0).description.prefix(7)) })
    table.money("opening", "Opening", Array(opening.dropLast()), definition("opening_mrr", engine))
    for (kind, metric) in RecurringRevenueTable.amounts {
      table.money(
        kind.name, kind.title, months.map { totals.amount(kind, $0) }, definition(metric, engine))
    }
    table.money("closing", "Closing", Array(opening.dropFirst()), definition("mrr", engine))
    table.count(
      "customers_opening", "Customers at opening", Array(customers.dropLast()),
      definition("customers_opening", engine))
    for (kind, name) in RecurringRevenueTable.customers {
      table.count(
        name, "Customers \(name.dropFirst("customers_".count))",
        months.map { totals.customers(kind, $0) }, definition(name, engine))
    }
    table.count(
      "customers_closing", "Customers at closing", Array(customers.dropFirst()),
      definition("customers", engine))
    let n = Array(customers.dropLast())
    table.rate(
      "logo_churn", "Logo churn",
      months.map { Ratio(totals.customers(.churned, $0), over: customers[$0]) }, n: n,
      definition("logo_churn", engine))
    table.rate(
      "grr", "GRR", months.map { Ratio(opening[$0] - lost[$0], over: opening[$0]) }, n: n,
      definition("grr", engine))
    table.rate(
      "nrr", "NRR",
      months.map {
        Ratio(opening[$0] - lost[$0] + totals.amount(.expansion, $0), over: opening[$0])
      }, n: n, definition("nrr", engine))
    if engine.ledger.settings.renewalGrace > 0 {
      table.money(
        "expired_renewing", "Expired, renewing", totals.renewing,
        definition("expired_renewing_mrr", engine))
    }
    return table.columns
  }

  private static let amounts: [(RevenueKind, String)] = [
    (.new, "new_mrr"), (.expansion, "expansion_mrr"), (.contraction, "contraction_mrr"),
    (.churned, "churned_mrr"), (.reactivation, "reactivation_mrr"),
  ]

  private static let customers: [(RevenueKind, String)] = [
    (.new, "customers_new"), (.expansion, "customers_expanding"),
    (.contraction, "customers_contracting"), (.churned, "customers_churned"),
    (.reactivation, "customers_reactivated"),
  ]

  /// The level before each month and after the last.
  private func levels(_ first: Int128, _ changes: [Int128]) -> [Int128] {
    changes.reduce(into: [first]) { $0.append($0[$0.count - 1] + $1) }
  }

  private func definition(_ metric: String, _ engine: LocalEngine) -> String {
    engine.catalogue[metric]?.definition ?? ""
  }
}
