import Engines
import Foundation
import Metrics
import Records
import Sample
import TestKit
import Testing

@Suite("The past of deals as SQL", .serialized)
struct PastSQLTests {
  private static let metrics: [(names: [String], by: [Metrics.Dimension])] = [
    (
      ["due_count", "due_amount", "slipped_count", "slipped_amount", "slip_rate"],
      [
        .territory, .territorySubtree, .owner, .family, .account, .segment, .country, .type,
        .leadSource, .stage, .dealClass, .dealBand, .fiscalQuarter, .fiscalYear, .month,
      ]
    ),
    (
      ["won_amount", "won_count", "lost_amount", "open_amount", "closed_count", "median_days"],
      [.ownerAtClose, .territoryAtClose]
    ),
    (["line_amount", "products_sold"], [.ownerAtClose, .territoryAtClose]),
    (["owner_quota", "owner_attainment"], [.ownerAtClose]),
    (
      [
        "pushes", "pushed_count", "pushed_amount", "median_days_in_stage", "stalled_count",
        "stalled_amount",
      ],
      [.territory, .owner, .segment, .stage, .dealClass, .ownerAtClose, .territoryAtClose]
    ),
  ]

  static func queries(_ scopes: [Scope] = [.company]) -> [Query] {
    scopes.flatMap { scope in
      metrics.flatMap { metrics in
        [PeriodSpec.always, .fiscalYear(offset: 0)].flatMap { period in
          ([[]] + metrics.by.map { [$0] }).compactMap { by -> Query? in
            let names = metrics.names.filter { !$0.hasPrefix("owner_") || !by.isEmpty }
            return names.isEmpty
              ? nil : Query(metrics: names, by: by, period: period, scope: scope)
          }
        }
      }
    } + [
      Query(metrics: ["won_amount"], by: [.territoryAtClose, .ownerAtClose]),
      Query(metrics: ["slipped_amount"], by: [.fiscalQuarter, .territory]),
    ]
  }

  private static let pace = [
    Query(metrics: ["pace", "won_by_this_day_amount"], by: [.fiscalQuarter]),
    Query(metrics: ["won_by_this_day_amount"], by: [.owner]),
  ]

  private static func days(_ from: String, _ to: String) throws -> MovementRequest.Days {
    MovementRequest.Days(
      from: try #require(Day(iso: from)), to: try #require(Day(iso: to)))
  }

  @Test(
    "Ten rows a file: what became of the pipeline is the local engine's", .needs(.duckdb),
    arguments: TableFixture.all)
  func fixtures(fixture: TableFixture) async throws {
    let asOf = try #require(Day(iso: fixture.asOf))
    for days in [nil, MovementRequest.Days(from: asOf.adding(days: -90), to: asOf)] {
      var settings = MetricSettings(
        calendar: FiscalCalendar(startMonth: fixture.fiscalStart ?? 1))
      settings.movement.days = days
      let session = try SQLSession(
        fixture.export, asOf: fixture.asOf, timeZone: fixture.timeZone ?? "UTC",
        settings: settings, tables: [.pipelineMovement])
      try await session.expectEqual(tables: [.pipelineMovement])
    }
  }

  @Test("The table computed by hand is the one that DuckDB gives", .needs(.duckdb))
  func byHand() async throws {
    let fixture = try #require(TableFixture.all.first { $0.name == "pipeline-movement" })
    let session = try SQLSession(
      fixture.export, asOf: fixture.asOf, tables: [.pipelineMovement])
    let script = try TableScript(
      .pipelineMovement, catalogue: session.catalogue, settings: session.settings,
      schema: session.schema)
    let rows = try await SQLSession.rows(script.definitions, [script.query])
    #expect(
      try script.table(rows.first ?? []).csv() == fixture.expected()["pipeline-movement"])
  }

  @Test(
    "Ten rows a file: what deals were earlier is the local engine's", .needs(.duckdb),
    arguments: ["small-org", "sales-cycles", "pipeline-movement", "two-currencies", "conflicts"])
  func answers(name: String) async throws {
    let fixture = try #require(TableFixture.all.first { $0.name == name })
    let settings = MetricSettings(calendar: FiscalCalendar(startMonth: fixture.fiscalStart ?? 1))
    let session = try SQLSession(
      fixture.export, asOf: fixture.asOf, timeZone: fixture.timeZone ?? "UTC",
      settings: settings, queries: Self.queries() + Self.pace)
    try await session.expectEqual(Self.queries() + Self.pace)
  }

  @Test(
    "A sample with dirt: the past of its deals is the same in DuckDB", .needs(.duckdb))
  func sample() async throws {
    try await withTemporaryFolder { folder in
      let export = try SQLSession.sample(in: folder, accounts: 1000)
      let requests: [MovementRequest.Days?] = [
        nil, try Self.days("2025-01-31", "2026-11-20"),
      ]
      for days in requests {
        var settings = MetricSettings(calendar: FiscalCalendar(startMonth: 2))
        settings.movement.days = days
        let session = try SQLSession(
          export, asOf: "2026-11-20", timeZone: "America/New_York", settings: settings,
          queries: Self.queries() + Self.pace, tables: [.pipelineMovement])
        try await session.expectEqual(tables: [.pipelineMovement])
        guard days == nil else { continue }
        try await session.expectEqual(Self.queries([.company, .territory(1)]) + Self.pace)
      }
    }
  }

  @Test(
    "Classes, the first stage that counts, a window and another value are in the SQL",
    .needs(.duckdb), arguments: ["Amount", "ExpectedRevenue"])
  func configured(valueField: String) async throws {
    var settings = MetricSettings(
      calendar: FiscalCalendar(startMonth: 2), valueField: valueField,
      classes: [
        .init(name: "new", condition: ExpressionText("Type = 'New Business'")),
        .init(name: "named", condition: ExpressionText("Account.Name contains 'a'")),
      ], bookings: ["new", "named"], bookingsFrom: "Needs Analysis")
    settings.ownerAtCloseField = "CreatedById"
    settings.movement.days = try Self.days("2026-05-31", "2026-11-15")
    settings.movement.window = try PeriodText(
      "fiscal_quarter", at: SourcePosition(file: "a.yaml"))
    try await withTemporaryFolder { folder in
      let export = folder.appending(path: "export")
      _ = try SampleWriter(SampleOptions(accounts: 300, seed: 3, profile: .full)).write(to: export)
      let session = try SQLSession(
        export, asOf: "2026-11-20", timeZone: "America/New_York", settings: settings,
        queries: Self.queries(), tables: [.pipelineMovement])
      try await session.expectEqual(tables: [.pipelineMovement])
      try await session.expectEqual(Self.queries())
    }
  }

  @Test(
    "Histories written by chance tell the same in both engines", .needs(.duckdb),
    arguments: Array(1...4) as [UInt64])
  func random(seed: UInt64) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: RandomPast(seed: seed).files)
      var settings = MetricSettings(
        calendar: FiscalCalendar(startMonth: 2),
        valueField: seed % 2 == 0 ? "Amount" : "Value__c")
      if seed % 3 == 0 {
        settings.classes = [
          .init(name: "new", condition: ExpressionText("Type = 'New' or Account.Name = 'Able'")),
          .init(name: "renewal", condition: ExpressionText("Type = 'Renewal'")),
        ]
        settings.bookings = ["new"]
      }
      if seed % 3 == 1 { settings.bookingsFrom = "Proposal" }
      if seed > 2 {
        settings.ownerAtCloseField = "Closer__c"
        settings.movement.window = try PeriodText(
          "fiscal_year", at: SourcePosition(file: "a.yaml"))
      }
      settings.movement.days = try Self.days("2025-09-30", "2026-09-30")
      for tables in [[StandardTable.pipelineMovement], []] {
        let session = try SQLSession(
          folder, asOf: "2026-11-20", timeZone: "America/New_York", settings: settings,
          queries: Self.queries() + Self.pace, tables: tables)
        // Nothing is proved by figures that are all zero.
        let engine = session.engine
        let answers = try engine.run([
          Query(metrics: ["won_count", "lost_count"], by: [.owner]),
          Query(metrics: ["won_count", "lost_count"], by: [.ownerAtClose]),
          Query(metrics: ["slipped_count", "due_count"]),
          Query(metrics: ["pushes", "stalled_count", "median_days_in_stage"]),
        ])
        #expect(answers[0].csv() != answers[1].csv().replacing("_at_close", with: ""))
        #expect(!answers[2].csv().contains("\n0,"))
        #expect(!answers[3].csv().contains("\n0,"))
        if let table = try engine.standardTables(tables, scope: .company).first {
          let lines = table.csv().split(separator: "\n").filter { !$0.hasSuffix(",0,0.00") }
          let steps = Set(
            lines.dropFirst().compactMap { $0.split(separator: ",").dropFirst().first })
          #expect(steps.count > 7, "\(steps)")
        }
        try await session.expectEqual(tables: tables)
        try await session.expectEqual(Self.queries([.company, .territory(1)]) + Self.pace)
      }
    }
  }
}
