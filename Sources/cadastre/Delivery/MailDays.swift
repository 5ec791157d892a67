import Records
import Settings

/// The days on which scheduled mail leaves.
struct MailDays {
  private let weekdays: Set<Int>
  private let holidays: Set<Day>

  init(_ mail: Configuration.Mail) {
    weekdays = Set(mail.sendOn.map(\.number))
    holidays = Set(mail.holidays)
  }

  /// Whether mail leaves on a day: on those of the week that are configured, but for holidays.
  func isOne(_ day: Day) -> Bool { weekdays.contains(day.weekday) && !holidays.contains(day) }

  /// The day on which mail leaves in place of one on which none does; nil where it does.
  func next(after day: Day) -> Day? {
    guard !isOne(day) else { return nil }
    // A year of holidays is a mistake that must not become an endless search.
    return (1...366).lazy.map { day.adding(days: $0) }.first(where: isOne)
      ?? day.adding(days: 366)
  }
}
