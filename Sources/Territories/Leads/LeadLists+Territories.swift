import Metrics
import Records

extension LeadLists {
  /// How many leads wait in each territory to which they go, and for how long: METRICS §2, "Time to
  /// assign", of leads that are not with the owner of routing yet.
  ///
  /// Grain: one row per territory with leads, those where most wait first, then in the order of the
  /// tree; the last one holds leads without a territory.
  public func waiting() -> MetricTable {
    var byTerritory: [Int32: [Int32]] = [:]
    for row in open { byTerritory[route(row).territory, default: []].append(row) }
    func place(_ territory: Int32) -> Int32 {
      territory < 0 ? Int32.max : assignment.model?.forest.positions[Int(territory)] ?? 0
    }
    let rows = byTerritory.map { territory, leads in
      (territory: territory, leads: leads, waiting: leads.filter { standing($0) != .routed })
    }.sorted {
      let (left, right) = ($0.territory < 0 ? 1 : 0, $1.territory < 0 ? 1 : 0)
      return (left, $1.waiting.count, place($0.territory))
        < (right, $0.waiting.count, place($1.territory))
    }
    func count(_ name: String, _ title: String, _ counts: [Int]) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .count, cells: .integers(counts.map(Int128.init)))
    }
    func days(_ name: String, _ title: String, _ share: Int, _ definition: String) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .days,
        cells: .integers(rows.map { quantile($0.waiting, share) }), definition: definition)
    }
    return MetricTable(
      name: "lead-waiting", grain: "a territory to which open leads go",
      columns: [
        MetricColumn(
          name: "territory_id", title: "Territory Id", unit: .id(.territory),
          cells: .text(
            rows.map { $0.territory < 0 ? nil : assignment.model?.ids[Int($0.territory)] })),
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(
            rows.map {
              $0.territory < 0 ? "(no territory)" : assignment.model?.names[Int($0.territory)]
            })),
        count("leads", "Leads", rows.map(\.leads.count)),
        count("waiting", "Waiting", rows.map(\.waiting.count)),
        days(
          "median_days", "Median", 50,
          "Days since creation; half of the leads that wait have waited no longer."),
        days(
          "p90_days", "9 of 10 within", 90,
          "Days since creation that nine tenths of the leads that wait keep within."),
      ])
  }

  /// The subsidiaries that should go to the region of their headquarters.
  ///
  /// Grain: one row per account that lies in no territory of its ultimate parent's region, by Id.
  public func headquarters() -> MetricTable {
    let accounts = records[.account]
    func territory(_ index: Int32) -> String? {
      index < 0 ? nil : assignment.model?.ids[Int(index)]
    }
    return MetricTable(
      name: "account-headquarters", grain: "a subsidiary in another region than its headquarters",
      columns: [
        MetricColumn(
          name: "Id", title: "Account Id", unit: .id(.account),
          cells: .text(TextCells(idsOf: accounts, at: subsidiaries.map(\.account)))),
        MetricColumn(
          name: "OwnerId", title: "Owner Id", unit: .id(.user),
          cells: .text(TextCells(idsOf: records[.user], at: subsidiaries.map(\.route.owner)))),
        MetricColumn(
          name: "UltimateParentId", title: "Ultimate parent Id", unit: .id(.account),
          cells: .text(TextCells(idsOf: accounts, at: subsidiaries.map(\.parent)))),
        MetricColumn(
          name: "FromTerritory2Id", title: "From territory Id", unit: .id(.territory),
          cells: .text(subsidiaries.map { territory($0.from) })),
        MetricColumn(
          name: "Territory2Id", title: "Territory Id", unit: .id(.territory),
          cells: .text(subsidiaries.map { territory($0.route.territory) })),
        MetricColumn(
          name: "Reason", title: "Reason", unit: .text,
          cells: .text(subsidiaries.map(\.route.way.words))),
      ])
  }

  /// Whether any subsidiary should go to the region of its headquarters.
  public var hasSubsidiaries: Bool { !subsidiaries.isEmpty }
}
