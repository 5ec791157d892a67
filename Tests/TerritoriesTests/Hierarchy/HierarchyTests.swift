import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import Sample
import TestKit
import Testing

@testable import Territories

@Suite("Parents that accounts lack")
struct HierarchyTests {
  private struct Account {
    let name: String
    var parent: Int32 = Reference.null
    var site = ""
    var duns = ""
    var parentDUNS = ""
    var globalDUNS = ""
    var employees: Int64 = 0
    var isPerson = false
  }

  private func records(_ accounts: [Account]) -> RecordSet {
    func texts(_ text: (Account) -> String) -> Column {
      var texts = Texts()
      for account in accounts { texts.append(Array(text(account).utf8)) }
      return .texts(texts)
    }
    let ids = accounts.indices.map { String(format: "A%04d", $0) }
    var keys = Texts()
    for id in ids { keys.append(Array(id.utf8)) }
    let table = Table(
      entity: .account, count: accounts.count, keys: .text(keys),
      columns: [
        "Name": texts(\.name), "Website": texts(\.site), "DunsNumber": texts(\.duns),
        "ParentOrHqDunsNumber": texts(\.parentDUNS),
        "GlobalUltimateDunsNumber": texts(\.globalDUNS),
        "ParentId": .references(accounts.map(\.parent)),
        "NumberOfEmployees": .decimals(accounts.map { $0.employees * Exact.scale }),
        "IsPersonAccount": .flags(accounts.map { $0.isPerson ? 1 : 0 }),
      ])
    return RecordSet(tables: [.account: table], asOf: Day(number: 20_000))
  }

  private func suggested(
    _ accounts: [Account], least: Int = 60, threads: Int = 1
  ) -> [String] {
    var settings = HierarchySettings()
    settings.leastConfidence = least
    return HierarchySuggester(records(accounts), settings: settings, threads: threads)
      .suggestions().map { "\($0.account)>\($0.parent) \($0.reason.rawValue) \($0.confidence)" }
  }

  @Test("The parent's DUNS number is surer than the ultimate parent's, and both than an equal one")
  func duns() {
    #expect(
      suggested([
        Account(name: "Alpha", duns: "001234567"), Account(name: "Beta", duns: "00-123-4568"),
        Account(name: "Gamma", parentDUNS: "001234568", globalDUNS: "001234567"),
        Account(name: "Delta", globalDUNS: "001234567"), Account(name: "Eta", duns: "1234567"),
        Account(name: "Zeta", duns: "001234567"),
      ]) == [
        "2>1 parent DUNS number 98", "3>0 ultimate parent's DUNS number 95",
        "5>0 same DUNS number 90",
      ])
  }

  @Test("Of accounts with one domain the head of the family that most are in is the parent")
  func domains() {
    #expect(
      suggested([
        Account(name: "Acme Paris SA", site: "www.acme.example", employees: 9000),
        Account(name: "Acme GmbH", site: "https://acme.example/de", employees: 10),
        Account(name: "Acme Berlin", parent: 1, site: "acme.example"),
        Account(name: "Acme Bonn", parent: 2, site: "acme.example"),
        Account(name: "Hosting Ltd", site: "shop.acme.example"),
        Account(name: "Lone Ltd", site: "lone.example"),
        Account(name: "Page Ltd", site: "facebook.com/page"),
        Account(name: "Side Ltd", site: "facebook.com/side"),
      ]) == ["0>1 domain and name 90", "4>1 domain 80"])
  }

  @Test("Names without legal forms and group words are one family, headed by the holding")
  func names() {
    #expect(
      suggested([
        Account(name: "Nordwind GmbH", employees: 500), Account(name: "Nordwind Holding AG"),
        Account(name: "Nordwind Logistik Bremen"), Account(name: "Blue Star Oil"),
        Account(name: "Blue Star Oil Texas Inc."), Account(name: "Blue Sky"),
        Account(name: "Abc Ltd"), Account(name: "ABC Inc."),
      ]) == ["0>1 name 75", "4>3 beginning of the name 70"])
    #expect(
      suggested([Account(name: "Nordwind"), Account(name: "Nordwind Nord")], least: 50)
        == ["1>0 beginning of the name 55"])
    #expect(
      suggested(
        [
          Account(name: "Blue Star Oil", site: "a.example"),
          Account(name: "Blue Star Oil Texas", site: "b.example"),
        ], least: 50) == ["1>0 beginning of the name 50"])
  }

  @Test("Who has a parent is left alone, person accounts too, and one of a kind gets none")
  func left() {
    #expect(
      suggested([
        Account(name: "Jan Novak", isPerson: true), Account(name: "Jan Novak", isPerson: true),
        Account(name: "Solo"), Account(name: "Kept", parent: 2),
        Account(name: "Gone", parent: Reference.dangling), Account(name: "Kept"),
      ]) == ["5>3 name 75"])
  }

  @Test("No suggestion closes a cycle with parents that are there or with another suggestion")
  func cycles() {
    // By DUNS numbers each is the other's parent: the first by Id gets one.
    #expect(
      suggested([
        Account(name: "Left", duns: "111111111", parentDUNS: "222222222"),
        Account(name: "Right", duns: "222222222", parentDUNS: "111111111"),
      ]) == ["0>1 parent DUNS number 98"])
    // The top of a family does not go below its own subsidiary.
    #expect(
      suggested([
        Account(name: "Top", parentDUNS: "333333333"),
        Account(name: "Sub", parent: 0, duns: "333333333"),
      ]) == [])
  }

  @Test(
    "Whatever families there are, no suggestion closes a cycle, and who has a parent keeps it",
    arguments: Rounds.seeds(40))
  func forests(seed: UInt64) {
    var chance = SplitMix(seed: seed)
    func one<Item>(_ items: [Item]) -> Item { items[Int.random(in: items.indices, using: &chance)] }
    let count = Int.random(in: 2...60, using: &chance)
    let order = (0..<Int32(count)).shuffled(using: &chance)
    var given = [Int32](repeating: Reference.null, count: count)
    // Each hangs below one that comes before it, or stands alone; some cycles are there already.
    for place in 1..<count where Bool.random(using: &chance) {
      given[Int(order[place])] = order[Int.random(in: 0..<place, using: &chance)]
    }
    if seed % 4 == 0, count > 3 {
      given[Int(order[0])] = order[1]
      given[Int(order[1])] = order[0]
    }
    let numbers = ["", "", "111111111", "222222222", "333333333", "444444444"]
    let names = [
      "Acme", "Acme Paris", "Acme Holding", "Beta", "Beta Oil", "Gamma", "Gamma Oil Rome",
    ]
    let accounts = (0..<count).map { row in
      Account(
        name: one(names), parent: given[row],
        site: one(["", "a.example", "b.example", "c.example"]),
        duns: one(numbers), parentDUNS: one(numbers), globalDUNS: one(numbers))
    }
    var settings = HierarchySettings()
    settings.leastConfidence = 1
    let found = HierarchySuggester(records(accounts), settings: settings, threads: 2).suggestions()
    let ranks = (0..<Int32(count)).map { $0 }
    let before = Forest(parents: given, ranks: ranks).cycles.count
    #expect(Set(found.map(\.account)).count == found.count)
    for suggestion in found {
      #expect(given[Int(suggestion.account)] == Reference.null)
      given[Int(suggestion.account)] = suggestion.parent
    }
    #expect(Forest(parents: given, ranks: ranks).cycles.count == before)
  }

  @Test("A parent in another family than the numbers say is a contradiction")
  func contradictions() {
    let found = HierarchySuggester(
      records([
        Account(name: "Real Head", duns: "444444444"), Account(name: "Wrong Head"),
        Account(name: "Sub", parent: 1, parentDUNS: "444444444"),
        Account(name: "Right Sub", parent: 0, parentDUNS: "444444444"),
      ]), settings: HierarchySettings(), threads: 1
    ).contradictions()
    #expect(found.map(\.account) == [2])
    #expect(found.map(\.parent) == [0])
  }

  @Test(
    "Of a sample's families with a third of the parents removed nearly all are found again, and little else"
  )
  func sample() throws {
    try withTemporaryFolder { folder in
      let export = folder.appending(path: "export")
      _ = try SampleWriter(SampleOptions(accounts: 3000, seed: 7)).write(to: export)
      let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
      let read = try ExportLoader.load(
        LoadRequest(
          paths: [export.path], mapping: Mapping(text: preset, file: "presets/salesforce.yaml"),
          fields: HierarchySettings().fields))
      var records = read.records
      var accounts = records[.account]
      let given = accounts.references("ParentId")
      let ranks = try #require(accounts.keys?.ranks())
      let truth = Forest(parents: given, ranks: ranks)
      let removed = given.indices.filter { given[$0] >= 0 && ranks[$0] % 3 == 0 }
      var left = given
      for row in removed { left[row] = Reference.null }
      accounts.columns["ParentId"] = .references(left)
      records.tables[.account] = accounts
      let found = HierarchySuggester(records, settings: HierarchySettings(), threads: 2)
        .suggestions()
      #expect(
        found
          == HierarchySuggester(records, settings: HierarchySettings(), threads: 1).suggestions())
      let right = found.filter {
        truth.roots[Int($0.account)] == truth.roots[Int($0.parent)]
      }
      let again = Set(right.map { Int($0.account) }).intersection(removed)
      let precision = Double(right.count) / Double(found.count)
      let recall = Double(again.count) / Double(removed.count)
      #expect(removed.count > 100)
      #expect(precision >= 0.9)
      #expect(recall >= 0.85)
      // What comes out has no more cycles than what went in.
      let before = Forest(parents: left, ranks: ranks).cycles.count
      for suggestion in found { left[Int(suggestion.account)] = suggestion.parent }
      #expect(Forest(parents: left, ranks: ranks).cycles.count == before)
    }
  }
}
