import Records

/// Finds the conflicts of a scope: METRICS §2, C1 to C7.
///
/// C1, C2 and C7 look at every open deal, whether or not it is a booking; classes that are exempt
/// are left out, and so is what an exempt user owns. C1 to C4 need an account in a territory. What
/// an account's conflict is worth is its open bookings.
struct ConflictFinder {
  private let ledger: Ledger
  private let scope: Scope
  private let coverage: Coverage
  private let open: OpenDeals
  private let isExempt: [Bool]
  private let owners: [Int32]

  init(_ coverage: Coverage, _ scope: Scope) {
    ledger = coverage.ledger
    self.coverage = coverage
    self.scope = scope
    open = coverage.openDeals(scope)
    isExempt = coverage.conflictExempt.value.value
    owners = ledger.records[.account].references("OwnerId")
  }

  /// Every conflict: by kind, then amount descending, then the Ids of deal, account and lead.
  func conflicts() -> [Conflict] {
    let found = ofDeals() + ofAccounts() + [ofFamilies(), ofLeads()]
    let leads = ledger.records[.lead].keys
    let deals = ledger.records[.opportunity].keys
    let accounts = ledger.records[.account].keys
    @Sendable func precedes(_ left: Int32, _ right: Int32, _ keys: Keys?) -> Bool {
      // A conflict without a deal has no Id there, which sorts first.
      guard left >= 0, right >= 0 else { return left < right }
      return keys?.precedes(Int(left), Int(right)) ?? (left < right)
    }
    let sorted = Parallel.each(ConflictKind.allCases, threads: ledger.threads) { kind in
      var conflicts: [Conflict] = []
      for part in found {
        for conflict in part where conflict.kind == kind { conflicts.append(conflict) }
      }
      conflicts.sort { left, right in
        let (amount, other) = (left.amount ?? 0, right.amount ?? 0)
        if amount != other { return amount > other }
        if left.deal != right.deal { return precedes(left.deal, right.deal, deals) }
        return left.account != right.account
          ? precedes(left.account, right.account, accounts)
          : precedes(left.lead, right.lead, leads)
      }
      return conflicts
    }
    return Parallel.joined(sorted)
  }

  /// C1, C2 and C7 of open deals, in parts.
  private func ofDeals() -> [[Conflict]] {
    let deals = ledger.records[.opportunity]
    let accounts = deals.references("AccountId")
    let owners = deals.references("OwnerId")
    let territories = ledger.assignment.territoryOfDeal
    let held = ledger.assignment.territoriesOfAccount
    let values = ledger.dealValues.value.value.values
    let insiders = Insiders(ledger)
    let isInactive = isInactive
    let (rows, isExempt) = (open.rows, isExempt)
    let classes = ledger.settings.coverage.conflictExemptClasses
    let labels = classes.isEmpty ? nil : ledger.classes.value.value
    let isExemptClass = labels?.names.map(classes.contains) ?? []
    return Parallel.chunked(rows.count, threads: ledger.threads) { chunk in
      var found: [Conflict] = []
      for row in rows[chunk].lazy.map({ Int($0) }) {
        if let labels, isExemptClass[Int(labels.codes[row])] { continue }
        let (account, owner, territory) = (accounts[row], owners[row], territories[row])
        if owner >= 0, isExempt[Int(owner)] { continue }
        func add(_ kind: ConflictKind) {
          found.append(
            Conflict(
              kind: kind, deal: Int32(row), account: account, owner: owner, territory: territory,
              amount: values[row] == Exact.null ? nil : Int128(values[row])))
        }
        if account >= 0, held.degree(Int(account)) > 0 {
          if owner >= 0, !insiders.holds(Int(owner), Int(account)) { add(.ownerOutside) }
          if territory >= 0, !held[Int(account)].contains(territory) { add(.dealElsewhere) }
        }
        if owner >= 0, isInactive[Int(owner)] { add(.inactiveOwner) }
      }
      return found
    }
  }

  /// C3, C4 and C7 of accounts, in parts.
  private func ofAccounts() -> [[Conflict]] {
    let held = ledger.assignment.territoriesOfAccount
    let insiders = Insiders(ledger)
    let types = comparedTypes
    let (isInactive, isExempt, owners) = (isInactive, isExempt, owners)
    let mask = coverage.scopes.mask(.accounts, scope)
    let atStake = isInactive.contains(true) ? accountsAtStake : []
    let amounts = open.amounts
    let few = coverage.scopes.fewRows(.accounts, scope)
    let count = few?.count ?? ledger.records[.account].count
    return Parallel.chunked(count, threads: ledger.threads) { chunk in
      var found: [Conflict] = []
      for place in chunk {
        let row = few.map { Int($0[place]) } ?? place
        if few == nil, let mask, mask[row] == 0 { continue }
        let owner = owners[row]
        if owner >= 0, isExempt[Int(owner)] { continue }
        func add(_ kind: ConflictKind) {
          found.append(
            Conflict(
              kind: kind, deal: -1, account: Int32(row), owner: owner,
              territory: Assignment.NoTerritory.unassigned, amount: amounts[row]))
        }
        let degree = held.degree(row)
        if degree > 0, owner >= 0, !insiders.holds(Int(owner), row) { add(.accountOwnerOutside) }
        if degree > 1, ConflictFinder.repeats(held[row], types) {
          add(.twoTerritories)
        }
        if owner >= 0, isInactive[Int(owner)], atStake[row] { add(.inactiveOwner) }
      }
      return found
    }
  }

  /// C5: judged by the whole family, and named by its root, or by the first account in scope.
  private func ofFamilies() -> [Conflict] {
    let forest = ledger.families.value.value
    let accounts = ledger.records[.account]
    let mask = coverage.scopes.mask(.accounts, scope)
    let families = coverage.spreads(isLeftOut: isExempt.contains(true) ? isExempt : nil)
    return families.compactMap { family in
      guard family.territories > 1 || family.owners > 1,
        let row = family.representative(forest, accounts, in: mask)
      else { return nil }
      return Conflict(
        kind: .splitFamily, deal: -1, account: Int32(row), owner: owners[row],
        territory: Assignment.NoTerritory.unassigned, amount: open.amounts[row])
    }
  }

  /// C6: open leads of an account that somebody else owns.
  ///
  /// A lead that waits in a queue is nobody's, and in none. What it is worth is the account's open
  /// bookings.
  private func ofLeads() -> [Conflict] {
    guard let matches = ledger.leadMatches.value else { return [] }
    let ownersOfLeads = ledger.records[.lead].references("OwnerId")
    let mask = coverage.scopes.mask(.leads, scope)
    let accounts = coverage.scopes.mask(.accounts, scope)
    return matches.indices.compactMap { row in
      guard let match = matches[row], mask == nil || mask?[row] == 1 else { return nil }
      let (owner, other) = (ownersOfLeads[row], owners[Int(match.account)])
      guard owner >= 0, other >= 0, owner != other, !isExempt[Int(owner)], !isExempt[Int(other)]
      else { return nil }
      // An account outside the scope is not named there.
      let isShown = accounts?[Int(match.account)] ?? 1 == 1
      return Conflict(
        kind: .leadElsewhere, deal: -1, account: isShown ? match.account : -1, owner: owner,
        territory: Assignment.NoTerritory.unassigned,
        amount: isShown ? open.amounts[Int(match.account)] : nil, lead: Int32(row))
    }
  }

  /// Whether each user is known to be inactive.
  private var isInactive: [Bool] { ledger.records[.user].flags("IsActive").map { $0 == 0 } }

  /// Whether each account has an open deal, or a subscription that runs on the as-of date.
  private var accountsAtStake: [Bool] {
    var atStake = coverage.isSubscribed.value
    let accountOfDeal = ledger.records[.opportunity].references("AccountId")
    for deal in open.rows where accountOfDeal[Int(deal)] >= 0 {
      atStake[Int(accountOfDeal[Int(deal)])] = true
    }
    return atStake
  }

  /// The type of each territory as C4 compares it: -1 for types of which an account may be in
  /// several; territories without a type are of one type.
  private var comparedTypes: [Int32] {
    guard let model = ledger.assignment.model else { return [] }
    let overlays = coverage.overlayTypes.value.value
    var codes: [String: Int32] = [:]
    return model.typeKeys.map { key in
      let key = key.lowercased()
      if overlays.contains(key) { return -1 }
      if let code = codes[key] { return code }
      codes[key] = Int32(codes.count)
      return Int32(codes.count - 1)
    }
  }

  /// Whether two of some territories are of one type.
  private static func repeats(_ territories: ArraySlice<Int32>, _ types: [Int32]) -> Bool {
    if territories.count == 2, let first = territories.first, let last = territories.last {
      return types[Int(first)] >= 0 && types[Int(first)] == types[Int(last)]
    }
    let sorted = territories.map { types[Int($0)] }.filter { $0 >= 0 }.sorted()
    return zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
  }
}
