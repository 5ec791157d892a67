import Records

/// Rows of a fact with chosen columns: the largest open deals, the unassigned accounts.
///
/// Grain of the answer: one row per record of the fact that the filter and the scope keep.
public struct Listing: Hashable, Sendable {
  /// Name of the answer.
  public var name: String
  public var fact: Fact
  /// Fields (`Name`, `CloseDate`, `Account.Name`), derived fields (`Value`, `CycleDays`) or
  /// dimensions (`territory`, `owner`; with `_id` for the Id of the member).
  public var columns: [String]
  public var filter: ExpressionText?
  public var scope: Scope
  /// Sorted by these columns, which need not be shown; ties by Id.
  public var order: [Order]
  public var limit: Int?
  /// Conditions of which at least one has to hold; empty: the filter alone decides.
  ///
  /// The answer's column `reasons` says which hold by their numbers, with a space between.
  public var reasons: [ExpressionText]

  public init(
    name: String = "listing", fact: Fact, columns: [String], filter: ExpressionText? = nil,
    scope: Scope = .company, order: [Order] = [], limit: Int? = nil,
    reasons: [ExpressionText] = []
  ) {
    self.name = name
    self.fact = fact
    self.columns = columns
    self.filter = filter
    self.scope = scope
    self.order = order
    self.limit = limit
    self.reasons = reasons
  }

  /// The column that says for which of its reasons a record is listed.
  public static let reasonsColumn = "reasons"

}
