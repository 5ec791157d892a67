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
  private let statuses: [Int32]
  /// 1 for each status that does not count.
  private let excluded: [UInt8]

  init(_ table: Table, _ values: [Int64], excluding statuses: [String]) {
    self.table = table
    self.values = values
    accounts = table.references("AccountId")
    starts = table.days("StartDate")
    ends = table.days("EndDate")
    let categories = table.categories("Status")
    let names = Set(statuses.map { $0.lowercased() })
    self.statuses = categories.codes
    excluded = categories.values.map { names.contains($0.lowercased()) ? 1 : 0 }
  }

  /// Whether the configuration leaves a row out.
  func isExcluded(_ row: Int) -> Bool { statuses[row] >= 0 && excluded[Int(statuses[row])] == 1 }

  func flaw(_ row: Int) -> Flaw? {
    if accounts[row] < 0 { return .account }
    if starts[row] == Day.null { return .start }
    return values[row] == Exact.null ? .value : nil
  }

  /// The rows that cannot count; those whose amount could not be converted have findings already.
  func findings(withoutAmount unconverted: Set<Int32>) -> FindingLog {
    var findings = FindingLog()
    for row in 0..<table.count {
      guard let flaw = flaw(row), !isExcluded(row) else { continue }
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
