import Metrics
import Records

// When something last happened with accounts, and which are neglected.
extension Relations {
  /// The day of an account's last activity: its own, or that of a task or event.
  func lastActivity(_ joins: inout [String]) throws -> String {
    guard !schema.hasActivities else {
      throw NotPrinted.finding("activities that a file beside the export holds")
    }
    let asOf = dialect.literal(schema.asOf)
    var days: [String] = []
    if let own = column("LastActivityDate", of: .account, "a") {
      days.append("CASE WHEN \(own) <= \(asOf) THEN \(own) END")
    }
    let kinds = [Entity.task, .event].filter(schema.has)
    if !kinds.isEmpty {
      try activities(kinds)
      joins.append("LEFT JOIN last_activity ON last_activity.account = a.Id")
      days.append("last_activity.day")
    }
    switch days.count {
    case 0: return dialect.null("DATE")
    case 1: return days[0]
    default: return "greatest(\(days.joined(separator: ", ")))"
    }
  }

  /// Whether the export says anything about activities.
  private var knowsActivities: Bool {
    schema.column("LastActivityDate", of: .account) != nil || schema.has(.task)
      || schema.has(.event)
  }

  /// Defines the last day up to the as-of date on which something was done with each account: a task
  /// that is still open is a plan, and a later day a meeting to come.
  private func activities(_ kinds: [Entity]) throws {
    for kind in kinds { try exported(kind) }
    try exported(.account)
    try exported(.opportunity)
    try define("last_activity", "The last task or event of each account, or of one of its deals.") {
      let parts = kinds.map { kind -> String in
        func cell(_ name: String, _ type: String) -> String {
          column(name, of: kind, "activity") ?? dialect.null(type)
        }
        let date = cell("ActivityDate", "DATE")
        let day =
          kind == .event ? "coalesce(\(date), \(cell("ActivityDateTime", "DATE")))" : date
        let closed = kind == .task ? column("IsClosed", of: kind, "activity") : nil
        let dealAccount =
          column("AccountId", of: .opportunity, "deal") ?? dialect.null("VARCHAR")
        return """
          SELECT coalesce(\(cell("AccountId", "VARCHAR")), about.Id, \(dealAccount)) AS account,
            \(day) AS day
          FROM \(dialect.identifier(kind.rawValue)) AS activity
          LEFT JOIN Account AS about ON about.Id = \(cell("WhatAccountId", "VARCHAR"))
          LEFT JOIN Opportunity AS deal ON deal.Id = \(cell("WhatId", "VARCHAR"))
          """ + (closed.map { "\nWHERE \($0) IS NOT FALSE" } ?? "")
      }
      return "SELECT account, max(day) AS day FROM (\n"
        + indented(parts.joined(separator: "\nUNION ALL\n"), by: 2)
        + "\n) AS activity WHERE day <= \(dialect.literal(schema.asOf)) GROUP BY account"
    }
  }

  /// Whether an account is neglected; null where it does not count.
  func isNeglected(_ rules: FactSelect) throws -> String {
    let coverage = settings.coverage
    guard knowsActivities else { return dialect.null("BOOLEAN") }
    var exempt: [String] = []
    let users = try exemptUsers(coverage.neglectExemptUsers, roles: [])
    if let users, let owner = column("OwnerId", of: .account, "account") {
      exempt.append("WHEN \(owner) IN (\(users)) THEN NULL")
    }
    if !coverage.neglectExemptTypes.isEmpty, let type = column("Type", of: .account, "account") {
      let names = coverage.neglectExemptTypes.map { dialect.literal($0.text.lowercased()) }
      exempt.append("WHEN lower(\(type)) IN (\(names.joined(separator: ", "))) THEN NULL")
    }
    var days = "\(coverage.neglectedAfter)"
    if !coverage.neglectRules.isEmpty {
      var cases: [String] = []
      for rule in coverage.neglectRules {
        cases.append(
          "WHEN \(try rules.expression.condition(rule.condition)) THEN \(rule.after)")
      }
      days = "CASE \(cases.joined(separator: " ")) ELSE \(days) END"
    }
    let created = column("CreatedDate", of: .account, "account")
    let last = created.map { "coalesce(account.LastActivity, \($0))" } ?? "account.LastActivity"
    let passed = dialect.days(from: last, to: dialect.literal(schema.asOf))
    let test = "coalesce(\(passed) > \(days), false)"
    return exempt.isEmpty ? test : "CASE \(exempt.joined(separator: " ")) ELSE \(test) END"
  }

  /// A SELECT of the users whom the configuration leaves out, nil where it names none.
  func exemptUsers(
    _ named: [CoverageSettings.Name], roles: [CoverageSettings.Name]
  ) throws -> String? {
    guard !schema.hasPeople else {
      throw NotPrinted.finding("people of whom a file beside the export says more")
    }
    guard !named.isEmpty || !roles.isEmpty else { return nil }
    try require(.user)
    var tests: [String] = []
    if !named.isEmpty {
      let names = named.map { dialect.literal($0.text.lowercased()) }.joined(separator: ", ")
      for field in ["Name", "Email"] {
        if let cell = column(field, of: .user, "u") { tests.append("lower(\(cell)) IN (\(names))") }
      }
      let ids = named.map { "record_key(\(dialect.literal($0.text)))" }.joined(separator: ", ")
      tests.append("u.Id IN (\(ids))")
    }
    if !roles.isEmpty, let role = column("UserRoleId", of: .user, "u"), schema.has(.userRole) {
      try exported(.userRole)
      let names = roles.map { dialect.literal($0.text.lowercased()) }.joined(separator: ", ")
      var roleTests = [
        "r.Id IN (\(roles.map { "record_key(\(dialect.literal($0.text)))" }.joined(separator: ", ")))"
      ]
      for field in ["Name", "DeveloperName"] {
        if let cell = column(field, of: .userRole, "r") {
          roleTests.append("lower(\(cell)) IN (\(names))")
        }
      }
      tests.append(
        "\(role) IN (SELECT r.Id FROM UserRole AS r WHERE \(roleTests.joined(separator: " OR ")))")
    }
    return "SELECT u.Id FROM \(name(of: .user)) AS u WHERE "
      + (tests.isEmpty ? "false" : tests.joined(separator: " OR "))
  }
}
