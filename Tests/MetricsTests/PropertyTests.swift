import Metrics
import Records
import Testing

/// Random numbers that are the same on every run (Vigna, SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Properties of every export")
struct PropertyTests {
  /// A random organisation: 3 levels of territories, families, deals with and without everything.
  private func organisation(seed: UInt64, scale: Int64 = 1) -> Organisation {
    var random = SplitMix(state: seed)
    var o = Organisation()
    for user in 0..<6 { o.add(.user, "u\(user)") }
    for index in 0..<9 {
      o.territory(
        "t\(index)", parent: index == 0 ? nil : "t\((index - 1) / 2)", users: ["u\(index % 6)"])
    }
    for index in 0..<60 {
      let parent = Int.random(in: 0..<3, using: &random)
      let held = Int.random(in: 0..<4, using: &random)
      o.account(
        "a\(index)", parent: parent > 0 ? "a\(Int.random(in: 0..<60, using: &random))" : nil,
        owner: "u\(Int.random(in: 0..<6, using: &random))",
        in: (0..<min(held, 2)).map { _ in "t\(Int.random(in: 0..<9, using: &random))" },
        revenue: Int64.random(in: 0..<1000, using: &random) * scale,
        employees: Bool.random(using: &random) ? Int64.random(in: 0..<9000, using: &random) : nil)
    }
    for index in 0..<400 {
      let outcome = [Organisation.Outcome.won, .lost, .open][
        Int.random(in: 0..<3, using: &random)]
      let close = Organisation.day("2025-06-01").adding(
        days: Int.random(in: 0..<600, using: &random))
      let amount = Int64.random(in: -50..<5000, using: &random) * scale
      let account = Int.random(in: 0..<66, using: &random)
      let territory = Int.random(in: 0..<30, using: &random)
      o.deal(
        "d\(index)", outcome, amount: Int.random(in: 0..<9, using: &random) == 0 ? nil : amount,
        close: close.description, account: account < 60 ? "a\(account)" : nil,
        owner: "u\(Int.random(in: 0..<6, using: &random))",
        territory: territory < 9 ? "t\(territory)" : nil,
        created: close.adding(days: -Int.random(in: 0..<90, using: &random)).description,
        probability: Int64.random(in: 0...100, using: &random))
    }
    return o
  }

  private func sum(_ table: MetricTable, _ column: String) -> Int128 {
    switch table[column]?.cells {
    case .money(let cells), .integers(let cells): cells.reduce(0) { $0 + ($1 ?? 0) }
    default: -1
    }
  }

  @Test("Slices by every dimension sum to the total", arguments: [1, 2, 3] as [UInt64])
  func slices(seed: UInt64) throws {
    let engine = try organisation(seed: seed).engine()
    let metrics = ["won_amount", "lost_count", "created_amount"]
    let total = try engine.run([Query(metrics: metrics)])[0]
    for dimension in Dimension.allCases
    where dimension.facts.contains(.opportunities) && dimension != .territorySubtree {
      let sliced = try engine.run([Query(metrics: metrics, by: [dimension])])[0]
      for metric in metrics {
        #expect(sum(sliced, metric) == sum(total, metric), "\(metric) by \(dimension)")
      }
    }
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

  @Test("The order of rows changes nothing")
  func permutation() throws {
    let given = organisation(seed: 5)
    var reversed = given
    reversed.reverse()
    for table in StandardTable.built {
      #expect(try given.engine().csv(table) == reversed.engine().csv(table))
    }
  }

  @Test("An unrelated account changes no other row")
  func unrelated() throws {
    let given = organisation(seed: 6)
    var more = given
    more.account("zz", in: ["t8"])
    let before = try given.engine().csv(.families).split(separator: "\n")
    let after = try more.engine().csv(.families).split(separator: "\n")
    #expect(after.filter { !$0.hasPrefix("zz,") } == before)
    #expect(try given.engine().csv(.winRates) == more.engine().csv(.winRates))
  }

  @Test("Scaling every amount scales every sum and leaves every rate")
  func scaling() throws {
    let metrics = ["won_amount", "open_amount", "win_rate_amount"]
    let query = Query(metrics: metrics, by: [.owner])
    let once = try organisation(seed: 7).engine().run([query])[0]
    let tenfold = try organisation(seed: 7, scale: 10).engine().run([query])[0]
    #expect(sum(once, "won_amount") * 10 == sum(tenfold, "won_amount"))
    for row in 0..<once.rowCount {
      #expect(
        once["win_rate_amount"]?.dataText(row) == tenfold["win_rate_amount"]?.dataText(row))
    }
  }

  @Test("Scopes of sibling territories do not overlap, and with their parent's own make its whole")
  func scopes() throws {
    let engine = try organisation(seed: 8).engine()
    func won(_ scope: Scope) throws -> Int128 {
      sum(try engine.run([Query(metrics: ["won_amount"], scope: scope)])[0], "won_amount")
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
