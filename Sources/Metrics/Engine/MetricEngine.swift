import Records

/// What answers queries: the local engine over columns, later Spark over the same plans.
///
/// Every engine gives the same tables to the cent, the row and the order.
public protocol MetricEngine: Sendable {
  /// What was wrong with the records, found while deriving figures from them.
  var findings: FindingLog { get }

  /// Answers queries, one table each, in the order asked.
  ///
  /// - Throws: Findings of severity error about unknown metrics, filters that do not fit, and sums
  ///   that additivity forbids.
  func run(_ queries: [Query]) throws(FindingsError) -> [MetricTable]

  /// Lists records, one table a listing, in the order asked.
  ///
  /// - Throws: Findings of severity error about unknown columns and filters that do not fit.
  func list(_ listings: [Listing]) throws(FindingsError) -> [MetricTable]

  /// Makes standard tables, in the order asked.
  ///
  /// - Throws: Findings of severity error where the catalogue's own measures do not fit.
  func standardTables(
    _ tables: [StandardTable], scope: Scope
  ) throws(FindingsError) -> [MetricTable]

  /// The family a report shows; nil where the scope holds no family of two accounts or more.
  ///
  /// - Throws: Findings of severity error where the catalogue's own measures do not fit.
  func family(_ choice: FamilyChoice, scope: Scope) throws(FindingsError) -> FamilyTree?
}
