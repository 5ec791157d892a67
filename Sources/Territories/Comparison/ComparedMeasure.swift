import Metrics
import Records

/// A figure by which models are compared: a row of the comparison.
struct ComparedMeasure: Sendable {
  let key: String
  let title: String
  let unit: Unit
  /// nil where the model or the export does not say.
  let value: @Sendable (ComparedModel) -> Ratio?

  init(
    _ key: String, _ title: String, _ unit: Unit,
    _ value: @escaping @Sendable (ComparedModel) -> Ratio?
  ) {
    self.key = key
    self.title = title
    self.unit = unit
    self.value = value
  }

  private static func whole(_ number: Int?) -> Ratio? { number.map { Ratio(Int128($0), over: 1) } }

  private static func money(_ amount: Int128?) -> Ratio? {
    amount.map { Ratio($0, over: Int128(Exact.scale)) }
  }

  /// Every row, in the order in which people read them.
  static let all: [ComparedMeasure] = size + held + balance + trouble + disruption

  private static let size: [ComparedMeasure] = [
    ComparedMeasure("territories", "Territories", .count) { whole($0.count) },
    ComparedMeasure("vacant_territories", "Vacant territories", .count) { compared in
      // Leaf territories are where people sell; those above them may stand empty.
      compared.model.knowsMembers
        ? whole(compared.leaves.count { compared.model.members[$0].isEmpty }) : nil
    },
    ComparedMeasure("users", "Users", .count) { compared in
      compared.model.knowsMembers
        ? whole(Set(compared.assignment.usersOfTerritory.targets).count) : nil
    },
  ]

  private static let held: [ComparedMeasure] = [
    ComparedMeasure("accounts", "Accounts", .count) {
      Ratio($0.figures.accounts - $0.figures.unassigned, over: 1)
    },
    ComparedMeasure("accounts_in_several", "Accounts in several territories", .count) {
      whole($0.accountsInSeveral)
    },
    ComparedMeasure("unassigned_accounts", "Unassigned accounts", .count) {
      Ratio($0.figures.unassigned, over: 1)
    },
    ComparedMeasure("undecided_accounts", "Accounts that rules cannot decide", .count) {
      whole($0.undecided)
    },
    ComparedMeasure("family_revenue", "Annual revenue of families, consolidated", .money) {
      money($0.figures.heldFamilyRevenue)
    },
    ComparedMeasure("arr", "Recurring revenue a year", .money) {
      $0.figures.heldRecurringRevenue
    },
    ComparedMeasure("open_amount", "Open pipeline", .money) {
      $0.figures.sum("open_amount", count: $0.count)
    },
    ComparedMeasure("weighted_pipeline", "Weighted pipeline", .money) {
      $0.figures.sum("weighted_pipeline", count: $0.count)
    },
    ComparedMeasure("open_count", "Open deals", .count) {
      $0.figures.sum("open_count", count: $0.count)
    },
    ComparedMeasure("unassigned_open_amount", "Open pipeline in no territory", .money) {
      $0.figures.unassigned("open_amount")
    },
    ComparedMeasure("quota", "Quota of the fiscal year", .money) { $0.figures.quota },
  ]

  private static let balance: [ComparedMeasure] = [
    ("accounts", "accounts"), ("open_pipeline", "open pipeline"), ("quota", "quota"),
  ].flatMap { measure, name in
    [
      ("gini", "Gini"), ("cv", "Coefficient of variation"),
      ("within_15_percent", "Within 15 % of the mean"),
    ].map { column, title in
      ComparedMeasure("\(measure)_\(column)", "\(title) of \(name)", .rate) {
        $0.figures.spread(column, of: measure)
      }
    }
  }

  private static let trouble: [ComparedMeasure] =
    [
      ComparedMeasure("conflicts", "Conflicts", .count) { whole($0.figures.conflicts.rowCount) }
    ]
    + [
      ("C1", "Deal owners outside (C1)"), ("C2", "Deals elsewhere (C2)"),
      ("C3", "Account owners outside (C3)"), ("C4", "Two territories of one type (C4)"),
      ("C5", "Split families (C5)"), ("C6", "Leads of others' accounts (C6)"),
      ("C7", "Inactive owners (C7)"),
    ].map { kind, title in
      ComparedMeasure("conflicts_\(kind.lowercased())", title, .count) {
        whole($0.figures.conflicts(of: kind))
      }
    } + [
      ComparedMeasure("split_families", "Families over several territories", .count) {
        whole($0.figures.splitFamilies.rowCount)
      }
    ]

  private static let disruption: [ComparedMeasure] = [
    ComparedMeasure("moved_accounts", "Accounts that move", .count) {
      whole($0.disruption?.accounts)
    },
    ComparedMeasure("moved_arr", "Their recurring revenue a year", .money) {
      money($0.disruption?.recurringRevenue)
    },
    ComparedMeasure("moved_deals", "Open deals that move", .count) { whole($0.disruption?.deals) },
    ComparedMeasure("moved_open_amount", "Their open pipeline", .money) {
      money($0.disruption?.openAmount)
    },
  ]
}

extension ModelFigures {
  /// A figure of the remainder `(unassigned)`.
  func unassigned(_ column: String) -> Ratio? {
    guard let keys = territories["territory_id"], let column = territories[column] else {
      return nil
    }
    return (0..<territories.rowCount).first { keys.text($0) == "(unassigned)" }
      .flatMap { column.value($0) }
  }

  /// A figure of the table `balance`; nil where the measure has no row.
  func spread(_ column: String, of measure: String) -> Ratio? {
    guard let measures = balance["measure"], let column = balance[column] else { return nil }
    return (0..<balance.rowCount).first { measures.text($0) == measure }
      .flatMap { column.value($0) }
  }

  /// Rows of the table `conflicts` of one kind; nil where nobody looked for any.
  func conflicts(of kind: String) -> Int? {
    guard let kinds = conflicts["kind"], kind != "C6" || knowsLeads else { return nil }
    return (0..<conflicts.rowCount).count { kinds.text($0) == kind }
  }
}
