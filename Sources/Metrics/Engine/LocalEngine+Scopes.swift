import Records

extension LocalEngine {
  /// The records of a scope under this engine's assignment, one by one: with those under another
  /// engine's they are what somebody holds now or will hold.
  ///
  /// - Parameters:
  ///   - scope: the scope.
  ///   - name: what the records are called in plans.
  /// - Returns: every record, for the scope of the company.
  public func records(in scope: Scope, named name: String) -> RecordScope {
    func rows(_ fact: Fact) -> [Int32] {
      guard scope != .company else {
        let mask = scopes.mask(fact, scope)
        return (0..<Int32(ledger.records[fact.entity].count)).filter {
          mask?[Int($0)] ?? 1 == 1
        }
      }
      return scopes.rows(fact, scope)
    }
    return RecordScope(
      name: name, accounts: rows(.accounts), deals: rows(.opportunities), leads: rows(.leads),
      quotas: rows(.quotas))
  }
}
