import Foundation
import Records
import Sample
import TestKit
import Testing

@testable import Territories

@Suite("A replay holds rules against the associations of an export")
struct ReplayTests {
  @Test("Each difference of the fixture is of its kind")
  func fixture() throws {
    let export = try TerritoryExport(
      Repository.fixture("territory-rules").appending(path: "export"))
    let model = try export.library.model(named: "active")
    let replay = Replay(model, records: export.records)
    let names = model.tree.developerNames
    let found = replay.differences.map {
      "\($0.pair.account + 1) \(names[Int($0.pair.territory)]) \($0.kind.words)"
        + ($0.isExported ? "" : " by rules")
    }
    #expect(
      found == [
        "1 Strategic unexplained", "4 DEland stale by rules", "4 Berlin stale",
        "5 Hidden field not exported", "6 France unsupported", "9 NewYork manual",
        "10 NewYork excluded by rules", "11 Strategic manual",
      ])
    #expect(replay.agreed.reduce(0, +) == 22)
    #expect(replay.agreedAccounts == 4)
    #expect(replay.unassigned == [11])
    #expect(replay.assignedCount == 11)
    #expect(replay.explained.text(places: 4) == "0.9091")
    #expect(!replay.isTrusted)
    let moved = replay.nextRun.map { "\($0.pair.account + 1) \(names[Int($0.pair.territory)])" }
    #expect(moved == ["1 Strategic", "4 DEland", "4 Berlin"])
  }

  /// The fixture with other texts of some files.
  private func replay(_ changes: [String: (String) -> String]) throws -> Replay {
    try withTemporaryFolder { folder in
      let source = Repository.fixture("territory-rules").appending(path: "export")
      for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
        let text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
        try folder.write(files: [name: changes[name].map { $0(text) } ?? text])
      }
      let export = try TerritoryExport(folder)
      return Replay(try export.library.model(named: "active"), records: export.records)
    }
  }

  /// A file with one more column, which is empty but in lines that contain a text.
  private func adding(
    _ column: String, _ value: String, where text: String
  ) -> (String) -> String {
    { file in
      file.split(separator: "\n").enumerated().map { index, line in
        "\(line)," + (index == 0 ? column : line.contains(text) ? value : "")
      }.joined(separator: "\n") + "\n"
    }
  }

  @Test("A rule that was edited after the last run explains what differs, before it does not")
  func editedRule() throws {
    let rule = adding("LastModifiedDate", "2026-06-01 09:00:00", where: ",Strategic_rule,")
    func kind(_ changes: [String: (String) -> String]) throws -> Replay.Kind? {
      let replay = try replay(changes)
      let strategic = replay.model.tree.developerNames.firstIndex(of: "Strategic")
      return replay.differences.first {
        $0.pair.account == 0 && Int($0.pair.territory) == strategic
      }?.kind
    }
    #expect(try kind([:]) == .unexplained)
    #expect(try kind(["ObjectTerritory2AssignmentRule.csv": rule]) == .stale)
    #expect(
      try kind([
        "ObjectTerritory2AssignmentRule.csv": rule,
        "Territory2Model.csv": adding(
          "LastRunRulesEndDate", "2026-05-31 09:00:00", where: ",Active"),
      ]) == .stale)
    #expect(
      try kind([
        "ObjectTerritory2AssignmentRule.csv": rule,
        "Territory2Model.csv": adding(
          "LastRunRulesEndDate", "2026-06-02 09:00:00", where: ",Active"),
      ]) == .unexplained)
  }

  @Test("On a sample, all accounts agree but those that were planted, each by its kind")
  func sample() throws {
    try withTemporaryFolder { folder in
      let sample = folder.appending(path: "sample")
      let summary = try SampleWriter(SampleOptions(accounts: 3_000)).write(to: sample)
      let truth = try #require(
        JSONSerialization.jsonObject(with: Data(contentsOf: summary.truthFile)) as? [String: Any])
      let planted = try #require(truth["planted"] as? [String: Any])
      func ids(_ name: String) -> [String] {
        ((planted[name] as? [String: Any])?["ids"] as? [String] ?? []).sorted()
      }
      let export = try TerritoryExport(sample)
      let accounts = export.records[.account]
      let replay = Replay(
        try export.library.model(named: "active"), records: export.records, threads: 2)
      var found: [Replay.Kind: [String]] = [:]
      for (account, kind) in replay.kindOfAccount {
        found[kind, default: []].append(accounts.id(Int(account)))
      }
      #expect(Set(found.keys).isSubset(of: [.stale, .manual, .excluded]))
      #expect(!ids("stale_association").isEmpty && !ids("excluded_account").isEmpty)
      #expect(found[.stale]?.sorted() == ids("stale_association"))
      #expect(found[.manual]?.sorted() == ids("manual_association"))
      #expect(found[.excluded]?.sorted() == ids("excluded_account"))
      let nowhere = replay.unassigned.map { accounts.id(Int($0)) }
      let excluded = ids("excluded_account").filter { id in
        !replay.differences.contains { $0.isExported && accounts.id(Int($0.pair.account)) == id }
      }
      let unassigned = Set(ids("unassigned_account"))
      #expect(Set(nowhere).isSubset(of: unassigned))
      #expect(unassigned.subtracting(nowhere).isSubset(of: excluded))
      #expect(replay.explained.text(places: 6) == "1.000000")
      #expect(replay.isTrusted)
    }
  }

  @Test("The result does not depend on the number of threads")
  func threads() throws {
    let export = try TerritoryExport(
      Repository.fixture("territory-rules").appending(path: "export"))
    #expect(try export.lines("active", threads: 1) == export.lines("active", threads: 4))
  }
}
