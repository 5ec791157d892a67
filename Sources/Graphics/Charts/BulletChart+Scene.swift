extension BulletChart {
  /// Heights within a row, in points: the shading, the prior bar, the actual bar.
  private static let heights = (band: 22.0, prior: 14.0, actual: 8.0)

  /// Rows on one scale with an axis below; gives the y below it.
  func draw(_ rows: [Row], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let style = theme.label
    let labelWidth = min(
      0.3 * sketch.innerWidth, sketch.widest(rows.map(\.label.onOneLine), style))
    let values = rows.map { row in
      valueLines(row, sketch).map {
        (
          text: sketch.measurer.shortened($0.text, to: 0.42 * sketch.innerWidth, style: $0.style),
          style: $0.style, colour: $0.colour
        )
      }
    }
    // Where values stand on two lines a label may as well.
    let isTall = values.contains { $0.count > 1 }
    let labels =
      isTall
      ? sketch.measurer.wrappedApart(rows.map(\.label), to: labelWidth, style: style)
      : sketch.measurer.shortenedApart(rows.map(\.label), to: labelWidth, style: style).map { [$0] }
    let valueWidth = values.joined().reduce(0) { max($0, sketch.textWidth($1.text, $1.style)) }
    let plotLeft = sketch.left + labelWidth + (labelWidth > 0 ? 12 : 0)
    let scale = LinearScale(
      domain: domain(rows), from: plotLeft, to: sketch.right - valueWidth - 12)
    let lineHeight = values.joined().reduce(sketch.rowHeight(labels.joined(), style)) {
      max($0, sketch.rowHeight([$1.text], $1.style))
    }
    let height = max(
      Self.heights.band, isTall ? 2 * lineHeight : lineHeight)

    var y = top
    for (index, row) in rows.enumerated() {
      let middle = y + height / 2
      var place = middle - lineHeight * Double(labels[index].count - 1) / 2
      for label in labels[index] {
        sketch.text(
          label, at: Point(sketch.left, place + sketch.drop(style)), .start, style, theme.ink)
        place += lineHeight
      }
      draw(row, scale: scale, middle: middle, on: &sketch)
      var line = middle - lineHeight * Double(values[index].count - 1) / 2
      for value in values[index] {
        sketch.text(
          value.text, at: Point(sketch.right - valueWidth, line + sketch.drop(value.style)),
          .start, value.style, value.colour)
        line += lineHeight
      }
      y += height + 10
    }
    sketch.line(
      Point(scale(0), top - 2), Point(scale(0), y - 8), theme.axis)
    return drawAxis(scale, y: y - 8, on: &sketch)
  }

  private func valueLines(
    _ row: Row, _ sketch: Sketch
  ) -> [(text: String, style: TextStyle, colour: Colour)] {
    let theme = sketch.theme
    let bold = TextStyle(theme.label.size, .bold)
    let actual = (
      row.actual.marked, bold, row.actual.number == nil ? theme.mutedInk : theme.ink
    )
    guard let target = row.target else { return [actual] }
    return [actual, ("\(names.target) \(target.text)", theme.small, theme.mutedInk)]
  }

  private func draw(
    _ row: Row, scale: LinearScale, middle: Double, on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    func bar(_ from: Double, _ to: Double, _ height: Double) -> Rect {
      Rect(from: Point(scale(from), middle - height / 2), to: Point(scale(to), middle + height / 2))
    }
    var lower = min(0, scale.domain.lowerBound)
    for (index, upper) in row.bands.sorted().prefix(theme.bands.count).enumerated()
    where upper > lower {
      sketch.rect(bar(lower, upper, Self.heights.band), fill: theme.bands[index])
      lower = upper
    }
    if let prior = row.prior?.number {
      sketch.rect(bar(0, prior, Self.heights.prior), fill: theme.prior)
    }
    if let actual = row.actual.number {
      let fill =
        switch row.actual.tone {
        case .plain: theme.seriesColour(0)
        case .good: theme.good
        case .bad: theme.bad
        case .muted: theme.neutral
        }
      sketch.rect(bar(0, actual, Self.heights.actual), fill: fill, role: .bar)
    }
    if let target = row.target?.number {
      let x = scale(target)
      sketch.rect(
        Rect(x: x - 1.5, y: middle - Self.heights.band / 2, width: 3, height: Self.heights.band),
        fill: theme.ink)
    }
  }

  /// The numbers between which everything in the rows lies, zero among them.
  private func domain(_ rows: [Row]) -> ClosedRange<Double> {
    let numbers = rows.flatMap { row in
      [row.actual.number, row.target?.number, row.prior?.number].compactMap { $0 } + row.bands
    }
    return min(0, numbers.min() ?? 0)...max(0, numbers.max() ?? 0)
  }

  private func drawAxis(_ scale: LinearScale, y: Double, on sketch: inout Sketch) -> Double {
    let domain = scale.domain
    guard domain.lowerBound < domain.upperBound else { return y }
    let wanted = max(2, Int((scale.end - scale.start) / 90))
    // In a narrow plot all ticks but one may lie outside; one alone would be no scale.
    let ticks =
      (wanted...(wanted + 4)).lazy
      .map { Ticks.values(for: domain, count: $0).filter(domain.contains) }
      .first { $0.count > 1 } ?? []
    sketch.line(Point(scale.start, y), Point(scale.end, y), sketch.theme.axis)
    for tick in ticks {
      sketch.line(Point(scale(tick), y), Point(scale(tick), y + 4), sketch.theme.axis)
    }
    return sketch.spreadLabels(ticks.map { (scale($0), format($0)) }, y: y + 6)
  }
}
