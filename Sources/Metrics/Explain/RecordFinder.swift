import Expressions
import Records

/// Looks at every row of a fact for those that count for a measure, and computes its figure from
/// them in the plainest way.
struct RecordFinder {
  private let measure: Measure
  private let query: Query
  private let table: Table
  private let resolver: FactResolver
  private let mask: [UInt8]?
  private let conditions: [Predicate]
  private let formula: Formula?
  private let days: (values: [Int32], via: [Int32]?)?
  /// The days in which the measure's date must fall; nil where it takes no period.
  let window: Period?
  private let slices: [(bound: DimensionBinder.Bound, codes: RowCodes)]
  private let counted: (codes: RowCodes, members: Members)?
  private let nameFields: [ResolvedField]

  /// The rows that count, the largest value first, then by Id.
  private(set) var rows: [Int32] = []
  /// The value of each over the formula's denominator, nil where it has none.
  private(set) var values: [Int128?] = []

  init(
    _ measure: Measure, _ aggregation: QueryPlan.Aggregation, of query: Query, ledger: Ledger,
    scopes: ScopeMasks, space: GroupSpace
  ) throws(ExpressionError) {
    self.measure = measure
    self.query = query
    table = ledger.records[measure.fact.entity]
    let resolver = FactResolver(measure.fact, ledger: ledger)
    self.resolver = resolver
    nameFields = RecordFinder.namePaths(measure.fact).compactMap { resolver.resolve($0.path) }
    let inScope =
      aggregation.takesTopQuotas
      ? scopes.topQuotas(query.scope) : scopes.mask(measure.fact, query.scope)
    let states = MonthlyStates(aggregation)
    mask = states.map { $0.mask(inScope, nil, ledger, resolver) } ?? inScope
    let asOf = ledger.records.asOf
    var conditions: [Predicate] = []
    for text in [measure.condition, query.filter].compactMap({ $0 }) {
      conditions.append(
        try Predicate(
          Expression(parsing: text.text, at: text.at), resolver: resolver, asOf: asOf))
    }
    self.conditions = conditions
    if let field = measure.date.flatMap({ resolver.resolve($0.path) }),
      case .days(let days) = field.column
    {
      self.days = (days, field.via)
    } else {
      days = nil
    }
    window = states?.takesPeriod == false ? nil : aggregation.period
    slices = space.dimensions.compactMap { bound in
      bound.codes[measure.fact].map { (bound, $0) }
    }
    if measure.aggregate == .countDistinct,
      let dimension = measure.of.flatMap({ Dimension(rawValue: $0.text) })
    {
      let bound = DimensionBinder(ledger: ledger, scopes: scopes).bind(
        dimension,
        in: QueryPlan.Space(
          by: [dimension], period: nil, facts: [measure.fact], dates: [], scope: .company))
      counted = bound.codes[measure.fact].map { ($0, bound.members) }
      formula = nil
    } else {
      counted = nil
      formula =
        try measure.of.map { text throws(ExpressionError) in
          try Formula(
            Expression(parsing: text.text, at: text.at), resolver: resolver, asOf: asOf)
        }
    }
  }

  mutating func find() {
    var found: [(row: Int32, value: Int128?)] = []
    var outcomes: [UInt8] = []
    var numbers: [Int128] = []
    var nulls: [UInt8] = []
    for batch in Batch.ranges(in: 0..<table.count) {
      var isKept = batch.map { row in mask.map { $0[row] == 1 } ?? true }
      for condition in conditions {
        condition.evaluate(rows: batch, into: &outcomes)
        for offset in isKept.indices where outcomes[offset] != 1 { isKept[offset] = false }
      }
      formula?.evaluate(rows: batch, into: &numbers, nulls: &nulls)
      for (offset, row) in batch.enumerated() where isKept[offset] {
        if let window, !(day(row).map { window.contains($0) } ?? false) { continue }
        if let counted,
          !counted.codes.members(row).contains(where: { !counted.members.isRemainder($0) })
        {
          continue
        }
        // Without a formula each record counts one.
        let value: Int128? = formula == nil ? 1 : nulls[offset] == 1 ? nil : numbers[offset]
        found.append((Int32(row), value))
      }
    }
    let ranks = table.keys?.ranks()
    found.sort { left, right in
      let (one, other) = (left.value ?? Int128.min, right.value ?? Int128.min)
      if one != other { return one > other }
      return (ranks?[Int(left.row)] ?? left.row) < (ranks?[Int(right.row)] ?? right.row)
    }
    rows = found.map(\.row)
    values = found.map(\.value)
  }

  /// The measure's date of a row.
  func day(_ row: Int) -> Day? {
    guard let days else { return nil }
    let at = days.via.map { Int($0[row]) } ?? row
    guard at >= 0, days.values[at] != Day.null else { return nil }
    return Day(number: days.values[at])
  }

  /// Parts of a unit that one of a value stands for.
  var denominator: Int128 { formula?.denominator ?? 1 }

  /// The measure's figure over the rows; nil where they give none.
  var figure: Ratio? {
    let known = values.compactMap { $0 }
    switch measure.aggregate {
    case .sum, .count:
      if rows.isEmpty { return nil }
      var sum: Int128 = 0
      for (row, value) in zip(rows, values) {
        // A row stands in as many slices as it has members.
        let times = slices.reduce(1) { $0 * $1.codes.members(Int(row)).count }
        sum += (value ?? 0) * Int128(times)
      }
      return Ratio(sum, over: denominator)
    case .mean:
      return known.isEmpty
        ? nil : Ratio(known.reduce(0, +), over: Int128(known.count) * denominator)
    case .max: return known.first.map { Ratio($0, over: denominator) }
    case .min: return known.last.map { Ratio($0, over: denominator) }
    case .median, .p90:
      let percent = measure.aggregate == .median ? 50 : 90
      // The smallest value with the cumulative share: counted from the small end.
      let rank = (percent * known.count + 99) / 100
      return known.isEmpty ? nil : Ratio(known[known.count - rank], over: denominator)
    case .countDistinct:
      guard let counted else { return nil }
      var members: Set<Int> = []
      for row in rows { members.formUnion(counted.codes.members(Int(row))) }
      return Ratio(Int128(members.filter { !counted.members.isRemainder($0) }.count), over: 1)
    }
  }

  /// The rows as a table.
  func table(_ metric: Metric, limit: Int?) -> MetricTable {
    let kept = limit.map { Array(rows.prefix($0)) } ?? rows
    let shown = values.prefix(kept.count)
    let entity = measure.fact.entity
    var columns = [
      MetricColumn(
        name: "id", title: "Id", unit: .id(entity),
        cells: .text(TextCells(idsOf: table, at: kept))),
      MetricColumn(name: "name", title: "Name", unit: .text, cells: .text(names(kept))),
    ]
    if let counted {
      columns.append(
        MetricColumn(
          name: "value", title: measure.of?.text ?? "", unit: .text,
          cells: .text(kept.map { RecordFinder.names(counted.codes, counted.members, $0) })))
    } else {
      let unit: Unit = metric.unit == .meanDays ? .days : metric.unit
      columns.append(
        MetricColumn(
          name: "value", title: "Value", unit: unit,
          cells: Cells(shown.map { $0.map { Ratio($0, over: denominator) } }, unit: unit)))
    }
    if measure.date != nil {
      columns.append(
        MetricColumn(
          name: "date", title: measure.date ?? "", unit: .day,
          cells: .text(kept.map { day(Int($0))?.description })))
    }
    for slice in slices {
      columns.append(
        MetricColumn(
          name: slice.bound.dimension.rawValue, title: slice.bound.dimension.title, unit: .text,
          cells: .text(kept.map { RecordFinder.names(slice.codes, slice.bound.members, $0) })))
    }
    return MetricTable(
      name: "rows", grain: measure.fact.grain, columns: columns, totalRowCount: rows.count)
  }

  private static func names(_ codes: RowCodes, _ members: Members, _ row: Int32) -> String {
    codes.members(Int(row)).map { members.name($0) }.joined(separator: "; ")
  }

  /// The name of each record, else of one that it refers to.
  private func names(_ rows: [Int32]) -> [String?] { rows.map { name($0) } }

  /// The name of a record, else of one that it refers to.
  func name(_ row: Int32) -> String? {
    for field in nameFields {
      let at = field.via.map { Int($0[Int(row)]) } ?? Int(row)
      guard at >= 0, case .texts(let texts) = field.column, let name = texts[at] else { continue }
      return name
    }
    return nil
  }

  /// The fields that name a record of a fact, the first that is filled.
  static func namePaths(_ fact: Fact) -> [String] {
    switch fact {
    case .lineItems: ["Opportunity.Name", "Product.Name"]
    case .dueDeals, .splits: ["Opportunity.Name"]
    case .leads: ["Name", "Company"]
    case .quotas: ["Territory.Name", "QuotaOwner.Name"]
    case .opportunities, .accounts: ["Name"]
    default: ["Account.Name"]
    }
  }
}

extension String {
  /// The parts of a path.
  fileprivate var path: [String] { split(separator: ".").map(String.init) }
}

extension MetricCatalogue {
  /// What has to be read besides a query for the records behind its metrics: their names.
  public func namesBehind(_ query: Query) -> [Listing] {
    var listings: [Listing] = []
    for name in query.metrics {
      for fact in facts(of: name) where !listings.contains(where: { $0.fact == fact }) {
        listings.append(Listing(fact: fact, columns: RecordFinder.namePaths(fact)))
      }
    }
    return listings
  }
}
