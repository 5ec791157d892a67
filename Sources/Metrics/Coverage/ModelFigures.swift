import Records

/// What the territories of one assignment hold, and how evenly: figures by which models are compared.
///
/// They are the standard tables and the built-in metrics under that assignment, computed by the same
/// engine as everything else.
public struct ModelFigures: Sendable {
  /// Standard table `territories`: its last rows are the territories of the model, in their order.
  public let territories: MetricTable
  public let balance: MetricTable
  public let conflicts: MetricTable
  public let splitFamilies: MetricTable
  public let unassignedAccounts: MetricTable
  /// Whether somebody looked for the accounts of leads, without which `conflicts` holds no C6.
  public let knowsLeads: Bool
  /// Accounts that stand, and those of them that are in no territory.
  public let accounts: Int128
  public let unassigned: Int128
  /// ARR by territory, then of accounts in none; nil where the export holds no subscriptions.
  public let recurringRevenue: [Ratio]?
  /// ARR of the accounts in at least one territory.
  public let heldRecurringRevenue: Ratio?
  /// Consolidated annual revenue of the families with an account in the territory, by territory, in
  /// 1/10,000 of a unit; nil where the export holds no annual revenue.
  public let familyRevenue: [Int128]?
  /// Consolidated annual revenue of the families with an account in at least one territory.
  public let heldFamilyRevenue: Int128?
  /// Quota of the fiscal year of the territories at the top: levels are never added.
  public let quota: Ratio?

  /// The value of a column of the territories in whole units, by territory of the model.
  public func values(_ column: String, count: Int) -> [Ratio?] {
    guard let column = territories[column] else { return Array(repeating: nil, count: count) }
    let first = max(0, territories.rowCount - count)
    return (0..<count).map { column.value(first + $0) }
  }

  /// The sum of an additive column over the territories of the model, remainders left out.
  public func sum(_ column: String, count: Int) -> Ratio? {
    var sum: Ratio?
    for value in values(column, count: count) {
      guard let value else { continue }
      sum = sum.map { $0.adding(value) } ?? value
    }
    return sum
  }
}

extension LocalEngine {
  /// The standard tables that models are compared by.
  public static let comparedTables: [StandardTable] = [
    .territories, .balance, .conflicts, .splitFamilies, .unassignedAccounts,
  ]

  /// The queries beside them.
  public static let comparedQueries: [Query] = [
    Query(metrics: ["accounts", "unassigned_accounts", "annual_revenue"]),
    Query(metrics: ["arr"], by: [.territory]), Query(metrics: ["arr"]),
    Query(metrics: ["quota"], period: .fiscalYear(offset: 0)),
  ]

  /// What the territories of the engine's assignment hold.
  ///
  /// - Throws: What keeps the engine from answering, such as an error in the configuration.
  public func modelFigures() throws(FindingsError) -> ModelFigures {
    let tables = try standardTables(LocalEngine.comparedTables, scope: .company)
    let answers = try answers(LocalEngine.comparedQueries)
    let model = ledger.assignment.model
    let count = model?.count ?? 0
    func total(_ metric: String, of answer: Answer) -> Ratio? {
      answer.space.count > 0 ? answer.values(metric)(0) : nil
    }
    let hasRevenue = ledger.recurring.isKnown
    let arr = answers[1].values("arr")
    let none = Ratio(0, over: 1)
    let byTerritory = hasRevenue ? (0...count).map { arr($0) ?? none } : nil
    let families = ledger.records[.account].columns["AnnualRevenue"] == nil ? nil : familyRevenue()
    return ModelFigures(
      territories: tables[0], balance: tables[1], conflicts: tables[2], splitFamilies: tables[3],
      unassignedAccounts: tables[4], knowsLeads: ledger.leadMatches.value != nil,
      accounts: total("accounts", of: answers[0])?.numerator ?? 0,
      unassigned: total("unassigned_accounts", of: answers[0])?.numerator ?? 0,
      recurringRevenue: byTerritory,
      heldRecurringRevenue: byTerritory.flatMap { parts in
        let rest = parts[count]
        return total("arr", of: answers[2])?
          .adding(Ratio(-rest.numerator, over: rest.denominator))
      },
      familyRevenue: families?.byTerritory, heldFamilyRevenue: families?.held,
      quota: total("quota", of: answers[3]))
  }

  /// Consolidated revenue of families, each once in every territory that holds an account of it.
  private func familyRevenue() -> (byTerritory: [Int128], held: Int128) {
    let forest = ledger.families.value.value
    let revenue = ledger.consolidatedRevenue.figures
    let assigned = ledger.assignment.territoriesOfAccount
    var byTerritory = [Int128](repeating: 0, count: ledger.assignment.model?.count ?? 0)
    var lastRoot = [Int32](repeating: -1, count: byTerritory.count)
    var held: Int128 = 0
    for root in 0..<forest.count where forest.parents[root] < 0 {
      var isHeld = false
      for account in forest.subtree(of: root) {
        for territory in assigned[Int(account)] where lastRoot[Int(territory)] != Int32(root) {
          lastRoot[Int(territory)] = Int32(root)
          byTerritory[Int(territory)] += revenue[root]
          isHeld = true
        }
      }
      if isHeld { held += revenue[root] }
    }
    return (byTerritory, held)
  }
}
