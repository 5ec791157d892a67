import Metrics
import Records
import Testing

@Suite("Families")
struct FamilyTests {
  /// Root R (territory T1) over A (T1) and B (T2); C (T1) below B; D alone.
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.territory("T1", users: ["ann"])
    o.territory("T2")
    o.account("R", owner: "ann", in: ["T1"], country: "DE")
    o.account("A", parent: "R", in: ["T1"])
    o.account("B", parent: "R", in: ["T2"])
    o.account("C", parent: "B", in: ["T1"])
    o.account("D", in: ["T1"])
    o.deal("D1", .won, amount: 10, close: "2026-01-05", account: "R")
    o.deal("D2", .won, amount: 20, close: "2026-01-05", account: "A")
    o.deal("D3", .won, amount: 40, close: "2026-01-05", account: "B")
    o.deal("D4", .open, amount: 80, close: "2026-12-05", account: "C")
    o.deal("D5", .won, amount: 900, close: "2026-01-05", account: "D")
    return o
  }

  private func lines(_ tree: FamilyTree?) -> [String] {
    (tree?.nodes ?? []).map { node in
      let name = node.isElsewhere ? "+\(node.accounts) elsewhere" : node.name
      let depth = depth(node, tree)
      return String(repeating: "  ", count: depth)
        + "\(name) own \(node.own.wonAmount / 10_000)/\(node.own.openAmount / 10_000)"
        + " with all below \(node.rolledUp.wonAmount / 10_000)/\(node.rolledUp.openAmount / 10_000)"
    }
  }

  private func depth(_ node: FamilyTree.Node, _ tree: FamilyTree?) -> Int {
    guard let tree, let parent = node.parent else { return 0 }
    return 1 + depth(tree.nodes[parent], tree)
  }

  @Test("A family is drawn from its ultimate parent, the largest branch first")
  func company() throws {
    let tree = try organisation.engine().family(.largestWon, scope: .company)
    #expect(
      lines(tree) == [
        "R own 10/0 with all below 70/80",
        "  B own 40/0 with all below 40/80",
        "    C own 0/80 with all below 0/80",
        "  A own 20/0 with all below 20/0",
      ])
    #expect(tree?.nodes.first?.country == "DE")
    #expect(tree?.nodes.first?.owner == "ann")
    #expect(tree?.nodes.first?.territories == ["T1"])
  }

  @Test("Accounts outside the scope stand in one box without name or Id")
  func scoped() throws {
    let tree = try organisation.engine().family(.largestWon, scope: .territory(0))
    #expect(
      lines(tree) == [
        "R own 10/0 with all below 70/80",
        "  A own 20/0 with all below 20/0",
        "  C own 0/80 with all below 0/80",
        "  +1 elsewhere own 40/0 with all below 40/0",
      ])
    #expect(tree?.total.wonAmount == 700_000)
  }

  @Test("Where the ultimate parent is outside the scope the box is the root")
  func rootElsewhere() throws {
    let tree = try organisation.engine().family(.of(account: 1), scope: .territory(1))
    #expect(
      lines(tree) == [
        "+3 elsewhere own 30/80 with all below 70/80",
        "  B own 40/0 with all below 40/0",
      ])
  }

  @Test("A cycle of two parents keeps both accounts in the total")
  func cycle() throws {
    var o = Organisation()
    o.account("B", parent: "A", revenue: 2)
    o.account("A", parent: "B", revenue: 1)
    let engine = try o.engine()
    #expect(
      try engine.csv(.families).split(separator: "\n")[1] == "A,A,2,3.00,2.00,0.00,0.00,0,0,0")
    #expect(
      engine.findings.entries.map(\.first.description) == [
        "Account.csv:3: warning: accounts are parents of each other in a cycle; the cycle is cut"
          + " at the account with the smallest Id, which becomes the ultimate parent; correct the"
          + " field ParentId of one of them."
      ])
  }

  @Test("An absent parent makes a root")
  func orphan() throws {
    var o = Organisation()
    o.account("A", parent: "nobody")
    let engine = try o.engine()
    #expect(try engine.standardTables([.families], scope: .company)[0].rowCount == 1)
  }

  @Test("A person account takes no parent")
  func person() throws {
    var o = Organisation()
    o.account("A")
    o.add(.account, "P", ["ParentId": .id("A"), "IsPersonAccount": .flag(true)])
    #expect(try o.engine().standardTables([.families], scope: .company)[0].rowCount == 2)
  }

  @Test("A deal whose account is absent stays in the totals")
  func absentAccount() throws {
    var o = Organisation()
    o.deal("D", .won, amount: 5, close: "2026-01-01", account: "nobody")
    let engine = try o.engine()
    #expect(try engine.figure("won_amount") == "5.00")
    #expect(
      try engine.run([Query(metrics: ["won_amount"], by: [.family])])[0].csv()
        == "family_id,family,won_amount\n(unknown),(unknown),5.00\n")
  }
}
