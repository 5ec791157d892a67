import Metrics
import Records

// What a table shows in a territory or of a family.
extension TablePrinter {
  /// Deals that count, in scope and with a rate for their currency; what follows is a condition.
  func countedDeals(_ scope: Scope) throws -> String {
    let condition = try FactSelect(.opportunity, alias: "deal", relations: relations)
      .condition(.opportunities, in: scope, topQuotasOnly: false)
    return "opportunities AS deal WHERE " + (condition.isEmpty ? "" : condition + " AND")
  }

  /// A condition of the accounts in scope; `true` where all are.
  func isInScope(_ account: String) throws -> String {
    let condition = try FactSelect(.account, alias: account, relations: relations)
      .condition(.accounts, in: scope, topQuotasOnly: false)
    return condition.isEmpty ? "true" : condition
  }

  /// A condition of the accounts that a list may show: for a territory also those in none whose
  /// owner is an active member of a territory of the subtree.
  func isListed(_ account: String) throws -> String {
    guard let tops else { return try isInScope(account) }
    guard let owner = relations.column("OwnerId", of: .account, account) else {
      return try isInScope(account)
    }
    try relations.lineage()
    relations.later.append { try $0.members() }
    return "(\(try isInScope(account)) OR \(owner) IN (SELECT person FROM member"
      + " WHERE territory IN (\(subtree(tops)))))"
  }

  /// A condition of the territories in scope; `true` where all are.
  func isInside(_ territory: String) throws -> String {
    guard let tops else { return "true" }
    try relations.lineage()
    return "\(territory) IN (\(subtree(tops)))"
  }

  /// The tops of what the scope is made of; nil where it is not made of territories.
  var tops: [Int]? {
    switch scope {
    case .territory(let top): [top]
    case .manager(_, let tops): tops
    case .company, .family, .records: nil
    }
  }

  private func subtree(_ tops: [Int]) -> String {
    guard !tops.isEmpty else { return "SELECT id FROM lineage WHERE false" }
    let keys = tops.map { dialect.literal(schema.territoryKey($0)) }
    return "SELECT id FROM lineage WHERE ancestor IN (\(keys.joined(separator: ", ")))"
  }

  /// The account that names each family in scope, as rows of `root` and `member`.
  func namedFamilies() throws -> String {
    relations.note("root", of: .account)
    guard scope != .company else {
      return "(SELECT DISTINCT root, root AS member FROM accounts)"
    }
    let named = try relations.namedAccounts(scope, ofFamilies: true)
    return "(SELECT DISTINCT account.root, n.member FROM \(named) AS n"
      + " JOIN accounts AS account ON account.Id = n.account)"
  }
}
