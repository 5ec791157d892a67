import Records

/// A period as a person writes it: a name, a fiscal year or quarter, a month, a day or two days.
///
/// `fiscal_year_to_date`, `FY2027`, `Q3 FY2027`, `2026-10`, `2026-11-20`, `2026-01-01..2026-03-31`
/// (both days belong to it). What a fiscal year is becomes known with the export's calendar.
public enum PeriodText: Hashable, Sendable {
  case spec(PeriodSpec)
  case fiscalYear(Int)
  case fiscalQuarter(year: Int, number: Int)

  /// Reads a period.
  ///
  /// - Parameters:
  ///   - text: what was written.
  ///   - at: where its first character stands.
  /// - Throws: What is wrong, at its character.
  public init(_ text: String, at: SourcePosition) throws(FindingsError) {
    let name = text.lowercased().replacing(" ", with: "_").replacing("-", with: "_")
    if let spec = PeriodSpec(name: name) {
      self = .spec(spec)
    } else if let match = text.wholeMatch(of: /(?i)(?:Q([1-4])[ -]?)?FY([0-9]{4})/) {
      self = PeriodText.fiscal(match.2, match.1)
    } else if let match = text.wholeMatch(of: /(?i)FY([0-9]{4})[ -]?Q([1-4])/) {
      self = PeriodText.fiscal(match.1, match.2)
    } else if let match = text.wholeMatch(of: /[0-9]{4}-[0-9]{2}/),
      let start = Day(iso: match.output + "-01")
    {
      self = .spec(.days(Period(start: start, end: start.startOfMonth(adding: 1))))
    } else if text.contains("..") {
      self = .spec(.days(try PeriodText.days(text, at)))
    } else if text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil {
      let day = try PeriodText.day(text[...], at)
      self = .spec(.days(Period(start: day, end: day.adding(days: 1))))
    } else {
      throw PeriodText.refusal(
        at, "there is no period \"\(text)\"",
        Suggestion.sentence(
          for: name, in: PeriodSpec.named.map(\.name),
          otherwise: "write a name such as fiscal_year, or FY2027, Q3 FY2027, 2026-10, 2026-11-20"
            + " or 2026-01-01..2026-03-31"))
    }
  }

  /// The period, once it is known when fiscal years begin.
  public func spec(_ calendar: FiscalCalendar) -> PeriodSpec {
    switch self {
    case .spec(let spec): return spec
    case .fiscalYear(let year): return .days(PeriodText.year(year, calendar))
    case .fiscalQuarter(let year, let number):
      let start = PeriodText.year(year, calendar).start
      return .days(calendar.quarter(containing: start, adding: number - 1).period)
    }
  }

  private static func fiscal(_ year: Substring, _ quarter: Substring?) -> PeriodText {
    guard let quarter else { return .fiscalYear(Int(year) ?? 0) }
    return .fiscalQuarter(year: Int(year) ?? 0, number: Int(quarter) ?? 1)
  }

  private static func year(_ year: Int, _ calendar: FiscalCalendar) -> Period {
    // FY0000 is none, and holds no day.
    calendar.year(named: year) ?? Period(start: Day(number: 0), end: Day(number: 0))
  }

  private static func days(
    _ text: String, _ at: SourcePosition
  ) throws(FindingsError) -> Period {
    let ends = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
    let start = try day(ends[0], at)
    let second = SourcePosition(
      file: at.file, line: at.line, column: at.column + ends[0].unicodeScalars.count + 2)
    let last = try day(ends[1], second)
    guard start <= last else {
      throw refusal(second, "the period ends before it begins", "write the earlier day first")
    }
    return Period(start: start, end: last.adding(days: 1))
  }

  private static func day(
    _ text: Substring, _ at: SourcePosition
  ) throws(FindingsError) -> Day {
    guard let day = Day(iso: text) else {
      throw refusal(at, "\"\(text)\" is no day", "write a day such as 2026-11-20")
    }
    return day
  }

  private static func refusal(
    _ at: SourcePosition, _ what: String, _ suggestion: String
  ) -> FindingsError {
    FindingsError([
      Finding(
        code: "period-unreadable", severity: .error, at: at, what: what,
        done: "the query was not run", suggestion: suggestion)
    ])
  }
}
