import Metrics
import Records
import Testing

/// As of 2026-11-20, by calendar years.
@Suite("Attainment of reps")
struct AttainmentTests {
  private func organisation(inTerritories: Bool = false) -> Organisation {
    var o = Organisation()
    if inTerritories {
      o.territory("top")
      o.territory("below", parent: "top")
    }
    o.add(.user, "boss")
    for user in ["ann", "bob", "cid", "eve"] { o.add(.user, user, ["ManagerId": .id("boss")]) }
    o.add(.user, "dee")
    func quota(_ user: String, _ day: String, _ amount: Int64) {
      o.add(
        .quota, "\(user) \(day)",
        [
          "QuotaOwnerId": .id(user), "StartDate": .day(day),
          "QuotaAmount": .number(amount * 10_000),
        ].merging(
          inTerritories ? ["Territory2Id": .id(user == "boss" ? "top" : "below")] : [:],
          uniquingKeysWith: { $1 }))
    }
    for user in ["ann", "bob", "cid", "dee", "eve"] { quota(user, "2026-10-01", 1_000) }
    quota("ann", "2026-12-01", 1_000)
    quota("boss", "2026-11-01", 4_000)
    let won: [(String, Int64)] = [
      ("ann", 1_000), ("bob", 799), ("cid", 800), ("dee", 100), ("eve", 499), ("boss", 9_000),
    ]
    for (user, amount) in won {
      o.deal("\(user) won", .won, amount: amount, close: "2026-11-01", owner: user)
      o.deal("\(user) before", .won, amount: 5_000, close: "2026-09-30", owner: user)
      o.deal("\(user) lost", .lost, amount: 5_000, close: "2026-11-01", owner: user)
    }
    // After the as-of date: nothing yet.
    o.deal("soon", .won, amount: 5_000, close: "2026-11-21", owner: "eve")
    return o
  }

  /// Dee began in September and has half of a full quota in October.
  private var people: UserRecords {
    var dee = Person(user: 5)
    dee.startDate = Organisation.day("2026-09-15")
    dee.ramp = [250_000, 500_000, 1_000_000]
    dee.manager = 0
    var user = UserRecords()
    user.people = [dee]
    return user
  }

  @Test(
    "Reps stand in the band of their quota to date; who leads and who ramps is apart",
    arguments: [false, true])
  func bands(inTerritories: Bool) throws {
    let organisation = organisation(inTerritories: inTerritories)
    let engine = try organisation.engine(userRecords: people)
    let quarter = PeriodSpec.fiscalQuarter(offset: 0)
    let expected = [
      // Ann's quota of December has not begun; Bob is a little short of 80 %.
      ("quarter_reps", "4"), ("quarter_reps_at_100", "1"), ("quarter_reps_at_80", "1"),
      ("quarter_reps_at_50", "1"), ("quarter_reps_below_50", "1"), ("quarter_ramping_reps", "1"),
      ("quarter_share_at_100", "0.250000"), ("quarter_share_below_50", "0.250000"),
    ]
    for (metric, figure) in expected {
      #expect(try engine.figure(metric, quarter) == figure, "\(metric)")
    }
    // The same quotas of the year are met by what was won in September.
    let year = PeriodSpec.fiscalYear(offset: 0)
    #expect(try engine.figure("year_reps_at_100", year) == "4")
    #expect(try engine.figure("year_share_at_100", year) == "1.000000")
    // Without the file nobody ramps, and Dee is below a half.
    let plain = try organisation.engine()
    #expect(try plain.figure("quarter_reps_below_50", quarter) == "2")
    #expect(try plain.figure("quarter_ramping_reps", quarter) == "0")
  }

  @Test("What a manager's reps are given is held against the manager's own quota")
  func overAssignment() throws {
    let query = Query(
      metrics: ["team_quota", "owner_quota", "over_assignment"], by: [.owner],
      period: .fiscalQuarter(offset: 0), order: [Order("owner_id")])
    // Ann 2,000, Bob, Cid, Eve and, by the file, Dee 1,000 each, of 4,000.
    let rows = try organisation().engine(userRecords: people).run([query])[0].csv()
      .split(separator: "\n").map(String.init)
    #expect(rows.contains("boss,boss,6000.00,4000.00,1.500000"))
    #expect(rows.contains("ann,ann,,2000.00,"))
    #expect(try organisation().engine().run([query])[0].csv().contains("5000.00,4000.00,1.250000"))
  }

  @Test("Coverage looks as far as the quarter after the next")
  func coverage() throws {
    var o = Organisation()
    o.add(.user, "ann")
    o.territory("T", users: ["ann"])
    o.deal("D", .open, amount: 300, close: "2027-04-01", owner: "ann", territory: "T")
    o.add(
      .quota, "Q",
      [
        "Territory2Id": .id("T"), "StartDate": .day("2027-04-01"),
        "QuotaAmount": .number(1_000_000),
      ])
    let periods = ["fiscal_quarter", "next_fiscal_quarter", "fiscal_quarter_after_next"]
    let engine = try o.engine()
    let found = try periods.map { name in
      try engine.figure("coverage", try #require(PeriodSpec(name: name)))
    }
    #expect(found == ["", "", "3.000000"])
  }
}
