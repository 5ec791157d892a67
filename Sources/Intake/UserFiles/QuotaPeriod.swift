import Records

/// A span of time as a person writes it in a file of quotas or costs.
struct QuotaPeriod {
  let period: Period
  /// The number of months.
  let months: Int
  /// The first days of its quarters; of a month, of the month.
  private let quarterStarts: [Day]

  /// What may be written, for findings.
  static let forms = "write FY2027, FY2027 Q1, 2026, 2026 Q4 or 2026-11"

  /// A month `2026-11`, a quarter `FY2027 Q1` or `2026 Q4`, a year `FY2027` or `2026`.
  ///
  /// With `FY` a span is of the fiscal calendar, without of the civil one. The first day of a month
  /// is the month, because a spreadsheet turns `2026-11` into a date. Nil where it is none of these.
  ///
  /// - Parameters:
  ///   - text: what is written.
  ///   - calendar: what `FY` stands for.
  ///   - day: reads a date as the file writes dates.
  init?(_ text: String, calendar: FiscalCalendar, day: (String) -> Day? = { Day(iso: $0) }) {
    if let day = day(text) ?? Day(iso: text + "-01") {
      guard day.civil.day == 1 else { return nil }
      self.init(
        [Period(start: day, end: day.startOfMonth(adding: 1))], months: 1)
      return
    }
    let words = text.uppercased().split { $0 == " " || $0 == "-" || $0 == "/" }
    guard (1...2).contains(words.count) else { return nil }
    var quarter: Int?
    var year: (number: Int, isFiscal: Bool)?
    for word in words {
      if word.count == 2, word.first == "Q", let number = word.last?.wholeNumberValue,
        (1...4).contains(number), quarter == nil
      {
        quarter = number
      } else if year == nil, let read = QuotaPeriod.year(word) {
        year = read
      } else {
        return nil
      }
    }
    let spans = year?.isFiscal == true ? calendar : FiscalCalendar()
    guard let year, let whole = spans.year(named: year.number) else { return nil }
    let quarters = (quarter.map { $0 - 1..<$0 } ?? 0..<4).map {
      spans.quarter(containing: whole.start, adding: $0).period
    }.filter { $0.start < whole.end }
    guard !quarters.isEmpty else { return nil }
    self.init(quarters, months: 3 * quarters.count)
  }

  private init(_ parts: [Period], months: Int) {
    period = Period(start: parts[0].start, end: parts[parts.count - 1].end)
    quarterStarts = parts.map(\.start)
    self.months = months
  }

  /// `2027`, `FY2027` or `FY27`.
  private static func year(_ word: Substring) -> (number: Int, isFiscal: Bool)? {
    let isFiscal = word.hasPrefix("FY")
    let digits = isFiscal ? word.dropFirst(2) : word
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
      digits.count == 4 || isFiscal && digits.count == 2
    else { return nil }
    return (digits.count == 2 ? 2000 + number : number, isFiscal)
  }

  /// The first days of the parts of a number of months, with an even share of an amount for each:
  /// the shares sum to the amount.
  func shares(of amount: Int64, everyMonths length: Int) -> [(start: Day, amount: Int64)] {
    let count = max(1, months / length)
    var given: Int128 = 0
    return (0..<count).map { part in
      let due = Exact.divide(Int128(amount) * Int128(part + 1), by: Int128(count))
      defer { given = due }
      let months = length * part
      let quarter = quarterStarts[months / 3]
      // A custom quarter need not begin with a month; what is spread lies within it all the same.
      let start = months % 3 == 0 ? quarter : quarter.startOfMonth(adding: months % 3)
      return (start, Int64(due - given))
    }
  }
}
