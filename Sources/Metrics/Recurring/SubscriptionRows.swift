import Records

/// The rows of the table of subscriptions, and which of them cannot count.
struct SubscriptionRows: Sendable {
  /// What keeps a subscription out of recurring revenue.
  enum Flaw: CaseIterable {
    case account, start, value
  }

  let accounts: [Int32]
  let starts: [Int32]
  let ends: [Int32]
  /// Monthly values in corporate currency.
  let values: [Int64]
  private let table: Table

  init(_ table: Table, _ values: [Int64]) {
    self.table = table
    self.values = values
    accounts = table.references("AccountId")
    starts = table.days("StartDate")
    ends = table.days("EndDate")
  }

  func flaw(_ row: Int) -> Flaw? {
    if accounts[row] < 0 { return .account }
    if starts[row] == Day.null { return .start }
    return values[row] == Exact.null ? .value : nil
  }

  /// The rows that cannot count; those whose amount could not be converted have findings already.
  func findings(withoutAmount unconverted: Set<Int32>) -> FindingLog {
    var findings = FindingLog()
    for row in 0..<table.count {
      guard let flaw = flaw(row) else { continue }
      if flaw == .value, unconverted.contains(Int32(row)) { continue }
      findings.add(SubscriptionRows.finding(flaw).located(table.sources.position(of: row)))
    }
    return findings
  }

  private static func finding(_ flaw: Flaw) -> Finding {
    let done = "it is left out of recurring revenue"
    switch flaw {
    case .account:
      return Finding(
        code: "subscription-account-absent", severity: .warning,
        what: "a subscription names no account that the export holds", done: done,
        suggestion: "export the account too, or correct the subscription's account")
    case .start:
      return Finding(
        code: "subscription-without-start", severity: .warning,
        what: "a subscription has no first day", done: done,
        suggestion: "fill in its start date in the CRM")
    case .value:
      return Finding(
        code: "subscription-without-value", severity: .warning,
        what: "a subscription has no value", done: done,
        suggestion: "fill in its value in the CRM, or name its status under subscriptions:"
          + " exclude_status")
    }
  }
}
