import Records

extension Reconciliation {
  /// All differences as data.
  ///
  /// Grain: one row per record that only one of the two holds, or both with different values; columns
  /// `list`, `rule`, `certainty`, `id`, `name`, `there`, `here`, `difference`, `detail`, `also` (rules
  /// that would leave it out by themselves, with semicolons between) and `line` of the report.
  public var table: MetricTable {
    let entries = groups.flatMap(\.entries)
    func text(
      _ name: String, _ title: String, unit: Unit = .text, _ cell: (Entry) -> String?
    ) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: unit, cells: .text(entries.map { cell($0) }))
    }
    func figure(_ name: String, _ title: String, _ cell: (Entry) -> Int128?) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: unit,
        cells: Cells(entries.map { cell($0).map { ratio($0) } }, unit: unit))
    }
    return MetricTable(
      name: "reconciliation",
      grain: "a record that the report and the figure do not have alike",
      columns: [
        text("list", "List") { $0.side.rawValue },
        text("rule", "Rule") { $0.rule.rawValue },
        text("certainty", "Certainty") { $0.rule.certainty.rawValue },
        text("id", "Id", unit: .id(fact.entity)) { $0.id },
        text("name", "Name") { $0.name },
        figure("there", "There") { $0.there },
        figure("here", "Here") { $0.here },
        figure("difference", "Difference") { $0.difference },
        text("detail", "Detail") { $0.detail },
        text("also", "Also") { $0.further.map(\.rawValue).joined(separator: ";") },
        text("line", "Line") { $0.at?.description },
      ],
      notes: notes)
  }

  /// The sum in sentences.
  private var notes: [String] {
    func words(_ name: String, _ tally: Tally) -> String {
      unit == .count
        ? "\(name): \(tally.count)"
        : "\(name): \(tally.count), \(ratio(tally.sum).text(places: 2) ?? "")"
    }
    return [
      words("report", there), words("here", here), words("equal", equal),
    ] + Side.allCases.map { words($0.rawValue, tally($0)) }
      + ReconciliationRule.Certainty.allCases.map { words($0.rawValue, tally($0)) }
  }
}
