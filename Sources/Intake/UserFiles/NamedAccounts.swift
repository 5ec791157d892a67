import Records

extension SmallFiles {
  /// Accounts that rules and balancing leave where they are, by account; one that stands twice is an
  /// error.
  static func namedAccounts(_ file: UserTable, _ directory: Directory) -> [NamedAccount] {
    var seen: Set<Int32> = []
    return file.records { row in
      guard row.required("AccountId") != nil else { return nil }
      let account = row.account("AccountId", in: directory)
      let owner = row.user("owner", in: directory)
      var territory: Int32?
      if let text = row.text("territory") {
        switch directory.territory(text) {
        case .territory(let found): territory = found
        case .several:
          row.unmatched(
            "territory", "\"territory\" names several territories", "write the Id of the territory")
        default:
          row.unmatched(
            "territory", "\"territory\" names no territory of the export",
            Suggestion.sentence(
              for: text,
              in: row.mayLookFurther ? directory.candidates(users: false, territories: true) : [],
              otherwise: "write the developer name of a territory"))
        }
      }
      guard let account else { return nil }
      guard seen.insert(account).inserted else {
        file.refuse(
          UserFileFindings.rowTwice(
            .namedAccounts, what: "an earlier row names the same account",
            at: row.place("AccountId"), suggestion: "keep one of them"))
        return nil
      }
      return NamedAccount(account: account, owner: owner, territory: territory)
    }.sorted { $0.account < $1.account }
  }
}
