import Records

/// Who holds what under a model: one side of a change set.
public struct Holdings: Sendable {
  public let model: ResolvedModel
  /// Accounts, deals and users by the indices of `model.tree`.
  public let assignment: Assignment
  /// What the rules were found to give; nil where the export states who holds what.
  public let simulated: SimulatedAssignment?
  /// Whether the assignment is the export's own as it stands.
  public let isAsExported: Bool

  /// What a model would hold.
  ///
  /// - Parameters:
  ///   - simulated: which accounts it would hold, and why.
  ///   - assignment: the same with deals and users, by the same indices.
  public init(_ simulated: SimulatedAssignment, assignment: Assignment) {
    model = simulated.model
    self.assignment = assignment
    self.simulated = simulated
    isAsExported = false
  }

  /// What the export states of its active model.
  ///
  /// - Parameters:
  ///   - model: the active model.
  ///   - assignment: the export's own, whose model may have its territories in another order.
  public init(stated model: ResolvedModel, assignment: Assignment) {
    self.model = model
    simulated = nil
    guard let own = assignment.model, own.rows != model.tree.rows else {
      self.assignment = assignment
      isAsExported = true
      return
    }
    isAsExported = false
    let indices = own.rows.map { $0 < 0 ? -1 : model.tree.indexOfRow[Int($0)] }
    func index(_ territory: Int32) -> Int32 {
      territory < 0 ? territory : indices[Int(territory)]
    }
    let (held, members) = (assignment.territoriesOfAccount, assignment.usersOfTerritory)
    let accounts = held.starts.count - 1
    self.assignment = Assignment(
      model: model.tree,
      territoriesOfAccount: Adjacency(sources: accounts) { account, targets in
        let start = targets.count
        for territory in held[account] where index(territory) >= 0 {
          targets.append(index(territory))
        }
        targets[start...].sort()
      },
      territoryOfDeal: assignment.territoryOfDeal.map(index),
      usersOfTerritory: Adjacency(
        sources: model.tree.count,
        pairs: (0..<own.count).flatMap { territory in
          members[territory].map { (source: index(Int32(territory)), target: $0) }
        }),
      coversAccounts: assignment.coversAccounts,
      successors: assignment.successors.map(index), dealRule: assignment.dealRule)
  }

  /// Why an account is in a territory; nil where nobody says.
  public func cause(account: Int, territory: Int32) -> AssignmentCause? {
    if let simulated { return simulated.cause(account: account, territory: territory) }
    return isStatedManual(AccountTerritory(account: Int32(account), territory: territory))
      ? .manual : nil
  }

  /// Whether the export says that a person put an account into a territory.
  func isStatedManual(_ pair: AccountTerritory) -> Bool {
    let stated = model.associations
    var (low, high) = (0, stated.count)
    while low < high {
      let middle = (low + high) / 2
      if stated[middle].pair < pair { low = middle + 1 } else { high = middle }
    }
    while low < stated.count, stated[low].pair == pair {
      if stated[low].isManual { return true }
      low += 1
    }
    return false
  }

  /// Whether a user works in a territory, or in one above it where that counts.
  func holds(_ user: Int32, _ territory: Int32, countsAncestors: Bool) -> Bool {
    var place = territory
    while place >= 0 {
      if assignment.usersOfTerritory[Int(place)].contains(user) { return true }
      guard countsAncestors else { return false }
      place = model.tree.forest.parents[Int(place)]
    }
    return false
  }
}
