import Records
import TestKit
import Testing

@testable import Territories

/// A territory model, accounts and rules by chance.
private struct Chance {
  var generator: Generator
  let texts = ["", "US", "us", "Utah", "U", "DE", "Dresden", "d", "East;West", "West", "94", "941"]

  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ state >> 33) &* 0xff51_afd7_ed55_8ccd
    }
  }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

  mutating func accounts(_ count: Int) -> Table {
    let codes = (0..<count).map { _ in Int32(below(texts.count + 1)) - 1 }
    var names = Texts()
    for _ in 0..<count { names.append(Array(texts[below(texts.count)].utf8)) }
    let numbers = (0..<count).map { _ in
      below(5) == 0 ? Exact.null : Int64(below(8)) * 5_000
    }
    return Table(
      entity: .account, count: count,
      columns: [
        "Country": .categories(Categories(codes: codes, values: texts)), "Name": .texts(names),
        "Size": .decimals(numbers),
        "IsPersonAccount": .flags(
          (0..<count).map { _ in
            UInt8(below(3))
          }),
        "CreatedDate": .days((0..<count).map { _ in Int32(below(4)) }),
      ])
  }

  mutating func filter(_ items: Int, depth: Int = 0) -> RuleFilter {
    switch below(depth > 3 ? 1 : 4) {
    case 1: .not(filter(items, depth: depth + 1))
    case 2: .all((0...below(3)).map { _ in filter(items, depth: depth + 1) })
    case 3: .any((0...below(3)).map { _ in filter(items, depth: depth + 1) })
    default: .item(below(items) + 1)
    }
  }

  mutating func item() -> TerritoryPlan.RuleItem {
    let operations = RuleOperation.allCases
    func text(_ operation: RuleOperation, _ field: String, _ value: String)
      -> TerritoryPlan.RuleItem
    {
      TerritoryPlan.RuleItem(field: field, operation: operation.rawValue, value: value)
    }
    let operation = operations[below(operations.count)]
    switch below(8) {
    case 0: return text(operation, "Hidden__c", "x")
    case 1: return text(operation, "Account.Size", ["0.5", "1,2", "3.5", "9"][below(4)])
    case 2:
      return text(operation, "CreatedDate", ["1970-01-02", "1970-01-01,1970-01-03"][below(2)])
    case 3: return text(operation, "isPersonAccount", ["true", "0"][below(2)])
    default:
      let values = (0...below(2)).map { _ in texts[below(texts.count)] }
      return text(
        operation, ["Country", "Name"][below(2)], values.joined(separator: ","))
    }
  }

  mutating func plan() -> TerritoryPlan {
    var plan = TerritoryPlan(developerName: "M", name: "M")
    for number in 0..<8 {
      let items = (0...below(3)).map { _ in item() }
      plan.rules.append(
        TerritoryPlan.Rule(
          developerName: "R\(number)", name: "R", isActive: below(6) > 0,
          filter: below(2) == 0 ? .all(of: items.count) : filter(items.count), items: items))
    }
    for number in 0..<10 {
      var territory = TerritoryPlan.Territory(developerName: "T\(number)", name: "T")
      territory.parent = number > 0 && below(3) > 0 ? "T\(below(number))" : nil
      for _ in 0..<below(3) {
        territory.rules.append(
          TerritoryPlan.RuleAssociation(rule: "R\(below(8))", isInherited: below(3) == 0))
      }
      plan.territories.append(territory)
    }
    return plan
  }
}

@Suite("The index of rules leaves out none that may match")
struct RuleIndexTests {
  /// Every rule on every account, by filters as they are written.
  private func slow(
    _ model: ResolvedModel, _ records: RecordSet, any: Bool
  ) -> [Set<String>] {
    let table = records[.account]
    func truth(_ item: TerritoryPlan.RuleItem, _ row: Int) -> Bool? {
      let name = item.field.replacing("Account.", with: "").lowercased()
      guard let (field, column) = table.columns.first(where: { $0.key.lowercased() == name }),
        let operation = RuleOperation(rawValue: item.operation), operation != .within
      else { return nil }
      let test = ItemTest(operation, item.value)
      func text(_ text: String?) -> Bool {
        let bytes = Array((text ?? "").lowercased().utf8)
        return bytes.isEmpty ? test.holdsOfEmpty : test.holds(of: bytes.span)
      }
      switch column {
      case .categories(let cells): return text(cells[row])
      case .texts(let cells): return text(cells[row])
      case .decimals(let cells):
        guard test.isOrdinal else {
          return text(cells[row] == Exact.null ? nil : RuleValues.text(cells[row], scale: 10_000))
        }
        let numbers = test.values.compactMap { RuleValues.number($0, scale: 10_000) }
        return cells[row] == Exact.null ? test.holdsOfEmpty : test.holds(of: cells[row], numbers)
      case .days(let cells):
        guard test.isOrdinal else { return text(Day(number: cells[row]).description) }
        return test.holds(of: Int64(cells[row]), test.values.compactMap(RuleValues.day))
      case .flags(let cells):
        guard test.isOrdinal else { return text(cells[row] == 1 ? "true" : "false") }
        return test.holds(of: cells[row] == 1 ? 1 : 0, test.values.compactMap(RuleValues.flag))
      default:
        Issue.record("no such column \(field)")
        return nil
      }
    }
    func truth(_ filter: RuleFilter, _ items: [Bool?]) -> Bool? {
      switch filter {
      case .item(let number): return items[number - 1]
      case .not(let part): return truth(part, items).map { !$0 }
      case .all(let parts):
        let truths = parts.map { truth($0, items) }
        return truths.contains(false) ? false : truths.contains(nil) ? nil : true
      case .any(let parts):
        let truths = parts.map { truth($0, items) }
        return truths.contains(true) ? true : truths.contains(nil) ? nil : false
      }
    }
    let plan = model.plan
    func rules(_ territory: Int32) -> [TerritoryPlan.Rule] {
      let names = model.tree.above(territory).flatMap { above in
        plan.territories[Int(above)].rules.filter { above == territory || $0.isInherited }
          .map(\.rule)
      }
      return plan.rules.filter { names.contains($0.developerName) && $0.isActive }
    }
    return (0..<table.count).map { row in
      let truths: [Bool?] = (0..<Int32(plan.territories.count)).map { territory in
        let truths = rules(territory).map { rule in
          truth(rule.filter ?? .all([]), rule.items.map { truth($0, row) })
        }
        if truths.isEmpty { return false }
        return truth(
          any ? .any(truths.indices.map { .item($0 + 1) }) : .all(of: truths.count), truths)
      }
      var found: Set<String> = []
      for territory in truths.indices where truths[territory] != false {
        let below = truths.indices.filter {
          $0 != territory && model.tree.forest.isInSubtree($0, of: territory)
        }.map { truths[$0] }
        if below.contains(true) { continue }
        let isKnown = truths[territory] == true && !below.contains(nil)
        found.insert("\(territory)\(isKnown ? "" : "?")")
      }
      return found
    }
  }

  @Test("Random rules over random accounts come out as when each is tested on each")
  func random() {
    for seed in Rounds.seeds(60) {
      var chance = Chance(generator: .init(state: seed &* 77_777))
      let plan = chance.plan()
      let records = RecordSet(
        tables: [.account: chance.accounts(40)], asOf: Day(number: 0))
      let count = plan.territories.count
      let model = ResolvedModel(
        plan: plan, source: .files,
        tree: TerritoryModel(
          of: plan, ids: plan.territories.map { _ in "" },
          rows: plan.territories.map { _ in -1 }, rowCount: 0),
        types: [Int32](repeating: -1, count: count),
        members: [[PlannedAssignment.Member]](repeating: [], count: count), knowsMembers: false)
      for any in [false, true] {
        let found = RuleRun(model, records: records, combination: any ? .any : .all).simulated()
        var sets = (0..<40).map { row in
          Set(found.territoriesOfAccount[row].map { "\($0)" })
        }
        for pair in found.undecided {
          sets[Int(pair.pair.account)].insert("\(pair.pair.territory)?")
        }
        #expect(sets == slow(model, records, any: any), "seed \(seed), any \(any)")
      }
    }
  }
}
