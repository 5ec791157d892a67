import Metrics
import Records
import Testing

/// As of 2026-11-20.
@Suite("Forecast by category")
struct ForecastTests {
  private static let deals: [(Organisation.Outcome, Int64, String, String?, String?)] = [
    (.open, 1, "2026-12-01", "Pipeline", "Pipeline"),
    (.open, 2, "2026-12-01", "BestCase", "Upside"),
    (.open, 4, "2026-11-01", "Forecast", "Sure"),
    (.open, 8, "2026-12-01", "MostLikely", "Likely"),
    (.open, 16, "2026-11-01", "Omitted", "Out"),
    (.won, 32, "2026-11-01", "Closed", "Done"),
    (.lost, 64, "2026-11-01", "Omitted", "Out"),
    (.open, 128, "2026-12-01", nil, "Upside"),
    (.open, 256, "2026-12-01", nil, nil),
    (.open, 512, "2027-12-01", "Forecast", "Certain"),
    (.open, 1_024, "2027-12-01", "Forecast", "Sure"),
  ]

  private func organisation(values: Bool = true, labels: Bool = true) -> Organisation {
    var o = Organisation()
    for (index, deal) in ForecastTests.deals.enumerated() {
      var cells: [String: Organisation.Cell] = [
        "StageName": .text("x"), "IsClosed": .flag(deal.0 != .open), "IsWon": .flag(deal.0 == .won),
        "CloseDate": .day(deal.2), "Amount": .number(deal.1 * 10_000),
      ]
      if values, let value = deal.3 { cells["ForecastCategory"] = .text(value) }
      if labels, let label = deal.4 { cells["ForecastCategoryName"] = .text(label) }
      o.add(.opportunity, "d\(index)", cells)
    }
    return o
  }

  private func rows(_ engine: LocalEngine) throws -> [String] {
    try engine.run([Query(metrics: ["open_amount"], by: [.forecastCategory])])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("Categories are the API's values in the forecast's order, and sum to the open amount")
  func order() throws {
    let engine = try organisation().engine()
    #expect(
      try rows(engine) == [
        "Pipeline,1.00", "BestCase,130.00", "MostLikely,8.00", "Forecast,1540.00",
        "Omitted,16.00", "(none),256.00",
      ])
    #expect(
      engine.forecastLabels.map { "\($0.value)=\($0.label)" } == [
        "BestCase=Upside", "MostLikely=Likely", "Forecast=Sure", "Closed=Done", "Omitted=Out",
      ])
  }

  @Test("People read the organisation's labels, data formats the API's values")
  func shown() throws {
    let table = try organisation().engine().run([
      Query(metrics: ["open_count"], by: [.forecastCategory])
    ])[0]
    let column = try #require(table["forecast_category"])
    #expect(
      (0..<table.rowCount).map { column.shownText($0) } == [
        "Pipeline", "Upside", "Likely", "Sure", "Out", "(none)",
      ])
    #expect(column.dataText(1) == "BestCase")
  }

  @Test("An export of labels alone is read by what the CRM calls its categories")
  func labels() throws {
    var o = Organisation()
    for (index, label) in ["Commit", "best case", "Pipeline", "Wild guess"].enumerated() {
      o.add(
        .opportunity, "d\(index)",
        [
          "StageName": .text("x"), "IsClosed": .flag(false), "CloseDate": .day("2026-12-01"),
          "Amount": .number(10_000), "ForecastCategoryName": .text(label),
        ])
    }
    let engine = try o.engine()
    #expect(
      try rows(engine) == ["Pipeline,1.00", "BestCase,1.00", "Forecast,1.00", "Wild guess,1.00"])
    #expect(
      engine.forecastLabels.map { "\($0.value)=\($0.label)" } == [
        "BestCase=best case", "Forecast=Commit",
      ])
    #expect(try rows(organisation(labels: false).engine()).count == 6)
  }

  @Test("The forecast of a quarter has a line a category, and what is overdue or omitted apart")
  func lines() throws {
    let engine = try organisation().engine()
    func figure(_ name: String) throws -> String {
      try engine.figure("forecast_" + name, .fiscalQuarter(offset: 0))
    }
    #expect(try figure("pipeline") == "1.00")
    #expect(try figure("best_case") == "130.00")
    #expect(try figure("most_likely") == "8.00")
    #expect(try figure("commit") == "4.00")
    #expect(try figure("closed") == "32.00")
    #expect(try figure("omitted") == "16.00")
    #expect(try figure("overdue") == "4.00")
    #expect(try engine.figure("forecast_commit") == "1540.00")
  }
}
