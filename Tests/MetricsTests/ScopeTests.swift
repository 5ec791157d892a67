import Metrics
import Records
import Testing

@Suite("Scopes: what one reader may see")
struct ScopeTests {
  /// Two territories below one, three people below each other, and one who is on his own.
  ///
  ///     top ─┬─ east (boss's)        boss ── lead ── rep        loner
  ///          └─ west (nobody's)
  private func organisation() -> Organisation {
    var o = Organisation()
    o.add(.user, "boss")
    o.add(.user, "lead", ["ManagerId": .id("boss")])
    o.add(.user, "rep", ["ManagerId": .id("lead")])
    o.add(.user, "loner")
    o.territory("top")
    o.territory("east", parent: "top", users: ["boss"])
    o.territory("west", parent: "top", users: ["loner"])
    o.account("held", owner: "loner", in: ["east"])
    o.account("owned", owner: "rep", in: ["west"])
    o.account("both", owner: "rep", in: ["east"])
    o.account("neither", owner: "loner", in: ["west"])
    o.account("nowhere", owner: "boss")
    o.deal("d1", .open, amount: 1, close: "2026-12-01", account: "held", owner: "loner")
    o.deal("d2", .open, amount: 10, close: "2026-12-01", account: "owned", owner: "rep")
    o.deal("d3", .open, amount: 100, close: "2026-12-01", account: "neither", owner: "loner")
    o.deal("d4", .open, amount: 1000, close: "2026-12-01", account: "neither", owner: "lead")
    return o
  }

  /// The Ids of a fact's records in a scope.
  private func ids(_ fact: Fact, _ scope: Scope, _ engine: LocalEngine) throws -> [String] {
    let table = try engine.list([
      Listing(name: "ids", fact: fact, columns: ["Id"], scope: scope)
    ])[0]
    return (0..<table.rowCount).compactMap { table["Id"]?.text($0) }
  }

  @Test("A manager sees what the territories hold and what everybody below owns, each once")
  func manager() throws {
    let engine = try organisation().engine()
    let users = ["boss": 0, "lead": 1, "rep": 2, "loner": 3]
    let boss = Scope.manager(users["boss"] ?? 0, territories: [0])
    // Territories by Id: east, top, west.
    #expect(try ids(.accounts, boss, engine) == ["both", "held", "nowhere", "owned"])
    #expect(try ids(.opportunities, boss, engine) == ["d1", "d2", "d4"])
    #expect(try engine.figure("open_amount", scope: boss) == "1011.00")
    #expect(try engine.figure("accounts", scope: boss) == "4")
    // Without a territory it is what they own.
    let lead = Scope.manager(users["lead"] ?? 0, territories: [])
    #expect(try ids(.accounts, lead, engine) == ["both", "owned"])
    #expect(try engine.figure("open_amount", scope: lead) == "1010.00")
    let loner = Scope.manager(users["loner"] ?? 0, territories: [2])
    #expect(try ids(.accounts, loner, engine) == ["held", "neither", "owned"])
  }

  @Test("What others call the deals of an account outside the scope stays a remainder")
  func names() throws {
    let engine = try organisation().engine()
    let lead = Scope.manager(1, territories: [])
    let table = try engine.run([
      Query(metrics: ["open_amount"], by: [.account], scope: lead)
    ])[0]
    let names = (0..<table.rowCount).compactMap { table["account"]?.text($0) }
    #expect(names == ["owned", "other"])
  }

  @Test("Records one by one are a scope, and so is the union of two")
  func records() throws {
    let engine = try organisation().engine()
    let one = RecordScope(name: "one", accounts: [3, 0, 3], deals: [2])
    let other = RecordScope(name: "other", accounts: [1], deals: [1, 2])
    #expect(try ids(.accounts, .records(one), engine) == ["held", "neither"])
    #expect(try engine.figure("open_amount", scope: .records(one)) == "100.00")
    let both = one.union(other, name: "both")
    #expect(try ids(.accounts, .records(both), engine) == ["held", "neither", "owned"])
    #expect(try engine.figure("open_amount", scope: .records(both)) == "110.00")
    #expect(try ids(.leads, .records(both), engine) == [])
  }

  @Test("The rows of a scope, taken from the engine, are a scope of the same figures")
  func rowsOfScope() throws {
    for seed in UInt64(1)...3 {
      let engine = try Organisation.random(seed: seed).engine()
      for scope in [Scope.territory(1), .manager(2, territories: [3, 4]), .family(4)] {
        let records = Scope.records(engine.records(in: scope, named: "rows"))
        let query = { (scope: Scope) in
          [
            Query(metrics: ["won_amount", "open_amount"], by: [.owner], scope: scope),
            Query(metrics: ["accounts", "annual_revenue"], by: [.segment], scope: scope),
            Query(metrics: ["line_amount"], by: [.product], scope: scope),
            Query(metrics: ["mrr", "new_mrr"], by: [.month], scope: scope),
            Query(metrics: ["activities"], by: [.month], scope: scope),
          ]
        }
        #expect(
          try engine.run(query(scope)).map { $0.csv() }
            == engine.run(query(records)).map { $0.csv() })
      }
    }
  }

  @Test("A scope of few rows gives what a filter by its accounts and deals gives over all rows")
  func fewRows() throws {
    for seed in UInt64(1)...4 {
      let organisation = Organisation.random(seed: seed)
      let engine = try organisation.engine()
      for territory in 0..<9 {
        let scope = Scope.territory(territory)
        let deals = try ids(.opportunities, scope, engine)
        let among = ExpressionText(
          deals.isEmpty
            ? "Name = ''" : "Name in (" + deals.map { "'\($0)'" }.joined(separator: ", ") + ")")
        for by in [[], [Metrics.Dimension.owner], [.stage], [.fiscalQuarter]] {
          let metrics = ["won_amount", "won_count", "lost_amount", "median_deal", "largest_deal"]
          let period = PeriodSpec.fiscalYear(offset: 0)
          let scoped = Query(metrics: metrics, by: by, period: period, scope: scope)
          let filtered = Query(metrics: metrics, by: by, filter: among, period: period)
          let answers = try engine.run([scoped, filtered])
          #expect(answers[0].csv() == answers[1].csv())
        }
      }
    }
  }
}
