import Engines
import Foundation
import Metrics
import Records
import TestKit
import Testing

@Suite("The forecast category as SQL")
struct ForecastSQLTests {
  @Test(
    "Values, labels of values and usual labels are one category in both engines", .needs(.duckdb),
    arguments: ["value,label", "value", "label"])
  func categories(columns: String) async throws {
    let deals = [
      ("Pipeline", "Pipeline"), ("BestCase", "Upside"), ("Forecast", "Sure"), ("", "Upside"),
      ("", ""), ("Forecast", "Upside"), ("", "most likely"), ("", "Odd"), ("Omitted", "Sure"),
      ("BestCase", "Upside"),
    ]
    try await withTemporaryFolder { folder in
      let names = columns.split(separator: ",").map {
        $0 == "value" ? "ForecastCategory" : "ForecastCategoryName"
      }
      var text =
        (["Id", "StageName", "CloseDate", "Amount", "IsClosed", "IsWon"] + names)
        .joined(separator: ",") + "\n"
      for (index, deal) in deals.enumerated() {
        let cells = columns.split(separator: ",").map { $0 == "value" ? deal.0 : deal.1 }
        text +=
          (["00600000000000\(index)", "Open", "2026-12-01", "\(1 << index)", "false", "false"]
          + cells).joined(separator: ",") + "\n"
      }
      try folder.write(files: ["Opportunity.csv": text])
      let queries = [
        Query(metrics: ["open_amount", "open_count"], by: [.forecastCategory]),
        Query(metrics: ["forecast_commit", "forecast_best_case", "forecast_overdue"]),
      ]
      let session = try SQLSession(folder, asOf: "2026-11-20", queries: queries)
      try await session.expectEqual(queries)
    }
  }
}
