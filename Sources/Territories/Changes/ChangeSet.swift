import Records

/// What changes hands when one model takes the place of another.
///
/// Lists are by row. A territory of the same key is not a change. What is held out stands in the
/// lists, marked, and nothing follows it.
public struct ChangeSet: Sendable {
  public let from: Holdings
  public let to: Holdings
  public let match: TerritoryMatch
  public internal(set) var accounts: [AccountChange]
  public internal(set) var deals: [DealChange]
  public internal(set) var leads: [FollowerChange] = []
  public internal(set) var tasks: [FollowerChange] = []
  public internal(set) var contacts: [FollowerChange] = []
  public internal(set) var families: [FamilyChange] = []
  /// What it is cut down to; nil: nothing is left out.
  public internal(set) var scope: ChangeScope?
  /// The accounts that the scope shows; nil: all.
  var visible: VisibleAccounts?

  /// - Parameters:
  ///   - from: who holds what before.
  ///   - to: who holds what afterwards.
  ///   - records: the export.
  ///   - openDeals: rows of the deals that are open, ascending.
  ///   - families: the families of accounts.
  ///   - rules: what else decides.
  public init(
    from: Holdings, to: Holdings, records: RecordSet, openDeals: [Int32],
    families: Forest,
    rules: ChangeRules
  ) {
    self.from = from
    self.to = to
    let match = TerritoryMatch(
      from: from.model.tree, to: to.model.tree, crosswalk: rules.crosswalk)
    self.match = match
    let owners = OwnerRule(
      from: from, to: to, role: rules.ownerRole, countsAncestors: rules.ancestorsAreInsiders,
      accounts: records[.account].count)
    accounts = ChangeSet.accounts(from, to, match, owners, records, rules)
    var changeOfAccount = [Int32](repeating: -1, count: records[.account].count)
    for (index, change) in accounts.enumerated() {
      changeOfAccount[Int(change.account)] = Int32(index)
    }
    deals = ChangeSet.deals(
      openDeals, accounts, changeOfAccount, from, to, match, owners, records, rules)
    let followers = Followers(
      records: records, accounts: accounts, changeOfAccount: changeOfAccount, deals: deals)
    tasks = followers.tasks()
    contacts = followers.contacts()
    leads = followers.leads(rules)
    self.families = FamilyCounts(self, families).changes()
  }

  private static func accounts(
    _ from: Holdings, _ to: Holdings, _ match: TerritoryMatch, _ rule: OwnerRule,
    _ records: RecordSet, _ rules: ChangeRules
  ) -> [AccountChange] {
    let owners = records[.account].references("OwnerId")
    let before = from.assignment.territoriesOfAccount
    let after = to.assignment.territoriesOfAccount
    return Parallel.chunked(owners.count, threads: rules.threads) { chunk in
      var changes: [AccountChange] = []
      for account in chunk {
        let (old, new) = (before[account], after[account])
        let isMoved = !match.areSame(old, new)
        let newOwner = rule.owner(
          ofAccount: account, present: owners[account], before: old, after: new, isMoved: isMoved)
        guard isMoved || newOwner != nil else { continue }
        let isHeld = !rules.isHeld.isEmpty && rules.isHeld[account]
        changes.append(
          AccountChange(
            account: Int32(account), isMoved: isMoved, owner: owners[account],
            newOwner: isHeld ? nil : newOwner, isHeld: isHeld))
      }
      return changes
    }.flatMap { $0 }
  }

  private static func deals(
    _ openDeals: [Int32], _ accounts: [AccountChange], _ changeOfAccount: [Int32],
    _ from: Holdings, _ to: Holdings, _ match: TerritoryMatch, _ rule: OwnerRule,
    _ records: RecordSet, _ rules: ChangeRules
  ) -> [DealChange] {
    let table = records[.opportunity]
    let (accountOfDeal, owners) = (table.references("AccountId"), table.references("OwnerId"))
    let closes = table.days("CloseDate")
    let isExcluded = table.flags("IsExcludedFromTerritory2Filter")
    let (before, after) = (from.assignment.territoryOfDeal, to.assignment.territoryOfDeal)
    let held = to.assignment.territoriesOfAccount
    let closingBy = rules.closingBy?.number ?? Day.null
    return Parallel.chunked(openDeals.count, threads: rules.threads) { chunk in
      var changes: [DealChange] = []
      for deal in openDeals[chunk].lazy.map({ Int($0) }) {
        let (account, owner) = (accountOfDeal[deal], owners[deal])
        let index = account < 0 ? -1 : changeOfAccount[Int(account)]
        let change = index < 0 ? nil : accounts[Int(index)]
        let isHeld =
          change?.isHeld ?? (account >= 0 && !rules.isHeld.isEmpty && rules.isHeld[Int(account)])
        // The CRM leaves a deal alone that is kept out of its filter.
        let (old, new) = (before[deal], after[deal])
        let isMoved = isExcluded[deal] != 1 && match.code(from: old) != match.code(to: new)
        var newOwner: PlannedOwner?
        if !isHeld {
          if let change, change.owner == owner, owner >= 0 {
            newOwner = change.newOwner
          } else if isExcluded[deal] != 1, new >= 0 {
            newOwner = rule.owner(
              present: owner, before: old < 0 ? [] : [old], after: [new], isMoved: isMoved)
          }
        }
        guard isMoved || newOwner != nil || change != nil else { continue }
        let isLate =
          !rules.isLateStage.isEmpty && rules.isLateStage[deal]
          || (closes[deal] != Day.null && closes[deal] <= closingBy)
        let disruption: Disruption = newOwner == nil ? .none : isLate ? .late : .early
        changes.append(
          DealChange(
            deal: Int32(deal), account: account, from: old, to: new, isMoved: isMoved,
            owner: owner, newOwner: newOwner,
            disruption: disruption,
            isHandedOver: newOwner != nil && rules.handedOver.contains(disruption), isHeld: isHeld,
            losesByTie: isMoved && old >= 0 && new < 0 && account >= 0
              && held.degree(Int(account)) > 1))
      }
      return changes
    }.flatMap { $0 }
  }
}
