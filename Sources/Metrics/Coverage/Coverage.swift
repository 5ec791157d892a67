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
  /// Whether each account has a subscription that runs on the as-of date.
  let isSubscribed: Lazy<[Bool]>
  /// Of large exports each is tens of megabytes; few editions are made at a time.
  private let openDeals = RecentCache<Scope, OpenDeals>(capacity: 8)
  private let reported = RecentCache<Scope, [Conflict]>(capacity: 8)
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
    isSubscribed = Lazy { Coverage.subscribed(ledger) }
  }

  private static func subscribed(_ ledger: Ledger) -> [Bool] {
    let count = ledger.records[.account].count
    var recurring = ExactSums(groups: count)
    let contracts = ledger.records[.contract]
    let accounts = contracts.references("AccountId")
    let (starts, ends) = (contracts.days("StartDate"), contracts.days("EndDate"))
    // One whose currency has no rate counts for nothing, as in recurring revenue.
    let values = ConvertedAmounts(
      contracts.decimals("MonthlyValue__c"), currency: contracts.categories("CurrencyIsoCode"),
      days: nil, currencies: ledger.currencies.value, threads: ledger.threads
    ).values
    let asOf = ledger.records.asOf.number
    for row in 0..<contracts.count
    where accounts[row] >= 0 && values[row] != Exact.null && starts[row] != Day.null
      && starts[row] <= asOf
      && (ends[row] == Day.null || ends[row] >= asOf)
    {
      recurring.add(values[row], to: Int(accounts[row]))
    }
    var isSubscribed = [Bool](repeating: false, count: count)
    recurring.integers.forEachNonzero { isSubscribed[$0] = true }
    return isSubscribed
  }

  /// The open deals of a scope.
  func openDeals(_ scope: Scope) -> OpenDeals {
    if scope == .company { return ledger.openDeals }
    return openDeals.value(for: scope) {
      OpenDeals(
        ledger, scopes.mask(.opportunities, scope), few: scopes.fewRows(.opportunities, scope))
    }
  }

  /// The conflicts of a scope that reports show: without those below the configured amount, and those
  /// that are accepted.
  func reportedConflicts(_ scope: Scope) -> [Conflict] {
    reported.value(for: scope) {
      let least = Int128(ledger.settings.coverage.minAmount)
      return ConflictFinder(self, scope).conflicts().filter { conflict in
        let record: AcceptedConflict.Record =
          conflict.lead >= 0
          ? .lead(conflict.lead)
          : conflict.deal >= 0 ? .deal(conflict.deal) : .account(conflict.account)
        let subject = AcceptedConflict.Subject(kind: conflict.kind, record: record)
        return conflict.amount ?? 0 >= least && !accepted.contains(subject)
      }
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
