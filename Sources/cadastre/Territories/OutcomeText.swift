import Metrics
import Records
import Reports
import Territories

/// What became of a predicted change set, as text.
struct OutcomeText {
  let outcome: PredictionOutcome
  let records: RecordSet
  let writer: TableWriter
  let formatter: ValueFormatter
  let limit: Int

  /// - Throws: `XMLFailure` never, as text is no XML.
  func text() throws -> String {
    var lines = ["What became of the predicted changes, as of \(records.asOf)."]
    for (title, isDeal, isOwner) in [
      ("Accounts, territories", false, false), ("Accounts, owners", false, true),
      ("Open deals, territories", true, false), ("Open deals, owners", true, true),
    ] {
      let counts = outcome.counts(deals: isDeal) { isOwner ? $0.owner : $0.territories }
      let parts = counts.map { "\(formatter.count(Int128($0.count)).text) \(words($0.result))" }
      lines.append("\(title): \(parts.isEmpty ? "none" : parts.joined(separator: ", ")).")
    }
    let table = outcome.table(of: records)
    let rows = outcome.entries.indices.filter { row in
      let entry = outcome.entries[row]
      return [entry.territories, entry.owner].contains {
        $0 != nil && $0 != .happened && $0 != .held
      }
    }
    var text = lines.joined(separator: "\n") + "\n"
    if !rows.isEmpty {
      let shown = table.keeping(Array(rows.prefix(limit)))
      let count =
        rows.count > limit ? " (\(limit) of \(formatter.count(Int128(rows.count)).text))" : ""
      let columns = [
        "record_kind", "record", "territory_outcome", "from_territory_keys",
        "predicted_territory_keys", "actual_territory_keys", "owner_outcome", "from_owner",
        "predicted_owner", "actual_owner",
      ]
      let cut = MetricTable(
        name: table.name, grain: table.grain, columns: columns.compactMap { shown.spoken($0) })
      text += "\nNot as predicted\(count)\n"
      text += String(decoding: try writer.bytes(of: cut, as: .text), as: UTF8.self)
    }
    for note in table.notes { text += note + "\n" }
    return text
  }

  private func words(_ result: PredictionOutcome.Result) -> String {
    switch result {
    case .happened: "happened"
    case .notHappened: "did not happen"
    case .elsewhere: "went elsewhere"
    case .unpredicted: "happened unpredicted"
    case .held: "held out and stayed"
    case .gone: "no longer in the export"
    }
  }
}

extension MetricTable {
  /// A column as people read it: a code such as `did_not_happen` in words.
  func spoken(_ name: String) -> MetricColumn? {
    guard let column = self[name] else { return nil }
    guard ["kind", "state", "territory_outcome", "owner_outcome"].contains(name) else {
      return column
    }
    return MetricColumn(
      name: name, title: column.title, unit: .text,
      cells: .text(
        (0..<rowCount).map { column.text($0).map { $0.replacing("_", with: " ") } }))
  }
}
