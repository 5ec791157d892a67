import Metrics
import Records

// Who is credited with which part of a deal.
extension Relations {
  /// What a whole deal is in parts of a percent.
  private static let percent = 100 * Exact.scale

  /// Defines the credits: shares of the one validated split type, whole deals of their owners where
  /// there are none that sum to 100 %, and shares of overlay types besides.
  func credits() throws {
    guard lacks(.splits) else { return }
    try opportunities()
    try splitTypes()
    try exported(.split)
    let text = dialect.null("VARCHAR")
    let owner = column("OwnerId", of: .opportunity, "deal") ?? text
    guard schema.has(.split) else {
      return try define(Fact.splits.rawValue, "Every deal is its owner's: nothing is shared out.") {
        "SELECT deal.Id AS OpportunityId, \(owner) AS OwnerId, deal.Value, false AS IsOverlay,"
          + " \(text) AS SplitType FROM opportunities AS deal"
      }
    }
    let id = schema.column("Id", of: .split) == nil ? "split.row" : "split.Id"
    let percentage =
      column("SplitPercentage", of: .split, "split") ?? dialect.null(dialect.wholeType)
    let type = column("SplitTypeId", of: .split, "split") ?? text
    let user = column("SplitOwnerId", of: .split, "split") ?? text
    try define("split_share", "Shares of deals in percent, with the kind of their type.") {
      """
      SELECT deal.Id AS deal, \(user) AS owner, \(percentage) AS share, kind.label,
        \(id) AS place, deal.Value AS value,
        coalesce(kind.kind, '\(schema.has(.splitType) ? "ignored" : "credit")') AS kind
      FROM OpportunitySplit AS split
      JOIN opportunities AS deal ON deal.Id = split.OpportunityId
      LEFT JOIN split_kind AS kind ON kind.id = \(type)
      """
    }
    let whole = dialect.wholeType
    let inOrder = "PARTITION BY deal ORDER BY place ROWS UNBOUNDED PRECEDING"
    try define(Fact.splits.rawValue, "Who is credited with which part of a deal.") {
      """
      WITH share AS (
        SELECT deal, owner, value, label, place, CAST(sum(share) OVER (\(inOrder)) AS \(whole))
            AS passed,
          CAST(sum(share) OVER (PARTITION BY deal) AS \(whole)) AS total,
          count(*) OVER (PARTITION BY deal) AS shares,
          min(coalesce(share, -1)) OVER (PARTITION BY deal) AS least
        FROM split_share WHERE kind = 'credit'
      ), running AS (
        SELECT deal, owner, value, label, place, divided(value * passed, total) AS up_to
        FROM share
        WHERE least >= 0 AND abs(total - \(Relations.percent)) <= \(Exact.scale / 100) * shares
      )
      SELECT deal AS OpportunityId, owner AS OwnerId, up_to - coalesce(
          lag(up_to) OVER (PARTITION BY deal ORDER BY place), 0) AS Value,
        false AS IsOverlay, label AS SplitType
      FROM running
      UNION ALL
      SELECT deal.Id, \(owner), deal.Value, false, \(text)
      FROM opportunities AS deal LEFT JOIN (SELECT DISTINCT deal FROM running) AS shared
        ON shared.deal = deal.Id
      WHERE shared.deal IS NULL
      UNION ALL
      SELECT deal, owner, divided(value * share, \(Relations.percent)), true, label
      FROM split_share WHERE kind = 'overlay'
      """
    }
  }

  /// Defines which types of splits share out a deal, and which lie over it.
  private func splitTypes() throws {
    try exported(.splitType)
    let text = dialect.null("VARCHAR")
    func cell(_ name: String, _ type: String = "BOOLEAN") -> String {
      column(name, of: .splitType, "t") ?? dialect.null(type)
    }
    let (isValidated, isActive) = (cell("IsTotalValidated"), cell("IsActive"))
    let field = dialect.literal(settings.valueField.lowercased())
    try define("split_kind", "Which types of splits share out a deal, and which lie over it.") {
      guard schema.has(.splitType) else {
        return "SELECT \(text) AS id, \(text) AS label, \(text) AS kind WHERE false"
      }
      // A type alone of which nothing is said shares out the deal.
      return """
        WITH ranked AS (
          SELECT t.Id AS id, row_number() OVER (ORDER BY
            CASE WHEN lower(\(cell("SplitField", "VARCHAR"))) = \(field) THEN 0 ELSE 1 END, t.Id)
            AS place
          FROM OpportunitySplitType AS t
          WHERE \(isValidated) IS TRUE AND \(isActive) IS NOT FALSE
            OR \(isValidated) IS NULL AND (SELECT count(*) FROM OpportunitySplitType) = 1
        )
        SELECT t.Id AS id, \(cell("MasterLabel", "VARCHAR")) AS label,
          CASE WHEN ranked.place = 1 THEN 'credit'
            WHEN \(isValidated) IS FALSE AND \(isActive) IS NOT FALSE THEN 'overlay'
            ELSE 'ignored' END AS kind
        FROM OpportunitySplitType AS t LEFT JOIN ranked ON ranked.id = t.Id
        """
    }
  }
}
