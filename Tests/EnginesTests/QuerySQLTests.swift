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
  private static let metrics: [(names: [String], by: [Metrics.Dimension])] = [
    (
      [
        "won_amount", "won_count", "lost_amount", "closed_count", "rated_won_amount",
        "open_amount", "open_count", "weighted_pipeline", "open_valued_count",
        "open_weighable_count", "overdue_amount", "overdue_count", "median_days", "p90_days",
        "mean_days", "median_deal", "mean_deal", "largest_deal", "accounts_sold_to",
        "win_rate_count", "win_rate_amount", "known_open_amount", "known_weighted_pipeline",
      ],
      [
        .territory, .territorySubtree, .owner, .family, .account, .segment, .country, .state,
        .industry, .type, .leadSource, .lossReason, .stage, .forecastCategory, .dealClass,
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
      [
        .territory, .territorySubtree, .owner, .segment, .country, .state, .industry, .type,
        .family,
      ]
    ),
    (
      ["products_sold", "line_amount"],
      [.product, .productFamily, .owner, .territory, .territorySubtree, .segment, .stage]
    ),
    (["quota", "attainment", "coverage"], [.territory, .territorySubtree]),
    (["owner_quota", "owner_attainment"], [.owner]),
    (
      [
        "quarter_reps", "quarter_reps_at_100", "quarter_reps_at_50", "quarter_ramping_reps",
        "year_reps", "year_reps_at_80", "year_reps_below_50", "team_quota", "over_assignment",
      ], [.owner]
    ),
    (
      ["won_amount", "won_count", "open_amount", "accounts", "mrr", "leads_open"],
      [.ownerSubtree]
    ),
    (["created_count", "won_count"], [.day, .week]),
    (
      [
        "mrr", "opening_mrr", "new_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr",
        "reactivation_mrr", "kept_mrr_12m", "customers", "customers_new", "customers_churned",
        "customers_opening_12m", "grr", "nrr", "nrr_12m", "logo_churn_12m", "arr", "renewal_rate",
      ],
      [
        .owner, .segment, .territory, .territorySubtree, .family, .month, .fiscalQuarter,
        .fiscalYear,
      ]
    ),
    (
      ["activities", "accounts_touched", "meetings", "next_meetings", "accounts_to_meet"],
      [.owner, .type, .account, .family, .segment, .territory, .territorySubtree, .month]
    ),
    (
      [
        "leads_open", "leads_created", "leads_converted", "lead_conversion_rate", "lead_age",
        "lead_age_p90", "days_to_convert",
      ], [.owner, .country, .state, .industry, .leadSource]
    ),
    (
      ["split_won_amount", "split_open_amount", "overlay_won_amount", "overlay_open_amount"],
      [.owner, .territory, .territorySubtree, .segment, .stage, .account]
    ),
    (
      [
        "accounts_assigned", "time_to_assign_median", "time_to_assign_p90",
        "days_unassigned_median", "days_unassigned_p90", "flagged_accounts", "flagged_open_amount",
      ], [.owner, .segment, .territory]
    ),
    (
      [
        "family_opening_mrr", "family_new_mrr", "family_churned_mrr", "family_grr", "family_nrr",
        "family_logo_churn_12m",
      ], [.month, .segment, .territory]
    ),
  ]

  /// Metrics that a query must slice by owner.
  private static let ofHolders = [
    "owner_quota", "owner_attainment", "team_quota", "over_assignment",
  ]

  private static func queries(_ scopes: [Scope]) -> [Query] {
    let periods: [PeriodSpec] = [.always, .fiscalYear(offset: 0), .trailingFourQuarters]
    return scopes.flatMap { scope in
      metrics.flatMap { metrics in
        (scope == .company ? periods : [.fiscalYear(offset: 0)]).flatMap { period in
          ([[]] + metrics.by.map { [$0] }).compactMap { by -> Query? in
            let isTime = by.contains(where: \.isTime)
            let names = metrics.names.filter { !ofHolders.contains($0) || !by.isEmpty }
            return names.isEmpty || isTime && period == .trailingFourQuarters
              ? nil : Query(metrics: names, by: by, period: period, scope: scope)
          }
        }
      }
    }
  }

  @Test(
    "Ten rows a file: DuckDB's answers are the local engine's", .needs(.duckdb),
    arguments: TableFixture.all)
  func answers(fixture: TableFixture) async throws {
    let session = try SQLSession(fixture, queries: Self.queries([.company]))
    let scopes: [Scope] =
      session.export.records[.territory].count > 0
      ? [.company, .territory(0), .family(0), .manager(0, territories: [0])] : [.company]
    try await session.expectEqual(Self.queries(scopes))
  }

  @Test(
    "Ten rows a file: DuckDB's standard tables are the local engine's", .needs(.duckdb),
    arguments: TableFixture.all)
  func tables(fixture: TableFixture) async throws {
    let session = try SQLSession(fixture, tables: TableScript.tables)
    try await session.expectEqual(tables: TableScript.tables)
  }

  @Test(
    "A sample with dirt and conflicts: DuckDB reads the files as they are", .needs(.duckdb))
  func sample() async throws {
    try await withTemporaryFolder { folder in
      let export = try SQLSession.sample(in: folder, accounts: 1000)
      let session = try SQLSession(
        export, asOf: "2026-11-20", timeZone: "America/New_York",
        settings: MetricSettings(calendar: FiscalCalendar(startMonth: 2)),
        queries: Self.queries([.company]), tables: TableScript.tables)
      try await session.expectEqual(tables: TableScript.tables)
      try await session.expectEqual(Self.queries([.company, .territory(1)]))
    }
  }

  @Test(
    "Classes, bookings, bands and the coverage policy of a configuration are in the SQL",
    .needs(.duckdb))
  func configured() async throws {
    var settings = MetricSettings(
      calendar: FiscalCalendar(startMonth: 4),
      classes: [
        .init(name: "new", condition: ExpressionText("Type = 'New Business'")),
        .init(name: "large", condition: ExpressionText("Amount >= 100000 and not IsClosed")),
      ], bookings: ["new", "large"], bookingsFrom: "Qualification",
      segmentField: "AnnualRevenue", segmentBounds: [1_000_000, 50_000_000])
    settings.coverage.neglectedAfter = 60
    settings.coverage.neglectRules = [
      .init(condition: ExpressionText("Segment = '50000000+' or Industry is null"), after: 20)
    ]
    settings.coverage.neglectExemptTypes = [.init("Partner")]
    settings.coverage.ancestorsAreInsiders = false
    settings.coverage.conflictExemptClasses = ["large"]
    let queries = [
      Query(
        metrics: ["won_amount", "open_amount", "win_rate_count", "neglected_open_amount"],
        by: [.dealClass], filter: ExpressionText("Account.Name contains 'a' or Amount > 5000")),
      Query(metrics: ["neglected_accounts", "accounts"], by: [.segment]),
      Query(
        metrics: ["won_amount"], by: [.owner, .segment], period: .fiscalYear(offset: -1),
        order: [Order("won_amount", descending: true)], limit: 3, keepsRest: true),
    ]
    try await withTemporaryFolder { folder in
      let export = folder.appending(path: "export")
      _ = try SampleWriter(SampleOptions(accounts: 300, seed: 3, profile: .full)).write(to: export)
      let session = try SQLSession(
        export, asOf: "2026-11-20", timeZone: "America/New_York", settings: settings,
        queries: queries, tables: TableScript.tables)
      try await session.expectEqual(queries)
      try await session.expectEqual(tables: TableScript.tables)
    }
  }

  @Test("What SQL cannot say is refused by name, and nothing is printed")
  func refusals() throws {
    let settings = MetricSettings()
    let session = try SQLSession(
      Repository.fixture("recurring-revenue").appending(path: "export"), asOf: "2026-06-15")
    #expect(
      performing {
        _ = try TableScript(
          .leads, catalogue: session.catalogue, settings: settings, schema: session.schema)
      } == "SQL cannot say the table leads yet; no SQL was printed")
    #expect(
      performing {
        let query = Query(
          metrics: ["accounts"], filter: ExpressionText("Id = '0015e00000a0001AAA'"))
        _ = try SQLScript(
          session.engine.plan([query]), catalogue: session.catalogue, settings: settings,
          schema: session.schema)
      } == "SQL cannot say a condition on Ids yet; no SQL was printed")
  }

  private func performing(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return (error as? FindingsError)?.findings.map { "\($0.what); \($0.done)" }.joined() ?? ""
    }
  }
}
