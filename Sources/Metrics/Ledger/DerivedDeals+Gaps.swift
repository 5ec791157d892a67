import Records

extension DerivedDeals {
  /// What deals lack that some figures need: an account, a close date.
  static func gaps(_ records: RecordSet, values: [Int64]) -> FindingLog {
    let deals = records[.opportunity]
    let accounts = deals.references("AccountId")
    let closeDates = deals.days("CloseDate")
    let isClosed = deals.flags("IsClosed")
    var findings = FindingLog()
    add(
      rows: (0..<deals.count).filter { accounts[$0] < 0 }, of: deals, values: values,
      code: "deal-without-account", severity: .notice, what: "without an account",
      done: "they count in every total and in segment (unknown), and in no family",
      suggestion: "name their accounts in the CRM", to: &findings)
    let isUndated = closeDates.map { $0 == Day.null }
    add(
      rows: (0..<deals.count).filter { isUndated[$0] && isClosed[$0] == 1 }, of: deals,
      values: values, code: "closed-deal-without-date", severity: .warning,
      what: "closed without a close date", done: "they count in no period",
      suggestion: "fill in their close dates in the CRM", to: &findings)
    add(
      rows: (0..<deals.count).filter { isUndated[$0] && isClosed[$0] != 1 }, of: deals,
      values: values, code: "open-deal-without-date", severity: .notice,
      what: "open without a close date", done: "they count as open and are due in no period",
      suggestion: "fill in their close dates in the CRM", to: &findings)
    return findings
  }

  private static func add(
    rows: [Int], of deals: Table, values: [Int64], code: String, severity: Finding.Severity,
    what: String, done: String, suggestion: String, to findings: inout FindingLog
  ) {
    guard !rows.isEmpty else { return }
    let sum = rows.reduce(Int128(0)) { sum, row in
      values[row] == Exact.null ? sum : sum + Int128(values[row])
    }
    let places = rows.prefix(FindingLog.placesKept).compactMap(deals.sources.position)
    let subject = rows.count == 1 ? "1 deal is" : "\(rows.count) deals are"
    findings.add(
      Finding(
        code: code, severity: severity, at: places.first,
        what: "\(subject) \(what), worth \(Exact.text(sum, places: 2)) in all", done: done,
        suggestion: suggestion),
      count: rows.count, places: places)
  }
}
