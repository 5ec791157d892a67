extension BarChart {
  /// The height of the tallest column, in points, and that of a plot without any.
  private static let heights = (plot: 180.0, empty: 24.0)

  /// Standing columns: labels below, values at the ends or an axis; gives the y below them.
  func drawColumns(_ items: [Item], on sketch: inout Sketch, y top: Double) -> Double {
    let style = sketch.theme.small
    let domain = domain(items)
    let values = items.flatMap(\.values)
    let textHeight = sketch.rowHeight(values.map(\.text), style) + 4

    // Values at the columns where each fits over its own column, an axis where one does not.
    let open = BandScale(count: items.count, from: sketch.left, to: sketch.right)
    let widest = sketch.widest(values.map(\.text.onOneLine), style)
    let labelled =
      widest + 4 <= open.bandwidth / Double(seriesCount)
      || (seriesCount == 1 && widest + 4 <= open.step)
    let ticks =
      labelled || domain.lowerBound == domain.upperBound
      ? [] : Ticks.values(for: domain, count: 5)
    let shownDomain =
      min(domain.lowerBound, ticks.first ?? 0)...max(domain.upperBound, ticks.last ?? 0)
    let hasNegative = shownDomain.lowerBound < 0
    let height =
      domain.lowerBound == domain.upperBound ? Self.heights.empty : Self.heights.plot
    let plotTop = top + (labelled ? textHeight : 6)
    let scale = LinearScale(
      domain: shownDomain, from: plotTop + height, to: plotTop)
    let axisWidth = sketch.drawTicks(ticks, scale: scale, format: format)
    let bands = BandScale(
      count: items.count, from: sketch.left + axisWidth, to: sketch.right,
      gap: items.count > 40 ? 0.15 : 0.3)

    // Wide bands do not make wide columns, as long as the values still fit.
    let width = min(bands.bandwidth / Double(seriesCount), max(64, labelled ? widest + 4 : 0))
    draw(items, labelled: labelled, width: width, bands: bands, scale: scale, on: &sketch)
    let zero = scale(0)
    sketch.line(
      Point(sketch.left + axisWidth, zero), Point(sketch.right, zero), sketch.theme.axis)

    let below = plotTop + height + (labelled && hasNegative ? textHeight : 0) + 10
    return sketch.bandLabels(items.map(\.label), bands: bands, y: below)
  }

  private func draw(
    _ items: [Item], labelled: Bool, width: Double, bands: BandScale, scale: LinearScale,
    on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    let style = theme.small
    let paints = paints(theme)
    let (zero, single) = (scale(0), seriesCount == 1)
    for (index, item) in items.enumerated() {
      var x = bands.centre(index) - width * Double(item.values.count) / 2
      for (place, value) in item.values.enumerated() {
        let end = value.number.map { scale($0) } ?? zero
        if value.number != nil {
          let paint = paint(value, series: paints[place], theme: theme)
          let gap = single || width < 4 ? 0 : 0.5
          sketch.rect(
            Rect(from: Point(x + gap, zero), to: Point(x + width - gap, end)), paint: paint,
            role: .bar)
        }
        // An axis says nothing of what is undefined, so its text stands where the column would.
        if labelled || (value.number == nil && sketch.textWidth(value.text, style) <= width) {
          let extent = sketch.measurer.extent(of: value.text, style: style)
          let isNegative = (value.number ?? 0) < 0
          sketch.text(
            value.text,
            at: Point(
              x + width / 2, isNegative ? end + 3 + extent.ascent : end - 3 - extent.descent),
            .middle, style, value.number == nil ? theme.mutedInk : theme.ink)
        }
        x += width
      }
    }
  }
}
