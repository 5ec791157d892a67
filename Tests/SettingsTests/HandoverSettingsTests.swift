import Records
import Testing

@testable import Settings

@Suite("How accounts and deals change hands")
struct HandoverSettingsTests {
  @Test("Without the keys nobody is held out and every open deal is handed over")
  func defaults() throws {
    let settings = try Configuration(text: "territory_model: {planned: export}\n")
    let model = try #require(settings.plannedModel)
    #expect(model.isInExport)
    #expect(model.handover.holdOutCondition == nil)
    #expect(model.handover.closingWithin == 30)
    #expect(model.handover.deals == [.early, .late])
    #expect(settings.deals.lateStages == nil)
  }

  @Test("Hold-outs by a condition until a day, and late deals that stay where they are")
  func values() throws {
    let settings = try Configuration(
      text: """
        deals: {late_stages: "StageName = 'Negotiation'"}
        territory_model:
          planned: plan.csv
          hold_out_where: "Type = 'Partner'"
          hold_out_until: 2027-03-31
          closing_within: 45 days
          hand_over_deals: early

        """)
    let handover = try #require(settings.plannedModel?.handover)
    #expect(settings.plannedModel?.isInExport == false)
    #expect(handover.holdOutCondition?.value == "Type = 'Partner'")
    #expect(handover.holdOutsUntil == Day(year: 2027, month: 3, day: 31))
    #expect(handover.closingWithin == 45)
    #expect(handover.deals == [.early])
    #expect(settings.deals.lateStages?.value == "StageName = 'Negotiation'")
  }

  @Test("A last day without a condition is told")
  func dayAlone() {
    let error = #expect(throws: FindingsError.self) {
      try Configuration(
        text: "territory_model: {planned: plan.csv, hold_out_until: 2027-03-31}\n")
    }
    #expect(
      error?.findings.map(\.what) == ["\"hold_out_until\" stands without \"hold_out_where\""])
  }
}
