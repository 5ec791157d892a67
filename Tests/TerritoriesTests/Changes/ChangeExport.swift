import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import Settings
import Territories

/// An export read for a change set, as the command reads it.
struct ChangeExport {
  var records: RecordSet
  let userRecords: UserRecords
  let settings: MetricSettings
  let catalogue: MetricCatalogue
  let crosswalk: Crosswalk

  init(_ folder: URL, asOf: String, crosswalk: Crosswalk = Crosswalk()) throws {
    let preset = "presets/salesforce.yaml"
    var fields = Dictionary(
      uniqueKeysWithValues: Entity.exported.map { ($0, Set($0.fields.map(\.name))) })
    let request = LoadRequest(
      paths: [folder.path],
      mapping: try Mapping(text: BuiltIns.text(preset) ?? "", file: preset), fields: fields,
      asOf: Day(iso: asOf), threads: 2)
    fields[.account, default: []].formUnion(
      try ExportLoader.ruleFields(request).map(RuleRun.field))
    fields[.territoryModel, default: []].insert("DeveloperName")
    var full = request
    full.fields = fields
    let export = try ExportLoader.load(full)
    records = export.records
    userRecords = export.userRecords
    settings = MetricSettings()
    catalogue = try MetricCatalogue([
      .init(path: "reports/metrics.yaml", text: BuiltIns.text("reports/metrics.yaml") ?? "")
    ])
    self.crosswalk = crosswalk
  }

  var library: ModelLibrary { ModelLibrary(records: records, userRecords: userRecords) }

  func engine(under assignment: Assignment, records: RecordSet? = nil) -> LocalEngine {
    LocalEngine(
      records: records ?? self.records, assignment: assignment, catalogue: catalogue,
      settings: settings, userRecords: userRecords, threads: 2)
  }

  /// The active model as stated, any other as its rules give it.
  func holdings(_ name: String) throws -> Holdings {
    let stated = Assignment(of: records, crosswalk: crosswalk, threads: 2)
    if name == "active" {
      return Holdings(stated: try library.model(named: name), assignment: stated)
    }
    let run = RuleRun(
      try library.model(named: name), records: records, combination: .all, threads: 2)
    let simulated = run.simulated()
    return Holdings(
      simulated, assignment: simulated.assignment(of: records, crosswalk: crosswalk, threads: 2))
  }

  /// The usual rules: owners are Account Executives; a deal of 60 percent or more is late.
  func rules(_ engine: LocalEngine) throws -> ChangeRules {
    var rules = ChangeRules()
    rules.crosswalk = crosswalk
    rules.ownerRole = "Account Executive"
    rules.isLateStage = try engine.holds(
      ExpressionText("Probability >= 60"), of: .opportunities)
    rules.closingBy = records.asOf.adding(days: 30)
    rules.threads = 2
    return rules
  }

  func changes(
    _ from: String = "active", _ to: String = "planned",
    with edit: (inout ChangeRules) -> Void = { _ in }
  ) throws -> ChangeTables {
    let (before, after) = (try holdings(from), try holdings(to))
    let engine = engine(under: before.assignment)
    var rules = try rules(engine)
    edit(&rules)
    let stakes = engine.stakes()
    let set = ChangeSet(
      from: before, to: after, records: records, openDeals: stakes.openDeals,
      families: engine.families, rules: rules)
    return ChangeTables(set, records: records, stakes: stakes, families: engine.families)
  }
}

extension MetricTable {
  /// Rows as the cells of some columns, joined by a bar.
  func lines(_ columns: String...) -> [String] {
    (0..<rowCount).map { row in
      columns.map { self[$0]?.dataText(row) ?? "no column \($0)" }.joined(separator: "|")
    }
  }
}
