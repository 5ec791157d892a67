import Metrics
import Records

// Accounts, lines and quotas with what is derived for them.
extension Relations {
  func accounts() throws {
    try exported(.account)
    guard lacks(.accounts) else { return }
    var cells: [String] = []
    var joins: [String] = []
    let readsRevenue =
      reads("revenue", of: .account)
      || reads("segment", of: .account) && settings.segmentField.lowercased() == "annualrevenue"
    var revenue = ""
    if readsRevenue {
      let converted = try conversion(
        columnOrNull("AnnualRevenue", of: .account, "a"),
        currency: column("CurrencyIsoCode", of: .account, "a"))
      revenue = converted.value
      joins += converted.joins
      cells.append("\(revenue) AS Revenue")
    }
    if reads("segment", of: .account) { cells.append("\(segment(revenue)) AS Segment") }
    if reads("isunassigned", of: .account) {
      if schema.coversAccounts {
        try accountTerritories()
        cells.append(
          "NOT EXISTS (SELECT 1 FROM account_territory AS held WHERE held.account = a.Id)"
            + " AS IsUnassigned")
      } else {
        cells.append("\(dialect.null("BOOLEAN")) AS IsUnassigned")
      }
    }
    if reads("root", of: .account) {
      try families()
      joins.append("LEFT JOIN family_member ON family_member.account = a.Id")
      cells.append("family_member.root AS root")
    }
    if reads("lastactivity", of: .account) {
      cells.append("\(try lastActivity(&joins)) AS LastActivity")
    }
    try assignmentTimes(&cells, &joins)
    if reads("valuescore", of: .account) {
      try accountValues()
      joins.append("LEFT JOIN account_value ON account_value.account = a.Id")
      cells.append("divided(account_value.score, 100) AS ValueScore")
    }
    if reads("istopdecile", of: .account) || reads("repflag", of: .account) {
      try topAccounts()
      joins.append("LEFT JOIN top_account ON top_account.account = a.Id")
      cells.append("top_account.account IS NOT NULL AS IsTopDecile, top_account.flag AS RepFlag")
    }
    let columns = columnNames(of: .account).map { "a.\(dialect.identifier($0))" }
    let account =
      "SELECT \((columns + cells).joined(separator: ",\n  "))\nFROM Account AS a"
      + joins.map { "\n" + $0 }.joined()
    guard reads("isneglected", of: .account) else {
      return try define("accounts", "Accounts, with what is derived for each.") { account }
    }
    let rules = FactSelect(.account, alias: "account", relations: self)
    let neglect = try isNeglected(rules)
    for entity in rules.entities {
      guard entity != .account else { throw NotPrinted.finding("a coverage policy of parents") }
      try require(entity)
    }
    try define("accounts", "Accounts, with what is derived for each.") {
      "WITH account AS (\n\(indented(account, by: 2))\n)\nSELECT account.*,"
        + " \(neglect) AS IsNeglected\nFROM account" + rules.joins.map { "\n" + $0 }.joined()
    }
  }

  /// The band of an account's size.
  private func segment(_ revenue: String) -> String {
    let isRevenue = settings.segmentField.lowercased() == "annualrevenue"
    let size =
      isRevenue ? "(\(revenue))" : columnOrNull(settings.segmentField, of: .account, "a")
    return band(size, settings.segmentBounds)
  }

  /// The band of a size in parts of a unit; unknown where it is null or below zero.
  func band(_ size: String, _ bounds: [Int64]) -> String {
    let names = MetricSettings.bandNames(bounds)
    let cases = zip([0] + bounds, names).reversed().map { bound, name in
      "WHEN \(size) >= \(dialect.number(Int128(bound) * Int128(Exact.scale)))"
        + " THEN \(dialect.literal(name))"
    }
    return "CASE \(cases.joined(separator: " ")) ELSE \(dialect.literal(Remainder.unknown)) END"
  }

  /// Defines the root of each account's family; a cycle is cut at its smallest Id.
  func families() throws {
    try exported(.account)
    guard let parent = column("ParentId", of: .account, "a") else {
      return try define("family_member", "No account has a parent: each is a family.") {
        "SELECT Id AS account, Id AS root FROM Account"
      }
    }
    let person = column("IsPersonAccount", of: .account, "a").map { " AND \($0) IS NOT TRUE" } ?? ""
    try define("parent", "The parent of each account that the export holds.") {
      """
      SELECT a.Id AS account, p.Id AS parent
      FROM Account AS a LEFT JOIN Account AS p ON p.Id = \(parent)\(person)
      """
    }
    try cutCycles(of: "parent", stranded: "stranded", roots: "cycle_root")
    try define("family_member", "The ultimate parent of each account.") {
      """
      WITH RECURSIVE tree AS (
        SELECT p.account, p.account AS root FROM parent AS p
        WHERE p.parent IS NULL OR p.account IN (SELECT account FROM cycle_root)
        UNION ALL
        SELECT p.account, tree.root FROM tree JOIN parent AS p ON p.parent = tree.account
        WHERE p.account NOT IN (SELECT account FROM cycle_root)
      )
      SELECT account, root FROM tree
      """
    }
  }

  /// Defines where the cycles of a tree are cut, by the parent of each account or user.
  func cutCycles(of parents: String, stranded: String, roots: String) throws {
    try define(stranded, "What no root reaches: on a cycle, or below one.") {
      """
      WITH RECURSIVE reached AS (
        SELECT account FROM \(parents) WHERE parent IS NULL
        UNION ALL
        SELECT p.account FROM reached JOIN \(parents) AS p ON p.parent = reached.account
      )
      SELECT p.account, p.parent FROM \(parents) AS p
      LEFT JOIN reached ON reached.account = p.account WHERE reached.account IS NULL
      """
    }
    try define(roots, "A cycle is cut at its smallest Id.") {
      """
      WITH RECURSIVE \(dialect.closure(
        "above", ("account", "ancestor"), of: "SELECT account, parent AS ancestor FROM \(stranded)",
        over: stranded, from: "account", to: "parent"))
      SELECT account FROM above GROUP BY account
      HAVING bool_or(ancestor = account) AND min(ancestor) = account
      """
    }
  }

  func lineItems() throws {
    try exported(.lineItem)
    guard lacks(.lineItems) else { return }
    try exported(.opportunity)
    let converted = try conversion(
      columnOrNull("TotalPrice", of: .lineItem, "line"),
      currency: column("CurrencyIsoCode", of: .opportunity, "deal"), deal: "line.OpportunityId")
    try define("line_items", "Lines of deals, with their value in corporate currency.") {
      let columns = schema.columns(of: .lineItem).map { "line.\(dialect.identifier($0.name))" }
      let join =
        converted.joins.isEmpty
        ? "" : "\nLEFT JOIN Opportunity AS deal ON deal.Id = line.OpportunityId"
      return "SELECT \((columns + ["\(converted.value) AS Value"]).joined(separator: ", "))"
        + "\nFROM OpportunityLineItem AS line\(join)"
        + converted.joins.map { "\n" + $0 }.joined()
    }
  }
}
