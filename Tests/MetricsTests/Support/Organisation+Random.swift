import Metrics
import Records

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

extension Organisation {
  /// A random organisation: 3 levels of territories, families, deals with and without everything,
  /// lines, quotas, subscriptions and activities.
  static func random(seed: UInt64, scale: Int64 = 1) -> Organisation {
    var random = SplitMix(state: seed)
    var o = Organisation()
    for user in 0..<6 { o.add(.user, "u\(user)", ["IsActive": .flag(user != 5)]) }
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
    o.addMore(&random, scale: scale)
    return o
  }

  /// Lines, quotas, subscriptions and activities of the deals, users and accounts.
  private mutating func addMore(_ random: inout SplitMix, scale: Int64) {
    for product in 0..<5 { add(.product, "p\(product)", ["Family": .text("f\(product % 2)")]) }
    for index in 0..<300 {
      let product = Int.random(in: 0..<6, using: &random)
      add(
        .lineItem, "l\(index)",
        [
          "OpportunityId": .id("d\(Int.random(in: 0..<400, using: &random))"),
          "Product2Id": .id("p\(product)"),
          "TotalPrice": .number(Int64.random(in: 0..<900, using: &random) * scale * 10_000),
        ])
    }
    for index in 0..<40 {
      let month = 1 + Int.random(in: 0..<9, using: &random)
      var cells: [String: Cell] = [
        "QuotaOwnerId": .id("u\(index % 6)"), "StartDate": .day("2026-0\(month)-01"),
        "QuotaAmount": .number(Int64.random(in: 0..<900, using: &random) * scale * 10_000),
      ]
      if index % 3 > 0 { cells["Territory2Id"] = .id("t\(index % 9)") }
      add(.quota, "q\(index)", cells)
    }
    for index in 0..<80 {
      let start = Organisation.day("2023-01-31").adding(
        days: Int.random(in: 0..<1200, using: &random))
      let last = start.adding(days: Int.random(in: 20..<900, using: &random))
      subscription(
        "s\(index)", of: "a\(Int.random(in: 0..<60, using: &random))", from: start.description,
        to: index % 5 == 0 ? nil : last.description,
        cents: Int64.random(in: 1..<900, using: &random) * 100 * scale)
    }
    for index in 0..<60 {
      let day = Organisation.day("2026-05-01").adding(days: Int.random(in: 0..<230, using: &random))
      add(
        .task, "k\(index)",
        [
          "AccountId": .id("a\(Int.random(in: 0..<60, using: &random))"),
          "ActivityDate": .day(day.description), "IsClosed": .flag(index % 4 > 0),
        ])
    }
  }
}
