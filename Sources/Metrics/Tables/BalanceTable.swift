import Records

/// Standard table `balance`.
///
/// Grain: one row per measure: accounts, open pipeline, and quota of the fiscal year where any is
/// known. Compared are the leaf territories of one type, the one of which there are most; vacant
/// ones count with nothing, catch-all ones are left out, and so is from quota a territory without.
struct BalanceTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] {
    [
      Query(metrics: ["open_amount", "accounts"], by: [.territory], scope: scope),
      Query(
        metrics: ["quota"], by: [.territory], period: .fiscalYear(offset: 0), scope: scope),
    ]
  }

  private struct Row {
    let measure: String
    let unit: Unit
    /// Parts of a unit that one of the distribution's integers is.
    let scale: Int128
    let territories: Int
    let spread: Distribution
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let rows = rows(answers, engine, scope)
    var table = TableColumns(engine.catalogue)
    table.text(
      "measure", "Measure", rows.map(\.measure),
      labels: ["accounts": "Accounts", "open_pipeline": "Open pipeline", "quota": "Quota"])
    table.count(
      "territories", "Territories", rows.map { Int128($0.territories) },
      "Number of leaf territories compared.")
    table.mixed(
      "total", "Total",
      rows.map { (Ratio($0.spread.sum, over: $0.scale), $0.unit == .money ? .money : .count) },
      "Sum over the territories.")
    table.mixed(
      "mean", "Mean",
      rows.map { row in
        let mean = row.spread.mean
        return (Ratio(mean.numerator, over: mean.denominator * row.scale), row.unit)
      }, "Mean of the territories.")
    table.rate(
      "cv", "Coefficient of variation", rows.map(\.spread.variation),
      "Standard deviation of the territories divided by their mean.")
    table.rate(
      "gini", "Gini", rows.map(\.spread.gini),
      "Gini coefficient of the territories: 0 is even, near 1 is all in one.")
    table.rate(
      "max_min_ratio", "Largest to smallest", rows.map(\.spread.extremes),
      "The largest territory divided by the smallest.")
    table.rate(
      "within_15_percent", "Within 15 % of the mean", rows.map(\.spread.withinFifteenPercent),
      "Share of the territories that lie within 15 % of the mean.")
    return MetricTable(
      name: StandardTable.balance.rawValue, grain: StandardTable.balance.grain,
      columns: table.columns,
      notes: engine.ledger.assignment.model == nil
        ? ["The export has no territory model, so there are no rows."]
        : engine.ledger.assignment.coversAccounts
          ? []
          : [
            "The export does not say which accounts are in which territory, so accounts are left out."
          ])
  }

  private func rows(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> [Row] {
    let leaves = leaves(engine, scope)
    guard !leaves.isEmpty else { return [] }
    func row(_ measure: String, _ unit: Unit, _ scale: Int128, _ values: [Int128]) -> Row {
      Row(
        measure: measure, unit: unit, scale: scale, territories: values.count,
        spread: Distribution(values))
    }
    var rows: [Row] = []
    if engine.ledger.assignment.coversAccounts {
      let accounts = answers[0].amounts("accounts")
      rows.append(row("accounts", .mean, 1, leaves.map { accounts[$0] }))
    }
    if engine.ledger.records.has(.opportunity) {
      let open = answers[0].amounts("open_amount")
      rows.append(row("open_pipeline", .money, Int128(Exact.scale), leaves.map { open[$0] }))
    }
    let quotas = answers[1].cells("quota", at: leaves)
    if case .money(let cells) = quotas, cells.contains(where: { $0 != nil }) {
      rows.append(row("quota", .money, Int128(Exact.scale), cells.compactMap { $0 }))
    }
    return rows
  }

  /// The territories without any below them, of the type that most of them have (then of the highest
  /// priority, then the first by Id), in scope and none a catch-all.
  func leaves(_ engine: LocalEngine, _ scope: Scope) -> [Int] {
    guard let model = engine.ledger.assignment.model else { return [] }
    let isCatchAll = engine.coverage.catchAlls.value.value
    let inside = engine.scopes.territories(scope)
    var byType: [String: [Int]] = [:]
    for index in 0..<model.count
    where model.forest.ends[index] - model.forest.positions[index] == 1 && !isCatchAll[index] {
      byType[model.typeKeys[index], default: []].append(index)
    }
    let table = engine.ledger.records[.territoryType]
    // A type that stands in files only has no Id.
    let ids = Dictionary(
      (0..<table.count).map { (table.key($0), table.id($0)) }, uniquingKeysWith: { one, _ in one })
    func id(_ type: String) -> String { ids[type] ?? type }
    func priority(_ leaves: [Int]) -> Int64 { leaves.first.map { model.priorities[$0] } ?? 0 }
    let most = byType.min { left, right in
      if left.value.count != right.value.count { return left.value.count > right.value.count }
      let (one, other) = (priority(left.value), priority(right.value))
      if one != other { return one > other }
      return id(left.key).utf8.lexicographicallyPrecedes(id(right.key).utf8)
    }
    return (most?.value ?? []).filter { inside == nil || inside?[$0] == 1 }
  }
}
