import Records

extension UserRow {
  /// The row of a user whom a cell names; nil where it is empty or names nobody.
  func user(_ column: String, in directory: Directory) -> Int32? {
    guard let text = text(column) else { return nil }
    switch directory.user(text) {
    case .user(let row): return row
    case .several: refuseSeveral(column, "users", "write the Id of the user")
    default: refuseUnknown(column, text, "user", directory, users: true, territories: false)
    }
    return nil
  }

  /// A user who must be named.
  func requiredUser(_ column: String, in directory: Directory) -> Int32? {
    required(column).flatMap { _ in user(column, in: directory) }
  }

  /// The user or territory that a cell names.
  func holder(_ column: String, in directory: Directory) -> Directory.Match? {
    guard let text = required(column) else { return nil }
    let match = directory.holder(text)
    switch match {
    case .user, .territory: return match
    case .several:
      refuseSeveral(column, "users or territories", "write the Id, or the developer name")
    case .nobody:
      refuseUnknown(column, text, "user or territory", directory, users: true, territories: true)
    }
    return nil
  }

  /// The row of the account that a cell names by its Id.
  func account(_ column: String, in directory: Directory) -> Int32? {
    guard let text = text(column) else { return nil }
    if let row = directory.account(text) { return row }
    unmatched(
      column, "\"\(column)\" names no account of the export",
      "write the Id of the account, or its old and new one in the crosswalk")
    return nil
  }

  private func refuseSeveral(_ column: String, _ things: String, _ suggestion: String) {
    unmatched(column, "\"\(column)\" names several \(things)", suggestion)
  }

  private func refuseUnknown(
    _ column: String, _ text: String, _ thing: String, _ directory: Directory, users: Bool,
    territories: Bool
  ) {
    let forms =
      (users ? ["the Id" + (directory.hasEmails ? " or e-mail" : "") + " of a user"] : [])
      + (territories ? ["the developer name of a territory"] : [])
    unmatched(
      column, "\"\(column)\" names no \(thing) of the export",
      // Nearness costs time with each name: after some, the general advice is as good.
      Suggestion.sentence(
        for: text,
        in: mayLookFurther
          ? directory.candidates(users: users, territories: territories) : [],
        otherwise: "write \(Suggestion.list(forms))"))
  }
}
