import Records

/// The engine that runs in this process, over the columns of one export.
public struct LocalEngine: MetricEngine {
  let ledger: Ledger
  let catalogue: MetricCatalogue
  let scopes: ScopeMasks
  let coverage: Coverage
  /// Answers that several scopes' standard tables take.
  let shared = LockedCache<Query, Result<[Answer], FindingsError>>()

  /// - Parameters:
  ///   - records: the export.
  ///   - assignment: who holds what; of the export, of history or of a planned model.
  ///   - catalogue: the metrics.
  ///   - settings: what the configuration says about figures.
  ///   - userRecords: what the files say that users keep beside the export.
  ///   - leads: what Territories finds out about leads; nil: nothing is known of them.
  ///   - other: an engine over the same export under another assignment or with other owners; what
  ///     depends on neither is made once for both.
  ///   - threads: how many threads to use; the figures do not depend on it.
  public init(
    records: RecordSet, assignment: Assignment, catalogue: MetricCatalogue,
    settings: MetricSettings, userRecords: UserRecords = UserRecords(),
    leads: LeadAnswers? = nil, sharing other: LocalEngine? = nil, threads: Int = 2
  ) {
    ledger = Ledger(
      records: records, assignment: assignment, settings: settings, userRecords: userRecords,
      leads: leads, sharing: other?.ledger, threads: threads)
    self.catalogue = catalogue
    scopes = ScopeMasks(ledger)
    coverage = Coverage(ledger, scopes)
  }

  /// What was wrong with the records, as far as the figures asked for so far have met it.
  public var findings: FindingLog {
    var all = ledger.findings
    all.merge(coverage.findings)
    return all
  }

  /// What the engine would do for some queries.
  ///
  /// - Throws: Every reason why one of them cannot be answered.
  public func plan(_ queries: [Query]) throws(FindingsError) -> QueryPlan {
    try Planner.plan(
      queries, catalogue: catalogue, asOf: ledger.records.asOf,
      calendar: ledger.settings.calendar)
  }

  public func run(_ queries: [Query]) throws(FindingsError) -> [MetricTable] {
    var tables: [MetricTable] = []
    for answer in try answers(queries, isSparse: true) {
      var table = try answer.table(catalogue)
      table.notes += AtCloseNotes.sentences(answer.plan.query, ledger, scopes)
      tables.append(table)
    }
    return tables
  }

  /// The figures of queries, all aggregations of a fact made in one pass.
  ///
  /// - Parameters:
  ///   - queries: what is asked.
  ///   - isSparse: whether groups without a row in scope need no number; else a group of one
  ///     dimension has the number of its member.
  /// - Returns: the figures of each query, in their order.
  /// - Throws: Every reason why one of them cannot be answered.
  func answers(_ queries: [Query], isSparse: Bool = false) throws(FindingsError) -> [Answer] {
    let plan = try plan(queries)
    let binder = DimensionBinder(ledger: ledger, scopes: scopes)
    // Columns that are derived on the way are made once, by whichever thread asks first.
    let spaces = Parallel.each(plan.spaces, threads: ledger.threads) { space in
      let facts = space.facts.map { fact in
        let few = scopes.fewRows(fact, space.scope).map { FewRows(rows: $0) }
        return GroupSpace.FactRows(
          fact: fact, count: few?.rows.count ?? ledger.records[fact.entity].count, few: few)
      }
      return GroupSpace(
        space.by.map { binder.bind($0, in: space) }, facts: facts,
        isSparse: isSparse && space.scope != .company)
    }
    var results = [Figures](repeating: Figures.none(0), count: plan.aggregations.count)
    var bound: [BoundPass] = []
    var findings: [Finding] = []
    for pass in bind(plan, spaces) {
      switch pass {
      case .success(let pass): bound.append(pass)
      case .failure(let error): findings += error.findings
      }
    }
    if let error = ledger.findings.entries.first(where: { $0.first.severity == .error }) {
      findings.append(error.first)
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    for pass in bound {
      for (output, figures) in zip(pass.outputs, pass.run(threads: ledger.threads)) {
        results[output.aggregation] = figures
      }
    }
    return plan.answers.map {
      Answer($0, space: spaces[$0.space], catalogue: catalogue, results: results)
    }
  }

  /// The passes of a plan, bound side by side.
  private func bind(
    _ plan: QueryPlan, _ spaces: [GroupSpace]
  ) -> [Result<BoundPass, FindingsError>] {
    Parallel.each(plan.passes(in: scopes), threads: ledger.threads) { bind($0, plan, spaces) }
  }

  private func bind(
    _ pass: QueryPlan.ScopedPass, _ plan: QueryPlan, _ spaces: [GroupSpace]
  ) -> Result<BoundPass, FindingsError> {
    do {
      return .success(
        try PassBinder.bind(pass, of: plan, spaces: spaces, ledger: ledger, scopes: scopes))
    } catch {
      return .failure(error)
    }
  }
}
