import History
import Metrics
import Records
import Reports
import Settings
import Territories

/// The change from the active model to the planned one, made once a run for the reports about it.
struct ChangeDesk: Sendable {
  let book: ChangeBook
  /// Both models as trees, where a report shows them.
  let models: ChangeAnswers.Models?
  /// What each territory is predicted to hold, for the history; nil where the model is in force.
  let prediction: [KeptEdition]?
  /// What of the rules could not be run, and who is told nothing.
  let findings: [Finding]

  /// What reports about a change take of the export.
  static func demand(_ configuration: Configuration) -> Pipeline.Demand {
    var demand = ChangeRun.demand(configuration)
    demand.tables += LocalEngine.comparedTables
    demand.queries += LocalEngine.comparedQueries
    demand.queries += KeptPrediction.demand.queries
    demand.fields[.contact, default: []].insert("Name")
    demand.fields[.account, default: []].formUnion(["BillingCountry", "ParentId"])
    demand.fields[.territory, default: []].insert("ForecastUserId")
    return demand
  }

  /// - Parameters:
  ///   - read: the export, read for models.
  ///   - showsModels: whether a report shows both models as trees.
  ///   - console: where progress is told.
  /// - Throws: `FindingsError` where there are not two models, or one has no rules to be run.
  init(_ read: TerritoryPipeline, showsModels: Bool, console: Console) throws {
    let configuration = read.configuration
    let planned = configuration.plannedModel
    let from = try read.library.model(named: "active")
    let to = try read.library.model(named: "planned")
    let run = try ChangeRun(read, from: from, to: to, wishes: ChangeRun.Wishes(), console: console)
    let records = read.records
    var terms = ChangeBook.Terms(
      closingBy: records.asOf.adding(days: run.handover.closingWithin))
    terms.effective = planned?.effective?.value
    terms.replyBy = planned?.replyBy?.value
    terms.calendar = read.pipeline.settings.calendar
    terms.overlayTypes = run.overlayTypes
    terms.catchAlls = configuration.catchAllTerritories.map(\.value)
    terms.isLive = TerritoryPlan.matches(from.plan.developerName, to.plan.developerName)
    if from.noRules(in: records) == nil {
      terms.replay = Replay(
        from, records: records, combination: read.combination, threads: read.threads)
    }
    let readers = ChangeReaders(
      of: run.whole, records: records, people: read.userRecords.people, role: planned?.managerRole)
    book = ChangeBook(
      run.whole, terms: terms, readers: readers, records: records, stakes: run.tables.stakes,
      families: read.pipeline.engine.families, holdOuts: run.holdOuts,
      compared: (
        before: try ChangeDesk.compared("before", run.whole.from, read),
        after: try ChangeDesk.compared("after", run.whole.to, read)
      ))
    // With what is held out where it is: that is what comes.
    let afterwards = run.whole.assignmentAfterwards
    prediction =
      try terms.isLive
      ? nil
      : afterwards.model.map { model in
        KeptPrediction.editions(
          try KeptPrediction.figures(
            read.engine(under: afterwards), model, read.pipeline.context.readiness), of: model)
      }
    models =
      showsModels
      ? ChangeAnswers.Models(
        before: try ModelDrawing(model: from, read: read).document(),
        after: try ModelDrawing(model: to, read: read).document())
      : nil
    findings = run.ruleFindings + [ChangeDesk.withoutReader(readers)].compactMap { $0 }
  }

  private static func compared(
    _ key: String, _ holdings: Holdings, _ read: TerritoryPipeline
  ) throws -> ComparedModel {
    let engine =
      holdings.isAsExported ? read.pipeline.engine : read.engine(under: holdings.assignment)
    return ComparedModel(
      key: key, title: holdings.model.plan.name, model: holdings.model,
      assignment: holdings.assignment, figures: try engine.modelFigures(),
      undecided: Set((holdings.simulated?.undecided ?? []).map(\.pair.account)).count)
  }

  private static func withoutReader(_ readers: ChangeReaders) -> Finding? {
    guard let first = readers.withoutReader.first else { return nil }
    let count = readers.withoutReader.count
    return Finding(
      code: "notice-without-manager", severity: .warning, at: nil,
      what: count == 1
        ? "nobody is known to manage the territory \"\(first)\", which the change concerns"
        : "nobody is known to manage \(count) territories that the change concerns, such as "
          + "\"\(first)\"",
      done: "what concerns them stands in the company's notice only",
      suggestion: "give them a user in manager_role, or name managers in the file of people")
  }

  /// The editions by manager, by the Id of the manager.
  var editions: [(scope: EditionScope, reader: ChangeReader)] {
    book.readers.all.map { (edition(of: $0, isFull: false), $0) }
  }

  /// The edition of a reader.
  ///
  /// - Parameters:
  ///   - reader: who gets it.
  ///   - isFull: whether its scope names the records that an engine may look at; without it there
  ///     are none, since most reports about a change ask no engine.
  /// - Returns: the edition.
  func edition(of reader: ChangeReader, isFull: Bool) -> EditionScope {
    let user = book.user(reader.user)
    let name = "change-\(user.id)"
    let scope =
      isFull
      ? book.part(for: reader).records(named: name)
      : RecordScope(name: name + "-none", accounts: [], deals: [])
    return EditionScope(kind: .manager, scope: .records(scope), id: user.id, name: user.name)
  }

  /// What an edition is told.
  func answers(for plan: ReportPlan, reader: ChangeReader?) -> ChangeAnswers {
    ChangeAnswers(
      reader.map { book.part(for: $0) } ?? book.company, for: plan,
      models: plan.showsModels ? models : nil)
  }
}
