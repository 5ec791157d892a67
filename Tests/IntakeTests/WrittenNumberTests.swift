import Records
import Testing

@testable import Intake

@Suite("Numbers as people and report exports write them")
struct WrittenNumberTests {
  private func number(
    _ text: String, _ form: CellForms.NumberForm? = nil, times: Int64 = 1
  ) -> String? {
    number(Array(text.utf8), form, times: times)
  }

  /// The number with its decimals, and the currency that stands beside it.
  private func number(
    _ cell: [UInt8], _ form: CellForms.NumberForm? = nil, times: Int64 = 1
  ) -> String? {
    CellParser.writtenNumber(cell.span, places: 4, times: times, form: form).map {
      Exact.text(Int128($0.value), places: 4) + ($0.currency.map { " " + $0.text } ?? "")
    }
  }

  @Test(
    "Each form has its own groups and its own decimal mark",
    arguments: [
      ("1,234.50", .commaPoint, "1234.5000"), ("1,234", .commaPoint, "1234.0000"),
      ("12,345,678.9", .commaPoint, "12345678.9000"), ("1234.5", .commaPoint, "1234.5000"),
      ("-1,234", .commaPoint, "-1234.0000"), ("1.234,50", .pointComma, "1234.5000"),
      ("1.234", .pointComma, "1234.0000"), ("12,5", .pointComma, "12.5000"),
      ("1234,5", .pointComma, "1234.5000"), (",5", .pointComma, "0.5000"),
      ("1.234.567", .pointComma, "1234567.0000"), ("1,2E7", .pointComma, "12000000.0000"),
      ("1 234,50", .spaceComma, "1234.5000"), ("1\u{A0}234,50", .spaceComma, "1234.5000"),
      ("1\u{202F}234\u{202F}567", .spaceComma, "1234567.0000"),
      ("1\u{2009}234", .spaceComma, "1234.0000"), ("1'234.50", .apostrophePoint, "1234.5000"),
      ("1’234’567", .apostrophePoint, "1234567.0000"), ("1234", .pointComma, "1234.0000"),
    ] as [(String, CellForms.NumberForm, String)])
  func forms(text: String, form: CellForms.NumberForm, value: String) {
    #expect(number(text, form) == value)
  }

  @Test(
    "What is not of the stated form is no number, though another form has it",
    arguments: [
      ("1.234,50", .commaPoint), ("12,5", .commaPoint), ("1,23", .commaPoint),
      ("1,2345", .commaPoint), ("1234,567", .commaPoint), (",123", .commaPoint),
      ("1,234.50", .pointComma), ("1234.5", .pointComma), ("500000.0", .pointComma),
      ("1.23", .pointComma), ("1.234.5", .pointComma), ("1.234,50", .spaceComma),
      ("12.5", .spaceComma), ("1 23", .spaceComma), ("1 234 5", .spaceComma),
      ("1,234.50", .apostrophePoint), ("1'23", .apostrophePoint), ("1'234 567", .apostrophePoint),
      ("1.234'567", .apostrophePoint), ("1,234,56", .commaPoint),
    ] as [(String, CellForms.NumberForm)])
  func otherForms(text: String, form: CellForms.NumberForm) {
    #expect(number(text, form) == nil)
  }

  @Test(
    "Without a stated form only what can be read in one way is a number",
    arguments: [
      ("1,234.50", "1234.5000"), ("1,234,567", "1234567.0000"), ("1 234", "1234.0000"),
      ("1'234.50", "1234.5000"), ("1 234.5", "1234.5000"), ("1234.5", "1234.5000"),
      ("1,234", nil), ("12,5", nil), ("1.234,50", nil), ("1.234.567", nil), ("1 234,50", nil),
      ("$1,234", nil), ("1,234%", nil),
    ] as [(String, String?)])
  func unstated(text: String, value: String?) {
    #expect(number(text) == value)
  }

  @Test(
    "Less than zero is a minus before or behind, the typographer's minus, or parentheses",
    arguments: [
      ("(1,234.50)", "-1234.5000"), ("1,234.50-", "-1234.5000"), ("−5", "-5.0000"),
      ("(5)", "-5.0000"), ("+1,234.50", "1234.5000"), ("-$5", "-5.0000"), ("$-5", "-5.0000"),
      ("($5)", "-5.0000"), ("USD (5.00)", "-5.0000 USD"), ("(USD 5)", "-5.0000 USD"),
      ("(-5)", nil), ("--5", nil), ("-5-", nil), ("(5", nil), ("5)", nil), ("()", nil),
      ("-", nil), ("+", nil),
    ] as [(String, String?)])
  func negatives(text: String, value: String?) {
    #expect(number(text, .commaPoint) == value)
  }

  @Test(
    "A percent sign means nothing more: probabilities are percentages",
    arguments: [
      ("45%", "45.0000"), ("45 %", "45.0000"), ("45\u{A0}%", "45.0000"), ("12.5%", "12.5000"),
      ("-5%", "-5.0000"), ("%", nil), ("5%%", nil), ("%5", nil), ("5% USD", nil),
    ] as [(String, String?)])
  func percents(text: String, value: String?) {
    #expect(number(text) == value)
  }

  @Test(
    "A currency may stand on either side; a sign of several currencies names none",
    arguments: [
      ("USD 1,234.50", .commaPoint, "1234.5000 USD"),
      ("1,234.50 USD", .commaPoint, "1234.5000 USD"),
      ("$1,234.50", .commaPoint, "1234.5000"), ("US$1,234.50", .commaPoint, "1234.5000 USD"),
      ("£ 5", .commaPoint, "5.0000 GBP"), ("1.234,50 €", .pointComma, "1234.5000 EUR"),
      ("1.234,50\u{A0}€", .pointComma, "1234.5000 EUR"),
      ("EUR 1.234,50", .pointComma, "1234.5000 EUR"),
      ("€1.234,50", .pointComma, "1234.5000 EUR"), ("-1.234,50 €", .pointComma, "-1234.5000 EUR"),
      ("1 234,50 zł", .spaceComma, "1234.5000 PLN"),
      ("CHF 1’234.50", .apostrophePoint, "1234.5000 CHF"),
      ("¥1,000", .commaPoint, "1000.0000"), ("EUR 5", .commaPoint, "5.0000 EUR"),
      ("ABC5", .commaPoint, nil), ("5ABC", .commaPoint, nil), ("usd 5", .commaPoint, nil),
      ("USD", .commaPoint, nil), ("$", .commaPoint, nil), ("USD EUR 5", .commaPoint, nil),
      ("USD 5 USD", .commaPoint, nil), ("USD  ", .commaPoint, nil),
    ] as [(String, CellForms.NumberForm, String?)])
  func currencies(text: String, form: CellForms.NumberForm, value: String?) {
    #expect(number(text, form) == value)
  }

  @Test("In Windows-1252 the signs are single bytes")
  func windows1252() {
    #expect(number(Array("1.234,50".utf8) + [0xA0, 0x80], .pointComma) == "1234.5000 EUR")
    #expect(number([0xA3] + Array("5".utf8)) == "5.0000 GBP")
    #expect(number(Array("1".utf8) + [0x92] + Array("234".utf8)) == "1234.0000")
  }

  @Test("Nothing is trimmed", arguments: [" 5", "5 ", "\t5", "5\n", " ", "5 .0", "- 5"])
  func untrimmed(text: String) {
    for form in CellForms.NumberForm.allCases { #expect(number(text, form) == nil) }
  }

  @Test("A factor counts before rounding, and what does not fit is no number")
  func factors() {
    #expect(number("1,100.04", .commaPoint, times: 1_000_000) == "1100040000.0000")
    #expect(number("1,000,000,000,000,000", .commaPoint) == nil)
    #expect(
      number("922,337,203,685,477.5807", .commaPoint) == "922337203685477.5807")
  }
}
