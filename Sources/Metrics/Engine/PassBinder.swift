import Expressions
import Records

/// Binds the aggregations of a plan to columns, sharing what several of them need.
struct PassBinder {
  private let plan: QueryPlan
  private let ledger: Ledger
  private let scopes: ScopeMasks
  private let binder: DimensionBinder
  private let fields: FactResolver
  private let resolver: any FieldResolver
  /// The rows that are looked at; nil: all.
  private let few: FewRows?
  private var pass: BoundPass
  private var indicesOfCondition: [ExpressionText: [Int]] = [:]
  private var indexOfPredicate: [String: Int] = [:]
  private var indexOfFormula: [ExpressionText: Int] = [:]
  private var indexOfWindow: [WindowKey: Int] = [:]
  private var indexOfSelection: [SelectionKey: Int] = [:]
  private var indexOfCoder: [CoderKey: Int] = [:]
  private var indexOfList: [ListKey: Int] = [:]
  private var indexOfJob: [BoundPass.Job: Int] = [:]
  private var indexOfDistinct: [Dimension: Int] = [:]
  private var findings: [Finding] = []

  private struct WindowKey: Hashable {
    let date: String
    let period: Period
  }

  private struct SelectionKey: Hashable {
    let predicates: [Int]
    let window: Int?
    let scope: Scope
    let topQuotasOnly: Bool
    let states: MonthlyStates?
  }

  private struct ListKey: Hashable {
    let selection: Int
    let coder: Int
  }

  /// What decides how a row's group is numbered.
  private struct CoderKey: Hashable {
    let space: QueryPlan.Space
    /// The very space, where groups are numbered as they are found.
    let own: Int?
    /// By which date field rows stand in spans of time.
    let date: String?
    let rollsUp: Bool

    init(
      _ space: QueryPlan.Space, at index: Int, _ groups: GroupSpace, by date: String?,
      rollsUp: Bool
    ) {
      self.date = space.by.contains(where: \.isTime) ? date : nil
      let isShared = groups.isDense && space.by.allSatisfy(\.isOfRecords)
      // A subtree's figures are made from those of the territories themselves.
      let by = rollsUp ? space.by.map { $0 == .territorySubtree ? .territory : $0 } : space.by
      self.space = QueryPlan.Space(
        by: by, period: space.period, facts: isShared ? [] : space.facts,
        dates: space.dates, scope: space.scope)
      own = groups.isDense ? nil : index
      self.rollsUp = rollsUp && !isShared
    }
  }

  /// The bound pass of a fact.
  ///
  /// - Throws: Every expression that does not fit the fact.
  static func bind(
    _ scoped: QueryPlan.ScopedPass, of plan: QueryPlan, spaces: [GroupSpace], ledger: Ledger,
    scopes: ScopeMasks
  ) throws(FindingsError) -> BoundPass {
    var binder = PassBinder(scoped, plan, spaces, ledger, scopes)
    for index in scoped.pass.aggregations {
      do {
        try binder.add(index)
      } catch {
        if !binder.findings.contains(error.finding) { binder.findings.append(error.finding) }
      }
    }
    guard binder.findings.isEmpty else { throw FindingsError(binder.findings) }
    return binder.pass
  }

  private init(
    _ scoped: QueryPlan.ScopedPass, _ plan: QueryPlan, _ spaces: [GroupSpace],
    _ ledger: Ledger, _ scopes: ScopeMasks
  ) {
    let fact = scoped.pass.fact
    let fields = FactResolver(fact, ledger: ledger)
    self.plan = plan
    self.ledger = ledger
    self.scopes = scopes
    binder = DimensionBinder(ledger: ledger, scopes: scopes)
    self.fields = fields
    few = scoped.few
    resolver = scoped.few.map { FewRowsResolver(resolver: fields, few: $0) } ?? fields
    self.pass = BoundPass(fact: fact, spaces: spaces)
    self.pass.rows = scoped.few?.rows.count ?? ledger.records[fact.entity].count
  }

  private mutating func add(_ index: Int) throws(ExpressionError) {
    let aggregation = plan.aggregations[index]
    var predicates: [Int] = []
    for condition in aggregation.conditions { predicates += try self.predicates(condition) }
    let selection = selection(
      SelectionKey(
        predicates: Set(predicates).sorted(), window: try window(aggregation),
        scope: aggregation.scope,
        topQuotasOnly: aggregation.takesTopQuotas,
        states: MonthlyStates(aggregation)))
    let rollUp =
      aggregation.aggregate.addsUp ? pass.spaces[aggregation.space].rollUp(for: pass.fact) : nil
    let list = list(
      selection, coder: coder(aggregation.space, by: aggregation.date, rollsUp: rollUp != nil),
      space: aggregation.space)
    let job = job(
      BoundPass.Job(
        aggregate: aggregation.aggregate, list: list, input: try input(aggregation)))
    pass.outputs.append(BoundPass.Output(aggregation: index, job: job, rollUp: rollUp))
  }

  private mutating func input(
    _ aggregation: QueryPlan.Aggregation
  ) throws(ExpressionError) -> BoundPass.Input {
    guard let of = aggregation.of else { return .nothing }
    if aggregation.aggregate == .countDistinct, let dimension = Dimension(rawValue: of.text) {
      return .members(distinct(dimension, aggregation))
    }
    if let known = indexOfFormula[of] { return .value(known) }
    pass.formulas.append(
      try Formula(
        Expression(parsing: of.text, at: of.at), resolver: resolver, asOf: ledger.records.asOf))
    indexOfFormula[of] = pass.formulas.count - 1
    return .value(pass.formulas.count - 1)
  }

  private mutating func distinct(
    _ dimension: Dimension, _ aggregation: QueryPlan.Aggregation
  ) -> Int {
    if let known = indexOfDistinct[dimension] { return known }
    // Counting names nothing, so the members are those of the whole company.
    let space = QueryPlan.Space(
      by: [dimension], period: nil, facts: [aggregation.fact], dates: [], scope: .company)
    let bound = binder.bind(dimension, in: space)
    if let codes = bound.codes[aggregation.fact] {
      pass.distinct.append((few.map { codes.along($0) } ?? codes, bound.members.regularCount))
    }
    indexOfDistinct[dimension] = pass.distinct.count - 1
    return pass.distinct.count - 1
  }

  /// The conditions that must all hold, each bound once wherever it is written.
  private mutating func predicates(_ text: ExpressionText) throws(ExpressionError) -> [Int] {
    if let known = indicesOfCondition[text] { return known }
    let parts = try Predicate.parts(
      of: Expression(parsing: text.text, at: text.at), resolver: resolver,
      asOf: ledger.records.asOf)
    let indices = parts.map { part in
      if let known = indexOfPredicate[part.text] { return known }
      pass.predicates.append(part.predicate)
      indexOfPredicate[part.text] = pass.predicates.count - 1
      return pass.predicates.count - 1
    }
    indicesOfCondition[text] = indices
    return indices
  }

  private mutating func window(
    _ aggregation: QueryPlan.Aggregation
  ) throws(ExpressionError) -> Int? {
    guard let date = aggregation.date, let period = aggregation.period,
      MonthlyStates(aggregation)?.takesPeriod != false
    else { return nil }
    let key = WindowKey(date: date, period: period)
    if let known = indexOfWindow[key] { return known }
    guard let field = resolver.resolve(date.split(separator: ".").map(String.init)),
      case .days(let days) = field.column
    else {
      throw ExpressionError(
        .unknownField, at: SourcePosition(file: "metrics"),
        what: "\"\(date)\" is no date of \(aggregation.fact.grain)",
        suggestion: Suggestion.sentence(
          for: date, in: resolver.knownNames, otherwise: "name a date field under date:"))
    }
    pass.windows.append(BoundPass.DateWindow(days: days, via: field.via, period: period))
    indexOfWindow[key] = pass.windows.count - 1
    return pass.windows.count - 1
  }

  private mutating func selection(_ key: SelectionKey) -> Int {
    if let known = indexOfSelection[key] { return known }
    // Few rows are those of the scope already.
    var mask = few == nil ? scopes.mask(pass.fact, key.scope) : nil
    if key.topQuotasOnly {
      let tops = scopes.topQuotas(key.scope)
      mask = few?.picked(tops) ?? tops
    }
    if let states = key.states { mask = states.mask(mask, few, ledger, fields) }
    pass.selections.append(
      BoundPass.Selection(predicates: key.predicates, window: key.window, mask: mask))
    indexOfSelection[key] = pass.selections.count - 1
    return pass.selections.count - 1
  }

  private mutating func list(_ selection: Int, coder: Int, space: Int) -> Int {
    let key = ListKey(selection: selection, coder: coder)
    if let known = indexOfList[key] { return known }
    pass.lists.append(BoundPass.List(selection: selection, coder: coder, space: space))
    indexOfList[key] = pass.lists.count - 1
    return pass.lists.count - 1
  }

  /// The coder of a space's groups; spaces whose groups are numbered alike share one.
  private mutating func coder(_ space: Int, by date: String?, rollsUp: Bool) -> Int {
    let key = CoderKey(
      plan.spaces[space], at: space, pass.spaces[space], by: date, rollsUp: rollsUp)
    if let known = indexOfCoder[key] { return known }
    pass.coders.append(
      pass.spaces[space].coder(for: pass.fact, by: key.date, rollsUp: rollsUp, few: few))
    indexOfCoder[key] = pass.coders.count - 1
    return pass.coders.count - 1
  }

  private mutating func job(_ job: BoundPass.Job) -> Int {
    if let known = indexOfJob[job] { return known }
    pass.jobs.append(job)
    indexOfJob[job] = pass.jobs.count - 1
    return pass.jobs.count - 1
  }
}
