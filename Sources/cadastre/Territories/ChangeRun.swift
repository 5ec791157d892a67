import Foundation
import Metrics
import Records
import Settings
import Territories

/// A change set between two models of an export, with all that is told about it.
struct ChangeRun {
  let read: TerritoryPipeline
  let changes: ChangeSet
  let tables: ChangeTables
  let conflicts: ConflictsAhead
  let handover: Configuration.Handover
  let holdOuts: HoldOuts
  /// The whole change set, of which `changes` may be a part.
  let whole: ChangeSet

  /// What the command asks for beside the two models.
  struct Wishes {
    var territory: String?
    var manager: String?
    var ownerRole: String?
  }

  /// What has to be read of the export.
  static func demand(_ configuration: Configuration) -> Pipeline.Demand {
    var demand = Pipeline.Demand(tables: [.conflicts, .leads])
    demand.listings = [
      Listing(fact: .opportunities, columns: ["Name", "Value"], filter: lateStages(configuration)),
      Listing(
        fact: .accounts, columns: ["Name"],
        filter: configuration.plannedModel?.handover.holdOutCondition.map {
          ExpressionText($0.value, at: $0.at)
        }),
      Listing(fact: .revenueMovements, columns: []),
    ]
    demand.fields = [
      .account: ["LastActivityDate", "OwnerId"],
      .opportunity: [
        "StageName", "Probability", "CloseDate", "LastActivityDate", "IsClosed", "OwnerId",
      ],
      .contract: ["AccountId", "EndDate"],
      .contact: ["AccountId", "OwnerId"],
      .task: ["AccountId", "WhatId", "WhatAccountId", "OwnerId", "IsClosed", "ActivityDate"],
      .lead: ["Company", "OwnerId", "IsConverted", "Status"],
      .accountTerritory: ["Id"],
      .user: ["Email", "IsActive", "ManagerId"],
    ]
    return demand
  }

  private static func lateStages(_ configuration: Configuration) -> ExpressionText {
    let late = configuration.deals.lateCondition
    return ExpressionText(late.value, at: late.at)
  }

  /// - Throws: `FindingsError` about a model, a condition, a territory or a manager.
  init(
    _ read: TerritoryPipeline, from: ResolvedModel, to: ResolvedModel, wishes: Wishes,
    console: Console
  ) throws {
    self.read = read
    let configuration = read.configuration
    let engine = read.pipeline.engine
    let records = read.records
    handover = configuration.plannedModel?.handover ?? Configuration.Handover()
    console.step("Running the rules")
    let before = try ChangeRun.holdings(from, read)
    let after = try ChangeRun.holdings(to, read)
    console.step("Comparing the models")
    holdOuts = try HoldOuts(
      read.userRecords, handover,
      on: configuration.plannedModel?.effective?.value ?? records.asOf, engine: engine,
      accounts: records[.account].count)
    var rules = ChangeRules()
    rules.crosswalk = read.userRecords.crosswalk
    rules.ownerRole = wishes.ownerRole ?? configuration.plannedModel?.ownerRole
    rules.ancestorsAreInsiders = configuration.conflicts.ancestorsAreInsiders
    rules.isHeld = holdOuts.isHeld
    rules.isLateStage = try engine.holds(ChangeRun.lateStages(configuration), of: .opportunities)
    rules.closingBy = records.asOf.adding(days: handover.closingWithin)
    rules.handedOver = Set(handover.deals.compactMap { Disruption(rawValue: $0.rawValue) })
    if let leads = read.pipeline.leads {
      rules.accountOfLead = leads.matches.map { $0?.account ?? Reference.null }
      rules.isOpenLead = leads.isOpen
    }
    rules.threads = read.threads
    let stakes = engine.stakes()
    whole = ChangeSet(
      from: before, to: after, records: records, openDeals: stakes.openDeals,
      families: engine.families, rules: rules)
    changes = try ChangeRun.part(of: whole, wishes, engine, records)
    tables = ChangeTables(
      changes, records: records, stakes: stakes, families: engine.families, holdOuts: holdOuts)
    // Conflicts before and afterwards are the same computation under two assignments.
    let ahead = read.engine(
      under: whole.assignmentAfterwards, records: whole.recordsAfterwards(records))
    conflicts = ConflictsAhead(
      before: (before.isAsExported ? engine : read.engine(under: before.assignment)).conflicts(),
      after: ahead.conflicts(), changes)
  }

  /// The active model as the export states it, any other as its rules or its table give it.
  ///
  /// - Throws: `FindingsError` where another model has no rules to be run.
  static func holdings(
    _ model: ResolvedModel, _ read: TerritoryPipeline
  ) throws -> Holdings {
    if let active = read.library.active, active.source == model.source, model.source != .files,
      model.source != .table
    {
      return Holdings(stated: active, assignment: read.pipeline.assignment)
    }
    if model.source != .table { try TerritoryPipeline.requireRules(of: model, read.records) }
    let simulated = read.run(model).simulated()
    return Holdings(simulated, assignment: read.assignment(of: simulated))
  }

  /// A territory in each of some models; nil where one has none of the name.
  ///
  /// - Throws: the finding where none has one: the one that knows which was meant, else the first.
  private static func places(
    of name: String, in models: [TerritoryModel]
  ) throws(FindingsError) -> [Int?] {
    var places: [Int?] = []
    var errors: [FindingsError] = []
    for model in models {
      do {
        places.append(try Choice.territory(name, in: model, done: "nothing was compared"))
      } catch {
        places.append(nil)
        errors.append(error)
      }
    }
    guard errors.count == models.count, let first = errors.first else { return places }
    throw errors.first { error in
      error.findings.contains { $0.suggestion.hasPrefix("did you mean") }
    } ?? first
  }

  private static func part(
    of whole: ChangeSet, _ wishes: Wishes, _ engine: LocalEngine, _ records: RecordSet
  ) throws -> ChangeSet {
    let owners = records[.account].references("OwnerId")
    if let territory = wishes.territory {
      let places = try places(of: territory, in: [whole.to.model.tree, whole.from.model.tree])
      let scope = ChangeScope(
        territory: places[1], places[0], of: whole, users: records[.user].count)
      return whole.cut(to: scope, owners: owners, families: engine.families)
    }
    if let manager = wishes.manager {
      let scope = ChangeScope(
        manager: try Choice.manager(manager, in: records[.user]), engine.managers, of: whole)
      return whole.cut(to: scope, owners: owners, families: engine.families)
    }
    return whole
  }

  /// What of the rules could not be run, of the model before first.
  var ruleFindings: [Finding] {
    [whole.from, whole.to].flatMap { $0.simulated?.findings ?? [] }
  }

  /// Every table, in the order in which they are read.
  var all: [MetricTable] {
    [
      tables.territories, tables.users, tables.accounts, tables.familyChanges,
      tables.opportunities, tables.leads, tables.tasks,
      tables.exceptions(overlayTypes: overlayTypes), tables.conflicts(conflicts),
    ]
  }

  var overlayTypes: [String] { read.configuration.conflicts.overlayTypes.map(\.value) }
}
