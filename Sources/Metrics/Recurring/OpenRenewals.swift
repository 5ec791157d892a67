import Records

/// The months at whose end an account had an open renewal.
///
/// A renewal is a deal of the class `renewal`. At a month's end it was open if it had been created
/// and is still open today, or closed later.
struct OpenRenewals: Sendable {
  /// Days for which an expired subscription with an open renewal counts on.
  let grace: Int
  /// Spans of months of each account; one account's may overlap.
  private let spans: [Int32: [Range<Int>]]

  /// The spans of the months in some range, ascending and apart from each other.
  func spans(of account: Int32, in range: Range<Int>) -> [Range<Int>] {
    guard !range.isEmpty, let spans = spans[account] else { return [] }
    var found: [Range<Int>] = []
    for span in spans.map({ $0.clamped(to: range) }) where !span.isEmpty {
      if let last = found.last, span.lowerBound <= last.upperBound {
        found[found.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        found.append(span)
      }
    }
    return found
  }
}

extension OpenRenewals {
  /// Name of the class whose deals are renewals.
  static let className = "renewal"

  /// Finds the renewals of an export; nil where the configuration allows no grace.
  ///
  /// - Parameters:
  ///   - records: the export.
  ///   - settings: the days of grace.
  ///   - classes: the class of each deal; nil where none are configured.
  /// - Returns: the renewals, and a finding where no class says which deals they are.
  static func find(
    _ records: RecordSet, _ settings: MetricSettings, classes: () -> Ledger.Labels?
  ) -> Ledger.Derived<OpenRenewals?> {
    guard settings.renewalGrace > 0 else { return Ledger.Derived(value: nil) }
    guard let classes = classes(),
      let code = classes.names.firstIndex(where: { $0.lowercased() == className })
    else {
      var findings = FindingLog()
      findings.add(
        Finding(
          code: "renewal-class-missing", severity: .warning,
          what: "renewal_grace is set, and no class of deals is called \(className)",
          done: "every expired subscription counts as ended",
          suggestion: "define the class under deals: classes:, such as"
            + " \(className): \"Type = 'Renewal'\""))
      return Ledger.Derived(value: nil, findings: findings)
    }
    let deals = records[.opportunity]
    let accounts = deals.references("AccountId")
    let created = deals.days("CreatedDate")
    let closed = deals.days("CloseDate")
    let isClosed = deals.flags("IsClosed")
    let horizon = records.asOf.monthNumber
    var spans: [Int32: [Range<Int>]] = [:]
    for row in 0..<deals.count where classes.codes[row] == Int32(code) && accounts[row] >= 0 {
      // A deal whose creation is not known was always there; one closed on no known day is gone.
      let from = created[row] == Day.null ? 0 : Day(number: created[row]).monthNumber
      let end =
        isClosed[row] != 1
        ? horizon : closed[row] == Day.null ? from : Day(number: closed[row]).monthNumber
      if from < end { spans[accounts[row], default: []].append(from..<end) }
    }
    return Ledger.Derived(
      value: OpenRenewals(
        grace: settings.renewalGrace,
        spans: spans.mapValues {
          $0.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        }))
  }
}
