import Records

/// The one formatter of values, for one locale and one currency.
///
/// Exact numbers go in, texts come out; nothing after it rounds or formats.
public struct ValueFormatter: Sendable {
  public let locale: ReportLocale
  /// The words that stand beside values, such as "days".
  public var words: ReportWords
  /// Code of the corporate currency.
  public let currency: String
  /// Decimal places of the currency in data and in full amounts.
  public let places: Int

  /// Below this many cases a rate is shown as weak (METRICS §1).
  public static let weakBelow: Int128 = 5

  public init(
    locale: ReportLocale = .enUS, currency: String = "USD", words: ReportWords = .english
  ) {
    self.locale = locale
    self.words = words
    self.currency = currency
    self.places = CurrencyPlaces.of(currency)
  }

  /// A name or another text; "–" where there is none.
  public func text(_ text: String?) -> Shown {
    guard let text, !text.isEmpty else { return undefined(.text) }
    return Shown(text, data: text, unit: .text)
  }

  /// The Id of a record.
  public func id(_ text: String?) -> Shown {
    guard let text, !text.isEmpty else { return undefined(.id) }
    return Shown(text, data: text, unit: .id)
  }

  /// An amount of 1/10,000 units in whole units, such as `$1,234,567`.
  public func money(_ amount: Int128?) -> Shown {
    money(amount.map { Ratio($0, over: Int128(Exact.scale)) } ?? Ratio(0, over: 0))
  }

  /// An amount as a quotient in whole units, such as `$1,234,567`.
  public func money(_ amount: Ratio) -> Shown {
    guard let whole = amount.text(places: 0), let exact = amount.text(places: places) else {
      return undefined(.money(currency))
    }
    return Shown(
      withSymbol(whole), data: exact, unit: .money(currency), full: withSymbol(exact))
  }

  /// An amount of 1/10,000 units in short, such as `$1.2 M` or `$430 k`.
  public func shortMoney(_ amount: Int128?) -> Shown {
    shortMoney(amount.map { Ratio($0, over: Int128(Exact.scale)) } ?? Ratio(0, over: 0))
  }

  /// An amount as a quotient in short, such as `$1.2 M` or `$430 k`.
  public func shortMoney(_ amount: Ratio) -> Shown {
    guard let exact = amount.text(places: places) else { return undefined(.money(currency)) }
    return Shown(
      shortMoneyText(amount), data: exact, unit: .money(currency), full: withSymbol(exact))
  }

  /// A whole number, such as `1,234`.
  public func count(_ count: Int128?) -> Shown {
    guard let count else { return undefined(.count) }
    return Shown(grouped(String(count)), data: String(count), unit: .count)
  }

  /// A rate in percent with one decimal, such as `27.4%`; over fewer than five cases it is weak.
  public func rate(_ rate: Ratio, cases: Int128? = nil) -> Shown {
    guard let data = rate.text(places: 6) else { return undefined(.rate) }
    let percent = Exact.decimalText(
      ratio: rate.numerator * 100, over: rate.denominator, places: 1)
    let isWeak = cases.map { $0 < ValueFormatter.weakBelow } ?? false
    return Shown(
      grouped(percent) + locale.percent, data: data, unit: .rate, strength: isWeak ? .weak : .normal
    )
  }

  /// How many times one amount goes into another, such as `2.4×`.
  public func multiple(_ ratio: Ratio) -> Shown {
    guard let data = ratio.text(places: 6), let text = ratio.text(places: 1) else {
      return undefined(.multiple)
    }
    return Shown(grouped(text) + "×", data: data, unit: .multiple)
  }

  /// Whole days, such as `41 days`; in a column, `41`.
  public func days(_ days: Int128?, named: Bool = false) -> Shown {
    guard let days else { return undefined(.days) }
    let isOne = days == 1 || days == -1
    return Shown(
      grouped(String(days)) + (named ? " " + words[isOne ? .day : .days] : ""),
      data: String(days), unit: .days)
  }

  /// A mean of days with one decimal, such as `41.5 days`; in a column, `41.5`.
  public func meanDays(_ days: Ratio, named: Bool = false) -> Shown {
    guard let data = days.text(places: 2), let text = days.text(places: 1) else {
      return undefined(.days)
    }
    return Shown(
      grouped(text) + (named ? " " + words[.days] : ""), data: data, unit: .days)
  }

  /// Any other number with one decimal.
  public func number(_ number: Ratio) -> Shown {
    guard let data = number.text(places: 6), let text = number.text(places: 1) else {
      return undefined(.number)
    }
    return Shown(grouped(text), data: data, unit: .number)
  }

  /// A day, such as `Nov 20, 2026`.
  public func day(_ day: Day?) -> Shown {
    guard let day else { return undefined(.date) }
    return Shown(dayText(day), data: day.description, unit: .date)
  }

  /// What stands for a value that is not known.
  public func undefined(_ unit: Shown.Unit) -> Shown {
    Shown(locale.undefined, data: "", unit: unit, strength: .undefined)
  }
}

extension ValueFormatter {
  /// A day as text, such as `Nov 20, 2026`.
  public func dayText(_ day: Day) -> String {
    let (year, month, dayOfMonth) = day.civil
    let name = locale.shortMonths[month - 1]
    switch locale.dayForm {
    case .monthDayYear: return "\(name) \(dayOfMonth), \(year)"
    case .dayMonthYear: return "\(dayOfMonth) \(name) \(year)"
    case .numeric(let mark):
      return [dayOfMonth, month].map { ($0 < 10 ? "0" : "") + String($0) + mark }.joined()
        + String(year)
    }
  }

  /// A month as text, such as `Nov 2026`.
  public func monthText(_ day: Day) -> String {
    "\(locale.shortMonths[day.civil.month - 1]) \(day.civil.year)"
  }

  /// Digits in groups of three, with a true minus sign.
  func grouped(_ number: String) -> String {
    let isNegative = number.hasPrefix("-")
    let parts = number.drop { $0 == "-" }.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = Array(parts.first ?? "")
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += locale.group }
      text.append(digit)
    }
    if parts.count == 2 { text += locale.decimal + parts[1] }
    return (isNegative ? "−" : "") + text
  }

  /// An amount of whole or decimal digits with the currency's sign or its code, where the locale
  /// has it; `scale` is the short name of what the digits count.
  func withSymbol(_ number: String, scale: String? = nil) -> String {
    let text = grouped(number)
    let sign = text.hasPrefix("−") ? "−" : ""
    let digits = text.dropFirst(sign.count) + (scale.map { "\u{A0}" + $0 } ?? "")
    if currency == "XXX" { return "\(sign)\(digits)" }  // ISO 4217: no currency
    let symbol = locale.symbol(currency)
    guard locale.isCurrencyFirst else { return "\(sign)\(digits)\u{A0}\(symbol ?? currency)" }
    return "\(sign)\(symbol ?? currency + "\u{A0}")\(digits)"
  }

  /// An amount with at most four digits and a unit; amounts below ten thousand stand in full.
  func shortMoneyText(_ amount: Ratio) -> String {
    let whole = Exact.divide(amount.numerator, by: amount.denominator)
    guard whole.magnitude >= 10_000 else { return withSymbol(String(whole)) }
    var size = amount.denominator
    for (index, scale) in locale.scales.enumerated() {
      size *= 1_000
      let tenths = Exact.divide(amount.numerator * 10, by: size)
      if tenths.magnitude < 1_000 {
        return withSymbol(Exact.decimalText(ratio: tenths, over: 10, places: 1), scale: scale)
      }
      let ones = Exact.divide(amount.numerator, by: size)
      if ones.magnitude < 1_000 || index == locale.scales.count - 1 {
        return withSymbol(String(ones), scale: scale)
      }
    }
    return withSymbol(String(whole))
  }
}
