import Records

extension Day {
  /// The number of the day's calendar month: months of year 0 are 0 to 11, and so on.
  var monthNumber: Int {
    let (year, month, _) = civil
    return year * 12 + month - 1
  }

  /// The last day of the month of a number.
  static func lastDay(ofMonth number: Int) -> Day {
    Day(number: 0).startOfMonth(adding: number + 1 - 1970 * 12).adding(days: -1)
  }
}
