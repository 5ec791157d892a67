import Records

extension SimulatedAssignment {
  /// Who would hold what, as metrics take it.
  ///
  /// Deals go to a territory of their account by the default rule: the one of the highest type
  /// priority, none where several have it. A deal that the CRM keeps out of that rule stays in its
  /// own territory, or in what that becomes by its developer name or by the crosswalk; so do all
  /// where deals do not look at their account.
  ///
  /// - Parameters:
  ///   - records: the export.
  ///   - dealRule: where a deal without a territory of its own looks for one.
  ///   - crosswalk: what becomes of territories.
  ///   - threads: how many threads to use; the assignment does not depend on it.
  /// - Returns: the assignment, its territories by their indices in the model.
  public func assignment(
    of records: RecordSet, dealRule: Assignment.DealRule = .recordOrAccount,
    crosswalk: Crosswalk = Crosswalk(), threads: Int = 1
  ) -> Assignment {
    let members = model.members.enumerated().flatMap { territory, members in
      members.map { (source: Int32(territory), target: $0.user) }
    }
    func assignment(_ territoryOfDeal: [Int32]) -> Assignment {
      Assignment(
        model: model.tree, territoriesOfAccount: territoriesOfAccount,
        territoryOfDeal: territoryOfDeal,
        usersOfTerritory: Adjacency(sources: model.tree.count, pairs: members),
        coversAccounts: true,
        successors: model.tree.successors(in: records, crosswalk, byKey: true),
        dealRule: dealRule)
    }
    let bare = assignment([])
    let deals = records[.opportunity]
    let (own, accounts) = (deals.references("Territory2Id"), deals.references("AccountId"))
    let isExcluded = deals.flags("IsExcludedFromTerritory2Filter")
    return assignment(
      Parallel.rows(deals.count, threads: threads) { deal in
        let isKept = isExcluded[deal] == 1 || dealRule == .record
        return bare.territory(
          own: isKept ? own[deal] : Reference.null, account: accounts[deal],
          isExcluded: isExcluded[deal] == 1)
      })
  }
}
