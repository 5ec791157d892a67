import Records
import Testing

@testable import Reports

@Suite("Values as readers see them")
struct FormatterTests {
  private let dollars = ValueFormatter()

  @Test(
    "An amount is shown in whole units, with its cents in full",
    arguments: [
      (12_345_678_900, "$1,234,568", "1234567.89", "$1,234,567.89"),
      (0, "$0", "0.00", "$0.00"), (4_999, "$0", "0.50", "$0.50"),
      (5_000, "$1", "0.50", "$0.50"), (-12_345_000, "−$1,235", "-1234.50", "−$1,234.50"),
      (9_995_000, "$1,000", "999.50", "$999.50"),
    ] as [(Int128, String, String, String)])
  func money(amount: Int128, text: String, data: String, full: String) {
    let shown = dollars.money(amount)
    #expect(shown.text == text)
    #expect(shown.data == data)
    #expect(shown.full == full)
  }

  @Test(
    "A short amount has one decimal below a hundred of its unit, and never shows 1000 of one",
    arguments: [
      (0, "$0"), (9_999, "$9,999"), (10_000, "$10.0 k"), (43_210, "$43.2 k"),
      (99_949, "$99.9 k"), (99_950, "$100 k"), (430_000, "$430 k"), (999_499, "$999 k"),
      (999_500, "$1.0 M"), (1_234_567, "$1.2 M"), (99_960_000, "$100 M"),
      (999_600_000, "$1.0 B"), (-430_000, "−$430 k"), (2_500_000_000_000, "$2.5 T"),
    ] as [(Int128, String)])
  func shortMoney(units: Int128, text: String) {
    let shown = dollars.shortMoney(units * 10_000)
    #expect(shown.text == text.replacing(" ", with: "\u{A0}"))
    #expect(shown.data == "\(units).00")
  }

  @Test("A currency without a sign of its own stands before the amount by its code")
  func currencies() {
    #expect(ValueFormatter(currency: "CHF").money(12_340_000).text == "CHF\u{A0}1,234")
    #expect(ValueFormatter(currency: "EUR").money(-12_340_000).text == "−€1,234")
    #expect(ValueFormatter(currency: "JPY").money(12_345_678).data == "1235")
    #expect(ValueFormatter(currency: "KWD").money(12_345_678).data == "1234.568")
  }

  @Test("A rate over fewer than five cases is weak; one over none is undefined, not zero")
  func rates() {
    #expect(dollars.rate(Ratio(274, over: 1000)).text == "27.4%")
    #expect(dollars.rate(Ratio(2, over: 3)).data == "0.666667")
    #expect(dollars.rate(Ratio(1, over: 4), cases: 4).strength == .weak)
    #expect(dollars.rate(Ratio(1, over: 5), cases: 5).strength == .normal)
    let none = dollars.rate(Ratio(0, over: 0), cases: 0)
    #expect(none.text == "–")
    #expect(none.data == "")
    #expect(none.strength == .undefined)
  }

  @Test("Days, dates, counts and multiples have one form each")
  func others() {
    #expect(dollars.day(Day(year: 2026, month: 11, day: 20)).text == "Nov 20, 2026")
    #expect(dollars.day(Day(year: 2026, month: 11, day: 20)).data == "2026-11-20")
    #expect(dollars.count(1_234_567).text == "1,234,567")
    #expect(dollars.days(1, named: true).text == "1 day")
    #expect(dollars.days(1_041).text == "1,041")
    #expect(dollars.multiple(Ratio(243, over: 100)).text == "2.4×")
    #expect(dollars.meanDays(Ratio(83, over: 2)).text == "41.5")
  }

  @Test("A change has a sign, a percentage where the earlier amount is above zero, and a direction")
  func changes() {
    func ratio(_ units: Int128) -> Ratio { Ratio(units * 10_000, over: 10_000) }
    let up = dollars.change(from: ratio(100_000), to: ratio(114_200), against: "x")
    #expect(up?.value.text == "+$14.2\u{A0}k (+14.2%)")
    #expect(up?.value.data == "14200.00")
    #expect(up?.tone == "good")
    let down = dollars.change(from: ratio(200_000), to: ratio(150_000), against: "x")
    #expect(down?.value.text == "−$50.0\u{A0}k (−25.0%)")
    #expect(down?.tone == "bad")
    let fromNothing = dollars.change(from: ratio(0), to: ratio(5), against: "x")
    #expect(fromNothing?.value.text == "+$5")
    let same = dollars.change(from: ratio(7), to: ratio(7), against: "x")
    #expect(same?.value.text == "$0 (0.0%)")
    #expect(same?.tone == "neutral")
    let points = dollars.rateChange(
      from: Ratio(1, over: 4), to: Ratio(27, over: 100), against: "x")
    #expect(points?.value.text == "+2.0\u{A0}pts")
    #expect(points?.value.data == "0.020000")
  }

  @Test("Control characters never reach a writer")
  func clean() {
    #expect(CleanText.of("a\u{0}b\u{7}c\u{1B}d") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d")
    #expect(CleanText.of("line\r\nbreak\tand\u{2028}more") == "line  break and more")
    let noncharacters = String(
      String.UnicodeScalarView([0xFFFE, 0xFDD0, 0x85, 0x9F].compactMap { Unicode.Scalar($0) }))
    #expect(CleanText.of(noncharacters) == "\u{FFFD}\u{FFFD} \u{FFFD}")
    #expect(CleanText.unmarked("\u{202E}evil\u{2069}") == "evil")
    #expect(CleanText.isolated("שלום\u{2069}") == "\u{2068}שלום\u{2069}")
  }

  @Test("A link is an https address of a plain host, whatever the Id holds")
  func links() {
    let base = "https://acme.my.salesforce.com"
    #expect(RecordLink(base: base + "/", id: "001A")?.url == base + "/001A")
    #expect(RecordLink(base: base + "/lightning/r", id: "a")?.url == base + "/lightning/r/a")
    #expect(
      RecordLink(base: base, id: "\"><script>")?.url == base + "/%22%3E%3Cscript%3E")
    #expect(RecordLink(base: base, id: "..") == nil)
    #expect(RecordLink(base: base, id: "") == nil)
    for bad in [
      "http://acme.com", "javascript:alert(1)", "https://", "https:///x", "https://a@b.com",
      "https://a.com:x", "https://a.com/\"", "https://a.com/?q", "https://a b.com", "//a.com",
    ] {
      #expect(RecordLink(base: bad, id: "001A") == nil, "\(bad)")
    }
  }
}
