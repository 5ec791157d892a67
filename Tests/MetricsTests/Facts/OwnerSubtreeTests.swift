import Metrics
import Records
import Testing

@Suite("Owners with everybody below them")
struct OwnerSubtreeTests {
  /// vic leads ann and bob, ann leads cy, and dee stands alone; they won 1, 2, 4, 8 and 16, and one
  /// whom nobody knows 32.
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "vic")
    for (user, manager) in [("ann", "vic"), ("bob", "vic"), ("cy", "ann")] {
      o.add(.user, user, ["ManagerId": .id(manager)])
    }
    o.add(.user, "dee")
    for (index, owner) in ["vic", "ann", "bob", "cy", "dee", "gone"].enumerated() {
      o.deal("d\(index)", .won, amount: 1 << Int64(index), close: "2026-10-01", owner: owner)
    }
    return o
  }

  private func rows(_ engine: LocalEngine, _ metrics: [String]) throws -> [String] {
    try engine.run([Query(metrics: metrics, by: [.ownerSubtree])])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("A manager's figure is the own one and those of all reports, whatever the depth")
  func subtree() throws {
    let engine = try organisation.engine()
    #expect(
      try rows(engine, ["won_amount", "largest_deal", "won_count"]) == [
        "(unknown),(unknown),32.00,32.00,1", "ann,ann,10.00,8.00,2", "bob,bob,4.00,4.00,1",
        "cy,cy,8.00,8.00,1", "dee,dee,16.00,16.00,1", "vic,vic,15.00,8.00,4",
      ])
    #expect(try engine.figure("won_amount") == "63.00")
  }

  @Test("A cycle of managers is cut at the smallest Id and counts everybody once")
  func cycle() throws {
    var o = Organisation()
    o.add(.user, "b", ["ManagerId": .id("a")])
    o.add(.user, "a", ["ManagerId": .id("c")])
    o.add(.user, "c", ["ManagerId": .id("b")])
    o.add(.user, "own", ["ManagerId": .id("own")])
    for (index, owner) in ["a", "b", "c", "own"].enumerated() {
      o.deal("d\(index)", .won, amount: 1 << Int64(index), close: "2026-10-01", owner: owner)
    }
    // c is below b, b below a, which stands at the top.
    #expect(
      try rows(o.engine(), ["won_amount"]) == [
        "a,a,7.00", "b,b,6.00", "c,c,4.00", "own,own,8.00",
      ])
  }

  @Test("The file of people says who the manager is where it names another, and a cycle is told")
  func people() throws {
    var records = UserRecords()
    var bob = Person(user: 2)
    bob.manager = 4
    records.people = [bob]
    let engine = try organisation.engine(userRecords: records)
    #expect(
      try rows(engine, ["won_amount"]).suffix(2) == ["dee,dee,20.00", "vic,vic,11.00"])
    #expect(!engine.findings.entries.contains { $0.first.code == "manager-cycle" })
    var vic = Person(user: 0)
    vic.manager = 3
    records.people = [vic]
    let circular = try organisation.engine(userRecords: records)
    // vic, ann and cy are a circle, cut at ann.
    #expect(
      try rows(circular, ["won_amount"]) == [
        "(unknown),(unknown),32.00", "ann,ann,15.00", "bob,bob,4.00", "cy,cy,13.00",
        "dee,dee,16.00", "vic,vic,5.00",
      ])
    let finding = try #require(
      circular.findings.entries.first { $0.first.code == "manager-cycle" }?.first)
    #expect(
      finding.what
        == "with the managers of the file of people, users are managers of each other in a cycle")
  }

  @Test("A manager's quota is the manager's own row, and a row never stands in two hierarchies")
  func quotas() throws {
    var o = organisation
    for (user, amount) in [("vic", 100), ("ann", 60), ("cy", 50)] {
      o.add(
        .quota, "q\(user)",
        [
          "QuotaOwnerId": .id(user), "StartDate": .day("2026-10-01"),
          "QuotaAmount": .number(Int64(amount) * 10_000),
        ])
    }
    let engine = try o.engine()
    #expect(
      try rows(engine, ["owner_quota"]) == ["ann,ann,60.00", "cy,cy,50.00", "vic,vic,100.00"])
    #expect {
      try engine.run([Query(metrics: ["won_amount"], by: [.ownerSubtree, .territory])])
    } throws: { error in
      (error as? FindingsError)?.findings.first?.suggestion
        == "slice by owner_subtree or territory alone"
    }
  }

  @Test("A chain of 3,000 managers is one sum after the other")
  func chain() throws {
    var o = Organisation()
    for user in 0..<3_000 {
      o.add(.user, "u\(user)", user == 0 ? [:] : ["ManagerId": .id("u\(user - 1)")])
    }
    o.deal("d", .won, amount: 3, close: "2026-10-01", owner: "u2999")
    let table = try o.engine().run([Query(metrics: ["won_amount"], by: [.ownerSubtree])])[0]
    #expect(table.rowCount == 3_000)
    #expect(table["won_amount"]?.dataText(0) == "3.00")
  }

  @Test(
    "Every subtree is its own and those of the reports, and the tops sum to the total",
    arguments: [1, 2, 3] as [UInt64])
  func property(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var o = Organisation()
    var managers: [Int?] = []
    for user in 0..<30 {
      // Only upwards, so that there is no cycle.
      let manager =
        user > 0 && Int.random(in: 0..<5, using: &random) > 0
        ? Int.random(in: 0..<user, using: &random) : nil
      managers.append(manager)
      o.add(.user, "u\(user)", manager.map { ["ManagerId": .id("u\($0)")] } ?? [:])
    }
    for deal in 0..<300 {
      o.deal(
        "d\(deal)", [Organisation.Outcome.won, .open][deal % 2],
        amount: Int64.random(in: -9..<99, using: &random), close: "2026-10-01",
        owner: "u\(Int.random(in: 0..<33, using: &random))")
    }
    func sums(_ engine: LocalEngine, _ dimension: Dimension) throws -> [String: Int128] {
      let table = try engine.run([Query(metrics: ["won_amount"], by: [dimension])])[0]
      guard case .money(let cells) = table["won_amount"]?.cells else { return [:] }
      return Dictionary(
        uniqueKeysWithValues: (0..<table.rowCount).map {
          (table[dimension.rawValue + "_id"]?.text($0) ?? "", cells[$0] ?? 0)
        })
    }
    let engine = try o.engine(threads: 3)
    let (own, subtree) = (try sums(engine, .owner), try sums(engine, .ownerSubtree))
    for user in 0..<30 {
      let reports = managers.indices.filter { managers[$0] == user }
      #expect(
        subtree["u\(user)", default: 0]
          == reports.reduce(own["u\(user)", default: 0]) { $0 + subtree["u\($1)", default: 0] })
    }
    let tops = managers.indices.filter { managers[$0] == nil }
    #expect(
      tops.reduce(own["(unknown)", default: 0]) { $0 + subtree["u\($1)", default: 0] }
        == own.values.reduce(0, +))
    var reversed = o
    reversed.reverse()
    #expect(try sums(reversed.engine(), .ownerSubtree) == subtree)
  }
}
