import Metrics
import Records

/// What territories and users lose and gain; what is held out stays.
///
/// Σ lost = Σ gained over all entries, remainders included.
public struct ChangeTotals: Sendable {
  /// What one territory or user has, loses and gains.
  public struct Entry: Hashable, Sendable {
    public var accounts = Count()
    public var revenue = Amount()
    /// Open bookings.
    public var deals = Count()
    public var open = Amount()
    /// Open bookings times probability, as `Stakes.weightedNumerators`.
    public var weighted = Amount()

    /// Whether anything is lost or gained.
    public var isTouched: Bool {
      accounts.lost + accounts.gained + deals.lost + deals.gained > 0
    }
  }

  /// A number before, and what is lost and gained of it.
  public struct Count: Hashable, Sendable {
    public var before = 0
    public var lost = 0
    public var gained = 0
    public var after: Int { before - lost + gained }
  }

  /// An amount before, and what is lost and gained of it.
  public struct Amount: Hashable, Sendable {
    public var before: Int128 = 0
    public var lost: Int128 = 0
    public var gained: Int128 = 0
    public var after: Int128 { before - lost + gained }
  }

  /// By code of the match; behind them `(unassigned)`, `(in several territories)` and, in a part of
  /// a change set, `(elsewhere)`.
  public private(set) var territories: [Entry]
  /// By row of the user; behind them to be named, no owner and, in a part of a change set,
  /// elsewhere.
  public private(set) var users: [Entry]

  private let changes: ChangeSet
  private let stakes: Stakes

  /// Positions behind the territories.
  var unassigned: Int { changes.match.count }
  var several: Int { changes.match.count + 1 }

  public init(_ set: ChangeSet, records: RecordSet, stakes: Stakes) {
    self.changes = set
    self.stakes = stakes
    let users = records[.user].count
    territories = [Entry](repeating: Entry(), count: set.match.count + 3)
    self.users = [Entry](repeating: Entry(), count: users + 3)
    countBefore(records)
    for change in set.accounts where change.isCarriedOut { add(change) }
    for change in set.deals where !change.isHeld { add(change) }
  }

  private func place(_ code: Int32) -> Int {
    if code < 0 { return unassigned }
    return changes.scope?.holds(code: code) ?? true ? Int(code) : changes.match.count + 2
  }

  private func place(user: Int32) -> Int {
    if user < 0 { return users.count - 2 }
    return changes.scope?.holds(user: user) ?? true ? Int(user) : users.count - 1
  }

  private func place(_ owner: PlannedOwner) -> Int {
    if case .user(let user) = owner { return place(user: user) }
    return users.count - 3
  }

  private func revenue(_ account: Int) -> Int128 { stakes.recurringRevenue?[account] ?? 0 }

  /// What each has before; of remainders and of what is elsewhere nothing is counted but changes.
  private mutating func countBefore(_ records: RecordSet) {
    let held = changes.from.assignment.territoriesOfAccount
    let (scope, codes) = (changes.scope, changes.match.from)
    let owners = records[.account].references("OwnerId")
    for account in owners.indices {
      let revenue = revenue(account)
      let range = Int(held.starts[account])..<Int(held.starts[account + 1])
      func add(_ code: Int32) {
        guard scope?.holds(code: code) ?? true else { return }
        territories[Int(code)].accounts.before += 1
        territories[Int(code)].revenue.before += revenue
      }
      if range.count == 1 {
        add(codes[Int(held.targets[range.lowerBound])])
      } else if range.count > 1 {
        for code in changes.match.codes(from: held[account]) { add(code) }
      }
      if owners[account] >= 0, changes.scope?.holds(user: owners[account]) ?? true {
        users[Int(owners[account])].accounts.before += 1
        users[Int(owners[account])].revenue.before += revenue
      }
    }
    let deals = records[.opportunity]
    let dealOwners = deals.references("OwnerId")
    for deal in stakes.openDeals.lazy.map({ Int($0) }) where stakes.isOpenBooking[deal] {
      let (value, weighted) = (
        stakes.value(ofDeal: deal), stakes.weightedNumerator(ofDeal: deal)
      )
      let code = changes.match.code(from: changes.from.assignment.territoryOfDeal[deal])
      if code >= 0, changes.scope?.holds(code: code) ?? true {
        territories[Int(code)].deals.before += 1
        territories[Int(code)].open.before += value
        territories[Int(code)].weighted.before += weighted
      }
      let owner = dealOwners[deal]
      if owner >= 0, changes.scope?.holds(user: owner) ?? true {
        users[Int(owner)].deals.before += 1
        users[Int(owner)].open.before += value
        users[Int(owner)].weighted.before += weighted
      }
    }
  }

  private mutating func add(_ change: AccountChange) {
    let account = Int(change.account)
    let revenue = revenue(account)
    if change.isMoved {
      let before = changes.match.codes(from: changes.from.assignment.territoriesOfAccount[account])
      let after = changes.match.codes(to: changes.to.assignment.territoriesOfAccount[account])
      for code in before where !after.contains(code) { lose(place(code), 1, revenue) }
      for code in after where !before.contains(code) { gain(place(code), 1, revenue) }
      if before.isEmpty { lose(unassigned, 1, revenue) }
      if after.isEmpty { gain(unassigned, 1, revenue) }
      // An account counts in each of its territories, which the remainder makes good.
      let further = max(0, after.count - 1) - max(0, before.count - 1)
      if further > 0 { lose(several, further, revenue * Int128(further)) }
      if further < 0 { gain(several, -further, revenue * Int128(-further)) }
    }
    if let owner = change.newOwner {
      let (from, to) = (place(user: change.owner), place(owner))
      users[from].accounts.lost += 1
      users[from].revenue.lost += revenue
      users[to].accounts.gained += 1
      users[to].revenue.gained += revenue
    }
  }

  private mutating func lose(_ place: Int, _ count: Int, _ revenue: Int128) {
    territories[place].accounts.lost += count
    territories[place].revenue.lost += revenue
  }

  private mutating func gain(_ place: Int, _ count: Int, _ revenue: Int128) {
    territories[place].accounts.gained += count
    territories[place].revenue.gained += revenue
  }

  private mutating func add(_ change: DealChange) {
    let deal = Int(change.deal)
    guard stakes.isOpenBooking[deal] else { return }
    let (value, weighted) = (stakes.value(ofDeal: deal), stakes.weightedNumerator(ofDeal: deal))
    if change.isMoved {
      ChangeTotals.move(
        value, weighted, &territories, from: place(changes.match.code(from: change.from)),
        to: place(changes.match.code(to: change.to)))
    }
    if let owner = change.newOwner, change.isHandedOver {
      ChangeTotals.move(value, weighted, &users, from: place(user: change.owner), to: place(owner))
    }
  }

  private static func move(
    _ value: Int128, _ weighted: Int128, _ entries: inout [Entry], from: Int, to: Int
  ) {
    entries[from].deals.lost += 1
    entries[from].open.lost += value
    entries[from].weighted.lost += weighted
    entries[to].deals.gained += 1
    entries[to].open.gained += value
    entries[to].weighted.gained += weighted
  }
}
