import Records

extension DimensionBinder {
  /// Owners and territories of deals when they closed.
  func atClose(_ dimension: Dimension, _ space: QueryPlan.Space) -> Bound {
    let isOwner = dimension == .ownerAtClose
    let members =
      isOwner
      ? Members(records: ledger.records[.user]) { [ledger] in ledger.order(of: .user) }
      : Members(territories: ledger.assignment.model)
    var codes: [Fact: RowCodes] = [:]
    for fact in space.facts {
      if fact == .quotas {
        codes[fact] = RowCodes(
          path: path(fact, DimensionFields.reference(dimension, fact)), codes: nil,
          missing: members.unknown)
        continue
      }
      let history = ledger.dealHistory
      codes[fact] = RowCodes(
        path: fact == .opportunities ? [] : path(fact, ["OpportunityId"]),
        codes: (isOwner ? history.owners : history.territories).value.members,
        missing: members.unknown)
    }
    return Bound(dimension: dimension, members: members, codes: codes)
  }
}
