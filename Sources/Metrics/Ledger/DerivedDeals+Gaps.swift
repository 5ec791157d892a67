import Records

extension DerivedDeals {
  /// What deals lack that some figures need: an account, a close date.
  static func gaps(_ records: RecordSet, values: [Int64]) -> FindingLog {
    let deals = records[.opportunity]
    let accounts = deals.references("AccountId")
    let closeDates = deals.days("CloseDate")
    let isClosed = deals.flags("IsClosed")
    var (withoutAccount, closed, open) = (Gap(), Gap(), Gap())
    for row in 0..<deals.count where accounts[row] < 0 || closeDates[row] == Day.null {
      if accounts[row] < 0 { withoutAccount.add(row, values) }
      guard closeDates[row] == Day.null else { continue }
      if isClosed[row] == 1 { closed.add(row, values) } else { open.add(row, values) }
    }
    var findings = FindingLog()
    withoutAccount.report(
      deals, code: "deal-without-account", severity: .notice, what: "without an account",
      done: "they count in every total and in segment (unknown), and in no family",
      suggestion: "name their accounts in the CRM", to: &findings)
    closed.report(
      deals, code: "closed-deal-without-date", severity: .warning,
      what: "closed without a close date", done: "they count in no period",
      suggestion: "fill in their close dates in the CRM", to: &findings)
    open.report(
      deals, code: "open-deal-without-date", severity: .notice,
      what: "open without a close date", done: "they count as open and are due in no period",
      suggestion: "fill in their close dates in the CRM", to: &findings)
    return findings
  }

  /// Deals that lack the same.
  private struct Gap {
    var count = 0
    var sum: Int128 = 0
    var first: [Int] = []

    mutating func add(_ row: Int, _ values: [Int64]) {
      count += 1
      if values[row] != Exact.null { sum += Int128(values[row]) }
      if first.count < FindingLog.placesKept { first.append(row) }
    }

    func report(
      _ deals: Table, code: String, severity: Finding.Severity, what: String, done: String,
      suggestion: String, to findings: inout FindingLog
    ) {
      guard count > 0 else { return }
      let places = first.compactMap(deals.sources.position)
      let subject = count == 1 ? "1 deal is" : "\(count) deals are"
      findings.add(
        Finding(
          code: code, severity: severity, at: places.first,
          what: "\(subject) \(what), worth \(Exact.text(sum, places: 2)) in all", done: done,
          suggestion: suggestion),
        count: count, places: places)
    }
  }
}
