import Records

/// What the tables of coverage share: open deals by account, and whom and what rules leave out.
///
/// Each part is made once, when it is first asked for.
final class Coverage: Sendable {
  let ledger: Ledger
  let scopes: ScopeMasks
  /// Users whose records are in no conflict.
  let conflictExempt: Lazy<Ledger.Derived<[Bool]>>
  /// Keys, in lower case, of territory types of which an account may be in several.
  let overlayTypes: Lazy<Ledger.Derived<Set<String>>>
  /// Territories of the model that take what no other does.
  let catchAlls: Lazy<Ledger.Derived<[Bool]>>
  /// Conflicts that the user accepts on the as-of date.
  let accepted: Set<AcceptedConflict.Subject>
  private let openDeals = LockedCache<Scope, OpenDeals>()
  private let spreads = LockedCache<[Bool]?, [FamilySpread]>()

  init(_ ledger: Ledger, _ scopes: ScopeMasks) {
    self.ledger = ledger
    self.scopes = scopes
    let (records, settings) = (ledger.records, ledger.settings.coverage)
    let user = ledger.userRecords
    accepted = Set(
      user.acceptedConflicts.filter { $0.holds(on: records.asOf) }.map(\.subject))
    conflictExempt = Lazy {
      Exemptions.users(
        records, user.people, named: settings.conflictExemptUsers, key: "exempt_users",
        roles: settings.conflictExemptRoles)
    }
    overlayTypes = Lazy {
      Exemptions.territoryTypes(records, ledger.assignment.model, settings.overlayTypes)
    }
    catchAlls = Lazy {
      Exemptions.territories(ledger.assignment.model, settings.catchAllTerritories)
    }
  }

  /// The open deals of a scope.
  func openDeals(_ scope: Scope) -> OpenDeals {
    if scope == .company { return ledger.openDeals }
    return openDeals.value(for: scope) {
      OpenDeals(ledger, scopes.mask(.opportunities, scope))
    }
  }

  /// Over what families of two accounts or more are spread; users who are `isLeftOut` do not count.
  func spreads(isLeftOut: [Bool]? = nil) -> [FamilySpread] {
    spreads.value(for: isLeftOut) {
      FamilySpread.families(ledger, isLeftOut: isLeftOut)
    }
  }

  /// What was wrong in the settings that the parts made so far are made from.
  var findings: FindingLog {
    var log = FindingLog()
    let made = [
      conflictExempt.valueIfMade?.findings, overlayTypes.valueIfMade?.findings,
      catchAlls.valueIfMade?.findings,
    ]
    for findings in made.compactMap({ $0 }) { log.merge(findings) }
    return log
  }
}
