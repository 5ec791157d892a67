extension BarChart {
  /// Lying bars: labels at the left, values at the ends; gives the y below them.
  func drawBars(_ items: [Item], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let grouped = seriesCount > 1
    let style = theme.label
    let valueStyle = grouped ? theme.small : theme.label

    // Values take what they need, up to 45 % of the width or 30 % on both sides of zero; labels up
    // to 40 %, and less where a fifth would not be left for the bars.
    let numbers = items.flatMap(\.values).compactMap(\.number)
    let bothSides = numbers.contains { $0 < 0 } && numbers.contains { $0 >= 0 }
    let inner = sketch.innerWidth
    let texts = items.map { item in
      item.values.map {
        sketch.measurer.shortened($0.text, to: (bothSides ? 0.3 : 0.45) * inner, style: valueStyle)
      }
    }
    let pairs = zip(items, texts).flatMap { zip($0.values, $1) }
    let negative = pairs.filter { ($0.0.number ?? 0) < 0 }.map(\.1)
    let positive = pairs.filter { ($0.0.number ?? 0) >= 0 }.map(\.1)
    let room = (
      before: negative.isEmpty ? 0 : sketch.widest(negative, valueStyle) + 6,
      after: positive.isEmpty ? 0 : sketch.widest(positive, valueStyle) + 6
    )
    let limit = min(0.4 * inner, max(0.15 * inner, 0.8 * inner - 12 - room.before - room.after))
    let labelWidth = min(limit, sketch.widest(items.map(\.label.onOneLine), style))
    let labels = sketch.measurer.shortenedApart(items.map(\.label), to: labelWidth, style: style)
    let plotLeft = sketch.left + labelWidth + (labelWidth > 0 ? 12 : 0)
    let scale = LinearScale(
      domain: domain(items), from: plotLeft + room.before, to: sketch.right - room.after)

    let thickness = max(
      grouped ? 13.0 : 18.0, sketch.rowHeight(texts.joined(), valueStyle) + (grouped ? 1 : 2))
    let row = max(thickness * Double(seriesCount), sketch.rowHeight(labels, style))
    let gap = grouped ? 12.0 : 7.0
    let zero = scale(0)
    let paints = paints(theme)
    var y = top
    for (index, item) in items.enumerated() {
      let middle = y + row / 2
      sketch.text(
        labels[index], at: Point(sketch.left, middle + sketch.drop(style)), .start, style, theme.ink
      )
      var barTop = middle - thickness * Double(item.values.count) / 2
      for (place, value) in item.values.enumerated() {
        let end = value.number.map { scale($0) } ?? zero
        if value.number != nil {
          let paint = paint(value, series: paints[place], theme: theme)
          sketch.rect(
            Rect(from: Point(zero, barTop + 1), to: Point(end, barTop + thickness - 1)),
            paint: paint, role: .bar)
        }
        let isNegative = (value.number ?? 0) < 0
        sketch.text(
          texts[index][place],
          at: Point(
            isNegative ? end - 6 : end + 6, barTop + thickness / 2 + sketch.drop(valueStyle)),
          isNegative ? .end : .start, valueStyle,
          value.number == nil ? theme.mutedInk : theme.ink)
        barTop += thickness
      }
      y += row + gap
    }
    let bottom = y - gap
    sketch.line(Point(zero, top - 3), Point(zero, bottom + 3), theme.axis)
    return bottom + 3
  }
}
