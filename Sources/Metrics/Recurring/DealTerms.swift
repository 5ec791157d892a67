import Records

/// How long the values of deals hold, for companies that keep no subscriptions.
enum DealTerms {
  /// The longest term that is believed, in months.
  private static let longest: Int64 = 1_200

  /// The day that many months after the close of each deal as its term says.
  ///
  /// The same day of the month, or the last of a month that is shorter. Null without a close date,
  /// without a field of terms, and where the term is no whole number of months above zero.
  static func expiryDates(_ deals: Table, termField: String?, threads: Int) -> [Int32] {
    let closed = deals.days("CloseDate")
    guard let termField else { return [Int32](repeating: Day.null, count: deals.count) }
    let terms = FactResolver.decimals(termField, of: deals)
    return Parallel.rows(deals.count, threads: threads) { row in
      let (months, part) = terms[row].quotientAndRemainder(dividingBy: Exact.scale)
      guard closed[row] != Day.null, part == 0, (1...longest).contains(months) else {
        return Day.null
      }
      return Day(number: closed[row]).adding(months: Int(months)).number
    }
  }
}
