import Metrics
import Records

// When something last happened with accounts, and which are neglected.
extension Relations {
  /// The day of an account's last activity: its own, or that of a task or event.
  func lastActivity(_ joins: inout [String]) throws -> String {
    let asOf = dialect.literal(schema.asOf)
    var days: [String] = []
    if let own = column("LastActivityDate", of: .account, "a") {
      days.append("CASE WHEN \(own) <= \(asOf) THEN \(own) END")
    }
    let kinds = [Entity.task, .event].filter(schema.has)
    if !kinds.isEmpty || !schema.userRecords.activities.isEmpty {
      try lastActivities()
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
      || schema.has(.event) || !schema.userRecords.activities.isEmpty
  }

  /// Defines the last day up to the as-of date on which something was done with each account.
  private func lastActivities() throws {
    try activities()
    try define("last_activity", "The last task or event of each account, or of one of its deals.") {
      "SELECT AccountId AS account, max(ActivityDate) AS day FROM activities WHERE IsDone"
        + " GROUP BY AccountId"
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
    let people = schema.userRecords.people
    let roleNames = Set(roles.map { $0.text.lowercased() })
    let ofFile = people.filter { entry in
      entry.person.isExempt
        || entry.person.role.map { roleNames.contains($0.lowercased()) } == true
    }
    guard !named.isEmpty || !roles.isEmpty || !ofFile.isEmpty else { return nil }
    try require(.user)
    var tests: [String] = []
    if !ofFile.isEmpty {
      tests.append("u.Id IN (\(ofFile.map { dialect.literal($0.user) }.joined(separator: ", ")))")
    }
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
