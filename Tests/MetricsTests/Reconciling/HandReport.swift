import Metrics
import Records
import Testing

/// A report written by hand, joined to an organisation's deals by their names.
struct HandReport {
  private var rows: [CRMReport.Row] = []
  private let records: RecordSet
  private let entity: Entity

  init(_ organisation: Organisation, of entity: Entity = .opportunity) {
    records = organisation.records
    self.entity = entity
  }

  /// Adds a row; the value is in hundredths, nil for an empty cell.
  mutating func add(
    _ id: String, _ cents: Int64?, stage: String? = nil, day: String? = nil,
    currency: String? = nil, match: CRMReport.Match? = nil, repeated: [Int64] = []
  ) {
    var row = CRMReport.Row(at: SourcePosition(file: "report.csv", line: rows.count + 2, column: 1))
    row.id = id
    row.name = id
    row.value = cents.map { $0 * 100 }
    row.stage = stage
    row.day = day.map(Organisation.day)
    row.currency = currency
    row.repeatedValues = repeated.map { $0 * 100 }
    let table = records[entity]
    let found = (0..<table.count).first { table.id($0) == id }
    row.match = match ?? found.map { .record(Int32($0)) } ?? .absent
    rows.append(row)
  }

  mutating func addUnreadable(_ id: String) {
    add(id, nil)
    rows[rows.count - 1].isUnreadable = true
  }

  func report(places: Int = 2) -> CRMReport {
    CRMReport(file: "report.csv", rows: rows, places: places)
  }
}

extension Reconciliation {
  /// The differences as `list rule id there here detail | also`, in order.
  var lines: [String] {
    groups.flatMap(\.entries).map { entry in
      let figures = [entry.there, entry.here].map { value in
        value.map { ratio($0).text(places: 2) ?? "" } ?? "–"
      }
      let words =
        [entry.side.rawValue, entry.rule.rawValue, entry.id] + figures
        + (entry.detail.isEmpty ? [] : [entry.detail])
      let also = entry.further.map(\.rawValue).joined(separator: " ")
      return words.joined(separator: " ") + (also.isEmpty ? "" : " | \(also)")
    }
  }

  /// Whether the report's total less the figure is the sum of the differences, in count and value.
  var addsUp: Bool {
    let sum = groups.reduce(Int128(0)) { $0 + $1.tally.sum }
    let counted = tally(.onlyThere).count - tally(.onlyHere).count
    return there.sum - here.sum == sum && there.count - here.count == counted
      && there.count == equal.count + tally(.onlyThere).count + tally(.otherValue).count
  }
}
