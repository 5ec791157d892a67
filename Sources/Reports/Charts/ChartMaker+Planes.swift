import Graphics
import Metrics
import Records

// Charts of two periods, two metrics, or two dimensions.
extension ChartMaker {
  func slope(_ whole: ChartGrid) -> SlopeChart {
    let grid = cut(whole, groups: 24)
    return SlopeChart(
      heading: heading(grid.remarks),
      times: SlopeChart.Times(
        before: periods?.past.upperFirst ?? "", after: periods?.present.upperFirst ?? ""),
      items: grid.groups.indices.filter { grid.groups[$0].kind == .named }.map { index in
        SlopeChart.Item(
          label(grid, index), before: value(grid.series[1], index),
          after: value(grid.series[0], index))
      }, maximum: ChartMaker.unlimited, empty: empty)
  }

  func scatter(_ grid: ChartGrid) -> ScatterChart {
    func axis(_ index: Int) -> ScatterChart.Axis {
      let metric = metrics[index]
      let unit =
        switch metric.unit {
        case .money: format.currency == "XXX" ? nil : format.currency
        case .days, .meanDays: "days"
        case .rate: "percent"
        default: nil as String?
        }
      return ScatterChart.Axis(
        metric.title + (unit.map { ", \($0)" } ?? ""),
        includesZero: true, format: format.tick(metric.unit))
    }
    return ScatterChart(
      heading: heading(grid.remarks), x: axis(1), y: axis(0),
      items: grid.groups.indices.map { index in
        ScatterChart.Item(
          grid.groups[index].name, x: value(grid.series[1], index),
          y: value(grid.series[0], index),
          size: grid.series.count > 2 ? value(grid.series[2], index) : nil)
      }, sizeName: metrics.count > 2 ? metrics[2].title : "", plural: grid.noun.many, empty: empty)
  }

  /// Time runs from left to right; otherwise the first dimension is the rows.
  func heatMap(_ whole: ChartGrid) -> HeatMap {
    let grid = cut(whole, groups: 24, series: grid24(whole))
    let isAcross = grid.isTime
    let columns = isAcross ? grid.groups.indices.map { label(grid, $0) } : grid.series.map(\.name)
    let rows: [HeatMap.Row] =
      isAcross
      ? grid.series.map { series in
        HeatMap.Row(series.name, grid.groups.indices.map { value(series, $0) })
      }
      : grid.groups.indices.map { index in
        HeatMap.Row(label(grid, index), grid.series.map { value($0, index) })
      }
    return HeatMap(
      heading: heading(grid.remarks + weakRemark(grid)), columns: columns, rows: rows,
      maximum: ChartMaker.unlimited, empty: empty, format: tick)
  }

  private func grid24(_ grid: ChartGrid) -> Int { grid.isTime ? limit ?? 24 : 12 }

  /// Cells of a dimension, grouped by the first where there are two.
  func treemap(_ grid: ChartGrid) -> Treemap {
    let items: [Treemap.Item] =
      other == nil
      ? grid.groups.indices.map { Treemap.Item(label(grid, $0), value(grid.series[0], $0)) }
      : grid.groups.indices.flatMap { group in
        grid.series.map {
          Treemap.Item($0.name, value($0, group), group: grid.groups[group].name)
        }
      }
    return Treemap(
      heading: heading(grid.remarks),
      items: items.filter { ($0.value.number ?? 0) > 0 }, plural: grid.noun.many,
      maximum: limit ?? 60, empty: empty, format: shortText)
  }
}

// Texts that a chart makes itself, of sums and shares.
extension ChartMaker {
  /// A figure with its short text.
  func value(of value: Ratio?) -> ChartValue {
    ChartValue(
      number(value),
      value.map { format.shown($0, unit, isShort: true).text } ?? format.locale.undefined)
  }

  var shortText: @Sendable (Double) -> String {
    let (format, unit) = (format, unit)
    return { format.shown(ValueFormatter.exact($0), unit, isShort: true).text }
  }

  var rateText: @Sendable (Double) -> String {
    let format = format
    return { format.rate(ValueFormatter.exact($0)).text }
  }

  var decimalText: @Sendable (Double) -> String {
    return { ValueFormatter.exact($0).text(places: 2) ?? "" }
  }
}

extension ValueFormatter {
  /// A length as a figure, to a ten-thousandth.
  static func exact(_ number: Double) -> Ratio {
    Ratio(Int128((number * Double(Exact.scale)).rounded()), over: Int128(Exact.scale))
  }
}
