import Records

/// What the generator needs of days beyond `Records`.
///
/// The lives of records are drawn by arithmetic on days, so a day is its number, an `Int`, all over
/// the generator; `Day` is asked wherever the calendar takes part.
extension Day {
  /// A date that stands in the generator's code; an overlong day runs into the next month.
  init(_ year: Int, _ month: Int, _ day: Int) {
    let epoch = Day(number: 0)
    self = epoch.startOfMonth(adding: (year - 1970) * 12 + month - 1).adding(days: day - 1)
  }

  /// The day of a number.
  init(_ count: Int) { self.init(number: Int32(count)) }

  /// The number as the generator counts.
  var count: Int { Int(number) }

  /// The day itself, or the Friday before it if it falls on a weekend.
  static func workday(_ count: Int) -> Int {
    count - max(0, Day(count).weekday - 5)
  }
}
