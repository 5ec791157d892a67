import Metrics
import Records

extension ComparedModel.Disruption {
  /// What a change set moves; what is held out does not move.
  ///
  /// - Parameters:
  ///   - set: what changes hands when the model takes the place of the active one.
  ///   - stakes: what is at stake with accounts and deals.
  public init(_ set: ChangeSet, stakes: Stakes) {
    let accounts = set.accounts.filter { $0.isMoved && $0.isCarriedOut }
    let deals = set.deals.filter { $0.isMoved && !$0.isHeld }
    self.init(
      accounts: accounts.count,
      recurringRevenue: stakes.recurringRevenue.map { revenue in
        accounts.reduce(0) { $0 + revenue[Int($1.account)] }
      },
      deals: deals.count,
      openAmount: deals.reduce(0) { sum, change in
        stakes.isOpenBooking[Int(change.deal)]
          ? sum + stakes.value(ofDeal: Int(change.deal)) : sum
      })
  }
}
