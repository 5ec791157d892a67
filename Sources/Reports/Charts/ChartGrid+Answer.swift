import Graphics
import Metrics
import Records

/// Arranges the answers to a chart's question.
struct ChartGridBuilder {
  let shape: ChartShape
  let context: ReportContext

  /// The grid of an answer, and of an earlier period beside it.
  func grid(_ table: MetricTable, earlier: MetricTable?) -> ChartGrid {
    var grid: ChartGrid
    switch (shape.axis, shape.other) {
    case (nil, _): grid = ofMetrics(table)
    case (let axis?, nil): grid = oneDimension(table, axis)
    case (let axis?, let other?): grid = twoDimensions(table, axis, other)
    }
    if let earlier { add(earlier, to: &grid) }
    return grid
  }

  private func series(_ column: MetricColumn, _ notation: Notation = .actual) -> ChartGrid.Series {
    let rows = 0..<column.cells.count
    return ChartGrid.Series(
      name: column.title, notation: notation, unit: column.unit, values: rows.map(column.value),
      cases: rows.map { column.n?[$0] })
  }

  /// One group a metric, of a question without dimensions.
  private func ofMetrics(_ table: MetricTable) -> ChartGrid {
    let columns = shape.metrics.compactMap { table[$0.name] }
    return ChartGrid(
      noun: Noun("figure", "figures"), isTime: false,
      groups: columns.map { ChartGrid.Group(key: $0.name, name: $0.title) },
      series: [
        ChartGrid.Series(
          name: "", unit: columns.first?.unit ?? .number, values: columns.map { $0.value(0) },
          cases: columns.map { $0.n?[0] })
      ])
  }

  private func oneDimension(_ table: MetricTable, _ axis: Dimension) -> ChartGrid {
    let members = MemberRows(table, dimension: axis)
    var grid = ChartGrid(
      noun: axis.noun, isTime: axis.isTime, groups: members.rows.map { group(members, $0) },
      series: shape.metrics.compactMap { table[$0.name] }.map { series($0) })
    if axis.isTime { grid = inOrder(grid, axis) }
    return grid
  }

  private func twoDimensions(
    _ table: MetricTable, _ axis: Dimension, _ other: Dimension
  ) -> ChartGrid {
    guard let metric = shape.metrics.first, let column = table[metric.name] else {
      return ChartGrid(noun: axis.noun, isTime: axis.isTime, groups: [], series: [])
    }
    let (places, kinds) = (
      MemberRows(table, dimension: axis), MemberRows(table, dimension: other)
    )
    var groups: [ChartGrid.Group] = []
    var groupOf: [String: Int] = [:]
    var names: [ChartGrid.Group] = []
    var seriesOf: [String: Int] = [:]
    var cells: [(group: Int, series: Int, row: Int)] = []
    for row in 0..<table.rowCount {
      let (place, kind) = (group(places, row), group(kinds, row))
      if groupOf[place.key] == nil {
        groupOf[place.key] = groups.count
        groups.append(place)
      }
      if seriesOf[kind.key] == nil {
        seriesOf[kind.key] = names.count
        names.append(kind)
      }
      cells.append((groupOf[place.key] ?? 0, seriesOf[kind.key] ?? 0, row))
    }
    let blank = [Ratio?](repeating: metric.ofNothing, count: groups.count)
    var grid = ChartGrid(
      noun: axis.noun, isTime: axis.isTime, groups: groups,
      series: names.map {
        ChartGrid.Series(
          name: $0.name, unit: column.unit, values: blank,
          cases: [Int128?](repeating: nil, count: groups.count))
      })
    for cell in cells {
      grid.series[cell.series].values[cell.group] = column.value(cell.row)
      grid.series[cell.series].cases[cell.group] = column.n?[cell.row]
    }
    if axis.isTime {
      grid = inOrder(grid, axis, filling: metric.ofNothing)
    } else if metric.adds(along: axis), !axis.isOrdered {
      grid = grid.picking(ranked(grid.groups.map(\.name), by: grid.sum(ofGroup:)))
    }
    if other.isOfBands { grid.series = inOrderOfBands(grid.series) }
    if !other.isOrdered, metric.additivity != .nonAdditive, grid.series.count > 1 {
      let order = ranked(grid.series.map(\.name)) { grid.sum(of: $0) }
      grid.series = order.map { grid.series[$0] }
    }
    return grid
  }

  /// From the smallest band on, what is in none last: the first group may lack a band.
  private func inOrderOfBands(_ series: [ChartGrid.Series]) -> [ChartGrid.Series] {
    series.enumerated().sorted { left, right in
      let starts = [left, right].map { MetricSettings.bandStart($0.element.name) ?? Int64.max }
      return (starts[0], left.offset) < (starts[1], right.offset)
    }.map(\.element)
  }

  /// Places by a figure, the largest first; ties in their order.
  private func ranked(_ names: [String], by figure: (Int) -> Ratio?) -> [Int] {
    let figures = names.indices.map { figure($0) ?? Ratio(0, over: 1) }
    return names.indices.sorted { left, right in
      let order = figures[left].compared(to: figures[right])
      return order == 0 ? left < right : order > 0
    }
  }

  private func group(_ members: MemberRows, _ row: Int) -> ChartGrid.Group {
    let (name, id) = (CleanText.unmarked(members.name(row)), members.id(row))
    return ChartGrid.Group(
      key: members.table[members.dimension.rawValue + "_id"]?.text(row) ?? name, name: name, id: id)
  }

  /// Spans of time in their order, without gaps between the first and the last; what has no date,
  /// and spans that begin after the as-of date and hold nothing, are left out.
  private func inOrder(
    _ grid: ChartGrid, _ axis: Dimension, filling: Ratio? = nil
  ) -> ChartGrid {
    let spans = SpanNames(context, axis)
    var dated: [(start: Day, index: Int)] = []
    var result = grid
    for (index, group) in grid.groups.enumerated() {
      guard let span = spans.period(of: group.name) else {
        if grid.series.contains(where: { ($0.values[index]?.numerator ?? 0) != 0 }) {
          result.remarks.append("what has no date is not drawn")
        }
        continue
      }
      result.groups[index].span = span
      result.groups[index].name = spans.name(of: span, group.name)
      dated.append((span.start, index))
    }
    dated.sort { ($0.start, $0.index) < ($1.start, $1.index) }
    func holds(_ index: Int) -> Bool {
      grid.series.contains { ($0.values[index]?.numerator ?? 0) != 0 }
    }
    while let last = dated.last, last.start > context.asOf, !holds(last.index) {
      dated.removeLast()
    }
    result = result.picking(dated.map(\.index))
    if let filling { result = filled(result, spans, filling) }
    if let last = result.groups.last?.span, last.contains(context.asOf),
      last.end > context.asOf.adding(days: 1), shape.metrics.allSatisfy(\.growsWithTime)
    {
      result.lastIsToDate = true
    }
    return result
  }

  /// The spans between those that hold something hold nothing.
  private func filled(_ grid: ChartGrid, _ spans: SpanNames, _ value: Ratio) -> ChartGrid {
    var indexOf: [Day: Int] = [:]
    for (index, group) in grid.groups.enumerated() {
      if let span = group.span { indexOf[span.start] = index }
    }
    guard let first = grid.groups.first?.span, let last = grid.groups.last?.span else {
      return grid
    }
    var result = grid.picking([])
    var span = first
    while span.start <= last.start {
      let index = indexOf[span.start]
      result.groups.append(
        index.map { grid.groups[$0] }
          ?? ChartGrid.Group(
            key: span.start.description, name: spans.name(of: span, ""), span: span))
      for place in grid.series.indices {
        result.series[place].values.append(
          index.map { grid.series[place].values[$0] } ?? value)
        result.series[place].cases.append(index.flatMap { grid.series[place].cases[$0] })
      }
      span = spans.next(after: span)
    }
    return result
  }

  /// The figures of an earlier period as a series of their own: those of the same members, or of
  /// the spans in the same places.
  private func add(_ earlier: MetricTable, to grid: inout ChartGrid) {
    guard let metric = shape.metrics.first, let axis = shape.axis, shape.other == nil else {
      return
    }
    let past = ChartGridBuilder(shape: shape.ofFirstMetric, context: context)
      .oneDimensionUncut(earlier, axis)
    guard let series = past.series.first else { return }
    var values = [Ratio?](repeating: metric.ofNothing, count: grid.groups.count)
    var cases = [Int128?](repeating: nil, count: grid.groups.count)
    if axis.isTime {
      for index in values.indices where series.values.indices.contains(index) {
        values[index] = series.values[index]
        cases[index] = series.cases[index]
      }
    } else {
      var indexOf: [String: Int] = [:]
      for (index, group) in grid.groups.enumerated() { indexOf[group.key] = index }
      for (index, group) in past.groups.enumerated() {
        if let place = indexOf[group.key] {
          values[place] = series.values[index]
          cases[place] = series.cases[index]
          continue
        }
        // Whoever had something then and has nothing now is a bar too.
        grid.groups.append(group)
        for place in grid.series.indices {
          grid.series[place].values.append(metric.ofNothing)
          grid.series[place].cases.append(nil)
        }
        values.append(series.values[index])
        cases.append(series.cases[index])
      }
    }
    grid.series = Array(grid.series.prefix(1))
    grid.series.append(
      ChartGrid.Series(
        name: series.name, notation: .prior, unit: series.unit, values: values, cases: cases))
  }

  private func oneDimensionUncut(_ table: MetricTable, _ axis: Dimension) -> ChartGrid {
    let members = MemberRows(table, dimension: axis)
    let grid = ChartGrid(
      noun: axis.noun, isTime: axis.isTime, groups: members.rows.map { group(members, $0) },
      series: shape.metrics.compactMap { table[$0.name] }.map { series($0) })
    guard axis.isTime else { return grid }
    let spans = SpanNames(context, axis)
    return grid.picking(
      grid.groups.indices.filter { spans.period(of: grid.groups[$0].name) != nil })
  }
}
