import Records

/// Consolidated revenue of each account with all below it: METRICS §1, families.
///
/// From the leaves up it is the larger of the account's own revenue and the sum of its children's.
struct ConsolidatedRevenue: Sendable {
  /// By row, in 1/10,000 of a unit.
  let figures: Integers

  /// - Parameters:
  ///   - ledger: the accounts.
  ///   - mask: 1 for each account that counts; nil: all do.
  init(_ ledger: Ledger, _ mask: [UInt8]?) {
    let forest = ledger.families.value.value
    let revenues = ledger.revenues.value.value.values
    if let narrow: [Int64] = ConsolidatedRevenue.figures(forest, revenues, mask) {
      figures = Integers(narrow)
    } else {
      let wide: [Int128]? = ConsolidatedRevenue.figures(forest, revenues, mask)
      figures = Integers(wide ?? [])
    }
  }

  func cells(at accounts: [Int]) -> NumberCells { figures.cells(at: accounts, defined: nil) }

  /// The figure of each account; nil where one does not fit the type.
  private static func figures<Value: FixedWidthInteger>(
    _ forest: Forest, _ revenues: [Int64], _ mask: [UInt8]?
  ) -> [Value]? {
    // Children come first and leave their sum, to which the account's own figure is then compared.
    var figures = [Value](repeating: 0, count: forest.count)
    for position in forest.order.indices.reversed() {
      let node = Int(forest.order[position])
      let isCounted = revenues[node] > 0 && (mask?[node] ?? 1) == 1
      if isCounted { figures[node] = max(Value(revenues[node]), figures[node]) }
      let parent = Int(forest.parents[node])
      guard parent >= 0 else { continue }
      let (sum, overflow) = figures[parent].addingReportingOverflow(figures[node])
      if overflow { return nil }
      figures[parent] = sum
    }
    return figures
  }
}
