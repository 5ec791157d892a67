import Records
import Testing

@testable import Metrics

@Suite("Properties of every export")
struct PropertyTests {
  private func organisation(seed: UInt64, scale: Int64 = 1) -> Organisation {
    Organisation.random(seed: seed, scale: scale)
  }

  private func sum(_ table: MetricTable, _ column: String) -> Int128? {
    switch table[column]?.cells {
    case .money(let cells), .integers(let cells): cells.reduce(0) { $0 + ($1 ?? 0) }
    default: nil
    }
  }

  @Test("Slices of every metric that adds up sum to its total, by each of its dimensions")
  func slices() throws {
    let catalogue = try Organisation.catalogue()
    let engine = try organisation(seed: 1).engine()
    var compared = 0
    for metric in catalogue.metrics {
      guard case .measure(let measure) = metric.kind, measure.additivity != .nonAdditive,
        measure.onlyBy.isEmpty,
        // A territory's quota covers all below it: levels are never added.
        measure.fact != .quotas
      else { continue }
      let dimensions = Dimension.allCases.filter { adds($0, measure) }
      let tables = try engine.run(
        [Query(metrics: [metric.name])]
          + dimensions.map { Query(metrics: [metric.name], by: [$0]) })
      guard let total = sum(tables[0], metric.name) else { continue }
      for (dimension, table) in zip(dimensions, tables.dropFirst()) {
        #expect(sum(table, metric.name) == total, "\(metric.name) by \(dimension)")
        compared += 1
      }
    }
    #expect(compared > 400)
  }

  /// Whether a row stands in one member of a dimension, and the measure may be sliced by it.
  private func adds(_ dimension: Dimension, _ measure: Measure) -> Bool {
    guard dimension.facts.contains(measure.fact) else { return false }
    if dimension.isTime { return measure.date != nil && measure.additivity == .additive }
    let isOfDeals = measure.fact == .opportunities || measure.fact == .lineItems
    return !dimension.isManyValued || dimension == .territory && isOfDeals
  }

  @Test("The subtree of the root with what is in no territory is the total")
  func subtree() throws {
    let engine = try organisation(seed: 4).engine()
    let total = try engine.run([Query(metrics: ["won_count"])])[0]
    let table = try engine.run([Query(metrics: ["won_count"], by: [.territorySubtree])])[0]
    guard case .text(let ids) = table["territory_subtree_id"]?.cells,
      case .integers(let counts) = table["won_count"]?.cells
    else {
      Issue.record("no columns")
      return
    }
    let tops = zip(ids, counts).filter { $0.0 == "t0" || $0.0 == "(unassigned)" }
    #expect(tops.reduce(0) { $0 + ($1.1 ?? 0) } == sum(total, "won_count"))
  }

  @Test("The order of rows changes nothing in any table", arguments: [5, 15] as [UInt64])
  func permutation(seed: UInt64) throws {
    let given = organisation(seed: seed)
    var reversed = given
    reversed.reverse()
    for table in StandardTable.allCases where table != .leads {
      let (before, after) = (try given.engine().csv(table), try reversed.engine().csv(table))
      #expect(before == after, "\(table)")
      #expect(before.split(separator: "\n").count > 1, "\(table)")
    }
  }

  @Test("An account that nothing refers to changes no other row of any table")
  func unrelated() throws {
    let given = organisation(seed: 6)
    var more = given
    more.account("zz")
    let (before, after) = (try given.engine(), try more.engine())
    for table in StandardTable.allCases {
      let rows = try before.csv(table).split(separator: "\n")
      let others = try after.csv(table).split(separator: "\n").filter { !$0.hasPrefix("zz,") }
      guard table == .territories else {
        #expect(others == rows, "\(table)")
        continue
      }
      // It is in no territory, and that is all.
      #expect(zip(rows, others).filter { $0 != $1 }.map { $0.1.prefix(12) } == ["(unassigned)"])
    }
  }

  @Test("Scaling every amount scales every sum and leaves all else, in every table")
  func scaling() throws {
    let (once, tenfold) = (
      try organisation(seed: 7).engine(), try organisation(seed: 7, scale: 10).engine()
    )
    // The bands of deals have their limits in money.
    for name in StandardTable.allCases where name != .repFit && name != .leads {
      let table = try once.standardTables([name], scope: .company)[0]
      let scaled = try tenfold.standardTables([name], scope: .company)[0]
      #expect(table.rowCount == scaled.rowCount && table.rowCount > 0, "\(name)")
      for column in table.columns {
        // Of `balance` some rows are of money and some are not.
        guard column.rowUnits == nil, let other = scaled[column.name] else { continue }
        for row in 0..<min(table.rowCount, scaled.rowCount) {
          if column.unit == .money {
            let isScaled = column.value(row).map { tenTimes($0) } == other.value(row)
            #expect(isScaled, "\(name).\(column.name), row \(row)")
          } else {
            #expect(
              column.dataText(row) == other.dataText(row), "\(name).\(column.name), row \(row)")
          }
        }
      }
    }
  }

  private func tenTimes(_ value: Ratio) -> Ratio {
    Ratio(value.numerator * 10, over: value.denominator)
  }

  @Test("Scopes of sibling territories do not overlap, and with their parent's own make its whole")
  func scopes() throws {
    let engine = try organisation(seed: 8).engine()
    func won(_ scope: Scope) throws -> Int128 {
      try sum(
        engine.run([Query(metrics: ["won_amount"], scope: scope)])[0], "won_amount") ?? -1
    }
    let own = try engine.run([Query(metrics: ["won_amount"], by: [.territory])])[0]
    guard case .text(let ids) = own["territory_id"]?.cells,
      case .money(let amounts) = own["won_amount"]?.cells
    else {
      Issue.record("no columns")
      return
    }
    let ofRoot = zip(ids, amounts).first { $0.0 == "t0" }.flatMap { $0.1 } ?? 0
    // Territories are indexed in the order of Ids: t1 and t2 are the root's children.
    #expect(
      try won(.territory(0)) == won(.territory(1)) + won(.territory(2)) + ofRoot)
  }
}
