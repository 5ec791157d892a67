import Foundation
import Testing

@testable import Sample

/// What truth.json says of models, computed once more from the files alone.
@Suite struct SampleChangeTests {
  private let sample: WrittenSample
  private let truth: [String: Any]
  private let accounts: [String: [String: String]]
  private let active: ReadModelRules
  private let planned: ReadModelRules

  init() throws {
    sample = try WrittenSample(SampleOptions(accounts: 1_500, seed: 7))
    truth = try sample.truth()
    accounts = Dictionary(
      try sample.records("Account").filter { $0["IsDeleted"] == "0" }.map { ($0["Id"] ?? "", $0) },
      uniquingKeysWith: { first, _ in first })
    active = try ReadModelRules(sample, state: "Active")
    planned = try ReadModelRules(sample, state: "Planning")
  }

  private func list(_ kind: String) throws -> [[String: Any]] {
    let changes = try #require(truth["change_set"] as? [String: Any])
    let part = try #require(changes[kind] as? [String: Any])
    let list = try #require(part["list"] as? [[String: Any]])
    #expect(part["count"] as? Int == list.count)
    let moves = try #require(part["moves"] as? [[String: Any]])
    #expect(moves.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == list.count)
    let ids = list.compactMap { $0["id"] as? String }
    #expect(ids == Set(ids).sorted())
    #expect(!list.isEmpty)
    return list
  }

  @Test("The accounts that change are those whose territories differ between export and plan")
  func accountsThatChange() throws {
    var today: [String: [String]] = [:]
    for row in try sample.records("ObjectTerritory2Association") {
      today[row["ObjectId"] ?? "", default: []].append(
        active.names[row["Territory2Id"] ?? ""] ?? "")
    }
    var expected: [String: [[String]]] = [:]
    for (id, account) in accounts {
      let from = today[id, default: []].sorted()
      let to = planned.territories(of: account).compactMap { planned.names[$0] }.sorted()
      if from != to { expected[id] = [from, to] }
    }
    var planted: [String: [[String]]] = [:]
    for entry in try list("accounts") {
      planted[entry["id"] as? String ?? ""] = [
        entry["from"] as? [String] ?? [], entry["to"] as? [String] ?? [],
      ]
    }
    #expect(planted == expected)
  }

  @Test("The deals that change are the open ones that stand in another territory than before")
  func dealsThatChange() throws {
    let types = Dictionary(
      uniqueKeysWithValues: try sample.records("Territory2Type")
        .map { ($0["Id"] ?? "", Int($0["Priority"] ?? "") ?? 0) })
    var priority: [String: Int] = [:]
    for row in try sample.records("Territory2") {
      priority[row["Id"] ?? ""] = types[row["Territory2TypeId"] ?? ""]
    }
    func home(_ territories: some Collection<String>) -> String? {
      let top = territories.compactMap { priority[$0] }.max()
      let best = territories.filter { priority[$0] == top }
      return best.count == 1 ? best.first : nil
    }
    var today: [String: [String]] = [:]
    for row in try sample.records("ObjectTerritory2Association") {
      today[row["ObjectId"] ?? "", default: []].append(row["Territory2Id"] ?? "")
    }
    let bad = Set(
      try ["opportunity_row_too_short", "opportunity_bad_date", "opportunity_bad_amount"]
        .flatMap { try sample.planted($0) })
    let merged = Dictionary(
      try sample.records("Account").filter { $0["MasterRecordId"] != nobody }
        .map { ($0["Id"] ?? "", $0["MasterRecordId"] ?? "") },
      uniquingKeysWith: { first, _ in first })
    var expected: [String: [String?]] = [:]
    for deal in try sample.records("Opportunity")
    where deal["IsClosed"] == "0" && deal["IsDeleted"] == "0" && !bad.contains(deal["Id"] ?? "") {
      let id = deal["AccountId"] ?? ""
      guard let account = accounts[merged[id] ?? id] else { continue }
      let own = deal["Territory2Id"] ?? nobody
      let from = own == nobody ? home(today[account["Id"] ?? "", default: []]) : own
      let to = home(planned.territories(of: account))
      let (fromName, toName) = (from.flatMap { active.names[$0] }, to.flatMap { planned.names[$0] })
      if fromName != toName { expected[deal["Id"] ?? ""] = [fromName, toName] }
    }
    var planted: [String: [String?]] = [:]
    for entry in try list("open_deals") {
      planted[entry["id"] as? String ?? ""] = [entry["from"] as? String, entry["to"] as? String]
    }
    #expect(planted == expected)
  }

  @Test("The accounts that the rules of both models give each territory are counted")
  func replayed() throws {
    let replay = try #require(truth["replay"] as? [[String: Any]])
    #expect(
      replay.compactMap { $0["model"] as? String } == ["FY27_Go_to_Market", "FY28_Go_to_Market"])
    for (entry, model) in zip(replay, [active, planned]) {
      var expected: [String: Int] = [:]
      for account in accounts.values {
        let names = model.territories(of: account).compactMap { model.names[$0] }
        for name in names.isEmpty ? ["(none)"] : names { expected[name, default: 0] += 1 }
      }
      let rows = try #require(entry["territories"] as? [[String: Any]])
      #expect(rows.count == model.names.count + 1)
      for row in rows {
        let name = row["territory"] as? String ?? ""
        #expect(row["by_rules"] as? Int == expected[name, default: 0], "\(name)")
      }
    }
    let rows = try #require(replay[0]["territories"] as? [[String: Any]])
    #expect(
      rows.reduce(0) { $0 + ($1["excluded"] as? Int ?? 0) }
        == Set(try sample.planted("excluded_account")).count)
  }

  @Test("A sample without a planned model plants no change set")
  func withoutPlan() throws {
    let core = try WrittenSample(SampleOptions(accounts: 300, profile: .core))
    #expect(try core.truth()["change_set"] == nil)
    #expect(try core.truth()["replay"] == nil)
  }
}
