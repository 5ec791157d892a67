import Records
import Testing

@testable import Territories

@Suite("A simulated assignment says who holds what, and why")
struct SimulatedAssignmentTests {
  @Test("The cause of each pair is found by account and territory")
  func causes() {
    let plan = TerritoryPlan(
      developerName: "FY28", name: "FY28",
      territories: ["East", "North", "West"].map { .init(developerName: $0, name: $0) })
    let model = ResolvedModel(
      plan: plan, source: .files,
      tree: TerritoryModel(of: plan, ids: ["", "", ""], rows: [-1, -1, -1], rowCount: 0),
      types: [-1, -1, -1], members: [[], [], []], knowsMembers: false)
    let simulated = SimulatedAssignment(
      model: model,
      territoriesOfAccount: Adjacency(
        sources: 3, pairs: [(source: 0, target: 1), (source: 2, target: 0), (source: 2, target: 2)]),
      causes: [.manual, .rule(4), .table])
    #expect(simulated.cause(account: 0, territory: 1) == .manual)
    #expect(simulated.cause(account: 0, territory: 0) == nil)
    #expect(simulated.cause(account: 1, territory: 0) == nil)
    #expect(simulated.cause(account: 2, territory: 0) == .rule(4))
    #expect(simulated.cause(account: 2, territory: 2) == .table)
  }
}
