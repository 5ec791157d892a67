import Settings
import Testing

@Suite("Addresses")
struct MailAddressTests {
  @Test("A name and an address, with and without quotes")
  func names() {
    #expect(
      MailAddress("Sales Operations <ops@acme.example>")
        == MailAddress(name: "Sales Operations", address: "ops@acme.example"))
    #expect(
      MailAddress("\"Lee, Ann\" <ann@acme.example>")
        == MailAddress(name: "Lee, Ann", address: "ann@acme.example"))
    #expect(
      MailAddress("ops@acme.example") == MailAddress(name: nil, address: "ops@acme.example"))
    #expect(
      MailAddress("<ops@localhost>") == MailAddress(name: nil, address: "ops@localhost"))
  }

  @Test(
    "What would end an address in a header or a command is no address",
    arguments: [
      "", "ops", "ops@", "@acme.example", "ops@acme", "ops@.example", "ops@acme.", "a@b@c.example",
      "ops@acme.example\r\nBcc: x@y.example", "ops@acme.example>", "o ps@acme.example",
      "ops@acme.example,x@y.example", "ops\u{0}@acme.example", "ops\u{202E}@acme.example",
      "(x)ops@acme.example", "\"x\"@acme.example",
    ])
  func refused(text: String) {
    #expect(MailAddress(text) == nil)
    #expect(!MailAddress.isAddress(text))
  }
}
