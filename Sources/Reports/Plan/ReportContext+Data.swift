import Metrics
import Records

extension ReportContext {
  /// A table about the data itself, or about what runs kept.
  ///
  /// - Parameters:
  ///   - table: which table.
  ///   - edition: whose it is, where editions differ; nil: the company's.
  /// - Returns: the table; without rows its note says why.
  func table(_ table: DataTable, of edition: EditionScope? = nil) -> MetricTable {
    switch table {
    case .findings: findingsTable
    case .lacks: lacksTable
    case .trend: trendTable
    case .prediction:
      PredictionTables(self, edition ?? .company(named: organisation, model: model)).whole
    case .predictionTerritories:
      PredictionTables(self, edition ?? .company(named: organisation, model: model)).byTerritory
    }
  }

  /// What was wrong with the data: one row a kind of finding, errors first.
  private var findingsTable: MetricTable {
    let entries = findings.entries
    return MetricTable(
      name: DataTable.findings.rawValue, grain: "a kind of finding",
      columns: [
        text("severity", "Severity", entries.map(\.first.severity.rawValue)),
        text("finding", "What was found", entries.map { FindingsPage.sentence($0.first.what) }),
        MetricColumn(
          name: "count", title: "Times", unit: .count,
          cells: .integers(entries.map { Int128($0.count) })),
        text("place", "First place", entries.map { $0.first.at?.description }),
        text("done", "What was done", entries.map { FindingsPage.sentence($0.first.done) }),
        text(
          "remedy", "How to mend it",
          entries.map { $0.first.suggestion }),
      ])
  }

  /// The standard tables that the export does not let be made whole.
  private var lacksTable: MetricTable {
    let poor = StandardTable.allCases.compactMap { readiness?.table($0) }
      .filter { $0.level != .ready }
      .sorted { ($1.level, $0.id) < ($0.level, $1.id) }
    return MetricTable(
      name: DataTable.lacks.rawValue, grain: "a table that cannot be made whole",
      columns: [
        text("table", "Table", poor.map(\.title)),
        text("level", "State", poor.map(\.level.rawValue)),
        text("because", "Because", poor.map { FindingsPage.sentence($0.because) }),
        text("remedy", "How to get it", poor.map { FindingsPage.sentence($0.remedy) }),
      ])
  }

  private func text(_ name: String, _ title: String, _ cells: [String?]) -> MetricColumn {
    MetricColumn(name: name, title: title, unit: .text, cells: .text(cells))
  }
}
