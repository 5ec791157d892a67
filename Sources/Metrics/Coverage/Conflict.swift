import Records

/// An owner and a territory that disagree.
public struct Conflict: Sendable {
  public let kind: ConflictKind
  // Beside the kind, where it costs nothing.
  private let hasAmount: Bool
  /// Row of the deal; negative where the conflict is an account's.
  public let deal: Int32
  /// Row of the account; negative where the deal has none.
  public let account: Int32
  /// Row of the user; negative where none is known.
  public let owner: Int32
  /// Territory of the deal, by index in the model; negative where it is in none, and for accounts.
  public let territory: Int32
  /// Row of the lead; negative where the conflict is a deal's or an account's.
  public let lead: Int32
  // The amount in two words: as one of 128 bits it would make a conflict half as large again, of
  // which there are a fifth as many as accounts.
  private let high: Int64
  private let low: UInt64

  /// In 1/10,000 of a unit; nil where the deal has no amount.
  public var amount: Int128? { hasAmount ? Int128(high) << 64 | Int128(low) : nil }

  init(
    kind: ConflictKind, deal: Int32, account: Int32, owner: Int32, territory: Int32,
    amount: Int128?, lead: Int32 = -1
  ) {
    self.kind = kind
    self.deal = deal
    self.account = account
    self.owner = owner
    self.territory = territory
    self.lead = lead
    hasAmount = amount != nil
    high = Int64(truncatingIfNeeded: (amount ?? 0) >> 64)
    low = UInt64(truncatingIfNeeded: amount ?? 0)
  }
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
