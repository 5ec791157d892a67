import BuiltIns
import Foundation
import Intake
import Records
import Settings
import Territories

/// An export read as the territory commands read it.
struct TerritoryExport {
  let export: Export
  var records: RecordSet { export.records }
  var library: ModelLibrary { ModelLibrary(records: records) }

  init(_ folder: URL, asOf: String = "2026-11-20", fields: Set<String> = []) throws {
    let preset = "presets/salesforce.yaml"
    var request = LoadRequest(
      paths: [folder.path],
      mapping: try Mapping(text: BuiltIns.text(preset) ?? "", file: preset),
      fields: ModelLibrary.fields, asOf: Day(iso: asOf), threads: 2)
    request.fields[.account, default: []].formUnion(
      try ExportLoader.ruleFields(request).union(fields).map(RuleRun.field))
    export = try ExportLoader.load(request)
  }

  /// What a model would hold, a line an account and territory: `001000000000001,NewYork,rule`.
  func lines(
    _ model: String, _ combination: Configuration.RuleCombination = .all, threads: Int = 2
  ) throws -> [String] {
    let run = RuleRun(
      try library.model(named: model), records: records, combination: combination,
      threads: threads)
    let simulated = run.simulated()
    let names = run.model.tree.developerNames
    func line(_ account: Int, _ territory: Int32, _ how: String) -> String {
      "\(records[.account].id(account).prefix(15)),\(names[Int(territory)]),\(how)"
    }
    var lines: [String] = []
    for account in 0..<records[.account].count {
      for territory in simulated.territoriesOfAccount[account] {
        let cause = simulated.cause(account: account, territory: territory)
        lines.append(line(account, territory, cause == .manual ? "manual" : "rule"))
      }
    }
    lines += simulated.undecided.map { line(Int($0.pair.account), $0.pair.territory, "undecided") }
    return lines.sorted()
  }
}
