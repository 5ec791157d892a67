extension FiscalCalendar {
  /// A fiscal year whose quarters are given day by day, such as one of 52 or 53 weeks.
  public struct CustomYear: Hashable, Sendable {
    /// Such as 2027.
    public let name: Int
    /// Its quarters in their order, each from where the one before ends.
    public let quarters: [Period]

    /// A year; nil where the quarters leave a gap, overlap, are empty or are none.
    public init?(name: Int, quarters: [Period]) {
      guard !quarters.isEmpty, quarters.allSatisfy({ $0.start < $0.end }),
        zip(quarters, quarters.dropFirst()).allSatisfy({ $0.end == $1.start })
      else { return nil }
      self.init(name, quarters)
    }

    fileprivate init(_ name: Int, _ quarters: [Period]) {
      self.name = name
      self.quarters = quarters
    }

    /// From the first day of its first quarter to the last of its last.
    public var period: Period {
      Period(
        start: quarters.first?.start ?? Day(number: 0), end: quarters.last?.end ?? Day(number: 0))
    }
  }

  /// The custom year that contains a day, or one made up where the given ones do not reach; nil where
  /// none is given.
  ///
  /// Before the first year and behind the last, years and quarters begin on the anniversaries of
  /// where it begins or ends, so that there is never a rest of a year and no name stands twice.
  func customYear(containing day: Day) -> CustomYear? {
    guard let first = customYears.first else { return nil }
    guard let before = customYears.last(where: { $0.period.start <= day }) else {
      return madeUp(
        around: day, from: first.period.start, name: first.name, in: .always)
    }
    if before.period.contains(day) { return before }
    let next = customYears.first { $0.period.start > day }
    let gap = Period(
      start: before.period.end, end: next?.period.start ?? Period.always.end)
    return madeUp(around: day, from: gap.start, name: before.name + 1, in: gap)
  }

  /// The year that contains a day, counted in anniversaries of the start of the year `name`.
  private func madeUp(
    around day: Day, from start: Day, name: Int, in limits: Period
  ) -> CustomYear {
    var years = day.civil.year - start.civil.year
    if start.anniversary(months: 12 * years) > day { years -= 1 }
    let quarters = (0..<4).compactMap { quarter -> Period? in
      let months = 12 * years + 3 * quarter
      let period = Period(
        start: start.anniversary(months: months),
        end: min(start.anniversary(months: months + 3), limits.end))
      return period.start < period.end ? period : nil
    }
    return CustomYear(name + years, quarters)
  }
}

extension Day {
  /// The day a number of months later with the same number in its month, or the month's last.
  func anniversary(months: Int) -> Day {
    let month = startOfMonth(adding: months)
    return min(
      month.adding(days: civil.day - 1), month.startOfMonth(adding: 1).adding(days: -1))
  }
}
