import Metrics
import Records

/// The figures of a chart as a table.
struct ChartData {
  private let drawn: DrawnChart
  private let context: ReportContext
  private let limit: Int
  private var format: ValueFormatter { context.formatter }

  /// The rows that a page shows of a chart of many members, where its definition does not say.
  private static let usual = 20

  init(_ drawn: DrawnChart, context: ReportContext, limit: Int?) {
    self.drawn = drawn
    self.context = context
    self.limit = limit ?? ChartData.usual
  }

  /// - Parameters:
  ///   - id: unique in the document.
  ///   - title: its caption.
  /// - Returns: the rows that a page shows; all others are its rest, summed where they add up.
  func table(id: String, title: String) -> ReportDocument.Table {
    let grid = drawn.grid
    let all = grid.groups.indices.map(row)
    // One row more than the limit is shown as it is: its sum would take the same line.
    let count = grid.isTime || all.count <= limit + 1 ? all.count : limit
    let rest = grid.groups.count - count
    return ReportDocument.Table(
      id: id, title: title, columns: columns, rows: Array(all.prefix(count)),
      rest: Array(all.dropFirst(count)), other: rest > 0 && drawn.adds ? other(count) : nil,
      extent: rest == 0 ? nil : extent(count, of: all.count), whyEmpty: "")
  }

  private var columns: [ReportDocument.Column] {
    let shape = drawn.shape
    let names = ReportDocument.Column(
      key: shape.axis?.rawValue ?? "figure", title: shape.axis?.title ?? "Figure",
      isRowHeader: true)
    return [names]
      + drawn.grid.series.enumerated().map { index, series in
        let metric =
          shape.other == nil && shape.metrics.indices.contains(index)
          ? shape.metrics[index] : shape.metrics[0]
        let isPast = series.notation == .prior
        let isMember = shape.other != nil
        return ReportDocument.Column(
          key: isMember
            ? "\(metric.name)_\(index + 1)"
            : isPast
              ? metric.name + "_before"
              : shape.axis == nil ? "value" : metric.name,
          title: isMember
            ? series.name
            : isPast
              ? "\(shape.metrics[0].title), before"
              : shape.axis == nil ? "Value" : metric.title,
          alignment: .end, definition: shape.axis == nil ? nil : metric.name)
      }
  }

  private func row(_ index: Int) -> ReportDocument.Row {
    let group = drawn.grid.groups[index]
    let name =
      drawn.grid.lastIsToDate && index == drawn.grid.groups.count - 1
      ? group.name + " to date" : group.name
    return ReportDocument.Row(
      [ReportDocument.Cell(format.text(name), link: context.link(group.id), id: group.id)]
        + drawn.grid.series.map { series in
          ReportDocument.Cell(
            format.shown(
              series.values[index] ?? Ratio(0, over: 0), series.unit, cases: series.cases[index]))
        })
  }

  private func other(_ count: Int) -> ReportDocument.Row {
    let rest = drawn.grid.groups.count - count
    return ReportDocument.Row(
      [ReportDocument.Cell(format.text("\(format.count(Int128(rest)).text) others"))]
        + drawn.grid.series.map { series in
          ReportDocument.Cell(
            format.shown(
              Ratio.sum(Array(series.values[count...])) ?? Ratio(0, over: 0), series.unit))
        })
  }

  private func extent(_ shown: Int, of all: Int) -> ReportDocument.Extent {
    let (one, other) = (format.count(Int128(shown)), format.count(Int128(all)))
    return ReportDocument.Extent(shown: one, all: other, text: "\(one.text) of \(other.text)")
  }
}

/// The rows of a standard table, named as those of a query would be.
struct TableRows {
  let shape: ChartShape
  let answer: MetricTable

  /// - Parameters:
  ///   - answer: the table.
  ///   - table: which it is.
  ///   - values: columns of figures, at most three.
  ///   - by: the column that names the rows.
  /// - Throws: A finding where it has no such columns.
  init(
    _ answer: MetricTable, of table: StandardTable, values: [String], by: String
  ) throws(FindingsError) {
    let answer = values.contains(TableRows.count) ? TableRows.counted(answer, by: by) : answer
    let columns = values.compactMap { answer[$0] }.filter(\.isNumeric)
    guard let names = answer[by], columns.count == values.count else {
      let missing = (values + [by]).first { answer[$0] == nil } ?? values.first ?? by
      throw FindingsError([
        Finding(
          code: "chart-unfit", severity: .error,
          what: "the table \(table.rawValue) has no column of figures called \"\(missing)\"",
          done: "nothing was drawn",
          suggestion: "use one of \(Suggestion.list(answer.columns.map(\.name)))")
      ])
    }
    let dimension = table.members
    shape = ChartShape(
      metrics: columns.map { column in
        let adds = column.unit == .money || column.unit == .count
        // Subtrees stand in each other, and a quota covers all that is below it.
        let isWithin = column.name.hasPrefix("subtree_") || column.name == "quota"
        return ChartShape.Measured(column, adds: adds && !isWithin)
      }, by: [dimension])
    let ids = answer[by + "_id"]
    let named = [
      ids.map {
        MetricColumn(
          name: dimension.rawValue + "_id", title: $0.title, unit: $0.unit, cells: $0.cells)
      },
      TableRows.named(names, dimension),
    ].compactMap { $0 }
    self.answer = MetricTable(
      name: answer.name, grain: answer.grain, columns: named + columns,
      totalRowCount: answer.totalRowCount, notes: answer.notes)
  }

  private static func named(_ names: MetricColumn, _ dimension: Dimension) -> MetricColumn {
    var column = MetricColumn(
      name: dimension.rawValue, title: names.title, unit: .text, cells: names.cells)
    column.labels = names.labels
    return column
  }

  /// The name of the number of rows, as a column of figures.
  static let count = "rows"

  /// How many rows there are of each name, the most first.
  private static func counted(_ answer: MetricTable, by: String) -> MetricTable {
    guard let names = answer[by] else { return answer }
    var counts: [String: Int128] = [:]
    for row in 0..<answer.rowCount {
      counts[names.shownText(row) ?? Remainder.none, default: 0] += 1
    }
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return MetricTable(
      name: answer.name, grain: answer.grain,
      columns: [
        MetricColumn(
          name: by, title: names.title, unit: .text, cells: .text(order.map(\.key))),
        MetricColumn(
          name: count, title: "Number", unit: .count, cells: .integers(order.map(\.value))),
      ], notes: answer.notes)
  }
}

extension StandardTable {
  /// What its rows are.
  fileprivate var members: Dimension {
    switch self {
    case .territories, .salesCycles, .pipelineMovement, .balance: .territory
    case .families, .splitFamilies, .penetration, .concentration: .family
    case .unassignedAccounts, .accountValues, .conflicts, .leads: .account
    case .winRates, .neglectedAccounts, .owners, .repFit: .owner
    case .recurringRevenue: .month
    }
  }
}
