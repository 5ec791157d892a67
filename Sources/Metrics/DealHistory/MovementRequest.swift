import Records

/// Between which days the pipeline is followed, and which close dates it is about.
public struct MovementRequest: Hashable, Sendable {
  /// Two days, the movement being from the end of the one to the end of the other.
  public struct Days: Hashable, Sendable {
    public let from: Day
    public let to: Day

    public init(from: Day, to: Day) {
      self.from = from
      self.to = to
    }
  }

  /// nil: since the last edition, else the last complete week before the as-of date.
  public var days: Days?
  /// The as-of dates of editions that are kept, in any order.
  public var editions: [Day] = []
  /// In which days an open deal has to be due to count; nil: whenever it is due, or not at all.
  public var window: PeriodText?
  /// The first day of a week, 1 for Monday to 7 for Sunday.
  public var firstWeekday: Int

  public init(days: Days? = nil, window: PeriodText? = nil, firstWeekday: Int = 1) {
    self.days = days
    self.window = window
    self.firstWeekday = firstWeekday
  }

  /// The days that are asked for.
  ///
  /// - Parameter asOf: the as-of date.
  /// - Returns: those given, else those since the last edition before the as-of date, else the last
  ///   complete week.
  /// - Throws: A finding where they do not follow each other, or the export does not reach them.
  public func days(asOf: Day) throws(FindingsError) -> Days {
    guard let days else {
      if let last = editions.filter({ $0 < asOf }).max() { return Days(from: last, to: asOf) }
      let weekStart = asOf.adding(days: -((asOf.weekday - firstWeekday + 7) % 7))
      return Days(from: weekStart.adding(days: -8), to: weekStart.adding(days: -1))
    }
    guard days.from <= days.to else {
      throw MovementRequest.refusal(
        "the movement of the pipeline is asked for from \(days.from) to \(days.to), which is earlier",
        "give the earlier day as --from")
    }
    guard days.to <= asOf else {
      throw MovementRequest.refusal(
        "the movement of the pipeline is asked for up to \(days.to), after the as-of day \(asOf)",
        "give a day up to \(asOf) as --to, or a newer export")
    }
    return days
  }

  private static func refusal(_ what: String, _ suggestion: String) -> FindingsError {
    FindingsError([
      Finding(
        code: "movement-days", severity: .error, what: what, done: "no table was made",
        suggestion: suggestion)
    ])
  }
}
