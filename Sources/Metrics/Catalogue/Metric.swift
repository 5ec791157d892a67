import Records

/// How the values of a measure's rows become one figure.
public enum Aggregate: String, CaseIterable, Hashable, Sendable {
  case sum
  case count
  /// Members of a dimension, each once; remainders are no members.
  case countDistinct = "count_distinct"
  /// The smallest value with a cumulative share of at least one half.
  case median
  /// The smallest value with a cumulative share of at least nine tenths.
  case p90
  case mean
  case max
  case min
}

/// Along what a measure may be added up.
public enum Additivity: String, CaseIterable, Hashable, Sendable {
  /// Along every dimension.
  case additive
  /// Along every dimension but time: a state, of which the last is taken.
  case semiAdditive = "semi_additive"
  /// Along none; the figure of a whole is made from its rows.
  case nonAdditive = "non_additive"
}

/// A number over the rows of a fact, as the catalogue writes it.
public struct Measure: Hashable, Sendable {
  public let fact: Fact
  public let aggregate: Aggregate
  /// What is aggregated: an expression, or the dimension whose members are counted.
  public let of: ExpressionText?
  /// Which rows count.
  public let condition: ExpressionText?
  /// The date field that periods and time dimensions take; nil for a state as of D.
  public let date: String?
  public let additivity: Additivity
  /// Whether the figure of no rows is undefined rather than zero.
  public let isUndefinedWithoutRows: Bool
  /// Dimensions of which a query must name one, because a sum over them would add levels.
  public let onlyBy: [Dimension]

  /// Whether it is a state of which every month has its own, so that over time the last counts.
  var isMonthlyState: Bool { additivity == .semiAdditive && date != nil && fact.isMonthly }
}

/// A named figure: a measure, a ratio of two others, or a formula over others.
public struct Metric: Hashable, Sendable {
  /// What the figure is made of.
  public enum Kind: Hashable, Sendable {
    case measure(Measure)
    /// Undefined where the denominator is zero.
    case ratio(numerator: String, denominator: String)
    /// Undefined where a part is, and where the condition over the same figures does not hold.
    case formula(ExpressionText, definedWhere: ExpressionText?)
  }

  public let name: String
  /// Heading for people.
  public let title: String
  /// The sentence that defines it, shown in reports.
  public let definition: String
  public let unit: Unit
  public let kind: Kind
  /// Where the catalogue defines it.
  public let at: SourcePosition
}
