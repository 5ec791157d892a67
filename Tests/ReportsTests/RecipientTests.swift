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
    let records = Editions.records(parents: parents, emails: emails)
    let context = try Editions.context(.managementLine, records)
    var resolver = RecipientResolver(
      records: records, assignment: Assignment(of: records),
      families: try Editions.engine(records).families, context: context,
      operatorAddress: MailAddress(name: nil, address: "ops@a.example"))
    return resolver.addressees(of: try #require(edition(context)), by: [rule])
      .map { [$0.address, $0.because].compactMap { $0 }.joined(separator: ": ") }
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
}
