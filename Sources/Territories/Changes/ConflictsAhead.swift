import Metrics
import Records

/// The conflicts before and after a change set, side by side.
public struct ConflictsAhead: Sendable {
  /// What becomes of a conflict.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// It arises.
    case new
    /// It is there before and afterwards.
    case stays
    /// It is gone afterwards.
    case resolved
  }

  /// A conflict and what becomes of it.
  public struct Entry: Sendable {
    public let state: State
    public let conflict: Conflict
    /// Code of the territory of a deal's conflict, -1 where there is none.
    public let territory: Int32
  }

  /// By state, then in the order of the table `conflicts`.
  public let entries: [Entry]

  /// - Parameters:
  ///   - before: the conflicts before.
  ///   - after: the conflicts under the model to come, once all that is to be loaded is loaded.
  ///   - set: the change set between the two; in a part of one, only what its reader may see.
  public init(before: [Conflict], after: [Conflict], _ set: ChangeSet) {
    let (known, coming) = (ConflictMarks(before), ConflictMarks(after))
    func isSeen(_ conflict: Conflict, _ code: Int32) -> Bool {
      guard let scope = set.scope else { return true }
      return scope.holds(code: code) || scope.holds(user: conflict.owner)
        || (conflict.deal < 0 && set.sees(account: conflict.account))
    }
    var (new, staying, resolved): ([Entry], [Entry], [Entry]) = ([], [], [])
    staying.reserveCapacity(min(before.count, after.count))
    for conflict in after {
      let code = set.match.code(to: conflict.territory)
      guard isSeen(conflict, code) else { continue }
      if known.hold(conflict) {
        staying.append(Entry(state: .stays, conflict: conflict, territory: code))
      } else {
        new.append(Entry(state: .new, conflict: conflict, territory: code))
      }
    }
    for conflict in before where !coming.hold(conflict) {
      let code = set.match.code(from: conflict.territory)
      guard isSeen(conflict, code) else { continue }
      resolved.append(Entry(state: .resolved, conflict: conflict, territory: code))
    }
    entries = new + staying + resolved
  }
}

/// Which deals, accounts and leads are in a conflict of each kind: a bit a kind.
private struct ConflictMarks {
  private var deals: [UInt8]
  private var accounts: [UInt8]
  private var leads: [UInt8]

  init(_ conflicts: [Conflict]) {
    var (deals, accounts, leads): (Int32, Int32, Int32) = (-1, -1, -1)
    for conflict in conflicts {
      deals = max(deals, conflict.deal)
      accounts = max(accounts, conflict.account)
      leads = max(leads, conflict.lead)
    }
    self.deals = [UInt8](repeating: 0, count: Int(deals) + 1)
    self.accounts = [UInt8](repeating: 0, count: Int(accounts) + 1)
    self.leads = [UInt8](repeating: 0, count: Int(leads) + 1)
    for conflict in conflicts { mark(conflict) }
  }

  /// A conflict is of a deal or of a lead, whose accounts do not change, else of an account.
  private mutating func mark(_ conflict: Conflict) {
    let bit = ConflictMarks.bit(conflict.kind)
    if conflict.deal >= 0 {
      deals[Int(conflict.deal)] |= bit
    } else if conflict.lead >= 0 {
      leads[Int(conflict.lead)] |= bit
    } else if conflict.account >= 0 {
      accounts[Int(conflict.account)] |= bit
    }
  }

  /// Whether there is a conflict of the same kind about the same record.
  func hold(_ conflict: Conflict) -> Bool {
    let bit = ConflictMarks.bit(conflict.kind)
    func holds(_ marks: [UInt8], _ row: Int32) -> Bool {
      Int(row) < marks.count && marks[Int(row)] & bit != 0
    }
    if conflict.deal >= 0 { return holds(deals, conflict.deal) }
    if conflict.lead >= 0 { return holds(leads, conflict.lead) }
    return conflict.account >= 0 && holds(accounts, conflict.account)
  }

  private static func bit(_ kind: ConflictKind) -> UInt8 {
    switch kind {
    case .ownerOutside: 1
    case .dealElsewhere: 2
    case .accountOwnerOutside: 4
    case .twoTerritories: 8
    case .splitFamily: 16
    case .leadElsewhere: 32
    case .inactiveOwner: 64
    }
  }
}

extension ChangeSet {
  /// Who holds what afterwards, with hold-outs where they are, as an engine takes it.
  public var assignmentAfterwards: Assignment {
    let held = Set(accounts.filter(\.isHeld).map(\.account))
    guard !held.isEmpty else { return to.assignment }
    // A hold-out stays in those of its territories that the model to come still has.
    var places = [Int32](repeating: -1, count: match.count)
    for (index, code) in match.to.enumerated() { places[Int(code)] = Int32(index) }
    let (before, after) = (from.assignment, to.assignment)
    var territoryOfDeal = after.territoryOfDeal
    for change in deals where change.isHeld && change.isMoved {
      let code = match.code(from: change.from)
      territoryOfDeal[Int(change.deal)] = code < 0 ? change.from : places[Int(code)]
    }
    return Assignment(
      model: after.model,
      territoriesOfAccount: Adjacency(sources: after.territoriesOfAccount.starts.count - 1) {
        account, targets in
        guard held.contains(Int32(account)) else {
          targets += after.territoriesOfAccount[account]
          return
        }
        let start = targets.count
        for code in match.codes(from: before.territoriesOfAccount[account])
        where places[Int(code)] >= 0 { targets.append(places[Int(code)]) }
        targets[start...].sort()
      },
      territoryOfDeal: territoryOfDeal, usersOfTerritory: after.usersOfTerritory,
      coversAccounts: after.coversAccounts, successors: after.successors,
      dealRule: after.dealRule)
  }

  /// The records with the owners that they have afterwards; who is to be named is nobody yet.
  public func recordsAfterwards(_ records: RecordSet) -> RecordSet {
    var records = records
    func owner(_ owner: PlannedOwner) -> Int32 {
      if case .user(let user) = owner { return user }
      return Reference.null
    }
    func change(_ entity: Entity, _ changes: [(row: Int32, owner: PlannedOwner)]) {
      guard !changes.isEmpty, var table = records.tables[entity] else { return }
      var owners = table.references("OwnerId")
      for change in changes { owners[Int(change.row)] = owner(change.owner) }
      table.columns["OwnerId"] = .references(owners)
      records.tables[entity] = table
    }
    change(.lead, leads.map { ($0.row, $0.newOwner) })
    change(.account, accounts.compactMap { row in row.newOwner.map { (row.account, $0) } })
    change(
      .opportunity,
      deals.compactMap { row in
        row.isHandedOver ? row.newOwner.map { (row.deal, $0) } : nil
      })
    return records
  }
}
