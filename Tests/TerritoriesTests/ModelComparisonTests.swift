import Records
import Testing

@testable import Metrics
@testable import Territories

@Suite("Models side by side")
struct ModelComparisonTests {
  /// A model whose territories hold so many accounts each, and what is in none.
  private func compared(
    _ key: String, _ territories: [(key: String, accounts: Int128)], unassigned: Int128,
    knowsMembers: Bool = false, moved: ComparedModel.Disruption? = nil
  ) -> ComparedModel {
    let plan = TerritoryPlan(
      developerName: key, name: key,
      territories: territories.map { .init(developerName: $0.key, name: $0.key.uppercased()) })
    let count = territories.count
    let model = ResolvedModel(
      plan: plan, source: .files,
      tree: TerritoryModel(
        of: plan, ids: Array(repeating: "", count: count), rows: Array(repeating: -1, count: count),
        rowCount: 0),
      types: Array(repeating: -1, count: count), members: Array(repeating: [], count: count),
      knowsMembers: knowsMembers)
    let empty = MetricTable(
      name: "", grain: "",
      columns: [MetricColumn(name: "measure", title: "", unit: .text, cells: .text([]))])
    let table = MetricTable(
      name: "territories", grain: "",
      columns: [
        MetricColumn(
          name: "territory_id", title: "", unit: .text,
          cells: .text(["(unassigned)"] + territories.map { _ in nil })),
        MetricColumn(
          name: "accounts", title: "", unit: .count,
          cells: .integers([unassigned] + territories.map { Int128?.some($0.accounts) })),
      ])
    return ComparedModel(
      key: key, title: "Model \(key)", model: model,
      assignment: Assignment(
        model: model.tree, territoriesOfAccount: Adjacency(sources: 0, pairs: []),
        territoryOfDeal: [], usersOfTerritory: Adjacency(sources: count, pairs: []),
        coversAccounts: true),
      figures: ModelFigures(
        territories: table, balance: empty, conflicts: empty, splitFamilies: empty,
        unassignedAccounts: empty, knowsLeads: false, accounts: 100, unassigned: unassigned,
        recurringRevenue: nil,
        heldRecurringRevenue: nil, familyRevenue: nil, heldFamilyRevenue: nil, quota: nil),
      disruption: moved)
  }

  @Test(
    "Territories match by developer name without regard to case; a cell is empty where one is absent"
  )
  func byTerritory() {
    let comparison = ModelComparison([
      compared("A", [("East", 3), ("West", 4)], unassigned: 1),
      compared("B", [("north", 5), ("WEST", 6)], unassigned: 0),
    ])
    #expect(
      comparison.byTerritory(["accounts"]).csv() == """
        territory_key,territory,accounts.A,accounts.B
        East,EAST,3,
        north,NORTH,,5
        WEST,WEST,4,6
        (unassigned),(unassigned),1,0

        """)
  }

  @Test("A crosswalk joins what a territory was to what it became")
  func crosswalk() {
    let comparison = ModelComparison([
      compared("A", [("East", 3), ("Old_West", 4)], unassigned: 1),
      compared("B", [("New_West", 7)], unassigned: 0),
    ])
    let table = comparison.byTerritory(
      ["accounts"], crosswalk: Crosswalk(["East": "New_West", "Old_West": "New_West"]))
    #expect(
      table.csv() == """
        territory_key,territory,accounts.A,accounts.B
        New_West,NEW_WEST,7,7
        (unassigned),(unassigned),1,0

        """)
  }

  @Test("A measure that no model has is left out, one that some have is empty for the others")
  func measures() throws {
    let comparison = ModelComparison([
      compared("A", [("East", 3)], unassigned: 1, knowsMembers: true),
      compared("B", [("East", 3)], unassigned: 2, moved: .init(accounts: 9, deals: 2)),
    ])
    let rows = comparison.table.csv().split(separator: "\n").map(String.init)
    #expect(rows.first == "measure,A,B")
    #expect(rows.contains("territories,1,1"))
    #expect(rows.contains("vacant_territories,1,"))
    #expect(rows.contains("accounts,99,98"))
    #expect(rows.contains("moved_accounts,,9"))
    #expect(rows.contains("moved_open_amount,,0.00"))
    #expect(!rows.contains { $0.hasPrefix("arr") || $0.hasPrefix("moved_arr") })
  }
}
