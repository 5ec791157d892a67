import Metrics
import Records
import Testing

@Suite("What the facts of activities, leads and credit need")
struct FactNeedsTests {
  private func needs(_ metric: String, by dimensions: [Dimension] = []) throws -> Needs {
    NeedsFinder(catalogue: try Organisation.catalogue(), settings: MetricSettings())
      .needs(of: metric, by: dimensions)
  }

  @Test("Activities need tasks or events, and say nothing of a territory without its accounts")
  func activities() throws {
    #expect(
      try needs("activities") == Needs(essential: [.any([.records(.task), .records(.event)])]))
    #expect(
      try needs("activities", by: [.territory]).essential == [
        .any([.records(.task), .records(.event)]), .activeModel, .accountTerritories,
      ])
  }

  @Test("Credit needs the value of deals; without splits it is the owners'")
  func splits() throws {
    let needs = try needs("split_won_amount", by: [.owner])
    #expect(needs.refining.contains(.records(.split)))
    #expect(needs.essential.contains(.field(.opportunity, "Amount")))
    #expect(!needs.essential.contains(.records(.split)))
  }

  @Test("Leads need their flag, their dates and what they are sliced by")
  func leads() throws {
    #expect(
      try needs("leads_open", by: [.country]).essential == [
        .records(.lead), .field(.lead, "IsConverted"), .field(.lead, "Country"),
      ])
    #expect(try needs("leads_created").essential.contains(.field(.lead, "CreatedDate")))
  }

  @Test("Everybody below a manager is told by ManagerId, a forecast by value or label")
  func others() throws {
    #expect(
      try needs("won_count", by: [.ownerSubtree]).refining == [
        .field(.user, "ManagerId"), .field(.user, "Name"),
      ])
    #expect(
      try needs("forecast_commit").essential.contains(
        .any([
          .field(.opportunity, "ForecastCategory"), .field(.opportunity, "ForecastCategoryName"),
        ])))
  }
}
