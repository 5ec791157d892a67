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

  private struct Subject: Hashable {
    let kind: ConflictKind
    let deal: Int32
    let account: Int32
    let lead: Int32
  }

  /// - Parameters:
  ///   - before: the conflicts before.
  ///   - after: the conflicts under the model to come, once all that is to be loaded is loaded.
  ///   - set: the change set between the two; in a part of one, only what its reader may see.
  public init(before: [Conflict], after: [Conflict], _ set: ChangeSet) {
    func subject(_ conflict: Conflict) -> Subject {
      Subject(
        kind: conflict.kind, deal: conflict.deal, account: conflict.account,
        lead: conflict.lead)
    }
    let deals = set.scope.map { scope in
      { (conflict: Conflict, code: Int32) -> Bool in
        scope.holds(code: code) || scope.holds(user: conflict.owner)
          || (conflict.deal < 0 && set.sees(account: conflict.account))
      }
    }
    func entry(_ state: State, _ conflict: Conflict, _ code: Int32) -> Entry? {
      guard deals?(conflict, code) ?? true else { return nil }
      return Entry(state: state, conflict: conflict, territory: code)
    }
    let (known, coming) = (Set(before.map(subject)), Set(after.map(subject)))
    entries =
      after.filter { !known.contains(subject($0)) }
      .compactMap { entry(.new, $0, set.match.code(to: $0.territory)) }
      + after.filter { known.contains(subject($0)) }
      .compactMap { entry(.stays, $0, set.match.code(to: $0.territory)) }
      + before.filter { !coming.contains(subject($0)) }
      .compactMap { entry(.resolved, $0, set.match.code(from: $0.territory)) }
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
