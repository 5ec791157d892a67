import Records
import Testing

@Suite("Who holds what")
struct AssignmentTests {
  private static func texts(_ rows: [String]) -> Texts {
    var texts = Texts()
    for row in rows { texts.append(row.utf8) }
    return texts
  }

  private static func table(
    _ entity: Entity, ids: [String], _ columns: [String: Column] = [:]
  ) -> Table {
    Table(entity: entity, count: ids.count, keys: .text(texts(ids)), columns: columns)
  }

  /// Two models; the active one, FY26, has `t1 World ← (t2 North, t3 South, t4 Overlay)`.
  ///
  /// Territory rows are out of the order of Ids: 0 t3, 1 t1, 2 t2, 3 t9 (of the planned model), 4 t4.
  /// Types: 0 of priority 1 (t1, t2, t3), 1 of priority 2 (t4).
  private static func records(
    deals: [(territory: Int32, account: Int32)] = [], states: [Int32] = [0, 1]
  ) -> RecordSet {
    let model = table(
      .territoryModel, ids: ["m1", "m2"],
      [
        "Name": .texts(texts(["FY27", "FY26"])),
        "State": .categories(Categories(codes: states, values: ["Planning", "ACTIVE"])),
      ])
    let type = table(
      .territoryType, ids: ["y1", "y2"], ["Priority": .decimals([10_000, 20_000])])
    let territory = table(
      .territory, ids: ["t3", "t1", "t2", "t9", "t4"],
      [
        "Name": .texts(texts(["South", "World", "North", "New", "Overlay"])),
        "DeveloperName": .texts(texts(["R_South", "R_World", "R_North", "R_New", "R_Over"])),
        "ParentTerritory2Id": .references([1, Reference.null, 1, Reference.null, 1]),
        "Territory2ModelId": .references([1, 1, 1, 0, 1]),
        "Territory2TypeId": .references([0, 0, 0, 0, 1]),
      ])
    // Accounts: 0 in North; 1 in North and South (a tie); 2 in North and Overlay; 3 in none;
    // 4 in New, of the planned model.
    let association = table(
      .accountTerritory, ids: ["a", "b", "c", "d", "e", "f"],
      [
        "ObjectId": .references([0, 1, 1, 2, 2, 4]),
        "Territory2Id": .references([2, 2, 0, 2, 4, 3]),
      ])
    let member = table(
      .userTerritory, ids: ["u", "v", "w"],
      [
        "UserId": .references([7, 8, 9]), "Territory2Id": .references([2, 2, 0]),
        "IsActive": .flags([1, 0, 2]),
      ])
    let opportunity = table(
      .opportunity, ids: deals.indices.map { "d\($0)" },
      [
        "Territory2Id": .references(deals.map(\.territory)),
        "AccountId": .references(deals.map(\.account)),
      ])
    let account = table(.account, ids: ["k0", "k1", "k2", "k3", "k4"])
    return RecordSet(
      tables: [
        .territoryModel: model, .territoryType: type, .territory: territory, .account: account,
        .accountTerritory: association, .userTerritory: member, .opportunity: opportunity,
      ], asOf: Day(number: 20_777))
  }

  private static func territories(
    of deals: [(territory: Int32, account: Int32)], rule: Assignment.DealRule = .recordOrAccount,
    crosswalk: [String: String] = [:]
  ) -> [String] {
    let assignment = Assignment(
      of: records(deals: deals), dealRule: rule, crosswalk: Crosswalk(crosswalk))
    return assignment.territoryOfDeal.map { index in
      switch index {
      case Assignment.NoTerritory.unassigned: "(unassigned)"
      case Assignment.NoTerritory.former: "(former territory)"
      default: assignment.model?.names[Int(index)] ?? "?"
      }
    }
  }

  @Test("The model in state Active is the model, its territories in the order of Ids")
  func activeModel() throws {
    let model = try #require(TerritoryModel(activeIn: Self.records()))
    #expect(model.name == "FY26")
    #expect(model.names == ["World", "North", "South", "Overlay"])
    #expect(model.ids == ["t1", "t2", "t3", "t4"])
    #expect(model.forest.parents == [-1, 0, 0, 0])
    #expect(model.indexOfRow == [2, 0, 1, -1, 3])
    #expect(model.priorities == [10_000, 10_000, 10_000, 20_000])
  }

  @Test("Where several models have territories and none is active, there is none")
  func noActiveModel() {
    #expect(TerritoryModel(activeIn: Self.records(states: [0, 0])) == nil)
  }

  @Test("Without model rows all territories are one model")
  func noModelRows() throws {
    var records = Self.records()
    records.tables[.territoryModel] = nil
    let model = try #require(TerritoryModel(activeIn: records))
    #expect(model.names == ["World", "North", "South", "Overlay", "New"])
    #expect(model.name == nil)
  }

  @Test("A deal's own territory comes first")
  func ownTerritory() {
    #expect(Self.territories(of: [(0, 0), (1, 3)]) == ["South", "World"])
  }

  @Test("Else the account's: its only one, or the highest priority of its types")
  func accountTerritory() {
    let none = Reference.null
    #expect(Self.territories(of: [(none, 0), (none, 2)]) == ["North", "Overlay"])
  }

  @Test("A tie of priorities is no territory")
  func tie() {
    #expect(Self.territories(of: [(Reference.null, 1)]) == ["(unassigned)"])
  }

  @Test("A deal whose account has no territory, or that has no account, is unassigned")
  func unassigned() {
    let none = Reference.null
    #expect(
      Self.territories(of: [(none, 3), (none, 4), (none, none), (none, Reference.dangling)])
        == [String](repeating: "(unassigned)", count: 4))
  }

  @Test("A territory of another model, or one that was not exported, is a former territory")
  func former() {
    #expect(
      Self.territories(of: [(3, 0), (Reference.dangling, 0)])
        == ["(former territory)", "(former territory)"])
  }

  /// Deals: one of New, which stands in the planned model alone; one of South, of the active one; one
  /// of a territory that was not exported.
  @Test(
    "A territory of another model goes through the crosswalk, by key, Id or name",
    arguments: [
      (["R_New": "R_North"], "North"),
      (["r_new": "r_north"], "North"),
      (["t9": "t4"], "Overlay"),
      (["New": "World"], "World"),
      (["R_New": "R_Interim", "R_Interim": "R_South"], "South"),
      (["R_New": "R_Elsewhere"], "(former territory)"),
      (["R_Other": "R_North"], "(former territory)"),
      // What the active model holds is what it is.
      (["R_New": "R_North", "R_South": "R_North"], "North"),
    ])
  func crosswalk(_ changed: [String: String], _ expected: String) {
    #expect(
      Self.territories(
        of: [(3, 0), (0, 0), (Reference.dangling, 0)], crosswalk: changed)
        == [expected, "South", "(former territory)"])
  }

  @Test("By the rule `record` the account's territory is not asked for")
  func recordOnly() {
    #expect(
      Self.territories(of: [(Reference.null, 0), (2, 0)], rule: .record)
        == ["(unassigned)", "North"])
  }

  @Test("Accounts know their territories of the active model, territories their active users")
  func memberships() {
    let assignment = Assignment(of: Self.records())
    #expect(
      (0..<5).map { Array(assignment.territoriesOfAccount[$0]) } == [[1], [1, 2], [1, 3], [], []])
    #expect((0..<4).map { Array(assignment.usersOfTerritory[$0]) } == [[], [7], [9], []])
    #expect(assignment.coversAccounts)
  }

  @Test("Without territories every deal is unassigned, and nothing is said about accounts")
  func noTerritories() {
    var records = Self.records(deals: [(Reference.null, 0)])
    for entity in [Entity.territory, .territoryModel, .accountTerritory, .userTerritory] {
      records.tables[entity] = nil
    }
    let assignment = Assignment(of: records)
    #expect(assignment.model == nil)
    #expect(assignment.territoryOfDeal == [Assignment.NoTerritory.unassigned])
    #expect(!assignment.coversAccounts)
  }
}
