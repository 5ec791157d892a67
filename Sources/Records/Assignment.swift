/// Who holds what: accounts, deals and users joined to the territories of one model.
///
/// An assignment is an input of every computation, which never asks whether it came from the
/// export, from history or from a simulated model.
public struct Assignment: Sendable {
  /// The model; nil where the export has no territories.
  public let model: TerritoryModel?
  /// For each account row the territories (indices of the model) it is assigned to.
  public let territoriesOfAccount: Adjacency
  /// For each deal row its one territory: an index of the model, or a value of `NoTerritory`.
  public let territoryOfDeal: [Int32]
  /// For each territory the user rows that are active members.
  public let usersOfTerritory: Adjacency
  /// Whether the source says anything about accounts: without it "unassigned" means nothing.
  public let coversAccounts: Bool
  /// For each row of the export's territories the index that it has, or came to have, in the model;
  /// -1 for none.
  public let successors: [Int32]
  /// Where a deal without a territory of its own looks for one.
  public let dealRule: DealRule

  /// Values of `territoryOfDeal` for a deal that is in no territory of the model.
  public enum NoTerritory {
    /// The deal is in no territory: member `(unassigned)`.
    public static let unassigned: Int32 = -1
    /// The deal names a territory of another model: member `(former territory)`.
    public static let former: Int32 = -2
  }

  /// Where a deal without a territory of its own looks for one.
  public enum DealRule: String, Sendable {
    case record
    case recordOrAccount = "record_or_account"
  }

  public init(
    model: TerritoryModel?, territoriesOfAccount: Adjacency, territoryOfDeal: [Int32],
    usersOfTerritory: Adjacency, coversAccounts: Bool, successors: [Int32]? = nil,
    dealRule: DealRule = .recordOrAccount
  ) {
    self.successors = successors ?? model?.indexOfRow ?? []
    self.dealRule = dealRule
    self.model = model
    self.territoriesOfAccount = territoriesOfAccount
    self.territoryOfDeal = territoryOfDeal
    self.usersOfTerritory = usersOfTerritory
    self.coversAccounts = coversAccounts
  }

  /// The assignment that the export states for its active model.
  ///
  /// - Parameters:
  ///   - records: the export.
  ///   - dealRule: where a deal without a territory of its own looks for one.
  ///   - crosswalk: what became of territories of other models.
  ///   - threads: how many threads to use; the assignment does not depend on it.
  public init(
    of records: RecordSet, dealRule: DealRule = .recordOrAccount,
    crosswalk: Crosswalk = Crosswalk(), threads: Int = 1
  ) {
    let model = TerritoryModel(activeIn: records)
    let indexOfRow = model?.indexOfRow ?? []
    func index(_ row: Int32) -> Int32 { row < 0 || indexOfRow.isEmpty ? -1 : indexOfRow[Int(row)] }

    let associations = records[.accountTerritory]
    let territoriesOfAccount = Adjacency(
      sources: records[.account].count, from: associations.references("ObjectId"),
      to: associations.references("Territory2Id").map(index))

    let memberships = records[.userTerritory]
    let isActive = memberships.flags("IsActive")
    let memberUsers = memberships.references("UserId")
    let memberTerritories = memberships.references("Territory2Id")
    let members = (0..<memberships.count).filter { isActive[$0] != 0 }
      .map { (source: index(memberTerritories[$0]), target: memberUsers[$0]) }

    let successors = model?.successors(in: records, crosswalk) ?? []
    self.init(
      model: model, territoriesOfAccount: territoriesOfAccount,
      territoryOfDeal: Assignment.territoriesOfDeals(
        records, model: model, successors: successors,
        territoriesOfAccount: territoriesOfAccount, rule: dealRule, threads: threads),
      usersOfTerritory: Adjacency(sources: model?.count ?? 0, pairs: members),
      coversAccounts: model != nil && records.has(.accountTerritory),
      successors: successors, dealRule: dealRule)
  }

  /// METRICS §1, "Territory of a deal": its own, else its account's by the default rule.
  private static func territoriesOfDeals(
    _ records: RecordSet, model: TerritoryModel?, successors: [Int32],
    territoriesOfAccount: Adjacency, rule: DealRule, threads: Int
  ) -> [Int32] {
    let deals = records[.opportunity]
    guard let model else {
      // What names a territory is not unassigned, though nothing is known of that territory.
      return deals.references("Territory2Id").map {
        $0 == Reference.null ? NoTerritory.unassigned : NoTerritory.former
      }
    }
    let byRule = Parallel.rows(records[.account].count, threads: threads) {
      highestPriority(among: territoriesOfAccount[$0], of: model)
    }
    let own = deals.references("Territory2Id")
    let isExcluded = deals.flags("IsExcludedFromTerritory2Filter")
    let accounts = deals.references("AccountId")
    return Parallel.rows(deals.count, threads: threads) { deal in
      let row = own[deal]
      if row >= 0 {
        let index = successors[Int(row)]
        return index >= 0 ? index : NoTerritory.former
      }
      if row == Reference.dangling { return NoTerritory.former }
      guard rule == .recordOrAccount, accounts[deal] >= 0, isExcluded[deal] != 1 else {
        return NoTerritory.unassigned
      }
      return byRule[Int(accounts[deal])]
    }
  }

  /// The one territory of the highest type priority; none where there is none or a tie.
  public static func highestPriority(
    among territories: ArraySlice<Int32>, of model: TerritoryModel
  ) -> Int32 {
    var best = NoTerritory.unassigned
    var bestPriority = Int64.min
    for territory in territories {
      let priority = model.priorities[Int(territory)]
      if priority > bestPriority {
        (best, bestPriority) = (territory, priority)
      } else if priority == bestPriority {
        best = NoTerritory.unassigned
      }
    }
    return best
  }
}
