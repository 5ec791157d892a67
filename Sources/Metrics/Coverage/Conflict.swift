import Records

/// An owner and a territory that disagree.
struct Conflict: Sendable {
  let kind: ConflictKind
  /// Row of the deal; negative where the conflict is an account's.
  let deal: Int32
  /// Row of the account; negative where the deal has none.
  let account: Int32
  /// Row of the user; negative where none is known.
  let owner: Int32
  /// Territory of the deal, by index in the model; negative where it is in none, and for accounts.
  let territory: Int32
  /// In 1/10,000 of a unit; nil where the deal has no amount.
  let amount: Int128?
  /// Row of the lead; negative where the conflict is a deal's or an account's.
  var lead: Int32 = -1
}

/// Whether users work in the territories of accounts.
struct Insiders: Sendable {
  private let territoriesOfUser: Adjacency
  private let territoriesOfAccount: Adjacency
  /// The tree of territories; nil where only a territory's own users count.
  private let forest: Forest?

  init(_ ledger: Ledger) {
    let members = ledger.assignment.usersOfTerritory
    let model = ledger.assignment.model
    territoriesOfUser = Adjacency(
      sources: ledger.records[.user].count,
      pairs: (0..<(model?.count ?? 0)).flatMap { territory in
        members[territory].map { (source: $0, target: Int32(territory)) }
      })
    territoriesOfAccount = ledger.assignment.territoriesOfAccount
    forest = ledger.settings.coverage.ancestorsAreInsiders ? model?.forest : nil
  }

  /// Whether a user is a user of one of an account's territories, or of one above them.
  func holds(_ user: Int, _ account: Int) -> Bool {
    let own = territoriesOfUser
    let held = territoriesOfAccount
    for at in Int(held.starts[account])..<Int(held.starts[account + 1]) {
      let territory = held.targets[at]
      for position in Int(own.starts[user])..<Int(own.starts[user + 1]) {
        let place = own.targets[position]
        if place == territory || forest?.isInSubtree(Int(territory), of: Int(place)) == true {
          return true
        }
      }
    }
    return false
  }
}
