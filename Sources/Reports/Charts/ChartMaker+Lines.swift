import Graphics
import Metrics
import Records

// Charts along time.
extension ChartMaker {
  func line(_ whole: ChartGrid) -> LineChart {
    let grid = overTime(whole)
    return LineChart(
      heading: heading(grid.remarks), positions: positions(grid), ticks: ticks(grid),
      series: lines(grid), empty: empty, format: tick)
  }

  func area(_ whole: ChartGrid) -> AreaChart {
    let grid = overTime(whole)
    let last = grid.groups.count - 1
    return AreaChart(
      heading: heading(grid.remarks), positions: positions(grid), ticks: ticks(grid),
      series: lines(grid).map {
        AreaChart.Series($0.name, numbers: $0.numbers, lastText: $0.lastText)
      }, order: other?.isOrdered == true ? .given : .largest,
      totalText: last < 0 ? nil : value(of: grid.sum(ofGroup: last)).text, empty: empty,
      format: tick)
  }

  func sparkline(_ whole: ChartGrid) -> Sparkline {
    let grid = overTime(whole)
    let series = grid.series[0]
    let known = series.values.compactMap { $0 }
    let low = known.min { $0.compared(to: $1) < 0 }
    let high = known.max { $0.compared(to: $1) < 0 }
    return Sparkline(
      heading: heading(grid.remarks), numbers: series.values.map(number),
      lastText: lines(grid).first?.lastText ?? "",
      extremes: low.flatMap { low in
        high.map { Sparkline.Extremes(low: value(of: low).text, high: value(of: $0).text) }
      }, height: 48, empty: empty)
  }

  func multiples(_ whole: ChartGrid) -> SmallMultiples {
    let grid = overTime(whole, series: limit ?? 12)
    return SmallMultiples(
      heading: heading(grid.remarks), positions: positions(grid), ticks: ticks(grid),
      panels: zip(grid.series, lines(grid)).map { series, line in
        SmallMultiples.Panel(series.name, series: [line])
      }, plural: other?.noun.many ?? "panels", maximum: ChartMaker.unlimited, empty: empty,
      format: tick)
  }

  /// The grid as far as spans are over: one in progress would look like a fall, and the takeaway
  /// says what it holds so far.
  private func overTime(_ whole: ChartGrid, series: Int = ChartMaker.most.series) -> ChartGrid {
    var grid = cut(whole, groups: Int.max, series: series)
    guard grid.lastIsToDate, grid.groups.count > 2 else { return grid }
    let last = grid.groups.count - 1
    if isLevel {
      grid.remarks.append("\(grid.groups[last].name) to date")
    } else {
      grid.remarks.append("\(grid.groups[last].name) is in progress and not drawn")
      grid = grid.picking(Array(0..<last))
    }
    return grid
  }

  private func positions(_ grid: ChartGrid) -> [Double] {
    grid.groups.map { Double($0.span?.start.number ?? 0) }
  }

  private func ticks(_ grid: ChartGrid) -> [TimeTick] {
    axis.map { SpanNames(context, $0).ticks(grid.groups.compactMap(\.span)) } ?? []
  }

  private func lines(_ grid: ChartGrid) -> [LineChart.Series] {
    zip(grid.series, seriesNames(grid)).map { series, name in
      let last = series.values.lastIndex { $0 != nil }
      return LineChart.Series(
        name, series.notation, numbers: series.values.map(number),
        lastText: last.map { text(series, $0) } ?? format.locale.undefined)
    }
  }
}
