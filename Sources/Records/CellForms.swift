/// How an export writes the dates and numbers that ISO 8601 and plain numbers are not.
///
/// What is not stated is never guessed: `3/1/2017` without an order of dates is a finding, and so is
/// `1,234` without a form of numbers. ISO dates and numbers such as `1234.56` need no statement.
public struct CellForms: Hashable, Sendable {
  /// The order of the numbers of a date.
  public enum DateOrder: String, Hashable, Sendable, CaseIterable {
    case monthDayYear = "month/day/year"
    case dayMonthYear = "day/month/year"
    case yearMonthDay = "year/month/day"
  }

  /// What groups the digits of a number and what marks its decimals, by an example.
  public enum NumberForm: String, Hashable, Sendable, CaseIterable {
    case commaPoint = "1,234.56"
    case pointComma = "1.234,56"
    /// Any space groups: plain, no-break, narrow no-break or thin.
    case spaceComma = "1 234,56"
    case apostrophePoint = "1'234.56"
  }

  /// Nil where only ISO dates are read.
  public var dates: DateOrder?
  /// Nil where only numbers with a decimal point are read, grouped where that is unmistakable.
  public var numbers: NumberForm?

  public init(dates: DateOrder? = nil, numbers: NumberForm? = nil) {
    self.dates = dates
    self.numbers = numbers
  }

  /// These forms, with others where these say nothing.
  public func filled(by other: CellForms) -> CellForms {
    CellForms(dates: dates ?? other.dates, numbers: numbers ?? other.numbers)
  }
}
