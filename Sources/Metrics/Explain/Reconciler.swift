import Expressions
import Records

/// Holds the records behind a measure against the rows of a report, and says why they differ.
struct Reconciler {
  private let measure: Measure
  private let report: CRMReport
  private let finder: RecordFinder
  private let ledger: Ledger
  private let table: Table
  /// Parts of a unit in which both sides can be written.
  private let denominator: Int128

  init(_ measure: Measure, _ report: CRMReport, finder: RecordFinder, ledger: Ledger) {
    self.measure = measure
    self.report = report
    self.finder = finder
    self.ledger = ledger
    table = ledger.records[measure.fact.entity]
    let (own, scale) = (finder.denominator, Int128(Exact.scale))
    var (a, b) = (own, scale)
    while b != 0 { (a, b) = (b, a % b) }
    denominator = own / a * scale
  }

  private var counts: Bool { measure.aggregate == .count }

  /// The value of a row of the report, nil where it is empty; of a count each row is one.
  private func there(_ row: CRMReport.Row) -> Int128? {
    if counts { return denominator }
    return row.value.map { Int128($0) * (denominator / Int128(Exact.scale)) }
  }

  private func here(_ value: Int128?) -> Int128? {
    value.map { $0 * (denominator / finder.denominator) }
  }

  /// The comparison.
  ///
  /// - Parameters:
  ///   - name: name of the measure.
  ///   - unit: its unit.
  ///   - conditions: the measure's conditions, for records that do not count.
  ///   - figure: what the engine gives.
  /// - Returns: every difference with its rule.
  func result(
    _ name: String, _ unit: Unit, _ conditions: RecordConditions, figure: Ratio?
  ) -> Reconciliation {
    var counted: [Int32: Int128?] = [:]
    for (row, value) in zip(finder.rows, finder.values) { counted[row] = .some(here(value)) }
    var entries: [Reconciliation.Entry] = []
    var equal = Reconciliation.Tally()
    var there = Reconciliation.Tally()
    var present: [Int32] = []
    var isListed: Set<Int32> = []
    let rules = ValueRules(
      measure.fact, places: report.places, denominator: denominator, ledger: ledger)
    for row in report.rows {
      let value = self.there(row)
      there.add(value ?? 0)
      guard case .record(let record) = row.match else {
        entries.append(absent(row, value))
        continue
      }
      guard isListed.insert(record).inserted else {
        entries.append(entry(.onlyThere, .listedAgain, record, there: value, at: row.at))
        continue
      }
      guard let ours = counted[record] else {
        let failures = conditions.failures(of: record, row)
        entries.append(
          entry(
            .onlyThere, failures.first?.rule ?? .condition, record, there: value,
            detail: failures.first?.detail ?? "", further: failures.dropFirst().map(\.rule),
            at: row.at))
        continue
      }
      present.append(record)
      if (value ?? 0) == (ours ?? 0) {
        equal.add(ours ?? 0)
        continue
      }
      let found = rules.rule(of: record, here: ours, row)
      entries.append(
        entry(
          .otherValue, found.rule, record, there: value, here: ours, detail: found.detail,
          at: row.at))
    }
    entries += onlyHere(counted, present, isListed)
    var here = Reconciliation.Tally()
    for value in counted.values { here.add(value ?? 0) }
    let sum = Ratio(here.sum, over: denominator)
    return Reconciliation(
      measure: name, fact: measure.fact, unit: unit, denominator: denominator, report: report,
      there: there, here: here, equal: equal, groups: Reconciliation.groups(of: entries),
      agrees: (figure ?? Ratio(0, over: 1)).compared(to: sum) == 0)
  }

  private func onlyHere(
    _ counted: [Int32: Int128?], _ present: [Int32], _ isListed: Set<Int32>
  ) -> [Reconciliation.Entry] {
    let absent = finder.rows.filter { !isListed.contains($0) }
    func isEmpty(_ row: Int32) -> Bool { ((counted[row] ?? nil) ?? 0) == 0 }
    let rules = AbsenceRules(
      measure, present: present, absent: absent, isEmpty: isEmpty, ledger: ledger)
    return absent.map { row in
      let found = rules.rule(of: row, isEmpty: isEmpty(row))
      return entry(
        .onlyHere, found.rule, row, here: counted[row] ?? nil, detail: found.detail)
    }
  }

  /// A row of the report that means no record of the export's tables.
  private func absent(_ row: CRMReport.Row, _ value: Int128?) -> Reconciliation.Entry {
    let (rule, detail): (ReconciliationRule, String) =
      switch row.match {
      case .record: (.condition, "")
      case .deleted: (.deleted, "")
      case .merged(let master): (.merged, "into \(master)")
      case .setAside(let code, let at):
        (.setAside, [code, "at \(at)"].compactMap { $0 }.joined(separator: " "))
      case .newer: (.createdLater, "")
      case .absent: (.notInExport, "")
      case .unknownName: (.nameUnknown, "")
      case .severalNames(let count): (.nameAmbiguous, "\(count) have this name")
      case .unnamed: (.noKey, "")
      }
    return Reconciliation.Entry(
      side: .onlyThere, rule: rule, id: row.id ?? "", name: row.name ?? "", there: value,
      here: nil, detail: detail, further: [], at: row.at)
  }

  private func entry(
    _ side: Reconciliation.Side, _ rule: ReconciliationRule, _ row: Int32, there: Int128? = nil,
    here: Int128? = nil, detail: String = "", further: [ReconciliationRule] = [],
    at: SourcePosition? = nil
  ) -> Reconciliation.Entry {
    var rules: [ReconciliationRule] = []
    for other in further where other != rule && !rules.contains(other) { rules.append(other) }
    return Reconciliation.Entry(
      side: side, rule: rule, id: table.id(Int(row)), name: finder.name(row) ?? "", there: there,
      here: here, detail: detail, further: rules, at: at)
  }
}

extension LocalEngine {
  /// Holds the figure of a measure against the CRM's own report of it.
  ///
  /// - Parameters:
  ///   - measure: a measure that sums or counts records with Ids: deals, accounts or lines.
  ///   - query: filter, period and scope of the figure; its metrics do not matter.
  ///   - report: the report, its rows joined to the records of the export.
  /// - Returns: all differences, each with its rule.
  /// - Throws: Why the query cannot be answered.
  public func reconcile(
    _ measure: String, of query: Query, with report: CRMReport
  ) throws(FindingsError) -> Reconciliation {
    var query = query
    query.by = []
    let (metric, definition, finder, figure) = try behind(measure, of: query)
    do {
      let conditions = try RecordConditions(
        definition, of: query, finder: finder, ledger: ledger, scopes: scopes)
      return Reconciler(definition, report, finder: finder, ledger: ledger)
        .result(measure, metric.unit, conditions, figure: figure)
    } catch {
      throw FindingsError([error.finding])
    }
  }
}
