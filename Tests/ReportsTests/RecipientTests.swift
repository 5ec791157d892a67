import Metrics
import Records
import Settings
import Testing

@testable import Reports

/// All above North (Coast, Hills with Peak) and South; Ada manages All, Ben North, and Dee sells in Coast.
@Suite("Who gets an edition")
struct RecipientTests {
  private static let emails = [
    "ada@a.example", "ben@a.example", "cy@a.example", "", "eve@a.example",
  ]

  /// The addresses, and why where it is said.
  private func readers(
    of edition: (ReportContext) -> EditionScope?, _ rule: RecipientRule,
    parents: [Int32] = [-1, 0, 1, 1, 3, 0], emails: [String] = emails
  ) throws -> [String] {
    try resolved(
      of: edition, [rule], Editions.records(parents: parents, emails: emails)
    ).readers
  }

  /// The same of any export, with the codes of what was found out about people.
  private func resolved(
    of edition: (ReportContext) -> EditionScope?, _ rules: [RecipientRule], _ records: RecordSet
  ) throws -> (readers: [String], findings: [String]) {
    let context = try Editions.context(.managementLine, records)
    var resolver = RecipientResolver(
      records: records, assignment: Assignment(of: records),
      families: try Editions.engine(records).families, context: context,
      operatorAddress: MailAddress(name: nil, address: "ops@a.example"))
    let readers = resolver.addressees(of: try #require(edition(context)), by: rules)
      .map { [$0.address, $0.because].compactMap { $0 }.joined(separator: ": ") }
    return (readers, resolver.findings.map(\.description))
  }

  private func company(_ context: ReportContext) -> EditionScope? {
    context.editions(of: .company).first
  }

  private func territory(_ name: String) -> (ReportContext) -> EditionScope? {
    { $0.editions(of: .territory).first { $0.name == name } }
  }

  @Test("The company's edition goes to whoever manages the one territory at the top")
  func oneTop() throws {
    #expect(try readers(of: company, .territoryManagers) == ["ada@a.example"])
  }

  @Test("Who manages one of several territories at the top does not get the company's edition")
  func severalTops() throws {
    let apart: [Int32] = [-1, -1, 1, 1, 3, -1]
    for rule in [RecipientRule.territoryManagers, .territoryUsers(role: nil), .forecastManagers] {
      #expect(
        try readers(of: company, rule, parents: apart) == [
          "ops@a.example: sent to you because it is about the whole company, and nobody manages all "
            + "of it"
        ])
    }
    #expect(
      try readers(of: territory("North"), .territoryManagers, parents: apart) == ["ben@a.example"])
  }

  @Test("Who owns an account gets the edition of its territory, and not the company's")
  func owners() throws {
    var emails = Self.emails
    emails[3] = "dee@a.example"
    #expect(
      try readers(of: territory("Coast"), .accountOwners, emails: emails) == ["dee@a.example"])
    let ofCompany = try readers(of: company, .accountOwners, emails: emails)
    #expect(ofCompany.count == 1)
    #expect(ofCompany[0].hasPrefix("ada@a.example: "))
  }

  @Test("Where nobody holds a role the manager gets the edition, and is told why")
  func emptyRole() throws {
    #expect(
      try readers(of: territory("North"), .territoryUsers(role: "Rep")) == [
        "ben@a.example: sent to you because North has no user in role Rep whom mail reaches"
      ])
  }

  @Test("Users of a territory are those of its own, in the role that is named, whatever its case")
  func roles() throws {
    #expect(try readers(of: territory("South"), .territoryUsers(role: "rep")) == ["eve@a.example"])
    #expect(try readers(of: territory("North"), .territoryUsers(role: nil)) == ["ben@a.example"])
    // Dee works in Coast, below it.
    #expect(
      try readers(of: territory("North"), .territoryUsers(role: "Rep")) == [
        "ben@a.example: sent to you because North has no user in role Rep whom mail reaches"
      ])
  }

  @Test("The forecast manager is the one of the territory; who is gone is named and passed over")
  func forecastManagers() throws {
    let records = Editions.records(emails: Self.emails, forecasters: [-1, 4, 2, -1, -1, 1])
    func readers(_ name: String) throws -> (readers: [String], findings: [String]) {
      try resolved(of: territory(name), [.forecastManagers], records)
    }
    #expect(try readers("North").readers == ["eve@a.example"])
    #expect(try readers("South").readers == ["ben@a.example"])
    let coast = try readers("Coast")
    // Cy, who is to forecast it and to manage it, is inactive: Ben, who manages North, has it.
    #expect(
      coast.readers == [
        "ben@a.example: sent to you because Cy, who manages Coast, is no longer there"
      ])
    #expect(
      coast.findings.first
        == "warning: 1 user to whom reports would go are inactive or have left; their editions go to "
        + "whoever stands in, or to the manager above; give their territories to somebody else in the "
        + "CRM or in the file of people.")
    // None is named.
    #expect(
      try readers("All").readers == [
        "ada@a.example: sent to you because All has no forecast manager whom mail reaches"
      ])
  }

  @Test("A notice goes to the manager whom it is for, else to the operator with the reason")
  func managersAffected() throws {
    func notice(_ id: String) -> (ReportContext) -> EditionScope? {
      { _ in
        EditionScope(
          kind: .manager, scope: .records(RecordScope(name: "n", accounts: [0], deals: [])), id: id,
          name: id)
      }
    }
    #expect(try readers(of: notice("u1"), .managersAffected) == ["ben@a.example"])
    #expect(
      try readers(of: notice("u2"), .managersAffected) == [
        "ops@a.example: sent to you because Cy, whom it is for, is no longer there"
      ])
    #expect(
      try readers(of: notice("u3"), .managersAffected) == [
        "ops@a.example: sent to you because Dee, whom it is for, has no address of mail"
      ])
    #expect(
      try readers(of: company, .managersAffected) == [
        "ops@a.example: sent to you because it is about the whole company"
      ])
    // Owners of the accounts in somebody else's notice get none of it.
    #expect(try readers(of: notice("u1"), .accountOwners) == ["ben@a.example"])
  }

  @Test("Owning one account of a territory is no right to see the territory")
  func ownersElsewhere() throws {
    // Eve works in South, and owns the account in Coast; Ben manages North above it.
    let elsewhere = Editions.records(emails: Self.emails, owners: [4, 4])
    let coast = try resolved(of: territory("Coast"), [.accountOwners], elsewhere)
    #expect(
      coast.readers == [
        "ben@a.example: sent to you because Cy, who manages Coast, is no longer there"
      ])
    #expect(
      coast.findings.contains(
        "warning: 1 user owns accounts of territories in which, or above which, they do not work; "
          + "account_owners sends them nothing about these territories; give them a place in the "
          + "territory, or the accounts to somebody who has one."), "\(coast.findings)")
    let south = try resolved(of: territory("South"), [.accountOwners], elsewhere)
    #expect(south.readers == ["eve@a.example"])
    #expect(south.findings.isEmpty)
    // Who works above owns what is below.
    let above = Editions.records(emails: Self.emails, owners: [1, 0])
    #expect(
      try resolved(of: territory("Coast"), [.accountOwners], above).readers == ["ben@a.example"])
    // A seller of Coast does not get North's, which holds more.
    var emails = Self.emails
    emails[3] = "dee@a.example"
    #expect(
      try resolved(of: territory("North"), [.accountOwners], Editions.records(emails: emails))
        .readers == ["ben@a.example: sent to you because mail reaches no owner of its accounts"])
  }

  @Test("The owners of a family get the family's edition, each once")
  func ownersOfFamily() throws {
    let records = Editions.records(emails: Self.emails, owners: [4, 4])
    let family: (ReportContext) -> EditionScope? = { _ in
      EditionScope(kind: .family, scope: .family(0), id: "a0", name: "Acorn")
    }
    #expect(
      try resolved(of: family, [.accountOwners, .address("EVE@a.example")], records).readers
        == ["eve@a.example"])
  }
}
