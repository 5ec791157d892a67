extension BarChart {
  /// Standing columns: labels below, values at the ends or an axis; gives the y below them.
  func drawColumns(
    _ items: [Item], on sketch: inout Sketch, y top: Double, sentences: inout [String]
  ) -> Double {
    let frame = sketch.barColumns(
      count: items.count, perBand: seriesCount, texts: items.flatMap(\.values).map(\.text),
      domain: domain(items), format: format, y: top)
    let theme = sketch.theme
    let paints = paints(theme)
    let (zero, width, single) = (frame.scale(0), frame.width, seriesCount == 1)
    var lengths: [(label: String, text: String, length: Double)] = []
    for (index, item) in items.enumerated() {
      var x = frame.bands.centre(index) - width * Double(item.values.count) / 2
      for (place, value) in item.values.enumerated() {
        let end = value.number.map { frame.scale($0) } ?? zero
        if value.number != nil {
          let gap = single || width < 4 ? 0 : 0.5
          sketch.rect(
            Rect(from: Point(x + gap, zero), to: Point(x + width - gap, end)),
            paint: paint(value, series: paints[place], theme: theme), role: .bar)
        }
        lengths.append((item.label, value.text, abs(end - zero)))
        // An axis says nothing of what is undefined, so its text stands where the column would.
        if frame.labelled
          || (value.number == nil && sketch.textWidth(value.text, theme.small) <= width)
        {
          sketch.columnText(
            value.text, x: x + width / 2, end: end, isBelow: (value.number ?? 0) < 0,
            isMuted: value.number == nil)
        }
        x += width
      }
    }
    if let short = shortSentence(lengths, areTexts: frame.labelled) { sentences.append(short) }
    sketch.baseline(frame)
    return sketch.bandLabels(items.map(\.label), bands: frame.bands, y: frame.bottom)
  }
}
