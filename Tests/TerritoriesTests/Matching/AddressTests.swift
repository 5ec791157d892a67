import Testing

@testable import Territories

@Suite("Domains, telephone numbers and postcodes as they are compared")
struct AddressTests {
  @Test(
    "A company is known by the public suffix and the label before it",
    arguments: [
      ("https://www.sales.acme.co.uk:443/de?x=1#y", "acme.co.uk"),
      ("ann@mail.acme.co.uk", "acme.co.uk"),
      ("WWW.Acme.COM", "acme.com"), ("acme.de/", "acme.de"), ("http://user:pw@acme.fr/", "acme.fr"),
      ("ann@acme.com.br", "acme.com.br"), (" acme.example ", "acme.example"),
      ("acme.org.", "acme.org"),
    ])
  func domain(_ written: String, _ domain: String) {
    #expect(WebDomains.domain(of: written) == domain)
  }

  @Test(
    "Nobody is known by a mail provider, a number, a suffix alone or nothing",
    arguments: [
      "x@gmail.com", "x@web.de", "x@yahoo.co.uk", "x@hotmail.fr", "https://www.facebook.com/acme",
      "192.168.1.1", "co.uk", "localhost", "", "@", "http://", ".", "n/a",
    ])
  func none(_ written: String) {
    #expect(WebDomains.domain(of: written) == nil)
  }

  private func phone(_ text: String, _ country: String?) -> UInt64 {
    let bytes = Array(text.utf8)
    return PhoneNumbers.key(
      bytes, bytes.indices, callingCode: country.flatMap(PhoneNumbers.callingCode))
  }

  @Test(
    "Telephone numbers are their digits with the country's code, however they are written",
    arguments: [
      ("+49 (0)30 901-820", "Germany"), ("0049 30 901820", nil), ("0049 (0)30 901820", nil),
      ("030 901820", "Germany"), ("(030) 901 820", "DE"), ("+4930901820 ext. 12", nil),
      ("Tel. 030/901820", "germany"),
    ] as [(String, String?)])
  func sameNumber(_ written: String, _ country: String?) {
    #expect(phone(written, country) == 49_30_901_820)
  }

  @Test("A national number of no known country equals only another such one")
  func national() {
    #expect(phone("030 901820", nil) == phone("30 901820", nil))
    #expect(phone("030 901820", nil) != phone("030 901820", "Germany"))
    #expect(phone("(212) 555-0100", "United States") == phone("+1 212 555 0100", nil))
    #expect(phone("1-212-555-0100", "US") == 1_212_555_0100)
    #expect(phone("06 1234567", "Italy") == 39_061_234_567)
    #expect(phone("12345", "Germany") == 49_12345)
    #expect(phone("123", "Germany") == 0)
    #expect(phone("+1 2345678901234567", nil) == 0)
    #expect(phone("n/a", nil) == 0)
  }

  @Test("Postcodes are letters in capitals and digits; of a ZIP+4 the first five count")
  func postcodes() {
    #expect(Postcodes.key("EC1A 1BB") == Postcodes.key("ec1a1bb"))
    #expect(Postcodes.key("94105-1234") == Postcodes.key("94105"))
    #expect(Postcodes.key("01310-100") == Postcodes.key("01310100"))
    #expect(Postcodes.key("01310-100") != Postcodes.key("01310"))
    #expect(Postcodes.key("12") == 0)
    #expect(Postcodes.key("") == 0)
    #expect(Postcodes.key("not a postcode") == 0)
  }
}
