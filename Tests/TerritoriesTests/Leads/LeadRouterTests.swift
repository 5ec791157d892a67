import Metrics
import Records
import Testing

@testable import Territories

@Suite("To whom leads go")
struct LeadRouterTests {
  /// A small organisation.
  ///
  /// Users 0 Ann, 1 Bo, 2 Cy, 3 Di (inactive); accounts 0 Acme (Ann), 1 Acme Paris below it (Bo),
  /// 2 Beta (Di), 3 Gamma (Bo), 4 Delta (nobody). Territories 0 East: Acme, Beta; 1 West: Acme Paris,
  /// Gamma; Cy is the one account executive in East, Ann and Bo both are in West.
  private func desk(
    _ companies: [String], people: [Person] = [],
    _ settings: LeadRoutingSettings = LeadRoutingSettings(ownerRole: "account executive"),
    named: [NamedAccount] = []
  ) -> LeadDesk {
    let plan = TerritoryPlan(
      developerName: "FY", name: "FY",
      territories: ["East", "West"].map { .init(developerName: $0, name: $0) })
    let model = TerritoryModel(of: plan, ids: ["T0", "T1"], rows: [0, 1], rowCount: 2)
    let records = RecordSet(
      tables: [
        .user: Self.table(.user, ["U0", "U1", "U2", "U3"], ["IsActive": .flags([1, 1, 1, 0])]),
        .territory: Self.table(.territory, ["T0", "T1"], [:]),
        .account: Self.table(
          .account, ["A0", "A1", "A2", "A3", "A4"],
          [
            "Name": Self.texts(["Acme", "Acme Paris", "Beta", "Gamma", "Delta"]),
            "OwnerId": .references([0, 1, 3, 1, -1]), "ParentId": .references([-1, 0, -1, -1, -1]),
          ]),
        .userTerritory: Self.table(
          .userTerritory, ["M0", "M1", "M2"],
          [
            "UserId": .references([2, 0, 1]), "Territory2Id": .references([0, 1, 1]),
            "RoleInTerritory2": .categories(
              Categories(codes: [0, 0, 0], values: ["Account Executive"])),
          ]),
        .lead: Self.table(
          .lead, companies.indices.map { "L\($0)" }, ["Company": Self.texts(companies)]),
      ], asOf: Day(number: 20_000))
    let assignment = Assignment(
      model: model,
      territoriesOfAccount: Adjacency(sources: 5, pairs: [(0, 0), (1, 1), (2, 0), (3, 1)]),
      territoryOfDeal: [],
      usersOfTerritory: Adjacency(sources: 2, pairs: [(0, 2), (1, 0), (1, 1)]),
      coversAccounts: true)
    return LeadDesk(
      records, assignment, metrics: MetricSettings(), people: people, named: named,
      settings: settings, rules: { nil }, threads: 1)
  }

  private static func table(_ entity: Entity, _ ids: [String], _ columns: [String: Column]) -> Table
  {
    var keys = Texts()
    for id in ids { keys.append(Array(id.utf8)) }
    return Table(entity: entity, count: ids.count, keys: .text(keys), columns: columns)
  }

  private static func texts(_ all: [String]) -> Column {
    var texts = Texts()
    for text in all { texts.append(Array(text.utf8)) }
    return .texts(texts)
  }

  private func routes(_ desk: LeadDesk) -> [String] {
    desk.routes.map { "\($0.territory) \($0.owner) \($0.way)" }
  }

  @Test("A lead goes to the owner of its account, with the account's territory")
  func owner() {
    #expect(
      routes(desk(["ACME GmbH", "Gamma", "Nobody"])) == [
        "0 0 accountOwner", "1 1 accountOwner", "-1 -1 noRules",
      ])
  }

  @Test("Where the owner is inactive the territory's one user in the owner's role gets it")
  func inactive() {
    #expect(routes(desk(["Beta"])) == ["0 2 territoryOwner"])
    #expect(routes(desk(["Beta"], LeadRoutingSettings())) == ["0 -1 toBeNamed"])
    #expect(routes(desk(["Delta"])) == ["-1 -1 toBeNamed"])
  }

  @Test("Who is away is covered; with no cover, or gone, the territory's user gets it")
  func away() {
    var ann = Person(user: 0)
    ann.absences = [.init(from: Day(number: 19_990), to: Day(number: 20_000), cover: 1)]
    #expect(routes(desk(["Acme"], people: [ann])) == ["0 1 cover"])
    ann.absences = [.init(from: Day(number: 19_990), to: nil, cover: 3)]
    #expect(routes(desk(["Acme"], people: [ann])) == ["0 2 territoryOwner"])
    ann.absences = [.init(from: Day(number: 19_990), to: Day(number: 19_999), cover: 1)]
    #expect(routes(desk(["Acme"], people: [ann])) == ["0 0 accountOwner"])
    ann.absences = []
    ann.leftDate = Day(number: 20_000)
    #expect(routes(desk(["Acme"], people: [ann])) == ["0 2 territoryOwner"])
    // Of two in the role nobody is guessed; with one of them gone the other is meant.
    var bo = Person(user: 1)
    bo.leftDate = Day(number: 20_000)
    #expect(routes(desk(["Gamma"], people: [bo])) == ["1 0 territoryOwner"])
    var both = bo
    both.leftDate = nil
    both.absences = [.init(from: Day(number: 19_990), to: nil, cover: nil)]
    #expect(routes(desk(["Gamma"], people: [both])) == ["1 -1 toBeNamed"])
  }

  @Test("To headquarters: a subsidiary's lead goes to where its ultimate parent is")
  func headquarters() {
    var settings = LeadRoutingSettings(ownerRole: "Account Executive")
    #expect(routes(desk(["Acme Paris"], settings)) == ["1 1 accountOwner"])
    settings.toHeadquarters = true
    #expect(
      routes(desk(["Acme Paris", "Acme"], settings)) == [
        "0 0 parentOwner", "0 0 accountOwner",
      ])
  }

  @Test("To headquarters: a subsidiary in another region than its ultimate parent is listed")
  func subsidiaries() {
    var settings = LeadRoutingSettings(ownerRole: "Account Executive")
    #expect(desk([], settings).subsidiaries.isEmpty)
    settings.toHeadquarters = true
    // Acme Paris in West is to go to Acme's owner in East.
    let found = desk([], settings).subsidiaries.map {
      "\($0.account) below \($0.parent): \($0.from) to \($0.route.territory) \($0.route.owner)"
        + " \($0.route.way)"
    }
    #expect(found == ["1 below 0: 1 to 0 0 parentOwner"])
    // Whom somebody was named for stays.
    let named = [NamedAccount(account: 1, owner: 2, territory: nil)]
    #expect(desk([], settings, named: named).subsidiaries.isEmpty)
  }

  @Test("A named account's leads go to whom it was named for, into its territory")
  func named() {
    let named = [NamedAccount(account: 0, owner: 2, territory: 1)]
    #expect(routes(desk(["Acme"], named: named)) == ["1 2 namedOwner"])
    let place = [NamedAccount(account: 0, owner: nil, territory: 1)]
    #expect(routes(desk(["Acme"], named: place)) == ["1 0 accountOwner"])
  }
}
