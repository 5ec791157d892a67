import Expressions
import Records

/// Binds the aggregations of a plan to columns, sharing what several of them need.
struct PassBinder {
  private let plan: QueryPlan
  private let ledger: Ledger
  private let scopes: ScopeMasks
  private let binder: DimensionBinder
  private let resolver: FactResolver
  private var pass: BoundPass
  private var indexOfPredicate: [ExpressionText: Int] = [:]
  private var indexOfFormula: [ExpressionText: Int] = [:]
  private var indexOfWindow: [WindowKey: Int] = [:]
  private var indexOfSelection: [SelectionKey: Int] = [:]
  private var indexOfList: [ListKey: Int] = [:]
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
    let space: Int
  }

  /// The bound pass of a fact.
  ///
  /// - Throws: Every expression that does not fit the fact.
  static func bind(
    _ pass: QueryPlan.Pass, of plan: QueryPlan, spaces: [GroupSpace], ledger: Ledger,
    scopes: ScopeMasks
  ) throws(FindingsError) -> BoundPass {
    var binder = PassBinder(pass, plan, spaces, ledger, scopes)
    for index in pass.aggregations {
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
    _ pass: QueryPlan.Pass, _ plan: QueryPlan, _ spaces: [GroupSpace], _ ledger: Ledger,
    _ scopes: ScopeMasks
  ) {
    self.plan = plan
    self.ledger = ledger
    self.scopes = scopes
    binder = DimensionBinder(ledger: ledger, scopes: scopes)
    resolver = FactResolver(pass.fact, ledger: ledger)
    self.pass = BoundPass(fact: pass.fact, spaces: spaces)
    self.pass.rows = ledger.records[pass.fact.entity].count
  }

  private mutating func add(_ index: Int) throws(ExpressionError) {
    let aggregation = plan.aggregations[index]
    var predicates: [Int] = []
    for condition in aggregation.conditions { predicates.append(try predicate(condition)) }
    let selection = selection(
      SelectionKey(
        predicates: predicates, window: try window(aggregation), scope: aggregation.scope,
        topQuotasOnly: aggregation.fact == .quotas
          && !aggregation.by.contains { $0.isManyValued || $0 == .owner },
        states: MonthlyStates(aggregation)))
    let list = list(ListKey(selection: selection, space: aggregation.space))
    pass.jobs.append(
      BoundPass.Job(
        aggregation: index, aggregate: aggregation.aggregate, list: list,
        input: try input(aggregation)))
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
      pass.distinct.append((codes, bound.members.regularCount))
    }
    indexOfDistinct[dimension] = pass.distinct.count - 1
    return pass.distinct.count - 1
  }

  private mutating func predicate(_ text: ExpressionText) throws(ExpressionError) -> Int {
    if let known = indexOfPredicate[text] { return known }
    pass.predicates.append(
      try Predicate(
        Expression(parsing: text.text, at: text.at), resolver: resolver,
        asOf: ledger.records.asOf))
    indexOfPredicate[text] = pass.predicates.count - 1
    return pass.predicates.count - 1
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
    var mask = scopes.mask(pass.fact, key.scope)
    if key.topQuotasOnly { mask = scopes.topQuotas(key.scope) }
    if let states = key.states { mask = states.mask(mask, ledger, resolver) }
    pass.selections.append(
      BoundPass.Selection(predicates: key.predicates, window: key.window, mask: mask))
    indexOfSelection[key] = pass.selections.count - 1
    return pass.selections.count - 1
  }

  private mutating func list(_ key: ListKey) -> Int {
    if let known = indexOfList[key] { return known }
    pass.lists.append(BoundPass.List(selection: key.selection, space: key.space))
    indexOfList[key] = pass.lists.count - 1
    return pass.lists.count - 1
  }
}
