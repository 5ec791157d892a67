import Metrics
import Records

extension Organisation {
  /// Adds a subscription of an account; without an end it runs until it is cancelled.
  ///
  /// The value is in 1/100 of a unit by month.
  mutating func subscription(
    _ id: String, of account: String?, from start: String?, to end: String? = nil, cents: Int64?,
    currency: String? = nil
  ) {
    var cells: [String: Cell] = [:]
    if let account { cells["AccountId"] = .id(account) }
    if let start { cells["StartDate"] = .day(start) }
    if let end { cells["EndDate"] = .day(end) }
    if let cents { cells["MonthlyValue__c"] = .number(cents * 100) }
    if let currency { cells["CurrencyIsoCode"] = .text(currency) }
    add(.contract, id, cells)
  }

  /// Adds a renewal of an account: a deal of Type Renewal.
  mutating func renewal(
    _ id: String, of account: String, created: String, closed: String? = nil
  ) {
    deal(
      id, closed == nil ? .open : .won, amount: 1, close: closed ?? "2027-01-01",
      account: account, created: created, type: "Renewal")
  }
}

extension LocalEngine {
  /// A row of the table `recurring-revenue` with its month first.
  func month(_ month: String, scope: Scope = .company) throws -> String? {
    try csv(.recurringRevenue, scope: scope).split(separator: "\n").map(String.init)
      .first { $0.hasPrefix(month + ",") }
  }

  /// The figures of metrics by month as lines of CSV, without the months in which all are zero.
  func months(
    _ metrics: [String], _ period: PeriodSpec = .always, scope: Scope = .company
  ) throws -> [String] {
    try run([Query(metrics: metrics, by: [.month], period: period, scope: scope)])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
      .filter { line in
        line.split(separator: ",").dropFirst().contains { !["0.00", "0"].contains($0) }
      }
  }
}
