import Records

/// The figures of a query by group, before rows are chosen, sorted and named.
struct Answer: Sendable {
  let plan: QueryPlan.Answer
  let space: GroupSpace
  private let catalogue: MetricCatalogue
  private var figures: [String: Figures]
  private var rows: [String: Figures]

  /// - Parameters:
  ///   - plan: the query with where its figures come from.
  ///   - space: the groups.
  ///   - catalogue: what its metrics are made of.
  ///   - results: figures of every aggregation of the plan.
  init(
    _ plan: QueryPlan.Answer, space: GroupSpace, catalogue: MetricCatalogue, results: [Figures]
  ) {
    self.plan = plan
    self.space = space
    self.catalogue = catalogue
    figures = [:]
    rows = [:]
    for source in plan.measures {
      let counted = results[source.rows]
      var figures = results[source.figures]
      if source.measure.isUndefinedWithoutRows {
        var defined = [UInt8](repeating: 0, count: counted.numerators.count)
        counted.numerators.forEachNonzero { defined[$0] = 1 }
        figures.defined = defined
      }
      if source.measure.isMonthlyState, let known = space.groupsEndingMonth {
        figures.defined = figures.defined.map { zip($0, known).map { $0 & $1 } } ?? known
      }
      self.figures[source.name] = figures
      self.rows[source.name] = counted
    }
  }

  /// Groups in which some measure has a row, ascending.
  var presentGroups: [Int] {
    var isPresent = [Bool](repeating: false, count: space.count)
    for measure in plan.measures {
      rows[measure.name]?.numerators.forEachNonzero { isPresent[$0] = true }
    }
    return isPresent.indices.filter { isPresent[$0] }
  }

  /// The value of a metric by group, nil where undefined: names are looked up once, not a group.
  func values(_ metric: String) -> (Int) -> Ratio? {
    switch catalogue[metric]?.kind {
    case nil: return { _ in nil }
    case .measure:
      guard let figures = figures[metric] else { return { _ in nil } }
      return { figures.value($0) }
    case .ratio(let numerator, let denominator):
      let (above, below) = (values(numerator), values(denominator))
      return { group in
        guard let above = above(group), let below = below(group) else { return nil }
        return above.divided(by: below)
      }
    case .formula(let text, let condition):
      return formula(text, condition)
    }
  }

  /// The cells of a metric at some groups.
  func cells(_ metric: String, at groups: [Int]) -> Cells {
    let unit = catalogue[metric]?.unit ?? .number
    if let figures = figures[metric], figures.divisors == nil {
      // The usual measures need no arithmetic: they already are parts of their unit.
      if unit == .money, figures.denominator == Int128(Exact.scale) {
        return .money(figures.numerators.cells(at: groups, defined: figures.defined))
      }
      if unit == .count, figures.denominator == 1 {
        return .integers(figures.numerators.cells(at: groups, defined: figures.defined))
      }
    }
    let value = values(metric)
    return Cells(groups.map { value($0) }, unit: unit)
  }

  private func formula(
    _ text: ExpressionText, _ condition: ExpressionText?
  ) -> (Int) -> Ratio? {
    // The catalogue was checked when it was read, so both parse.
    guard let formula = try? MetricFormula(text) else { return { _ in nil } }
    let condition = condition.flatMap { try? MetricFormula($0) }
    var parts: [String: (Int) -> Ratio?] = [:]
    for name in formula.names + (condition?.names ?? []) { parts[name] = values(name) }
    return { group in
      let figure: (String) -> Ratio? = { parts[$0]?(group) }
      if let condition, !condition.holds(figure) { return nil }
      return formula.value(figure)
    }
  }

  /// Number of rows behind a rate, mean or quantile in each group; nil for other metrics.
  func rowsBehind(_ metric: String) -> Integers? {
    switch catalogue[metric]?.kind {
    case .measure(let measure):
      switch measure.aggregate {
      case .mean, .median, .p90: return rows[metric]?.numerators
      case .sum, .count, .countDistinct, .max, .min: return nil
      }
    case .ratio(_, let denominator):
      return catalogue.measures(of: denominator).first.flatMap { rows[$0.name]?.numerators }
    case .formula, nil: return nil
    }
  }

  /// The numerators of an additive measure by group: parts of a unit that compare and test as they
  /// are.
  func amounts(_ measure: String) -> Integers {
    figures[measure]?.numerators ?? Integers(zeros: space.count)
  }

  /// The sum of a measure over some groups; nil for what does not add up.
  func rest(_ metric: String, of groups: some Sequence<Int>) -> Ratio? {
    guard !space.repeatsRows else { return nil }
    switch catalogue[metric]?.kind {
    case .measure(let measure):
      guard measure.additivity != .nonAdditive, let figures = figures[metric] else { return nil }
      var sum: Int128 = 0
      var hasAny = false
      for group in groups where figures.value(group) != nil {
        sum += figures.numerators[group]
        hasAny = true
      }
      return hasAny || !measure.isUndefinedWithoutRows
        ? Ratio(sum, over: figures.denominator) : nil
    case .ratio(let above, let below):
      guard let above = rest(above, of: groups), let below = rest(below, of: groups) else {
        return nil
      }
      return above.divided(by: below)
    case .formula(let text, let condition):
      guard let formula = try? MetricFormula(text) else { return nil }
      let figure: (String) -> Ratio? = { rest($0, of: groups) }
      if let condition = condition.flatMap({ try? MetricFormula($0) }), !condition.holds(figure) {
        return nil
      }
      return formula.value(figure)
    case nil: return nil
    }
  }
}

extension Cells {
  /// Cells of a unit from exact values: integers where all are, quotients otherwise.
  public init(_ values: [Ratio?], unit: Unit) {
    let scale: Int128 =
      switch unit {
      case .money: Int128(Exact.scale)
      case .count, .days: 1
      case .text, .id, .rate, .meanDays, .mean, .day, .number: 0
      }
    if scale > 0 {
      var cells: [Int128?] = []
      cells.reserveCapacity(values.count)
      for value in values {
        guard let value else {
          cells.append(nil)
          continue
        }
        guard let whole = value.whole(of: scale) else { break }
        cells.append(whole)
      }
      if cells.count == values.count {
        self = unit == .money ? .money(cells) : .integers(cells)
        return
      }
    }
    self = .ratios(values.map { $0 ?? Ratio(0, over: 0) })
  }
}

extension Ratio {
  /// The quotient as a whole number of parts of a unit, nil where it is finer.
  fileprivate func whole(of scale: Int128) -> Int128? {
    if denominator == scale { return numerator }
    guard denominator % scale == 0 else { return nil }
    let (quotient, remainder) = numerator.quotientAndRemainder(
      dividingBy: denominator / scale)
    return remainder == 0 ? quotient : nil
  }
}
