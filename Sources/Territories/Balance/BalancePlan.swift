import Metrics
import Records

/// A proposal as the files of a planned model: `plan.csv` and `planned_users.csv`.
public struct BalancePlan {
  private let proposal: BalanceProposal
  private let records: RecordSet
  private var model: ResolvedModel { proposal.study.today.model }

  public init(_ proposal: BalanceProposal, records: RecordSet) {
    self.proposal = proposal
    self.records = records
  }

  /// Every account of the model and its territory.
  ///
  /// An account that stays keeps its owner; whom the others get, the role of their territory's users
  /// says.
  public var accounts: MetricTable {
    let owners = records[.account].references("OwnerId")
    let moving = Set(proposal.moves.flatMap(\.accounts))
    return PlanFiles.accounts(
      proposal.assigned.map { pair in
        let owner = owners[Int(pair.account)]
        return PlanFiles.Row(
          account: pair.account, territory: pair.territory,
          owner: owner < 0 || moving.contains(pair.account) ? nil : owner)
      }, of: model, records)
  }

  /// The users of every territory, as the model has them.
  public var users: MetricTable { PlanFiles.users(model, records) }
}
