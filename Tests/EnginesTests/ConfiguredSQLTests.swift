import Engines
import Foundation
import Metrics
import Records
import Sample
import Settings
import TestKit
import Testing

@Suite("Configured projects and files beside the export as SQL", .serialized)
struct ConfiguredSQLTests {
  /// The full sample of 300 accounts.
  private func withSample(_ body: (URL) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let export = folder.appending(path: "export")
      _ = try SampleWriter(SampleOptions(accounts: 300, seed: 5, profile: .full)).write(to: export)
      try await body(export)
    }
  }

  @Test(
    "Account values with weights, fields of numbers and of texts, and a field for the risk",
    .needs(.duckdb))
  func accountValues() async throws {
    let at = SourcePosition(file: "cadastre.yaml")
    var settings = MetricSettings(calendar: FiscalCalendar(startMonth: 2))
    settings.accountValues.weights = [.openPipeline: 0, .whitespace: 25_000, .fit: 70_000]
    settings.accountValues.fields = [
      .fit: .init("Rating", at: at, values: ["Hot": 1_000_000, "Warm": 400_000]),
      .churnRisk: .init("NumberOfEmployees", at: at), .channel: .init("AnnualRevenue", at: at),
      .solvency: .init("Nowhere__c", at: at), .salesCycle: .init("Industry", at: at),
    ]
    let queries = [
      Query(metrics: ["flagged_accounts", "flagged_open_amount"], by: [.owner]),
      Query(
        metrics: ["accounts"], by: [.segment],
        filter: ExpressionText("ValueScore > 0.3 or IsTopDecile")),
    ]
    try await withSample { export in
      let session = try SQLSession(
        export, asOf: "2026-11-20", settings: settings, queries: queries, tables: [.accountValues],
        userRecords: { records in
          var user = UserRecords()
          for row in 0..<Int32(records[.user].count) where row % 3 == 0 {
            var person = Person(user: row)
            person.startDate = Day(iso: row % 2 == 0 ? "2026-02-01" : "2020-01-01")
            user.people.append(person)
          }
          return user
        })
      try await session.expectEqual(tables: [.accountValues])
      try await session.expectEqual(queries)
    }
  }

  @Test(
    "An expired subscription stays in the months of an open renewal, by account and by family",
    .needs(.duckdb))
  func renewalGrace() async throws {
    var settings = MetricSettings(
      classes: [.init(name: "Renewal", condition: ExpressionText("StageName != 'Closed Lost'"))])
    settings.renewalGrace = 75
    let names = [
      "mrr", "expired_renewing_mrr", "churned_mrr", "reactivation_mrr", "renewal_rate", "nrr_12m",
    ]
    let queries = [
      Query(metrics: names), Query(metrics: names, by: [.month]),
      Query(metrics: ["family_churned_mrr", "family_grr"], by: [.month]),
    ]
    let tables: [StandardTable] = [.recurringRevenue, .accountValues]
    try await withSample { export in
      let session = try SQLSession(
        export, asOf: "2026-11-20", settings: settings, queries: queries, tables: tables)
      try await session.expectEqual(tables: tables)
      try await session.expectEqual(queries)
    }
  }

  @Test(
    "Ramps, other managers, exempt users and activities of files beside the export",
    .needs(.duckdb))
  func userFiles() async throws {
    var settings = MetricSettings(calendar: FiscalCalendar(startMonth: 2))
    settings.weekStarts = 7
    settings.coverage.conflictExemptRoles = [.init("Overlay")]
    let queries = [
      Query(
        metrics: [
          "quarter_reps", "quarter_reps_at_100", "quarter_reps_at_80", "quarter_reps_at_50",
          "quarter_reps_below_50", "quarter_ramping_reps",
        ], by: [.fiscalQuarter], period: .always),
      Query(
        metrics: ["year_reps", "year_reps_at_50", "year_ramping_reps", "over_assignment"],
        by: [.owner]),
      Query(metrics: ["won_amount", "accounts", "activities", "owner_quota"], by: [.ownerSubtree]),
      Query(metrics: ["activities", "meetings", "next_meetings"], by: [.type]),
      Query(metrics: ["activities"], by: [.week], period: .fiscalYear(offset: 0)),
      Query(metrics: ["acquisition_cost"], by: [.segment]),
      Query(metrics: ["acquisition_cost"], by: [.month]),
    ]
    let tables: [StandardTable] = [.conflicts, .neglectedAccounts, .accountValues]
    try await withSample { export in
      let session = try SQLSession(
        export, asOf: "2026-11-20", settings: settings, queries: queries, tables: tables,
        userRecords: Self.userRecords)
      try await session.expectEqual(queries)
      try await session.expectEqual(tables: tables)
    }
  }

  @Test("Quotas and subscriptions that only a file beside the export holds", .needs(.duckdb))
  func literals() async throws {
    let queries = [
      Query(metrics: ["quota", "attainment"], by: [.territory]),
      Query(metrics: ["owner_quota", "team_quota", "year_reps"], by: [.owner]),
      Query(metrics: ["mrr", "new_mrr", "churned_mrr"], by: [.month]),
    ]
    try await withSample { export in
      let session = try SQLSession(
        export, asOf: "2026-11-20", queries: queries, tables: [.recurringRevenue, .accountValues],
        besides: [.quota, .contract])
      try await session.expectEqual(queries)
      try await session.expectEqual(tables: [.recurringRevenue, .accountValues])
    }
  }

  @Test("Every table of a territory and of a family", .needs(.duckdb))
  func scopes() async throws {
    let tables = TableScript.tables.filter { $0 != .pipelineMovement }
    let fixture = try SQLSession(
      #require(TableFixture.all.first { $0.name == "small-org" }), tables: tables)
    for scope in [
      Scope.territory(0), .territory(1), .family(0), .manager(0, territories: []),
      .manager(1, territories: [1]),
    ] {
      try await fixture.expectEqual(tables: tables, scope: scope)
    }
    try await withSample { export in
      let session = try SQLSession(
        export, asOf: "2026-11-20", timeZone: "America/New_York",
        settings: MetricSettings(calendar: FiscalCalendar(startMonth: 2)), tables: tables)
      let families = session.export.records[.account].references("ParentId")
      let root = try #require(families.first { $0 >= 0 && families[Int($0)] < 0 })
      let people = Forest(
        parents: session.export.records[.user].references("ManagerId"),
        ranks: try #require(session.export.records[.user].keys).ranks())
      // Somebody with people below, and with two territories of two branches.
      let manager = try #require((0..<people.count).first { people.subtree(of: $0).count > 3 })
      for scope in [
        Scope.territory(1), .territory(3), .family(Int(root)),
        .manager(manager, territories: [2, 3]),
      ] {
        try await session.expectEqual(tables: tables, scope: scope)
      }
    }
  }

  /// Every fifth user is known better than the CRM does; calls and meetings; costs of three segments.
  private static func userRecords(_ records: RecordSet) -> UserRecords {
    var user = UserRecords()
    for row in 0..<Int32(records[.user].count) where row % 5 == 1 {
      var person = Person(user: row)
      person.startDate = Day(iso: row % 2 == 0 ? "2026-08-15" : "2025-03-01")
      person.ramp = [0, 250_000, 500_000, 750_000, 1_000_000]
      person.manager = row % 3 == 0 ? row / 2 : nil
      person.isExempt = row % 10 == 6
      person.role = row % 4 == 1 ? "overlay" : nil
      user.people.append(person)
    }
    for row in 0..<Int32(60) {
      user.activities.append(
        Activity(
          account: row % 7 == 0 ? Reference.null : row * 3, deal: row % 4 == 0 ? row : -1,
          user: row % 3 == 0 ? Reference.null : row % 11,
          day: (Day(iso: "2026-09-01") ?? records.asOf).adding(days: Int(row) * 2),
          kind: ["Call", "meeting", nil][Int(row) % 3]))
    }
    for (index, segment) in ["0-49", "Elsewhere", nil, "5000+"].enumerated() {
      user.costs.append(
        Cost(
          month: records.asOf.startOfMonth(adding: -index), amount: Int64(10_000 + index),
          currency: index == 1 ? "EUR" : nil, category: nil, segment: segment))
    }
    return user
  }

  @Test(
    "A territory of another model goes through the crosswalk, any other is former", .needs(.duckdb))
  func crosswalk() async throws {
    let queries = [Query(metrics: ["deals", "won_amount"], by: [.territory])]
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "Account.csv": "Id,Name\n0015e00000a0001AAA,A\n",
        "Territory2Model.csv":
          "Id,Name,State\n0MA5e00000m0001GAA,Now,Active\n0MA5e00000m0002GAA,Then,Archived\n",
        "Territory2.csv": """
        Id,Name,DeveloperName,Territory2ModelId
        0MI5e00000t0001GAA,North,North,0MA5e00000m0001GAA
        0MI5e00000t0002GAA,Old North,OldNorth,0MA5e00000m0002GAA
        0MI5e00000t0003GAA,Old South,OldSouth,0MA5e00000m0002GAA

        """,
        "Opportunity.csv": """
        Id,AccountId,StageName,CloseDate,Amount,IsClosed,IsWon,Territory2Id
        0065e00000o0001AAA,0015e00000a0001AAA,Won,2026-03-01,1,true,true,0MI5e00000t0001GAA
        0065e00000o0002AAA,0015e00000a0001AAA,Won,2026-03-01,2,true,true,0MI5e00000t0002GAA
        0065e00000o0003AAA,0015e00000a0001AAA,Won,2026-03-01,4,true,true,0MI5e00000t0003GAA

        """,
      ])
      let session = try SQLSession(
        folder, asOf: "2026-06-15", queries: queries, tables: [.territories, .winRates],
        userRecords: { _ in
          var user = UserRecords()
          user.crosswalk = Crosswalk(["OldNorth": "Interim", "Interim": "north"])
          return user
        })
      try await session.expectEqual(queries)
      try await session.expectEqual(tables: [.territories, .winRates])
      #expect(
        try session.engine.run(queries)[0].csv().contains(
          "(former territory),(former territory),1,4.00"))
    }
  }
}
