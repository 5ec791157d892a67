import Metrics
import Records

// Who is below whom.
extension Relations {
  /// Defines the manager of each user: as the file of people says, else the CRM.
  func managers() throws {
    try require(.user)
    let users = name(of: .user)
    let told = schema.userRecords.people.compactMap { entry in
      entry.manager.map { [dialect.literal(entry.user), dialect.literal($0)] }
    }
    let ofCRM = column("ManagerId", of: .user, "u") ?? dialect.null("VARCHAR")
    try define("manager_of", "The manager of each user.") {
      guard !told.isEmpty else {
        return "SELECT u.Id AS account, above.Id AS parent FROM \(users) AS u"
          + " LEFT JOIN \(users) AS above ON above.Id = \(ofCRM)"
      }
      return """
        WITH told AS (
        \(indented(dialect.values(["person", "manager"], told), by: 2))
        )
        SELECT u.Id AS account, above.Id AS parent FROM \(users) AS u
        LEFT JOIN told ON told.person = u.Id
        LEFT JOIN \(users) AS above ON above.Id = coalesce(told.manager, \(ofCRM))
        """
    }
  }

  /// Defines each user with all managers above, the user included; a cycle is cut at the smallest Id.
  func seniority() throws {
    try managers()
    try cutCycles(of: "manager_of", stranded: "manager_stranded", roots: "manager_cycle_root")
    try define("senior", "Each user with all managers above, the user included.") {
      """
      WITH RECURSIVE up AS (
        SELECT account AS person, account AS senior FROM manager_of
        UNION ALL
        SELECT up.person, m.parent FROM up JOIN manager_of AS m ON m.account = up.senior
        WHERE m.parent IS NOT NULL
          AND m.account NOT IN (SELECT account FROM manager_cycle_root)
      )
      SELECT person, senior FROM up
      """
    }
  }
}
