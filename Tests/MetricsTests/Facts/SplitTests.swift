import Metrics
import Records
import Testing

@Suite("Credit by splits")
struct SplitTests {
  /// A deal of 100 shared by two, one of 0.0001 shared by three, one of the owner alone, one whose
  /// shares do not make 100 %, an open one.
  private func organisation(types: Bool = true) -> Organisation {
    var o = Organisation()
    for user in ["ann", "bo", "cy"] { o.add(.user, user) }
    if types {
      type(&o, "rev", validated: true, field: "Amount")
      type(&o, "over", validated: false, field: "Amount")
    }
    o.deal("d1", .won, amount: 100, close: "2026-10-01", owner: "ann")
    o.deal("d2", .won, amount: 10, close: "2026-10-01", owner: "ann")
    o.deal("d3", .won, amount: 7, close: "2026-10-01", owner: "cy")
    o.deal("d4", .won, amount: 50, close: "2026-10-01", owner: "cy")
    o.deal("d5", .open, amount: 20, close: "2026-12-01", owner: "ann")
    o.deal("d6", .won, amount: nil, close: "2026-10-01", owner: "bo")
    split(&o, "s1", "d1", "ann", 600_000)
    split(&o, "s2", "d1", "bo", 400_000)
    // Thirds: 3.3333, then 6.6667 less that, then the rest.
    split(&o, "s3", "d2", "ann", 333_333)
    split(&o, "s4", "d2", "bo", 333_333)
    split(&o, "s5", "d2", "cy", 333_333)
    split(&o, "s6", "d4", "ann", 500_000)
    split(&o, "s7", "d5", "bo", 1_000_000)
    if types {
      split(&o, "s8", "d1", "cy", 1_000_000, type: "over")
      split(&o, "s9", "d3", "bo", 500_000, type: "over")
    }
    return o
  }

  private func type(
    _ o: inout Organisation, _ id: String, validated: Bool, field: String, active: Bool = true
  ) {
    o.add(
      .splitType, id,
      [
        "MasterLabel": .text(id), "IsTotalValidated": .flag(validated), "IsActive": .flag(active),
        "SplitField": .text(field),
      ])
  }

  private func split(
    _ o: inout Organisation, _ id: String, _ deal: String, _ user: String, _ percent: Int64?,
    type: String = "rev"
  ) {
    var cells: [String: Organisation.Cell] = [
      "OpportunityId": .id(deal), "SplitOwnerId": .id(user), "SplitTypeId": .id(type),
    ]
    if let percent { cells["SplitPercentage"] = .number(percent) }
    o.add(.split, id, cells)
  }

  private func rows(_ engine: LocalEngine, _ metrics: [String]) throws -> [String] {
    try engine.run([Query(metrics: metrics, by: [.owner])])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("The value of a deal goes to those whom its splits credit, and sums to what was won")
  func shares() throws {
    let engine = try organisation().engine()
    // ann 60 + 3.3333; bo 40 + 3.3334; cy 3.3333 + 7 + 50, of which 50 only as the owner.
    #expect(
      try rows(engine, ["split_won_amount", "split_open_amount"]) == [
        "ann,ann,63.33,0.00", "bo,bo,43.33,20.00", "cy,cy,60.33,0.00",
      ])
    #expect(try engine.figure("split_won_amount") == "167.00")
    #expect(try engine.figure("won_amount") == "167.00")
    let finding = try #require(
      engine.findings.entries.first { $0.first.code == "splits-not-whole" }?.first)
    #expect(finding.what == "the shares of a deal do not sum to 100 %")
    #expect(finding.at?.description == "OpportunitySplit.csv:7")
  }

  @Test("Overlay splits stand apart: they add to nobody's own figure")
  func overlay() throws {
    let engine = try organisation().engine()
    #expect(
      try rows(engine, ["overlay_won_amount"]) == ["bo,bo,3.50", "cy,cy,100.00"])
    #expect(try engine.figure("overlay_open_amount") == "")
    let query = Query(metrics: ["split_won_amount"])
    let behind = try engine.records(behind: "split_won_amount", of: query, limit: 3)
    #expect(behind.agrees)
    // Each by the Id of its split, else of the deal that its owner has whole.
    #expect(
      behind.table.csv()
        == "id,name,value,date\ns1,d1,60.00,2026-10-01\nd4,d4,50.00,2026-10-01\n"
        + "s2,d1,40.00,2026-10-01\n")
  }

  @Test("Of several validated types the one of the value field counts, and the user is told")
  func several() throws {
    var o = organisation()
    type(&o, "a-first", validated: true, field: "Services__c")
    type(&o, "a-old", validated: true, field: "Amount", active: false)
    split(&o, "s10", "d3", "ann", 1_000_000, type: "a-first")
    let engine = try o.engine()
    #expect(try rows(engine, ["split_won_amount"]).last == "cy,cy,60.33")
    let finding = try #require(
      engine.findings.entries.first { $0.first.code == "split-types-several" }?.first)
    #expect(finding.what == "several split types are validated to 100 %")
    o.settings.valueField = "Services__c"
    #expect(
      try o.engine().run([Query(metrics: ["split_won_amount"])])[0].dataText(row: 0, column: 0)
        == "0.00")
  }

  @Test("Without types all rows share out; without a validated type every owner keeps the deal")
  func withoutTypes() throws {
    #expect(
      try rows(organisation(types: false).engine(), ["split_won_amount"]) == [
        "ann,ann,63.33", "bo,bo,43.33", "cy,cy,60.33",
      ])
    var o = organisation(types: false)
    type(&o, "rev", validated: false, field: "Amount")
    let engine = try o.engine()
    #expect(
      try rows(engine, ["split_won_amount"]) == ["ann,ann,110.00", "bo,bo,0.00", "cy,cy,57.00"])
    #expect(engine.findings.entries.contains { $0.first.code == "split-types-unknown" })
  }

  @Test("A scope holds the shares of its deals, and slices by what a deal has sum to the total")
  func scopes() throws {
    var o = organisation()
    o.territory("N")
    o.deal("d7", .won, amount: 9, close: "2026-10-01", owner: "ann", territory: "N", type: "New")
    split(&o, "s11", "d7", "bo", 1_000_000)
    let engine = try o.engine()
    #expect(try engine.figure("split_won_amount", scope: .territory(0)) == "9.00")
    for dimension in Dimension.allCases where dimension.facts.contains(.splits) {
      let sliced = try engine.run([Query(metrics: ["split_won_amount"], by: [dimension])])[0]
      guard case .money(let cells) = sliced["split_won_amount"]?.cells else {
        Issue.record("no figures")
        return
      }
      #expect(cells.reduce(0) { $0 + ($1 ?? 0) } == 1_760_000, "by \(dimension)")
    }
  }

  @Test("Shares of any deal sum to its value to the last part", arguments: [1, 2] as [UInt64])
  func property(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var o = Organisation()
    for user in 0..<5 { o.add(.user, "u\(user)") }
    type(&o, "rev", validated: true, field: "Amount")
    for deal in 0..<60 {
      o.add(
        .opportunity, "d\(deal)",
        [
          "StageName": .text("won"), "IsClosed": .flag(true), "IsWon": .flag(true),
          "CloseDate": .day("2026-10-01"), "OwnerId": .id("u\(deal % 5)"),
          "Amount": .number(Int64.random(in: -99_999...99_999_999, using: &random)),
        ])
      let parts = Int.random(in: 0...4, using: &random)
      var rest: Int64 = 1_000_000
      for part in 0..<parts {
        let own = part == parts - 1 ? rest : Int64.random(in: 0...rest, using: &random)
        rest -= own
        split(&o, "s\(deal)-\(part)", "d\(deal)", "u\(Int.random(in: 0..<5, using: &random))", own)
      }
    }
    let engine = try o.engine()
    let total = try engine.run([Query(metrics: ["won_amount", "split_won_amount"])])[0]
    #expect(total["won_amount"]?.cells == total["split_won_amount"]?.cells)
    var reversed = o
    reversed.reverse()
    #expect(
      try rows(engine, ["split_won_amount"]) == rows(reversed.engine(), ["split_won_amount"]))
  }
}
