import Records

/// The one record that a word of the command line names.
enum Choice {
  /// The territory of `--territory`, as an index of its model.
  ///
  /// - Parameters:
  ///   - text: its Id, name or developer name, without regard to case.
  ///   - model: the territories.
  ///   - done: what a refusal says became of the command.
  /// - Returns: its index.
  /// - Throws: A finding where there is none or several.
  static func territory(
    _ text: String, in model: TerritoryModel?, done: String = "the query was not run"
  ) throws(FindingsError) -> Int {
    let refusal = Refusal(
      code: "territory-unknown", option: "--territory", one: "territory", many: "territories",
      done: done)
    guard let model else {
      throw refusal.error("the export holds no territory model", "leave --territory out")
    }
    let wanted = text.lowercased()
    let found = (0..<model.count).filter { index in
      [model.ids[index], model.names[index], model.developerNames[index]]
        .contains { $0.lowercased() == wanted }
    }
    return try refusal.only(
      found, called: text, among: model.names, otherwise: "give the Id or name of a territory"
    ) { model.ids[$0] }
  }

  /// The user of `--manager`, as a row.
  ///
  /// - Parameters:
  ///   - text: Id, e-mail or name; the latter two without regard to case.
  ///   - users: the users.
  /// - Returns: the row.
  /// - Throws: A finding where there is none or several.
  static func manager(_ text: String, in users: Table) throws(FindingsError) -> Int {
    let wanted = text.lowercased()
    let (names, emails) = (users.texts("Name"), users.texts("Email"))
    let found = (0..<users.count).filter { row in
      names[row]?.lowercased() == wanted || emails[row]?.lowercased() == wanted
        || users.id(row) == text
        || (text.utf8.count == 15 && users.id(row).hasPrefix(text))
    }
    return try Refusal(
      code: "user-unknown", option: "--manager", one: "user", many: "users",
      done: "nothing was compared"
    ).only(
      found, called: text, among: (0..<users.count).compactMap { names[$0] },
      otherwise: "give the Id, e-mail or name of a user"
    ) { users.id($0) }
  }

  /// The account that a command is about, as a row.
  ///
  /// - Parameters:
  ///   - text: its Id of 18 or 15 characters, or its name without regard to case.
  ///   - accounts: the accounts.
  /// - Returns: the row.
  /// - Throws: A finding where there is none or several.
  static func account(_ text: String, in accounts: Table) throws(FindingsError) -> Int {
    let wanted = text.lowercased()
    let found = (0..<accounts.count).filter { row in
      accounts.id(row) == text || (text.utf8.count == 15 && accounts.id(row).hasPrefix(text))
        || accounts.name(row).lowercased() == wanted
    }
    return try Refusal(
      code: "account-unknown", option: "ACCOUNT", one: "account", many: "accounts",
      done: "no family was drawn"
    ).only(
      found, called: text, among: (0..<accounts.count).map { accounts.name($0) },
      otherwise: "give the Id or name of an account"
    ) { accounts.id($0) }
  }

  /// How a word is refused.
  private struct Refusal {
    let code: String
    let option: String
    let one: String
    let many: String
    let done: String

    /// The one that was found.
    func only(
      _ found: [Int], called text: String, among names: [String], otherwise: String,
      id: (Int) -> String
    ) throws(FindingsError) -> Int {
      guard let first = found.first else {
        throw error(
          "no \(one) is called \"\(text)\"",
          Suggestion.sentence(for: text, in: names, otherwise: otherwise))
      }
      guard found.count == 1 else {
        // A few Ids can be read; of a name that hundreds bear the list would say nothing.
        let ids = found.prefix(5).map(id) + (found.count > 5 ? ["another"] : [])
        throw error(
          "\(found.count) \(many) are called \"\(text)\"",
          "give the Id: \(Suggestion.list(ids))")
      }
      return first
    }

    func error(_ what: String, _ suggestion: String) -> FindingsError {
      FindingsError([
        Finding(
          code: code, severity: .error, at: SourcePosition(file: option, line: 1, column: 1),
          what: what, done: done, suggestion: suggestion)
      ])
    }
  }
}
