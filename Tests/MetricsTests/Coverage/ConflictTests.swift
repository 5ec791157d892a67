import Metrics
import Records
import Testing

@Suite("Conflicts, computed by hand")
struct ConflictTests {
  /// Country C (cat) over regions N (ned) and S (sue); K (kim) lies over them.
  ///
  /// C, N and S are of type Geographic, K of type Strategic. Zoe works nowhere, and old has left.
  private var organisation: Organisation {
    var o = Organisation()
    for user in ["cat", "ned", "sue", "kim", "zoe"] {
      o.add(.user, user, ["IsActive": .flag(true)])
    }
    o.add(.user, "old", ["IsActive": .flag(false)])
    for type in ["Geographic", "Strategic"] {
      o.add(.territoryType, type, ["MasterLabel": .text(type)])
    }
    territory("C", nil, "Geographic", "cat", &o)
    territory("N", "C", "Geographic", "ned", &o)
    territory("S", "C", "Geographic", "sue", &o)
    territory("K", nil, "Strategic", "kim", &o)
    return o
  }

  private func territory(
    _ id: String, _ parent: String?, _ type: String, _ user: String, _ o: inout Organisation
  ) {
    var cells: [String: Organisation.Cell] = ["Territory2TypeId": .id(type)]
    if let parent { cells["ParentTerritory2Id"] = .id(parent) }
    o.add(.territory, id, cells)
    o.add(.userTerritory, "\(user)-\(id)", ["UserId": .id(user), "Territory2Id": .id(id)])
  }

  private func rows(_ o: Organisation) throws -> [String] {
    try o.engine().csv(.conflicts).split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("C1: an open deal's owner works in none of its account's territories")
  func dealOwnerOutside() throws {
    var o = organisation
    o.account("A", owner: "ned", in: ["N"])
    o.account("B", owner: "zoe")
    // Ned works in N, cat above it; sue and zoe do not. Closed deals and accounts without a
    // territory are in no conflict, and neither is a deal without an owner.
    o.deal("D1", .open, amount: 10, close: "2026-12-01", account: "A", owner: "ned")
    o.deal("D2", .open, amount: 20, close: "2026-12-01", account: "A", owner: "cat")
    o.deal("D3", .open, amount: 30, close: "2026-12-01", account: "A", owner: "sue")
    o.deal("D4", .open, amount: nil, close: "2026-12-01", account: "A", owner: "zoe")
    o.deal("D5", .won, amount: 40, close: "2026-10-01", account: "A", owner: "zoe")
    o.deal("D6", .open, amount: 50, close: "2026-12-01", account: "B", owner: "sue")
    o.deal("D7", .open, amount: 60, close: "2026-12-01", account: "A")
    #expect(try rows(o) == ["C1,D3,A,sue,N,30.00,", "C1,D4,A,zoe,N,,"])
    o.settings.coverage.ancestorsAreInsiders = false
    #expect(
      try rows(o) == ["C1,D3,A,sue,N,30.00,", "C1,D2,A,cat,N,20.00,", "C1,D4,A,zoe,N,,"])
  }

  @Test("C2: an open deal's territory is none of its account's")
  func dealElsewhere() throws {
    var o = organisation
    o.account("A", owner: "ned", in: ["N"])
    o.deal(
      "D1", .open, amount: 10, close: "2026-12-01", account: "A", owner: "ned", territory: "S")
    o.deal(
      "D2", .open, amount: 20, close: "2026-12-01", account: "A", owner: "ned", territory: "N")
    // Lost, or of a territory that is gone: there is nothing to compare.
    o.deal(
      "D3", .lost, amount: 30, close: "2026-10-01", account: "A", owner: "ned", territory: "S")
    o.deal(
      "D4", .open, amount: 40, close: "2026-12-01", account: "A", owner: "ned", territory: "gone")
    #expect(try rows(o) == ["C2,D1,A,ned,S,10.00,"])
  }

  @Test("C3 and C4: an account's owner is outside, and it is in two territories of one type")
  func accounts() throws {
    var o = organisation
    o.account("A", owner: "sue", in: ["N"])
    o.account("B", owner: "ned", in: ["N", "K"])
    o.account("D", owner: "sue", in: ["N", "S"])
    o.deal("D1", .open, amount: 10, close: "2026-12-01", account: "A", owner: "ned")
    o.deal("D2", .open, amount: 5, close: "2026-12-01", account: "A", owner: "ned")
    #expect(try rows(o) == ["C3,,A,sue,,15.00,", "C4,,D,sue,,0.00,"])
    // A type that lies over others is exempt.
    o.account("E", owner: "ned", in: ["N", "C"])
    #expect(try rows(o).suffix(2) == ["C4,,D,sue,,0.00,", "C4,,E,ned,,0.00,"])
    o.settings.coverage.overlayTypes = [.init("geographic")]
    #expect(try rows(o) == ["C3,,A,sue,,15.00,"])
  }

  @Test("Without territory types all territories are of one")
  func untyped() throws {
    var o = Organisation()
    o.add(.user, "ann")
    o.territory("N", users: ["ann"])
    o.territory("S", users: ["ann"])
    o.account("A", owner: "ann", in: ["N", "S"])
    #expect(try rows(o) == ["C4,,A,ann,,0.00,"])
  }

  @Test("C5: a family of two accounts or more over several territories or owners")
  func families() throws {
    var o = organisation
    o.account("A", owner: "ned", in: ["N"])
    o.account("A1", parent: "A", owner: "sue", in: ["S"])
    o.account("B", owner: "ned", in: ["N"])
    o.account("B1", parent: "B", owner: "ned", in: ["N"])
    o.account("D", owner: "ned")
    o.account("D1", parent: "D", owner: "cat")
    // One account alone is no family that could be split.
    o.account("E", owner: "ned", in: ["N", "K"])
    // The root stands with its own open amount.
    o.deal("D1", .open, amount: 9, close: "2026-12-01", account: "A", owner: "ned")
    o.deal("D2", .open, amount: 70, close: "2026-12-01", account: "A1", owner: "sue")
    #expect(try rows(o) == ["C5,,A,ned,,9.00,", "C5,,D,ned,,0.00,"])
    o.settings.coverage.conflictExemptUsers = [.init("cat")]
    #expect(try rows(o) == ["C5,,A,ned,,9.00,"])
  }

  @Test("C7: what an inactive user owns, where a deal is open or a subscription runs")
  func inactiveOwners() throws {
    var o = organisation
    o.account("A", owner: "old")
    o.account("B", owner: "old")
    o.account("D", owner: "old")
    o.account("E", owner: "ned")
    o.deal("D1", .open, amount: 10, close: "2026-12-01", account: "A", owner: "ned")
    o.deal("D2", .open, amount: 20, close: "2026-12-01", account: "E", owner: "old")
    func contract(_ id: String, _ account: String, _ start: String, _ end: String) {
      o.add(
        .contract, id,
        [
          "AccountId": .id(account), "StartDate": .day(start), "EndDate": .day(end),
          "MonthlyValue__c": .number(50_000),
        ])
    }
    contract("S1", "B", "2026-01-01", "2026-11-20")
    contract("S2", "D", "2025-01-01", "2026-11-19")
    #expect(
      try rows(o) == ["C7,D2,E,old,,20.00,", "C7,,A,old,,10.00,", "C7,,B,old,,0.00,"])
  }

  @Test("Exempt users, roles and classes are in no conflict")
  func exemptions() throws {
    var o = organisation
    o.add(.userRole, "R1", ["Name": .text("House accounts")])
    o.add(.user, "hal", ["IsActive": .flag(true), "UserRoleId": .id("R1")])
    o.account("A", owner: "hal", in: ["N"])
    o.deal(
      "D1", .open, amount: 1, close: "2026-12-01", account: "A", owner: "zoe", type: "Renewal")
    o.deal("D2", .open, amount: 2, close: "2026-12-01", account: "A", owner: "zoe")
    #expect(
      try rows(o) == ["C1,D2,A,zoe,N,2.00,", "C1,D1,A,zoe,N,1.00,", "C3,,A,hal,,3.00,"])
    o.settings.classes = [
      .init(name: "renewal", condition: ExpressionText("Type = 'Renewal'")),
      .init(name: "new", condition: ExpressionText("Type is null")),
    ]
    o.settings.coverage.conflictExemptClasses = ["renewal"]
    #expect(try rows(o) == ["C1,D2,A,zoe,N,2.00,", "C3,,A,hal,,3.00,"])
    o.settings.coverage.conflictExemptRoles = [.init("house accounts")]
    #expect(try rows(o) == ["C1,D2,A,zoe,N,2.00,"])
    o.settings.coverage.conflictExemptUsers = [.init("ZOE")]
    #expect(try rows(o) == [])
  }

  @Test("A name that is nobody's is a finding with a word for who may be meant")
  func unknownNames() throws {
    var o = organisation
    o.settings.coverage.conflictExemptUsers = [
      .init("zoo", at: SourcePosition(file: "cadastre.yaml", line: 3, column: 17))
    ]
    let engine = try o.engine()
    _ = try engine.csv(.conflicts)
    #expect(
      engine.findings.entries.map(\.first.description) == [
        "cadastre.yaml:3:17: warning: \"exempt_users\" names \"zoo\", which is no user that the"
          + " export holds; the name is passed over; did you mean \"zoe\"?"
      ])
  }

  @Test("Without territories or users' states the notes say what cannot be found")
  func notes() throws {
    var o = Organisation()
    o.account("A")
    let table = try o.engine().standardTables([.conflicts], scope: .company)[0]
    #expect(table.rowCount == 0)
    #expect(
      table.notes == [
        "The export does not say which accounts are in which territory, so C1 to C4 cannot be"
          + " found, and C5 by owners only.",
        "The export does not say which users are active, so C7 cannot be found.",
      ])
  }

  @Test("A territory's scope shows a family that is split with a territory outside it")
  func scope() throws {
    var o = organisation
    o.account("A", owner: "ned", in: ["N"])
    o.account("A1", parent: "A", owner: "sue", in: ["S"])
    o.deal("D1", .open, amount: 9, close: "2026-12-01", account: "A", owner: "zoe")
    o.deal("D2", .open, amount: 7, close: "2026-12-01", account: "A1", owner: "sue")
    // Territories are indexed in the order of Ids: C, K, N, S.
    #expect(
      try o.engine().csv(.conflicts, scope: .territory(3)).split(separator: "\n").dropFirst()
        == ["C5,,A1,sue,,7.00,"])
    #expect(
      try o.engine().csv(.splitFamilies, scope: .territory(3)) == """
        root_id,root,accounts,territories,owners,open_amount
        A1,A1,2,2,2,16.00

        """)
  }
}
