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
  /// An account that stays keeps its owner; whom the
  /// others get, the role of their territory's users says.
  public var accounts: MetricTable {
    let (accounts, users) = (records[.account], records[.user])
    let owners = accounts.references("OwnerId")
    let moving = Set(proposal.moves.flatMap(\.accounts))
    let pairs = proposal.assigned
    return MetricTable(
      name: "plan", grain: "an account and a territory of the plan",
      columns: [
        MetricColumn(
          name: "AccountId", title: "Account Id", unit: .id(.account),
          cells: .text(pairs.map { accounts.id(Int($0.account)) })),
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(pairs.map { model.tree.developerNames[Int($0.territory)] })),
        MetricColumn(
          name: "owner", title: "Owner", unit: .text,
          cells: .text(
            pairs.map { pair in
              let owner = owners[Int(pair.account)]
              return owner < 0 || moving.contains(pair.account) ? nil : users.id(Int(owner))
            })),
      ])
  }

  /// The users of every territory, as the model has them.
  public var users: MetricTable {
    let users = records[.user]
    let members = model.members.enumerated().flatMap { territory, members in
      members.map { (territory: territory, member: $0) }
    }
    return MetricTable(
      name: "planned_users", grain: "a territory and a user of it",
      columns: [
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(members.map { model.tree.developerNames[$0.territory] })),
        MetricColumn(
          name: "user", title: "User", unit: .text,
          cells: .text(members.map { users.id(Int($0.member.user)) })),
        MetricColumn(
          name: "role", title: "Role", unit: .text, cells: .text(members.map(\.member.role))),
      ])
  }
}
