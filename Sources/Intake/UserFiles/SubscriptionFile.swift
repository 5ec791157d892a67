import Records

/// Subscriptions that a user keeps, as the rows of Contract with their monthly value.
///
/// Grain of the file: one row per subscription.
struct SubscriptionFile {
  let directory: Directory
  /// Which subscriptions do not count.
  var excluded = ExcludedStatuses([])

  private struct Row {
    let line: Int
    let account: Int32
    let start: Day
    let end: Day?
    let monthly: Int64
    let currency: String?
    let status: String?
  }

  func table(_ file: UserTable) -> Table {
    let rows = file.records { row($0, file) }
    var currencies = CategoryBuilder()
    var statuses = CategoryBuilder()
    for row in rows {
      currencies.append(row.currency)
      statuses.append(row.status)
    }
    return Table(
      entity: .contract, count: rows.count,
      columns: [
        "AccountId": .references(rows.map(\.account)),
        "StartDate": .days(rows.map(\.start.number)),
        "EndDate": .days(rows.map { $0.end?.number ?? Day.null }),
        "MonthlyValue__c": .decimals(rows.map(\.monthly)),
        "CurrencyIsoCode": .categories(currencies.categories),
        "Status": .categories(statuses.categories),
      ], sources: RowSources(rows.map(\.line), of: file.sheet))
  }

  private func row(_ row: UserRow, _ file: UserTable) -> Row? {
    guard row.required("AccountId") != nil else { return nil }
    let account = row.account("AccountId", in: directory)
    let start = row.requiredDay("start_date")
    let end = row.day("end_date")
    let value = row.requiredAmount("value")
    let per = row.word("per", of: ["month", "year", "once"])
    let currency = row.currency("currency")
    guard let account, let start, let value else { return nil }
    if let end, end < start {
      row.contradict("end_date", "\"end_date\" is before \"start_date\"", "correct one of the two")
      return nil
    }
    if per == "once" {
      file.note(
        UserFileFindings.rowUnused(
          .subscriptions, what: "a payment is made once, so it is no recurring revenue",
          at: row.place("per"), suggestion: "nothing needs to be done"))
      return nil
    }
    let status = row.text("status")
    if excluded.contains(status) {
      file.note(
        UserFileFindings.rowUnused(
          .subscriptions, what: "its status is one that exclude_status names",
          at: row.place("status"), suggestion: "nothing needs to be done"))
      return nil
    }
    return Row(
      line: row.line, account: account, start: start, end: end,
      monthly: per == "year" ? MonthlyValue.ofYear(value) : value, currency: currency,
      status: status)
  }
}

/// The value of a subscription by month.
enum MonthlyValue {
  /// A twelfth, rounded half away from zero to 1/10,000: once a row, before any sum.
  static func ofYear(_ value: Int64) -> Int64 {
    value == Exact.null ? value : Int64(Exact.divide(Int128(value), by: 12))
  }
}
