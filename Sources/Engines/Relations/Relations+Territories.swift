import Records

// The active territory model, and who stands in it.
extension Relations {
  /// Defines the territories of the active model.
  func territories() throws {
    try exported(.territory)
    let model: String
    switch schema.activeModel {
    case .none: model = " WHERE false"
    case .all: model = ""
    case .id(let id): model = " WHERE t.Territory2ModelId = \(dialect.literal(id))"
    }
    func column(_ name: String) -> String {
      schema.column(name, of: .territory) == nil ? dialect.null("VARCHAR") : "t.\(name)"
    }
    let hasTypes =
      schema.has(.territoryType) && schema.column("Territory2TypeId", of: .territory) != nil
    let isRanked = schema.column("Priority", of: .territoryType) != nil
    if hasTypes { try exported(.territoryType) }
    let type = hasTypes ? "coalesce(type.Id, '')" : "''"
    let priority = hasTypes && isRanked ? "greatest(coalesce(type.Priority, 0), 0)" : "0"
    let join = hasTypes ? "\nLEFT JOIN Territory2Type AS type ON type.Id = t.Territory2TypeId" : ""
    try define("territory", "The territories of the active model.") {
      """
      SELECT t.Id AS id, \(column("Name")) AS name, \(column("DeveloperName")) AS developer_name,
        \(column("ParentTerritory2Id")) AS parent, \(priority) AS priority,
        \(type) AS type
      FROM Territory2 AS t\(join)\(model)
      """
    }
  }

  /// Defines which territories of other models became one of the active model.
  func successors() throws {
    try define("successor", "What a territory of another model became, as the crosswalk says.") {
      schema.successors.map {
        "SELECT \(dialect.literal($0.old)) AS old, \(dialect.literal($0.new)) AS territory"
      }.joined(separator: "\nUNION ALL ")
    }
  }

  /// Defines each territory with all above it, itself included; a cycle is cut.
  func lineage() throws {
    try territories()
    try define("lineage", "Each territory with all above it, itself included.") {
      """
      WITH RECURSIVE known AS (
        SELECT t.id AS below, above.id AS above
        FROM territory AS t JOIN territory AS above ON above.id = t.parent
      ), \(dialect.closure(
        "up", ("id", "ancestor"), of: "SELECT id, id AS ancestor FROM territory", over: "known",
        from: "below", to: "above"))
      SELECT id, ancestor FROM up
      """
    }
  }

  /// Defines the territories of each account.
  func accountTerritories() throws {
    try territories()
    try exported(.accountTerritory)
    try exported(.account)
    try define("account_territory", "The territories of each account.") {
      guard schema.has(.accountTerritory) else {
        return "SELECT Id AS account, Id AS territory, 0 AS priority FROM Account WHERE false"
      }
      return """
        SELECT DISTINCT a.Id AS account, t.id AS territory, t.priority
        FROM ObjectTerritory2Association AS held
        JOIN Account AS a ON a.Id = held.ObjectId
        JOIN territory AS t ON t.id = held.Territory2Id
        """
    }
  }

  /// Defines the territories of each account with all above them, each once.
  func accountAncestors() throws {
    try accountTerritories()
    try lineage()
    try define("account_ancestor", "The territories of each account with all above them.") {
      """
      SELECT DISTINCT held.account, lineage.ancestor AS territory
      FROM account_territory AS held JOIN lineage ON lineage.id = held.territory
      """
    }
  }

  /// Defines the users of each territory.
  func members() throws {
    try territories()
    try require(.user)
    let hasState = schema.column("IsActive", of: .userTerritory) != nil
    try exported(.userTerritory)
    try define("member", "The active users of each territory.") {
      guard schema.has(.userTerritory) else {
        return "SELECT id AS person, id AS territory FROM territory WHERE false"
      }
      return """
        SELECT DISTINCT u.Id AS person, t.id AS territory
        FROM UserTerritory2Association AS membership
        JOIN territory AS t ON t.id = membership.Territory2Id
        JOIN \(name(of: .user)) AS u ON u.Id = membership.UserId\(
          hasState ? "\nWHERE membership.IsActive IS NOT FALSE" : "")
        """
    }
  }

  /// Defines the one territory of each account by the default rule.
  func defaultTerritories() throws {
    try accountTerritories()
    try define(
      "default_territory",
      "Of an account in several territories, that of the highest priority; of a tie none."
    ) {
      """
      SELECT account, min(territory) AS territory FROM (
        SELECT account, territory, priority,
          max(priority) OVER (PARTITION BY account) AS highest
        FROM account_territory
      ) AS held
      WHERE priority = highest GROUP BY account HAVING count(*) = 1
      """
    }
  }
}
