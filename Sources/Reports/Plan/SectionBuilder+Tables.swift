import Metrics
import Records

extension SectionBuilder {
  /// The table of a step over metrics, a list of records, or a standard table.
  func table(
    _ step: ReportPlan.Step, _ section: ReportDefinition.Section, _ state: SectionState
  ) -> ReportDocument.Table {
    switch step {
    case .rows(let table, let query, let total, let dimension):
      let answer = answers.queries[query]
      let names = [(title: dimension.title, name: dimension.rawValue)]
      let metrics: [String]
      if case .metrics(let names, _) = table.source { metrics = names } else { metrics = [] }
      let columns = makeable(
        table.columns.isEmpty
          ? names + metrics.map { (title: answer[$0]?.title ?? $0, name: $0) } : table.columns,
        state)
      var result = built(table, answer, columns: columns, section: section, state)
      if let total, !result.rows.isEmpty {
        result.total = totalRow(answers.queries[total], columns: columns)
      }
      return result
    case .listing(let table, let listing):
      return built(
        table, answers.listings[listing], columns: makeable(table.columns, state), section: section,
        state)
    case .standard(let table, let index):
      return whole(table, answers.tables[index], section, state)
    case .detail(let table, let index):
      return whole(table, answers.details[index], section, state)
    case .changed(let table, let rows):
      return whole(
        table, answers.change?.table(rows) ?? MetricTable(name: "", grain: "", columns: []),
        section, state)
    case .data(let table, let data):
      return whole(table, context.table(data, of: plan.edition), section, state)
    default:
      return ReportDocument.Table(
        id: section.id + "-table", title: section.title, columns: [], rows: [], whyEmpty: "")
    }
  }

  /// A table that an engine made whole: the columns that are chosen, else all that are no Ids.
  private func whole(
    _ table: ReportDefinition.Table, _ answer: MetricTable, _ section: ReportDefinition.Section,
    _ state: SectionState
  ) -> ReportDocument.Table {
    let columns =
      table.columns.isEmpty
      ? answer.columns.filter { !isIDOfAnother($0, in: answer) }
        .map { (title: $0.title, name: $0.name) } : table.columns
    var result = built(table, answer, columns: makeable(columns, state), section: section, state)
    if case .detail(.pipelineBridge) = table.source, !answer.notes.isEmpty {
      let notes = ReportDocument.Prose(answer.notes.joined(separator: " "))
      result.note = result.note.map { $0 + " " + notes } ?? notes
    }
    return result
  }

  private func built(
    _ table: ReportDefinition.Table, _ answer: MetricTable,
    columns: [(title: String, name: String)], section: ReportDefinition.Section,
    _ state: SectionState
  ) -> ReportDocument.Table {
    let present = columns.compactMap { column in
      answer[column.name].map {
        (
          title: column.title, column: $0,
          isReasons: column.name == DefinitionReader.reasonsColumn && !table.reasons.isEmpty
        )
      }
    }
    let rowHeader = present.firstIndex { !$0.column.isNumeric } ?? 0
    let ids = present.map { idColumn(of: $0.column.name, in: answer) }
    let list = ListCut(answer, table)
    func row(_ row: Int) -> ReportDocument.Row {
      ReportDocument.Row(
        zip(present, ids).map { item, id in
          ReportDocument.Cell(
            item.isReasons
              ? format.text(reasons(table, answer, row, state))
              : format.shown(item.column, row, cases: item.column.n?[row]),
            link: context.link(recordID(id, row)), id: recordID(id, row),
            mark: isOverdue(item.column, row, table) ? format.words[.overdue] : nil)
        })
    }
    return ReportDocument.Table(
      id: section.id + "-table", title: section.title,
      columns: present.enumerated().map { index, item in
        ReportDocument.Column(
          key: item.column.name, title: item.title,
          alignment: item.column.isNumeric ? .end : .start, isRowHeader: index == rowHeader,
          definition: item.column.definition.isEmpty ? nil : item.column.name)
      },
      rows: list.shown.map(row), rest: list.rest.map(row),
      other: otherRow(list, present.map(\.column), table),
      extent: extent(
        list,
        table.order.allSatisfy { state.missing($0.column).isEmpty } ? table.orderWords : nil),
      whyEmpty: why(table.empty, answer),
      note: table.note?.filled(common), narrowColumns: table.mailColumns)
  }

  /// The columns that hold anything: others would be empty from top to bottom.
  private func makeable(
    _ columns: [(title: String, name: String)], _ state: SectionState
  ) -> [(title: String, name: String)] {
    columns.filter { state.missing($0.name).isEmpty }
  }

  /// The line under the rows: totals that the engine made, since rates are no sums.
  private func totalRow(
    _ totals: MetricTable, columns: [(title: String, name: String)]
  ) -> ReportDocument.Row? {
    guard totals.rowCount > 0 else { return nil }
    return ReportDocument.Row(
      columns.enumerated().map { index, column in
        if index == 0 { return ReportDocument.Cell(format.text(format.words[.totalRow])) }
        guard let figures = totals[column.name] else {
          return ReportDocument.Cell(format.undefined(.text))
        }
        return ReportDocument.Cell(format.shown(figures, 0, cases: figures.n?[0]))
      })
  }

  private func isOverdue(
    _ column: MetricColumn, _ row: Int, _ table: ReportDefinition.Table
  ) -> Bool {
    guard table.overdue == column.name, let day = column.text(row).flatMap({ Day(iso: $0) }) else {
      return false
    }
    return day < context.asOf
  }

  /// The Id of the record that a cell names; a remainder such as `(unassigned)` names none.
  private func recordID(_ ids: MetricColumn?, _ row: Int) -> String? {
    guard let id = ids?.text(row), !MemberRows.isRemainder(id) else { return nil }
    return id
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
