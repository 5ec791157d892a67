import Records

/// What an engine will do for some queries: a value that can be read, printed and rendered as SQL.
///
/// Aggregations that several queries need stand in it once, and all aggregations over a fact are
/// made in one pass over its rows.
public struct QueryPlan: Sendable {
  /// One figure a group of rows of a fact.
  public struct Aggregation: Hashable, Sendable {
    public let fact: Fact
    public let aggregate: Aggregate
    /// What is aggregated; nil for a count of rows.
    public let of: ExpressionText?
    /// All must hold for a row to count.
    public let conditions: [ExpressionText]
    /// The date field, and the days in which it must fall.
    public let date: String?
    public let period: Period?
    /// Whether only the last completed month counts: of each span of time, or before the period's end.
    public let takesLastMonth: Bool
    /// Whether only quotas count that stand for a whole scope, so that no levels are added.
    public let takesTopQuotas: Bool
    /// The query's dimensions as they apply to the fact.
    public let by: [Dimension]
    public let scope: Scope
    /// Which of the member spaces of `spaces` the groups are numbered in.
    public let space: Int
  }

  /// The aggregations over one fact.
  public struct Pass: Hashable, Sendable {
    public let fact: Fact
    /// Indices into `aggregations`.
    public let aggregations: [Int]
  }

  /// A query with where its figures come from.
  public struct Answer: Sendable {
    public let query: Query
    /// Days of the query's period.
    public let period: Period
    public let space: Int
    /// For each measure its aggregation, and the one that counts its rows.
    public let measures: [MeasureSource]
  }

  /// Where the figures of a measure come from.
  public struct MeasureSource: Sendable {
    public let name: String
    public let measure: Measure
    public let figures: Int
    public let rows: Int
  }

  /// What the groups of a query are: dimensions with the facts that share their members.
  public struct Space: Hashable, Sendable {
    public let by: [Dimension]
    /// Days that time dimensions span; nil: as the data has them.
    public let period: Period?
    public internal(set) var facts: [Fact]
    /// The date field of each fact that time dimensions read.
    public let dates: [FactDate]
    public let scope: Scope
  }

  /// A date field of a fact.
  public struct FactDate: Hashable, Sendable {
    public let fact: Fact
    public let date: String
  }

  public internal(set) var aggregations: [Aggregation] = []
  public internal(set) var spaces: [Space] = []
  public internal(set) var answers: [Answer] = []

  /// The passes, one a fact that is needed.
  public var passes: [Pass] {
    Fact.allCases.compactMap { fact in
      let indices = aggregations.indices.filter { aggregations[$0].fact == fact }
      return indices.isEmpty ? nil : Pass(fact: fact, aggregations: indices)
    }
  }
}

extension QueryPlan: CustomStringConvertible {
  /// One line a pass, one below it an aggregation, as `explain` prints it.
  public var description: String {
    passes.map { pass in
      "pass over \(pass.fact.rawValue)\n"
        + pass.aggregations.map { "  \($0): \(aggregations[$0])\n" }.joined()
    }.joined()
  }
}

extension QueryPlan.Aggregation: CustomStringConvertible {
  public var description: String {
    var text = aggregate.rawValue
    if let of { text += "(\(of.text))" }
    var filters = conditions.map { "(\($0.text))" }
    if let date, let period {
      filters.append(
        takesLastMonth && !by.contains(where: \.isTime)
          ? "\(date) is the last month before \(period.end)" : "\(date) in \(period)")
    }
    if takesLastMonth, period == nil || by.contains(where: \.isTime) {
      filters.append("\(date ?? "") is the last month")
    }
    switch scope {
    case .company: break
    case .territory(let index): filters.append("territory \(index) or below")
    case .family(let row): filters.append("family \(row)")
    case .manager(let user, let territories):
      filters.append(
        (["manager \(user) or below"] + territories.map { "territory \($0) or below" })
          .joined(separator: " or "))
    case .records(let records): filters.append("records of \(records.name)")
    }
    if !filters.isEmpty { text += " where " + filters.joined(separator: " and ") }
    if !by.isEmpty { text += " by " + by.map(\.rawValue).joined(separator: ", ") }
    return text
  }
}
