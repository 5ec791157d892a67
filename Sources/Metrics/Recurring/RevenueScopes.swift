import Records

extension ScopeMasks {
  /// The rows of revenue movements and activities in a scope: those of its accounts.
  ///
  /// A family is in a territory's scope only where all its accounts are, because its row sums
  /// over them.
  func rowsOfAccounts(_ fact: Fact, _ scope: Scope) -> [UInt8] {
    var accounts = mask(.accounts, scope)
    if fact == .familyRevenueMovements, let inside = accounts {
      let roots = ledger.families.value.value.roots
      var whole = [UInt8](repeating: 1, count: roots.count)
      for (account, root) in roots.enumerated() where inside[account] == 0 { whole[Int(root)] = 0 }
      accounts = whole
    }
    return ledger.records[fact.entity].references("AccountId").map {
      $0 < 0 ? 0 : accounts?[Int($0)] ?? 1
    }
  }
}
