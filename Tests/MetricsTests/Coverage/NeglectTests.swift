import Metrics
import Records
import Testing

@Suite("Neglected accounts, computed by hand")
struct NeglectTests {
  /// As of 2026-11-20: 90 days before is 2026-08-22, which is still in touch.
  private var organisation: Organisation {
    var o = Organisation()
    for user in ["ann", "bob"] { o.add(.user, user) }
    account("A", "ann", last: "2026-08-22", created: "2020-01-01", &o)
    account("B", "ann", last: "2026-08-21", created: "2026-11-01", &o)
    // A date to come is a next meeting: the creation counts.
    account("D", "ann", last: "2026-12-01", created: "2020-01-01", &o)
    account("E", "bob", last: nil, created: "2026-10-01", &o)
    account("F", "bob", last: nil, created: "2026-01-01", &o)
    // Nothing is known of it.
    account("G", "bob", last: nil, created: nil, &o)
    // Nobody's.
    account("H", nil, last: nil, created: "2020-01-01", &o)
    o.deal("D1", .open, amount: 30, close: "2026-12-01", account: "B")
    o.deal("D2", .open, amount: nil, close: "2026-12-01", account: "D")
    o.deal("D3", .won, amount: 70, close: "2026-10-01", account: "F")
    return o
  }

  private func account(
    _ id: String, _ owner: String?, last: String?, created: String?, type: String? = nil,
    _ o: inout Organisation
  ) {
    var cells: [String: Organisation.Cell] = [:]
    if let owner { cells["OwnerId"] = .id(owner) }
    if let last { cells["LastActivityDate"] = .day(last) }
    if let created { cells["CreatedDate"] = .day(created) }
    if let type { cells["Type"] = .text(type) }
    o.add(.account, id, cells)
  }

  private func rows(_ o: Organisation, _ user: UserRecords = UserRecords()) throws -> [String] {
    try o.engine(userRecords: user).csv(.neglectedAccounts).split(separator: "\n").dropFirst()
      .map(String.init)
  }

  @Test("The last activity, else the creation, is longer ago than 90 days")
  func ninetyDays() throws {
    // ann: B and D of 3, both with an open deal, worth 30. bob: F of 3, without one.
    #expect(try rows(organisation) == ["ann,ann,3,2,2,30.00", "bob,bob,3,1,0,0.00"])
  }

  @Test("Closed tasks, events and the user's own activities count, open tasks do not")
  func activities() throws {
    var o = organisation
    o.add(.task, "T1", ["AccountId": .id("B"), "ActivityDate": .day("2026-11-01")])
    o.add(
      .task, "T2",
      ["AccountId": .id("D"), "ActivityDate": .day("2026-11-01"), "IsClosed": .flag(false)])
    o.add(.event, "V1", ["AccountId": .id("F"), "ActivityDateTime": .day("2026-11-20")])
    o.add(.event, "V2", ["AccountId": .id("D"), "ActivityDate": .day("2026-11-21")])
    #expect(try rows(o) == ["ann,ann,3,1,1,0.00", "bob,bob,3,0,0,0.00"])
    var user = UserRecords()
    user.activities = [
      Activity(account: 2, deal: -1, user: -1, day: Organisation.day("2026-09-01"), kind: nil)
    ]
    #expect(try rows(o, user) == ["ann,ann,3,0,0,0.00", "bob,bob,3,0,0,0.00"])
  }

  @Test("The coverage policy gives some accounts other days, the first rule that holds decides")
  func policy() throws {
    var o = organisation
    account("K", "ann", last: "2026-10-20", created: nil, type: "Key", &o)
    #expect(try rows(o).first == "ann,ann,4,2,2,30.00")
    o.settings.coverage.neglectRules = [
      .init(condition: ExpressionText("Type = 'Key'"), after: 30),
      .init(condition: ExpressionText("Name = 'B' or Type = 'Key'"), after: 365),
    ]
    #expect(try rows(o).first == "ann,ann,4,2,1,0.00")
    o.settings.coverage.neglectedAfter = 10_000
    #expect(try rows(o).first == "ann,ann,4,1,0,0.00")
  }

  @Test("A rule that names an unknown field is an error at its character")
  func badRule() throws {
    var o = organisation
    o.settings.coverage.neglectRules = [
      .init(
        condition: ExpressionText(
          "Tpye = 'Key'", at: SourcePosition(file: "cadastre.yaml", line: 4, column: 13)),
        after: 30)
    ]
    let error = #expect(throws: FindingsError.self) { try rows(o) }
    #expect(
      error?.findings.first?.at == SourcePosition(file: "cadastre.yaml", line: 4, column: 13))
  }

  @Test("Metrics of neglect say what the table says, and a policy may not ask for them")
  func metrics() throws {
    var o = organisation
    let engine = try o.engine()
    #expect(try engine.figure("neglected_accounts", filter: "OwnerId is not null") == "3")
    #expect(try engine.figure("neglected_open_amount") == "30.00")
    #expect(try engine.figure("accounts", filter: "LastActivity >= today - 91 days") == "2")
    o.settings.coverage.neglectRules = [.init(condition: ExpressionText("IsNeglected"), after: 1)]
    let error = #expect(throws: FindingsError.self) { try rows(o) }
    #expect(
      error?.findings.map(\.description) == [
        "expression: error: a rule of the coverage policy asks for IsNeglected, which it decides;"
          + " nothing was computed; write the rule without IsNeglected."
      ])
  }

  @Test("Exempt users and types do not count at all")
  func exemptions() throws {
    var o = organisation
    account("P", "ann", last: nil, created: "2020-01-01", type: "Partner", &o)
    o.settings.coverage.neglectExemptTypes = [.init("partner")]
    #expect(try rows(o) == ["ann,ann,3,2,2,30.00", "bob,bob,3,1,0,0.00"])
    var person = Person(user: 1)
    person.isExempt = true
    var user = UserRecords()
    user.people = [person]
    #expect(try rows(o, user) == ["ann,ann,3,2,2,30.00"])
    o.settings.coverage.neglectExemptUsers = [.init("ann")]
    #expect(try rows(o, user) == [])
  }
}
