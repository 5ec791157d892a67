import Records
import Settings
import Testing

@testable import Reports

@Suite("Values as readers of other places write them")
struct LocaleTests {
  /// A space that does not break, and the narrow one of French.
  private static let gap = "\u{A0}"
  private static let thin = "\u{202F}"

  private struct Case: Sendable {
    let locale: ReportLocale
    let currency: String
    let money, cents, loss, short, small, rate, day, early, month, multiple, days: String
  }

  private static let cases = [
    Case(
      locale: .enUS, currency: "USD", money: "$1,234,568", cents: "$1,234,567.89",
      loss: "−$430\(gap)k", short: "$1.2\(gap)M", small: "$9,999", rate: "27.4%",
      day: "Nov 20, 2026", early: "Mar 5, 2026", month: "Mar 2026", multiple: "1,234.5×",
      days: "1,041 days"),
    Case(
      locale: .enGB, currency: "GBP", money: "£1,234,568", cents: "£1,234,567.89",
      loss: "−£430\(gap)k", short: "£1.2\(gap)M", small: "£9,999", rate: "27.4%",
      day: "20 Nov 2026", early: "5 Mar 2026", month: "Mar 2026", multiple: "1,234.5×",
      days: "1,041 days"),
    Case(
      locale: .deDE, currency: "EUR", money: "1.234.568\(gap)€", cents: "1.234.567,89\(gap)€",
      loss: "−430\(gap)Tsd.\(gap)€", short: "1,2\(gap)Mio.\(gap)€", small: "9.999\(gap)€",
      rate: "27,4\(gap)%", day: "20.11.2026", early: "05.03.2026", month: "März 2026",
      multiple: "1.234,5×", days: "1.041 Tage"),
    Case(
      locale: .frFR, currency: "EUR", money: "1\(thin)234\(thin)568\(gap)€",
      cents: "1\(thin)234\(thin)567,89\(gap)€", loss: "−430\(gap)k\(gap)€",
      short: "1,2\(gap)M\(gap)€", small: "9\(thin)999\(gap)€", rate: "27,4\(thin)%",
      day: "20 nov. 2026", early: "5 mars 2026", month: "mars 2026",
      multiple: "1\(thin)234,5×", days: "1\(thin)041 days"),
  ]

  private func formatter(_ locale: ReportLocale, _ currency: String) throws -> ValueFormatter {
    ValueFormatter(
      locale: locale, currency: currency, words: try Templates().words(for: locale))
  }

  @Test("Amounts, rates, dates and days in each locale", arguments: cases.indices)
  func values(index: Int) throws {
    let expected = Self.cases[index]
    let format = try formatter(expected.locale, expected.currency)
    let amount = format.money(12_345_678_900)
    #expect(amount.text == expected.money)
    #expect(amount.full == expected.cents)
    // What machines read is the same everywhere.
    #expect(amount.data == "1234567.89")
    #expect(format.shortMoney(-4_300_000_000).text == expected.loss)
    #expect(format.shortMoney(12_345_678_900).text == expected.short)
    #expect(format.shortMoney(99_990_000).text == expected.small)
    #expect(format.rate(Ratio(274, over: 1000)).text == expected.rate)
    #expect(format.rate(Ratio(274, over: 1000)).data == "0.274000")
    #expect(format.day(Day(year: 2026, month: 11, day: 20)).text == expected.day)
    #expect(format.day(Day(year: 2026, month: 3, day: 5)).text == expected.early)
    #expect(format.day(Day(year: 2026, month: 3, day: 5)).data == "2026-03-05")
    let march = try #require(Day(year: 2026, month: 3, day: 1))
    #expect(format.monthText(march) == expected.month)
    #expect(format.multiple(Ratio(12_345, over: 10)).text == expected.multiple)
    #expect(format.days(1041, named: true).text == expected.days)
    #expect(format.count(nil).text == "–")
  }

  @Test("A German change has its sign, its percent and its percent points")
  func changes() throws {
    let format = try formatter(.deDE, "EUR")
    func ratio(_ units: Int128) -> Ratio { Ratio(units * 10_000, over: 10_000) }
    let up = format.change(from: ratio(100_000), to: ratio(114_200), against: "x")
    #expect(up?.value.text == "+14,2\u{A0}Tsd.\u{A0}€ (+14,2\u{A0}%)")
    #expect(up?.value.data == "14200.00")
    let points = format.rateChange(
      from: Ratio(1, over: 4), to: Ratio(27, over: 100), against: "x")
    #expect(points?.value.text == "+2,0\u{A0}Pp.")
    #expect(format.days(1, named: true).text == "1 Tag")
    #expect(format.meanDays(Ratio(83, over: 2), named: true).text == "41,5 Tage")
  }

  @Test("A currency without a sign keeps its code; a foreign dollar says whose it is")
  func currencies() throws {
    #expect(try formatter(.deDE, "CHF").money(12_340_000).text == "1.234\u{A0}CHF")
    #expect(try formatter(.deDE, "XXX").money(12_340_000).text == "1.234")
    #expect(try formatter(.enGB, "USD").money(-12_340_000).text == "−US$1,234")
    #expect(try formatter(.frFR, "USD").money(12_340_000).text == "1\u{202F}234\u{A0}$US")
    #expect(try formatter(.deDE, "JPY").money(12_345_678).data == "1235")
  }

  @Test(
    "A scale is never reached by rounding, in any locale",
    arguments: [
      (999_499, "999\u{A0}Tsd.\u{A0}€"), (999_500, "1,0\u{A0}Mio.\u{A0}€"),
      (999_600_000, "1,0\u{A0}Mrd.\u{A0}€"), (2_500_000_000_000, "2,5\u{A0}Bio.\u{A0}€"),
    ] as [(Int128, String)])
  func scales(units: Int128, text: String) throws {
    #expect(try formatter(.deDE, "EUR").shortMoney(units * 10_000).text == text)
  }

  @Test("Ticks of an axis lose a decimal that says nothing, in any locale")
  func ticks() throws {
    let format = try formatter(.deDE, "EUR")
    #expect(format.tick(.money)(2_000_000) == "2\u{A0}Mio.\u{A0}€")
    #expect(format.tick(.money)(2_500_000) == "2,5\u{A0}Mio.\u{A0}€")
    #expect(format.tick(.rate)(0.25) == "25\u{A0}%")
    #expect(format.tick(.number)(3) == "3")
  }

  @Test("The configuration knows the locales that there are")
  func settings() {
    #expect(Configuration.locales == ReportLocale.allCases.map(\.rawValue))
    #expect(ReportLocale(rawValue: "de_DE") == .deDE)
    #expect(ReportLocale.deDE.languageTag == "de-DE")
    #expect(ReportLocale.deDE.language == "de")
    for locale in ReportLocale.allCases { #expect(locale.shortMonths.count == 12) }
  }
}
