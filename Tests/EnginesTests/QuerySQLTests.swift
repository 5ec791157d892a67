import Engines
import Foundation
import Metrics
import Records
import Sample
import TestKit
import Testing

@Suite("Queries as SQL", .serialized)
struct QuerySQLTests {
  /// Metrics of the facts whose rows SQL can read, by fact.
  private static let metrics: [(names: [String], by: [Dimension])] = [
    (
      [
        "won_amount", "won_count", "lost_amount", "closed_count", "rated_won_amount",
        "open_amount", "open_count", "weighted_pipeline", "open_valued_count",
        "open_weighable_count", "overdue_amount", "overdue_count", "median_days", "p90_days",
        "mean_days", "median_deal", "mean_deal", "largest_deal", "accounts_sold_to",
        "win_rate_count", "win_rate_amount", "known_open_amount", "known_weighted_pipeline",
      ],
      [
        .territory, .territorySubtree, .owner, .family, .account, .segment, .country, .industry,
        .type, .leadSource, .stage, .forecastCategory, .dealClass,
      ]
    ),
    (
      ["created_amount", "created_count", "created_won_count", "created_win_rate"],
      [.owner, .month, .fiscalQuarter, .fiscalYear]
    ),
    (["open_due_amount", "open_due_count", "won_amount"], [.month, .fiscalQuarter]),
    (
      [
        "accounts", "unassigned_accounts", "annual_revenue", "account_owners",
        "account_territories",
      ],
      [.territory, .territorySubtree, .owner, .segment, .country, .industry, .type, .family]
    ),
    (
      ["products_sold", "line_amount"],
      [.product, .productFamily, .owner, .territory, .territorySubtree, .segment, .stage]
    ),
    (["quota", "attainment", "coverage"], [.territory, .territorySubtree]),
    (["owner_quota", "owner_attainment"], [.owner]),
  ]

  private static func queries(_ scopes: [Scope]) -> [Query] {
    let periods: [PeriodSpec] = [.always, .fiscalYear(offset: 0), .trailingFourQuarters]
    return scopes.flatMap { scope in
      metrics.flatMap { metrics in
        periods.flatMap { period in
          ([[]] + metrics.by.map { [$0] }).compactMap { by -> Query? in
            let isTime = by.contains(where: \.isTime)
            let names = metrics.names.filter {
              !($0 == "owner_quota" || $0 == "owner_attainment") || !by.isEmpty
            }
            return names.isEmpty || isTime && period == .trailingFourQuarters
              ? nil : Query(metrics: names, by: by, period: period, scope: scope)
          }
        }
      }
    }
  }

  @Test(
    "Ten rows a file: DuckDB's answers are the local engine's", .needs(.duckdb),
    arguments: [
      ("small-org", "2026-11-20", "America/New_York", 2),
      ("two-currencies", "2026-06-15", "UTC", 1),
      ("sales-cycles", "2026-11-20", "UTC", 1), ("penetration", "2026-11-20", "UTC", 1),
      ("split-families", "2026-11-20", "UTC", 1), ("conflicts", "2026-11-20", "UTC", 1),
      ("balance", "2026-11-20", "UTC", 1), ("concentration", "2026-11-20", "UTC", 1),
    ])
  func fixtures(name: String, asOf: String, zone: String, start: Int) async throws {
    let queries = Self.queries([.company, .territory(0)])
    let session = try SQLSession(
      Repository.fixture(name).appending(path: "export"), asOf: asOf, timeZone: zone,
      settings: MetricSettings(calendar: FiscalCalendar(startMonth: start)), queries: queries)
    let scopes: [Scope] =
      session.export.records[.territory].count > 0 ? [.company, .territory(0)] : [.company]
    try await session.expectEqual(Self.queries(scopes))
  }
}
