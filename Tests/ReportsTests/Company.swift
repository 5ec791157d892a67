import BuiltIns
import Metrics
import Records

@testable import Reports

/// A company of three territories written by hand, for tests that run a real engine.
///
/// North (Ada) holds Acorn and its subsidiary Bramble, and below it stands Coast with Dune; South
/// (Ben) holds Cedar. North has a quota of 400,000 for the quarter, Coast one of 100,000. The fiscal year
/// starts in February, and the as-of date is 2026-11-20: quarter Q4 FY2027 began on November 1.
enum Company {
  static let asOf = Day(iso: "2026-11-20") ?? Day(number: 0)
  static let calendar = FiscalCalendar(startMonth: 2)

  private struct Deal {
    let name: String
    let account: Int32
    let owner: Int32
    let stage: String
    let amount: Int64
    let close: String
  }

  private static let deals = [
    Deal(name: "Acorn 1", account: 0, owner: 0, stage: "Won", amount: 100_000, close: "2026-11-05"),
    Deal(name: "Acorn 2", account: 0, owner: 0, stage: "Won", amount: 50_000, close: "2026-11-18"),
    Deal(name: "Acorn 3", account: 0, owner: 0, stage: "Won", amount: 60_000, close: "2025-11-10"),
    // Won after the same number of days of the earlier quarter: not in the comparison.
    Deal(name: "Acorn 4", account: 0, owner: 0, stage: "Won", amount: 70_000, close: "2025-12-10"),
    Deal(
      name: "Bramble 1", account: 1, owner: 0, stage: "Lost", amount: 9_000, close: "2026-11-17"),
    Deal(
      name: "Bramble 2", account: 1, owner: 0, stage: "Open", amount: 40_000, close: "2026-12-01"),
    Deal(
      name: "Bramble 3", account: 1, owner: 0, stage: "Open", amount: 30_000, close: "2026-11-01"),
    Deal(
      name: "Bramble 4", account: 1, owner: 0, stage: "Open", amount: 20_000, close: "2027-03-01"),
    Deal(name: "Cedar 1", account: 2, owner: 1, stage: "Won", amount: 5_000, close: "2026-11-06"),
    Deal(name: "Cedar 2", account: 2, owner: 1, stage: "Open", amount: 8_000, close: "2026-12-15"),
    Deal(name: "Dune 1", account: 3, owner: 0, stage: "Won", amount: 1_000, close: "2026-11-07"),
  ]

  private static func texts(_ values: [String]) -> Texts {
    var texts = Texts()
    for value in values { texts.append(Array(value.utf8)) }
    return texts
  }

  private static func table(
    _ entity: Entity, _ ids: [String], _ columns: [String: Column]
  ) -> Table {
    Table(entity: entity, count: ids.count, keys: .text(texts(ids)), columns: columns)
  }

  static var records: RecordSet {
    let numbers = 0..<deals.count
    let tables = [
      table(.user, ["u1", "u2"], ["Name": .texts(texts(["Ada Lovell", "Ben Ito"]))]),
      table(
        .territory, ["t1", "t2", "t3"],
        [
          "Name": .texts(texts(["North", "South", "Coast"])),
          "ParentTerritory2Id": .references([-1, -1, 0]),
        ]),
      table(
        .quota, ["q1", "q2"],
        [
          "QuotaAmount": .decimals([400_000 * Exact.scale, 100_000 * Exact.scale]),
          "StartDate": .days([20_758, 20_758]),  // 2026-11-01
          "Territory2Id": .references([0, 2]),
        ]),
      table(
        .account, ["a1", "a2", "a3", "a4"],
        [
          "Name": .texts(texts(["Acorn", "Bramble <b>", "Cedar", "Dune"])),
          "OwnerId": .references([0, 0, 1, 0]), "ParentId": .references([-1, 0, -1, -1]),
        ]),
      table(
        .accountTerritory, ["x1", "x2", "x3", "x4"],
        ["ObjectId": .references([0, 1, 2, 3]), "Territory2Id": .references([0, 0, 1, 2])]),
      table(
        .userTerritory, ["y1", "y2"],
        ["UserId": .references([0, 1]), "Territory2Id": .references([0, 1])]),
      table(
        .opportunity, numbers.map { "d\($0)" },
        [
          "Name": .texts(texts(deals.map(\.name))),
          "AccountId": .references(deals.map(\.account)),
          "OwnerId": .references(deals.map(\.owner)),
          "StageName": .categories(
            Categories(
              codes: deals.map { ["Won": 0, "Lost": 1][$0.stage] ?? 2 },
              values: ["Closed Won", "Closed Lost", "Proposal"])),
          "IsClosed": .flags(deals.map { $0.stage == "Open" ? 0 : 1 }),
          "IsWon": .flags(deals.map { $0.stage == "Won" ? 1 : 0 }),
          "Amount": .decimals(deals.map { $0.amount * Exact.scale }),
          "Probability": .decimals(deals.map { _ in 50 * Exact.scale }),
          "CloseDate": .days(deals.map { Day(iso: $0.close)?.number ?? Day.null }),
        ]),
    ]
    return RecordSet(
      tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.entity, $0) }), asOf: asOf)
  }

  static func catalogue() throws -> MetricCatalogue {
    let path = "reports/metrics.yaml"
    return try MetricCatalogue([
      MetricCatalogue.Source(path: path, text: BuiltIns.text(path) ?? "")
    ])
  }

  /// The records without some entities, and without some fields of others.
  static func records(
    without entities: [Entity], fields: [(Entity, String)] = []
  ) -> RecordSet {
    var records = records
    for entity in entities { records.tables[entity] = nil }
    for (entity, field) in fields { records.tables[entity]?.columns[field] = nil }
    return records
  }

  /// What can be made from records.
  static func readiness(
    of records: RecordSet, settings: MetricSettings = MetricSettings(), mapping: String? = nil
  ) throws -> ReadinessCheck {
    ReadinessCheck(
      records: records, assignment: Assignment(of: records), catalogue: try catalogue(),
      settings: settings, mapping: mapping)
  }

  /// The documents of all editions, made as `cadastre` makes them.
  static func documents(
    of records: RecordSet = records, text: String = Demo.definitionText, past: ReportPast? = nil
  ) throws -> [ReportDocument] {
    let assignment = Assignment(of: records)
    let catalogue = try catalogue()
    let engine = LocalEngine(
      records: records, assignment: assignment, catalogue: catalogue,
      settings: MetricSettings(calendar: calendar))
    let path = "reports/weekly-territory.yaml"
    let definition = try ReportDefinition(
      text: text, file: path, metrics: Set(catalogue.metrics.map(\.name)))
    var context = ReportContext(
      organisation: "Acme", formatter: ValueFormatter(), calendar: calendar, asOf: asOf,
      crmURL: "https://acme.my.salesforce.com", model: assignment.model,
      readiness: try readiness(of: records))
    context.past = past
    let editions =
      [EditionScope.company(named: "Acme", model: assignment.model)]
      + (assignment.model.map(EditionScope.territories) ?? [])
    return try editions.map { edition in
      let plan = ReportPlan(definition, for: edition, in: context)
      let answers = ReportPlan.Answers(
        queries: try engine.run(plan.queries), listings: try engine.list(plan.listings),
        tables: try engine.standardTables(plan.tables, scope: plan.scope),
        details: try engine.detailTables(plan.details, scope: plan.scope),
        families: try plan.families.map { try engine.family($0, scope: plan.scope) })
      return try plan.document(answers, canvas: Demo.canvas())
    }
  }
}
