import Metrics
import Records

extension SectionBuilder {
  /// The table of a step over metrics, a list of records, or a standard table.
  func table(
    _ step: ReportPlan.Step, _ section: ReportDefinition.Section
  ) -> ReportDocument.Table {
    switch step {
    case .rows(let table, let query, let total, let dimension):
      let answer = answers.queries[query]
      let names = [(title: dimension.title, name: dimension.rawValue)]
      let metrics: [String]
      if case .metrics(let names, _) = table.source { metrics = names } else { metrics = [] }
      let columns =
        table.columns.isEmpty
        ? names + metrics.map { (title: answer[$0]?.title ?? $0, name: $0) } : table.columns
      var result = built(table, answer, columns: columns, section: section)
      if let total, !result.rows.isEmpty {
        result.total = totalRow(answers.queries[total], columns: columns)
      }
      return result
    case .listing(let table, let listing):
      return built(table, answers.listings[listing], columns: table.columns, section: section)
    case .standard(let table, let index):
      let answer = answers.tables[index]
      let columns =
        table.columns.isEmpty
        ? answer.columns.filter { !isIDOfAnother($0, in: answer) }
          .map { (title: $0.title, name: $0.name) } : table.columns
      return built(table, answer, columns: columns, section: section)
    default:
      return ReportDocument.Table(
        id: section.id + "-table", title: section.title, columns: [], rows: [], whyEmpty: "")
    }
  }

  private func built(
    _ table: ReportDefinition.Table, _ answer: MetricTable,
    columns: [(title: String, name: String)], section: ReportDefinition.Section
  ) -> ReportDocument.Table {
    let present = columns.compactMap { column in
      answer[column.name].map { (title: column.title, column: $0) }
    }
    let rowHeader = present.firstIndex { !$0.column.isNumeric } ?? 0
    let ids = present.map { idColumn(of: $0.column.name, in: answer) }
    let closed = answer["closed_count"]
    let count = min(answer.rowCount, table.limit ?? Int.max)
    let rows = (0..<count).map { row in
      let cases = closed?.value(row).map(ValueFormatter.whole)
      return ReportDocument.Row(
        zip(present, ids).map { item, id in
          let value = format.shown(item.column, row, cases: item.column.unit == .rate ? cases : nil)
          return ReportDocument.Cell(
            value, link: link(id, row),
            mark: isOverdue(item.column, row, table) ? "overdue" : nil)
        })
    }
    let all = max(answer.totalRowCount, answer.rowCount)
    return ReportDocument.Table(
      id: section.id + "-table", title: section.title,
      columns: present.enumerated().map { index, item in
        ReportDocument.Column(
          key: item.column.name, title: item.title,
          alignment: item.column.isNumeric ? .end : .start, isRowHeader: index == rowHeader,
          definition: item.column.definition.isEmpty ? nil : item.column.name)
      },
      rows: rows, extent: extent(count, of: all, table.orderWords),
      whyEmpty: why(table.empty, answer),
      note: table.note?.filled(plan.common))
  }

  /// The line under the rows: totals that the engine made, since rates are no sums.
  private func totalRow(
    _ totals: MetricTable, columns: [(title: String, name: String)]
  ) -> ReportDocument.Row? {
    guard totals.rowCount > 0 else { return nil }
    return ReportDocument.Row(
      columns.enumerated().map { index, column in
        if index == 0 { return ReportDocument.Cell(format.text("All")) }
        guard let figures = totals[column.name] else {
          return ReportDocument.Cell(format.undefined(.text))
        }
        return ReportDocument.Cell(format.shown(figures, 0))
      })
  }

  private func extent(
    _ shown: Int, of all: Int, _ words: String?
  ) -> ReportDocument.Extent? {
    let (shownCount, allCount) = (format.count(Int128(shown)), format.count(Int128(all)))
    let count = shown == all ? "all \(allCount.text)" : "\(shownCount.text) of \(allCount.text)"
    return ReportDocument.Extent(
      shown: shownCount, all: allCount,
      text: ([count] + (words.map { [$0] } ?? [])).joined(separator: ", "))
  }

  private func isOverdue(
    _ column: MetricColumn, _ row: Int, _ table: ReportDefinition.Table
  ) -> Bool {
    guard table.overdue == column.name, let day = column.text(row).flatMap({ Day(iso: $0) }) else {
      return false
    }
    return day < context.asOf
  }

  private func link(_ ids: MetricColumn?, _ row: Int) -> RecordLink? {
    guard let id = ids?.text(row), !MemberRows.isRemainder(id) else { return nil }
    return context.link(id)
  }

  /// The column that holds the Ids behind the names of another.
  private func idColumn(of name: String, in answer: MetricTable) -> MetricColumn? {
    [ListingColumns.id(of: name), name + "_id"].compactMap { $0 }
      .compactMap { answer[$0] }.first
  }

  private func isIDOfAnother(_ column: MetricColumn, in answer: MetricTable) -> Bool {
    column.name.hasSuffix("_id") && answer[String(column.name.dropLast(3))] != nil
  }
}
