import Records

/// An expression as its author wrote it, with the place to point at when it is wrong.
public struct ExpressionText: Hashable, Sendable {
  public let text: String
  /// Where the first character of the text stands.
  public let at: SourcePosition

  public init(_ text: String, at: SourcePosition = SourcePosition(file: "expression")) {
    self.text = text
    self.at = at
  }
}

/// A column to sort by; ties are broken by the members of the dimensions, so an order is total.
public struct Order: Hashable, Sendable {
  public let column: String
  public let descending: Bool

  public init(_ column: String, descending: Bool = false) {
    self.column = column
    self.descending = descending
  }
}

/// Metrics by dimensions: what a report or `cadastre query` asks an engine.
///
/// Grain of the answer: one row per combination of members that has a row in some metric; one row
/// where there are no dimensions; with one time dimension alone, each span of the period.
public struct Query: Hashable, Sendable {
  /// Name of the answer.
  public var name: String
  /// Names of metrics in the catalogue.
  public var metrics: [String]
  public var by: [Dimension]
  /// Rows to count, in the words of the fact of each metric.
  public var filter: ExpressionText?
  /// Days in which the date of each measure falls; measures without a date are as of D.
  public var period: PeriodSpec
  public var scope: Scope
  public var order: [Order]
  public var limit: Int?
  /// Whether what the limit cuts stands in one last row `other`, so that slices sum to the total.
  public var keepsRest: Bool

  public init(
    name: String = "query", metrics: [String], by: [Dimension] = [],
    filter: ExpressionText? = nil, period: PeriodSpec = .always, scope: Scope = .company,
    order: [Order] = [], limit: Int? = nil, keepsRest: Bool = false
  ) {
    self.name = name
    self.metrics = metrics
    self.by = by
    self.filter = filter
    self.period = period
    self.scope = scope
    self.order = order
    self.limit = limit
    self.keepsRest = keepsRest
  }
}
