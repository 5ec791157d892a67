import Metadata
import Records
import Testing

@testable import Territories

@Suite("A model copied as files")
struct ModelCopyTests {
  private func model(
    _ plan: TerritoryPlan, source: ResolvedModel.Source,
    associations: [StatedAssociation] = [], exclusions: [AccountTerritory] = []
  ) -> ResolvedModel {
    let count = plan.territories.count
    return ResolvedModel(
      plan: plan, source: source,
      tree: TerritoryModel(
        of: plan, ids: Array(repeating: "", count: count), rows: Array(repeating: -1, count: count),
        rowCount: 0),
      types: Array(repeating: -1, count: count), members: Array(repeating: [], count: count),
      knowsMembers: false, associations: associations, exclusions: exclusions)
  }

  private var records: RecordSet { RecordSet(tables: [:], asOf: Day(number: 20_000)) }

  private var plan: TerritoryPlan {
    var west = TerritoryPlan.Territory(developerName: "West", name: "West")
    west.type = "Region"
    west.rules = [.init(rule: "Oregon", isInherited: false)]
    return TerritoryPlan(
      developerName: "FY27", name: "Fiscal 27", state: "Active", territories: [west],
      rules: [
        .init(
          developerName: "Oregon", name: "Oregon", isActive: true,
          items: [
            .init(field: "BillingState", operation: "equals", value: "OR"),
            .init(field: "Account.Industry", operation: "equals", value: "Energy"),
          ])
      ],
      types: [
        .init(developerName: "Region", name: "Region", priority: 1),
        .init(developerName: "Unused", name: "Unused", priority: 2),
      ])
  }

  private func text(_ copy: ModelCopy, _ name: String) -> String {
    copy.files.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }

  @Test("A copy has a name of its own, no state, the types it uses and fields with their object")
  func exported() throws {
    let copy = try ModelCopy(
      model(plan, source: .export(row: 0)), named: "Nächster Schritt (B)", records: records)
    #expect(copy.developerName == "Nachster_Schritt_B")
    let folder = "metadata/territory2Models/Nachster_Schritt_B"
    #expect(
      copy.files.map(\.name) == [
        "metadata/package.xml",
        "\(folder)/Nachster_Schritt_B.territory2Model",
        "\(folder)/rules/Oregon.territory2Rule",
        "\(folder)/territories/West.territory2",
        "metadata/territory2Types/Region.territory2Type",
      ])
    let own = text(copy, "\(folder)/Nachster_Schritt_B.territory2Model")
    #expect(own.contains("<name>Nächster Schritt (B)</name>"))
    #expect(!own.contains("state"))
    let rule = text(copy, "\(folder)/rules/Oregon.territory2Rule")
    #expect(rule.contains("<field>Account.BillingState</field>"))
    #expect(rule.contains("<field>Account.Industry</field>"))
  }

  @Test("Fields of a model that was read from files stay as they are written")
  func fromFiles() throws {
    let copy = try ModelCopy(model(plan, source: .files), named: "FY28", records: records)
    let rule = text(copy, "metadata/territory2Models/FY28/rules/Oregon.territory2Rule")
    #expect(rule.contains("<field>BillingState</field>"))
  }

  @Test(
    "Developer names are such as the CRM takes",
    arguments: [
      ("FY28", "FY28"), ("fy 28 -- b", "fy_28_b"), ("28", "Model_28"), ("東京", "Model"),
      ("_x_", "x"),
    ])
  func names(name: String, expected: String) {
    #expect(ModelCopy.developerName(of: name) == expected)
  }

  @Test("What metadata cannot hold is counted, not lost in silence")
  func notes() throws {
    var plan = plan
    plan.territories[0].type = nil
    plan.rules = []
    let copy = try ModelCopy(
      model(
        plan, source: .export(row: 0),
        associations: [
          StatedAssociation(pair: .init(account: 0, territory: 0), isManual: true),
          StatedAssociation(pair: .init(account: 1, territory: 0), isManual: false),
        ], exclusions: [.init(account: 2, territory: 0)]),
      named: "B", records: records)
    #expect(
      copy.notes == [
        "1 account is in the model by hand; metadata does not say so, and the copy is without it.",
        "1 exclusion of an account stays with the model it is copied from; metadata holds none.",
        "1 territory has no type, which a deployment demands: write <territory2Type> in the file.",
        "The model has no rules: add files of rules, or its territories take no accounts.",
        "Nobody says who works in the model's territories; write planned_users.csv beside it.",
      ])
  }
}
