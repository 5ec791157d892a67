import Graphics
import Metrics
import Records

// Charts made of bars.
extension ChartMaker {
  /// Charts that cut a list themselves would do it after it has been cut here.
  static let unlimited = 100_000

  func bars(
    _ whole: ChartGrid, _ orientation: BarChart.Orientation,
    _ arrangement: BarChart.Arrangement = .grouped
  ) -> BarChart {
    let most = orientation == .bars ? ChartMaker.most.rows : ChartMaker.most.columns
    let isStack = arrangement != .grouped
    let grid = cut(
      whole, groups: other == nil || isStack ? most : min(most, 12), series: isStack ? 6 : 4)
    return BarChart(
      heading: heading(grid.remarks + weakRemark(grid)), orientation: orientation,
      arrangement: arrangement,
      series: zip(grid.series, seriesNames(grid)).map { BarChart.Series($1, $0.notation) },
      items: grid.groups.indices.map { index in
        BarChart.Item(
          label(grid, index),
          grid.series.map { series in
            isOutOfScale(grid, series, index)
              ? ChartValue(nil, text(series, index) + ", not drawn")
              : value(series, index, isMuted: isMuted(grid, index))
          }, total: isStack ? value(of: grid.sum(ofGroup: index)) : nil)
      },
      overflow: BarChart.Overflow(maximum: ChartMaker.unlimited) { _, _ in "" }, empty: empty,
      format: tick)
  }

  func bullet(_ whole: ChartGrid) -> BulletChart {
    let grid = cut(whole, groups: ChartMaker.most.rows)
    return BulletChart(
      heading: heading(grid.remarks),
      rows: grid.groups.indices.map { index in
        BulletChart.Row(
          label(grid, index), actual: value(grid.series[0], index),
          target: grid.series.count > 1 ? value(grid.series[1], index) : nil)
      },
      names: BulletChart.Names(
        actual: grid.series.first?.name ?? "", target: grid.series.last?.name ?? ""),
      maximum: ChartMaker.unlimited, empty: empty, format: tick)
  }

  /// From the earlier whole over what each member rose or fell to the present one; without an
  /// earlier period from nothing to the whole.
  func waterfall(_ whole: ChartGrid) -> any Chart {
    var grid = whole
    guard let now = grid.series.first else { return bars(whole, .bars) }
    let past = grid.series.count > 1 ? grid.series[1] : nil
    var moves = now
    moves.notation = .actual
    moves.values = grid.groups.indices.map { index in
      guard let past else { return now.values[index] }
      let from = past.values[index] ?? Ratio(0, over: 1)
      return (now.values[index] ?? Ratio(0, over: 1)).subtracting(from)
    }
    grid.series = [moves]
    let order = grid.groups.indices.sorted { left, right in
      let (a, b) = (abs(number(moves.values[left]) ?? 0), abs(number(moves.values[right]) ?? 0))
      return a == b ? left < right : a > b
    }
    let cut = grid.picking(order.filter { (moves.values[$0]?.numerator ?? 0) != 0 })
      .cut(to: limit ?? 10, adds: true)
    let opening = past.map { value(of: Ratio.sum($0.values) ?? Ratio(0, over: 1)) }
    let closing = value(of: Ratio.sum(now.values) ?? Ratio(0, over: 1))
    let steps =
      (opening.map {
        [WaterfallChart.Step.level(periods?.past.upperFirst ?? "", $0, notation: .prior)]
      }
        ?? [])
      + cut.groups.indices.map { index in
        .movement(cut.groups[index].name, value(cut.series[0], index))
      } + [.level(periods?.present.upperFirst ?? "Total", closing)]
    do {
      return try WaterfallChart(
        heading: heading(grid.remarks), orientation: .bars, steps: steps,
        tolerance: max(1, abs(closing.number ?? 0)) * 1e-9, moreIsBetter: nil,
        maximum: ChartMaker.unlimited, empty: empty, format: tick)
    } catch {
      // Lengths are approximate; sums that lose more than a billionth do not make a bridge.
      return bars(whole, .bars)
    }
  }

  func funnel(_ grid: ChartGrid) -> FunnelChart {
    FunnelChart(
      heading: heading(grid.remarks),
      stages: grid.groups.indices.map {
        FunnelChart.Stage(grid.groups[$0].name, value(grid.series[0], $0))
      }, empty: empty, rate: format.tick(.rate))
  }

  func pareto(_ grid: ChartGrid) -> ParetoChart {
    ParetoChart(
      heading: heading(grid.remarks),
      items: grid.groups.indices.map {
        ParetoChart.Item(grid.groups[$0].name, value(grid.series[0], $0))
      }, what: grid.noun.many, maximum: limit ?? 20, empty: empty, format: shortText,
      rate: rateText)
  }

  func lorenz(_ grid: ChartGrid) -> LorenzChart {
    LorenzChart(
      heading: heading(grid.remarks),
      series: [LorenzChart.Series("", numbers: grid.series[0].values.map(number))],
      what: grid.noun.many, empty: empty, rate: rateText, decimal: decimalText)
  }

  func histogram(_ grid: ChartGrid) -> Histogram {
    let format = format
    let numbers = grid.series[0].values.map(number)
    let known = numbers.compactMap { $0 }
    let hasTail = unit == .money && known.allSatisfy { $0 >= 0 }
    return Histogram(
      heading: heading(grid.remarks), numbers: numbers, what: grid.noun.many,
      spacing: hasTail ? .ratios : .even, empty: empty, format: tick,
      count: { format.count(Int128($0)).text })
  }
}
