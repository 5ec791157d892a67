import Records
import Testing

/// Territories 0 (top), 1 and 2 (below 0), 3 (below 1); users by number.
private struct Team {
  var members: [[PlannedAssignment.Member]] = [[], [], [], []]
  /// ForecastUserId of each territory; below zero: none.
  var forecast: [Int32] = [-1, -1, -1, -1]
  /// ManagerId of each user.
  var managers = [Int32](repeating: -1, count: 10)
  var inactive: Set<Int> = []
  var people: [Person] = []

  mutating func member(_ user: Int32, _ role: String?, of territory: Int) {
    members[territory].append(PlannedAssignment.Member(user: user, role: role))
  }

  mutating func away(_ user: Int32, from: String, to: String?, cover: Int32?) {
    var person = Person(user: user)
    person.absences = [
      Person.Absence(from: day(from), to: to.map { day($0) }, cover: cover)
    ]
    people.append(person)
  }

  private func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  func found(role: String? = nil) throws -> TerritoryManagers {
    let users = Table(
      entity: .user, count: 10, keys: nil,
      columns: [
        "ManagerId": .references(managers),
        "IsActive": .flags((0..<10).map { inactive.contains($0) ? 0 : 1 }),
      ], sources: RowSources())
    let territories = Table(
      entity: .territory, count: 4, keys: nil,
      columns: [
        "ParentTerritory2Id": .references([-1, 0, 0, 1]), "ForecastUserId": .references(forecast),
      ], sources: RowSources())
    let records = RecordSet(
      tables: [.user: users, .territory: territories], asOf: day("2026-11-20"))
    let model = try #require(TerritoryModel(activeIn: records))
    return TerritoryManagers(
      of: model, members: members, in: records, people: people, role: role)
  }
}

@Suite struct TerritoryManagersTests {
  @Test func theRoleInTheFileOfPeopleComesBeforeTheRoleInTheModel() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Account Executive", of: 0)
    var person = Person(user: 2)
    person.role = "manager"
    team.people = [person]
    let manager = try #require(try team.found().managers[0])
    #expect(manager.user == 2)
    #expect(manager.rule == .people)
  }

  @Test func theUserInTheManagersRoleComesBeforeTheForecastUser() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Head", of: 0)
    team.forecast[0] = 3
    #expect(try team.found().managers[0]?.user == 1)
    #expect(try team.found(role: "head").managers[0]?.user == 2)
    #expect(try team.found(role: "Nobody").managers[0]?.user == 3)
    #expect(try team.found(role: "Nobody").managers[0]?.rule == .forecastUser)
  }

  @Test func amongSeveralInTheRoleNobodyIsGuessed() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Manager", of: 0)
    team.forecast[0] = 3
    #expect(try team.found().managers[0]?.user == 3)
    // Of two, one has left: then there is one.
    team.inactive = [2]
    #expect(try team.found().managers[0]?.user == 1)
  }

  @Test func theManagerOfAllUsersManagesATerritoryWithoutAnother() throws {
    var team = Team()
    team.member(4, nil, of: 1)
    team.member(5, nil, of: 1)
    team.managers[4] = 6
    team.managers[5] = 6
    let manager = try #require(try team.found().managers[1])
    #expect(manager.user == 6)
    #expect(manager.rule == .commonManager)
    team.managers[5] = 7
    #expect(try team.found().managers[1] == nil)
    // The file of people knows better who somebody's manager is.
    var person = Person(user: 5)
    person.manager = 6
    team.people = [person]
    #expect(try team.found().managers[1]?.user == 6)
  }

  @Test func aTerritoryWithoutAManagerHasThatOfTheOneAbove() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    let found = try team.found()
    #expect(found.managers.map { $0?.user } == [1, 1, 1, 1])
    #expect(found.managers.map { $0?.rule } == [.territoryRole, .above, .above, .above])
    #expect(found.managers[3]?.territory == 0)
    #expect(found.users == [1])
    #expect(found.territories(of: 1) == [0])
  }

  @Test func aManagersTerritoriesAreTheTopsOfWhatTheyManage() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Manager", of: 1)
    team.member(1, "Manager", of: 3)
    let found = try team.found()
    #expect(found.users == [1, 2])
    // 3 is below 1, which somebody else manages, but also below 0.
    #expect(found.territories(of: 1) == [0])
    #expect(found.territories(of: 2) == [1])
  }

  @Test func whoeverStandsInGetsWhatIsSentToSomebodyAway() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Manager", of: 1)
    team.away(2, from: "2026-11-16", to: "2026-11-20", cover: 8)
    let recipient = try #require(try team.found().recipient(of: 1))
    #expect(recipient.user == 8)
    #expect(
      recipient.detours == [
        TerritoryManagers.Detour(
          user: 2, absence: .away(until: Day(iso: "2026-11-20")), to: .cover)
      ])
    // The day after, the manager is back.
    team.people = []
    team.away(2, from: "2026-11-16", to: "2026-11-19", cover: 8)
    #expect(try team.found().recipient(of: 1)?.user == 2)
  }

  @Test func withoutACoverTheManagerAboveGetsWhatIsSentToSomebodyGone() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Manager", of: 1)
    team.inactive = [2]
    let found = try team.found()
    let recipient = try #require(found.recipient(of: 3))
    #expect(recipient.user == 1)
    #expect(
      recipient.detours == [
        TerritoryManagers.Detour(user: 2, absence: .gone, to: .above(territory: 0))
      ])
    #expect(found.managers[3]?.rule == .above)
  }

  @Test func aCoverWhoIsAwayTooStandsInForNobody() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.member(2, "Manager", of: 1)
    team.away(2, from: "2026-11-01", to: nil, cover: 8)
    team.away(8, from: "2026-11-01", to: nil, cover: nil)
    #expect(try team.found().recipient(of: 1)?.user == 1)
  }

  @Test func whatIsSentToATopWhoIsAwayWaitsThere() throws {
    var team = Team()
    team.member(1, "Manager", of: 0)
    team.away(1, from: "2026-11-01", to: nil, cover: nil)
    #expect(try team.found().recipient(of: 2)?.user == 1)
    team.inactive = [1]
    #expect(try team.found().recipient(of: 2) == nil)
  }
}
