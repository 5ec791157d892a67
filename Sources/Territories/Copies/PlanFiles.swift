import Metrics
import Records

/// The tables of a planned model: which account is in which territory, and who works where.
enum PlanFiles {
  /// An account, its territory, and its owner where the plan names one.
  struct Row {
    let account: Int32
    let territory: Int32
    /// nil: whom the roles of planned users say.
    let owner: Int32?
  }

  /// `plan.csv`, in the order of the rows.
  static func accounts(_ rows: [Row], of model: ResolvedModel, _ records: RecordSet) -> MetricTable
  {
    let (accounts, users) = (records[.account], records[.user])
    return table(
      "plan", "an account and a territory of the plan",
      [
        ("AccountId", "Account Id", .id(.account), rows.map { accounts.id(Int($0.account)) }),
        (
          "territory", "Territory", .text,
          rows.map { model.tree.developerNames[Int($0.territory)] }
        ),
        ("owner", "Owner", .id(.user), rows.map { row in row.owner.map { users.id(Int($0)) } }),
      ])
  }

  /// `planned_users.csv`, by names and Ids, so that a copy of a copy is the same, wherever its
  /// territories stood.
  static func users(_ model: ResolvedModel, _ records: RecordSet) -> MetricTable {
    let users = records[.user]
    let rows = model.members.enumerated().flatMap { territory, members in
      members.map {
        [model.tree.developerNames[territory], users.id(Int($0.user)), $0.role ?? ""]
      }
    }.sorted { $0.lexicographicallyPrecedes($1) }
    return table(
      "planned_users", "a territory and a user of it",
      [
        ("territory", "Territory", .text, rows.map { $0[0] }),
        ("user", "User", .id(.user), rows.map { $0[1] }),
        ("role", "Role", .text, rows.map { $0[2].isEmpty ? nil : $0[2] }),
      ])
  }

  private static func table(
    _ name: String, _ grain: String, _ columns: [(String, String, Unit, [String?])]
  ) -> MetricTable {
    MetricTable(
      name: name, grain: grain,
      columns: columns.map { name, title, unit, cells in
        MetricColumn(name: name, title: title, unit: unit, cells: .text(cells))
      })
  }
}
