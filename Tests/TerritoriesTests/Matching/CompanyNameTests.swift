import Testing

@testable import Territories

@Suite("Names of companies as they are compared")
struct CompanyNameTests {
  private func read(_ text: String) -> String {
    var reader = CompanyNameReader()
    let bytes = Array(text.utf8)
    reader.read(bytes, bytes.indices)
    return String(decoding: reader.name, as: UTF8.self)
  }

  @Test(
    "Case, marks, punctuation and legal forms of many countries do not count",
    arguments: [
      ("Müller Maschinenbau GmbH & Co. KG", "muller maschinenbau"),
      ("MULLER MASCHINENBAU", "muller maschinenbau"), ("Straße AG", "strasse"),
      ("Smith & Sons, Ltd.", "smith and sons"), ("Smith and Sons", "smith and sons"),
      ("The Boeing Company", "boeing"), ("O'Reilly Media, Inc.", "oreilly media"),
      ("Telefónica S.A.", "telefonica"), ("Telefonica S. A.", "telefonica"),
      ("Grupo Bimbo S.A.B. de C.V.", "grupo bimbo"), ("Ørsted A/S", "orsted"),
      ("Orlen Sp. z o.o.", "orlen"), ("Škoda Auto a.s.", "skoda auto"),
      ("Łódzka Spółka z o.o.", "lodzka"), ("Nestlé Deutschland AG", "nestle deutschland"),
      ("株式会社日立製作所", "日立製作所"), ("日立製作所 株式会社", "日立製作所"), ("㈱日立製作所", "日立製作所"),
      ("ＡＢＣ有限会社", "abc"), ("삼성전자 주식회사", "삼성전자"), ("华为技术有限公司", "华为技术"),
      ("ООО Ромашка", "ромашка"), ("ПАО «Газпром»", "газпром"),
      ("PT Astra International Tbk", "astra international"),
      ("Bakery (Holdings) PLC", "bakery holdings"), ("  Acme  ", "acme"), ("Co", "co"),
      ("GmbH", "gmbh"), ("", ""), ("...", ""),
    ])
  func forms(_ written: String, _ compared: String) {
    #expect(read(written) == read(compared))
    #expect(
      read(written).unicodeScalars.elementsEqual(
        compared.decomposedStringWithCompatibilityMapping.unicodeScalars))
  }

  @Test("Names are equal where their letters are, whatever the spaces")
  func equal() {
    var names = CompanyNames()
    var reader = CompanyNameReader()
    for text in ["Data Base Ltd", "Database, Inc.", "Date Base"] {
      let bytes = Array(text.utf8)
      names.append(bytes, bytes.indices, &reader)
    }
    #expect(names.keys[0] == names.keys[1])
    #expect(names.keys[0] != names.keys[2])
    let second = names.words.range(1)
    #expect(names.areEqual(0, names.words.bytes[second]))
    let third = names.words.range(2)
    #expect(!names.areEqual(0, names.words.bytes[third]))
  }

  @Test("Bytes that are no UTF-8 part words and do no harm")
  func broken() {
    var reader = CompanyNameReader()
    let bytes: [UInt8] = [0x41, 0xC3, 0x42, 0xFF, 0x43, 0xE2, 0x82]
    reader.read(bytes, bytes.indices)
    #expect(!reader.name.isEmpty)
  }

  @Test(
    "The distance counts letters added, left out, replaced and neighbours exchanged",
    arguments: [
      ("ca", "abc", 2), ("acme", "acme", 0), ("acme", "acne", 1), ("acme", "amce", 1),
      ("acme", "ace", 1), ("acme", "acmes", 1), ("rossi engineering", "rosi enginering", 2),
      ("", "abc", 3), ("a", "b", 1), ("kitten", "sitting", 3),
    ])
  func distance(_ left: String, _ right: String, _ slips: Int) {
    var near = NearNames()
    #expect(near.distance(Array(left.utf8)[...], Array(right.utf8)[...]) == slips)
    #expect(near.distance(Array(right.utf8)[...], Array(left.utf8)[...]) == slips)
  }

  @Test(
    "One slip is near from five letters on, two from ten; whole words at the beginning from four",
    arguments: [
      ("mars", "marx", false), ("orion", "orian", true), ("orion", "oryan", false),
      ("nordwind logistik", "nordwind logistics", true), ("orion", "orion space", true),
      ("orion", "orionspace", false), ("ibm", "ibm deutschland", false),
      ("acme", "acme space", true), ("acme", "beta", false),
    ])
  func near(_ left: String, _ right: String, _ areNear: Bool) {
    var names = NearNames()
    let (one, other) = (Array(left.utf8)[...], Array(right.utf8)[...])
    #expect(
      names.areNear(
        one, NearNames.signature(one), other, NearNames.signature(other), withWords: true)
        == areNear)
  }
}
