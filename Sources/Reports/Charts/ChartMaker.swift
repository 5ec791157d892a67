import Graphics
import Metrics
import Records

/// Draws a grid as a kind of chart; reports and questions share it.
struct ChartMaker {
  let context: ReportContext
  /// The words over the chart, from remarks about what is not as it seems.
  let heading: @Sendable ([String]) -> ChartHeading
  let unit: Unit
  /// The dimension along the axis, nil where figures stand beside each other.
  var axis: Dimension?
  /// The dimension whose members are series, nil where there is none.
  var other: Dimension?
  /// What the series are called, where their own names do not say it.
  var names: [String]?
  /// Whether figures are levels, of which a span in progress has one as any other.
  var isLevel = false
  /// The most members that are asked for; nil: as many as the kind shows well.
  var limit: Int?
  /// Whether the members sum to the whole, so that what is cut can stand together.
  var adds = false
  /// Whether members that rest on too few cases come after the others.
  var putsWeakLast = false
  /// The metrics, where a chart shows several units.
  var metrics: [ChartShape.Measured] = []
  /// The names of the present and the earlier period.
  var periods: (present: String, past: String)?
  /// The sentence in place of a plot.
  var empty = "There is nothing to show."

  var format: ValueFormatter { context.formatter }

  /// Members beyond which a chart is no longer read, and how many are shown where there are more.
  static let most = (rows: 40, columns: 16, series: 6, shown: 20)

  func chart(_ kind: ChartKind, _ grid: ChartGrid) -> any Chart {
    switch kind {
    case .bar: bars(grid, .bars)
    case .column: bars(grid, .columns)
    case .stacked: bars(grid, grid.isTime ? .columns : .bars, .stacked)
    case .diverging: bars(grid, grid.isTime ? .columns : .bars, .diverging)
    case .bullet: bullet(grid)
    case .waterfall: waterfall(grid)
    case .funnel: funnel(grid)
    case .pareto: pareto(grid)
    case .lorenz: lorenz(grid)
    case .histogram: histogram(grid)
    case .line: line(grid)
    case .area: area(grid)
    case .sparkline: sparkline(grid)
    case .multiples: multiples(grid)
    case .slope: slope(grid)
    case .scatter: scatter(grid)
    case .heatmap: heatMap(grid)
    case .treemap: treemap(grid)
    // The refusals have seen that there is a map.
    case .map: map(grid) ?? bars(grid, .bars)
    }
  }

  /// The grid with at most as many members and series as can be read.
  func cut(_ grid: ChartGrid, groups: Int, series: Int = ChartMaker.most.series) -> ChartGrid {
    var grid = putsWeakLast ? weakLast(grid) : grid
    if let other {
      grid = grid.cutSeries(to: series, adds: adds, noun: other.noun)
    }
    guard !grid.isTime || limit != nil else { return grid }
    if grid.isTime, let limit, grid.groups.count > limit {
      let count = grid.groups.count
      grid = grid.picking(Array((count - limit)..<count))
      grid.remarks.append("the last \(limit) of \(count) \(grid.noun.many)")
      return grid
    }
    let usual = grid.groups.count <= groups ? groups : min(groups, ChartMaker.most.shown)
    return grid.cut(to: limit ?? usual, adds: adds)
  }

  private func weakLast(_ grid: ChartGrid) -> ChartGrid {
    guard let first = grid.series.first else { return grid }
    let indices = Array(grid.groups.indices)
    return grid.picking(
      indices.filter { !isWeak(first, $0) } + indices.filter { isWeak(first, $0) })
  }
}

// Pieces of charts.
extension ChartMaker {
  func seriesNames(_ grid: ChartGrid) -> [String] { names ?? grid.series.map(\.name) }

  /// What is cut may be so much more than any member that a bar of it would dwarf them all.
  func isOutOfScale(_ grid: ChartGrid, _ series: ChartGrid.Series, _ index: Int) -> Bool {
    guard case .rest = grid.groups[index].kind else { return false }
    let named = grid.series.flatMap { series in
      grid.groups.indices.filter { grid.groups[$0].kind == .named }.compactMap {
        number(series.values[$0]).map(abs)
      }
    }
    return abs(number(series.values[index]) ?? 0) > 1.5 * (named.max() ?? 0)
  }

  func label(_ grid: ChartGrid, _ index: Int) -> String {
    let name = grid.groups[index].name
    return grid.lastIsToDate && index == grid.groups.count - 1 ? name + " to date" : name
  }

  /// A remainder and a span in progress are of less weight than what stands beside them.
  func isMuted(_ grid: ChartGrid, _ index: Int) -> Bool {
    guard grid.series.count == 1 else { return false }
    let isLast = index == grid.groups.count - 1
    return grid.groups[index].kind != .named || MemberRows.isRemainder(grid.groups[index].name)
      || (grid.lastIsToDate && isLast)
  }

  func value(_ series: ChartGrid.Series, _ index: Int, isMuted: Bool = false) -> ChartValue {
    let weak = isWeak(series, index)
    return ChartValue(
      number(series.values[index]), text(series, index) + (weak ? "*" : ""),
      tone: isMuted || weak ? .muted : .plain)
  }

  func text(_ series: ChartGrid.Series, _ index: Int) -> String {
    guard let value = series.values[index] else { return format.locale.undefined }
    return format.shown(value, series.unit, isShort: true).text
  }

  /// A figure as a length: pictures, unlike figures, are approximate.
  func number(_ value: Ratio?) -> Double? {
    value.map { Double($0.numerator) / Double($0.denominator) }
  }

  func isWeak(_ series: ChartGrid.Series, _ index: Int) -> Bool {
    guard series.unit == .rate, series.values[index] != nil, let cases = series.cases[index] else {
      return false
    }
    return cases < ValueFormatter.weakBelow
  }

  func weakRemark(_ grid: ChartGrid) -> [String] {
    grid.series.contains { series in grid.groups.indices.contains { isWeak(series, $0) } }
      ? ["* rests on fewer than \(ValueFormatter.weakBelow) cases"] : []
  }

  /// Text of a tick in the unit of the chart.
  var tick: @Sendable (Double) -> String { format.tick(unit) }
}

extension ValueFormatter {
  /// What writes the numbers of an axis in a unit.
  func tick(_ unit: Unit) -> @Sendable (Double) -> String {
    let format = self
    let none = locale.decimal + "0"
    return { number in
      let exact = ValueFormatter.exact(number)
      let text = format.shown(exact, unit, isShort: true).text
      switch unit {
      case .money: return text.replacing(none + "\u{A0}", with: "\u{A0}")
      case .rate: return text.replacing(none + format.locale.percent, with: format.locale.percent)
      case .mean, .meanDays, .number:
        return text.hasSuffix(none) ? String(text.dropLast(none.count)) : text
      default: return text
      }
    }
  }
}
