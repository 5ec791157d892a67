import Metrics
import Records

extension TablePrinter {
  /// What accounts are worth, in the order of their scores.
  func accountValues() throws -> String {
    relations.noteAccountValues()
    relations.later.append { relations in
      try relations.require(.account)
      try relations.accountValues()
    }
    let name = relations.column("Name", of: .account, "account") ?? dialect.null("VARCHAR")
    add("account_id", .id, "v.account")
    add("account", .name, "v.account", name)
    let isNamed = try isInScope("top")
    add("root_id", .id, "CASE WHEN \(isNamed) THEN v.root ELSE v.account END")
    add("own_value", .money, "v.own")
    add("family_value", .money, "v.of_family")
    add("score", .ratio(.rate), "v.score", "1000000")
    add("confidence", .ratio(.rate), "v.confidence", "1000000")
    return """
      SELECT \(list)
      FROM account_value AS v JOIN accounts AS account ON account.Id = v.account
      JOIN accounts AS top ON top.Id = v.root
      WHERE \(try isInScope("account"))
      ORDER BY coalesce(v.score, 0) DESC, v.account
      """
  }
}

extension Relations {
  /// Notes the derived fields of deals from which the value of accounts is made.
  func noteAccountValues() {
    for name in ["value", "isbooking", "isopen", "cycledays", "band"] {
      note(name, of: .opportunity)
    }
    noteSubscriptions()
  }
}
