import Metrics
import Records
import Reports

/// The answer to a question with what people need to read it: totals, and why there is nothing.
struct QueryAnswer {
  let table: MetricTable
  private let query: Query
  private let totals: MetricTable?
  private let pipeline: Pipeline
  private let catalogue: MetricCatalogue

  /// - Parameters:
  ///   - query: the query.
  ///   - pipeline: the export.
  ///   - catalogue: the metrics.
  ///   - ask: what answers queries; nil: the local engine.
  /// - Throws: Why the query cannot be answered.
  init(
    _ query: Query, _ pipeline: Pipeline, catalogue: MetricCatalogue,
    asking ask: (([Query]) throws -> [MetricTable])? = nil
  ) throws {
    self.query = query
    self.pipeline = pipeline
    self.catalogue = catalogue
    var whole = query
    whole.by = []
    whole.order = []
    whole.limit = nil
    let isByTime = query.by.contains(where: \.isTime)
    whole.metrics = query.metrics.filter { name in
      let additivity = catalogue.additivity(of: name)
      return (additivity == .additive || additivity == .semiAdditive && !isByTime)
        && catalogue.onlyBy(name).isEmpty
    }
    let hasTotals = !query.by.isEmpty && !whole.metrics.isEmpty
    let asked = hasTotals ? [query, whole] : [query]
    let tables = try ask?(asked) ?? pipeline.engine.run(asked)
    var table = tables[0]
    totals = hasTotals && table.rowCount > 0 ? tables[1] : nil
    if QueryAnswer.holdsNothing(table) {
      table.notes += [try EmptyAnswer(query, pipeline, catalogue: catalogue).reason].compactMap {
        $0
      }
    }
    self.table = table
  }

  /// What is asked, the table, and remarks below it.
  func text(width: Int) -> String {
    let formatter = pipeline.context.formatter
    var lines = QuestionWords(query, pipeline.context, catalogue).lines(width) + [""]
    if table.rowCount > 0 {
      lines += QueryText(table, totals: totals, formatter: formatter, width: width).lines
    } else {
      lines.append("No rows.")
    }
    lines += remarks
    return lines.joined(separator: "\n") + "\n"
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if let limit = query.limit, table.totalRowCount > limit {
      remarks.append(
        "The first \(limit) of \(table.totalRowCount) rows; the row other holds the rest.")
    }
    if let overlap { remarks.append(overlap) }
    return remarks + table.notes
  }

  /// Why the rows do not sum to a total, where they do not.
  private var overlap: String? {
    guard let totals else { return nil }
    let differing = totals.columns.map(\.name).filter { name in
      guard let column = table[name] else { return false }
      var sum = Ratio(0, over: 1)
      for row in 0..<table.rowCount {
        guard let value = column.value(row) else { continue }
        guard let next = sum.adding(value) else { return true }
        sum = next
      }
      let total = totals[name]?.value(0) ?? Ratio(0, over: 1)
      return sum.compared(to: total) != 0
    }
    guard !differing.isEmpty else { return nil }
    if query.by.contains(.territorySubtree) {
      return "Each territory's row includes those below it; the total counts everything once."
    }
    if query.by.contains(.ownerSubtree) {
      return "Each manager's row includes everybody below; the total counts everything once."
    }
    if differing.allSatisfy({ catalogue.facts(of: $0) == [.quotas] }) {
      return "Levels of quota are not added: the total is that of the top territories."
    }
    return "An account in several territories stands in each row; the total counts it once."
  }

  /// Whether every figure is zero or undefined.
  static func holdsNothing(_ table: MetricTable) -> Bool {
    table.columns.allSatisfy { column in
      switch column.unit {
      case .text, .id, .day: return true
      default: return (0..<table.rowCount).allSatisfy { (column.value($0)?.numerator ?? 0) == 0 }
      }
    }
  }
}
