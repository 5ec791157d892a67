extension BarChart {
  /// Lying bars: labels at the left, values at the ends; gives the y below them.
  func drawBars(
    _ items: [Item], on sketch: inout Sketch, y top: Double, sentences: inout [String]
  ) -> Double {
    let theme = sketch.theme
    let grouped = seriesCount > 1
    let style = grouped ? theme.small : theme.label
    let frame = sketch.barRows(
      labels: items.map(\.label), ends: items.flatMap(\.values).map(BarEnd.init),
      domain: domain(items), endStyle: style)
    let thickness = max(
      grouped ? 13.0 : 18.0, sketch.rowHeight(frame.ends, style) + (grouped ? 1 : 2))
    let row = max(
      thickness * Double(seriesCount),
      frame.lead > 0 ? 0 : sketch.rowHeight(frame.labels, theme.label))
    let gap = grouped ? 12.0 : 7.0
    let zero = frame.scale(0)
    let paints = paints(theme)
    var y = top
    var rows: [(top: Double, bottom: Double)] = []
    var ends = frame.ends[...]
    var lengths: [(label: String, text: String, length: Double)] = []
    for (index, item) in items.enumerated() {
      let rowTop = sketch.rowLabel(frame, index, y: y, height: row)
      var barTop = rowTop + row / 2 - thickness * Double(item.values.count) / 2
      for (place, value) in item.values.enumerated() {
        let end = value.number.map { frame.scale($0) } ?? zero
        if value.number != nil {
          sketch.rect(
            Rect(from: Point(zero, barTop + 1), to: Point(end, barTop + thickness - 1)),
            paint: paint(value, series: paints[place], theme: theme), role: .bar)
        }
        lengths.append((item.label, value.text, abs(end - zero)))
        sketch.endText(
          ends.popFirst() ?? "", x: end, middle: barTop + thickness / 2,
          isBelowZero: (value.number ?? 0) < 0, style: style, isMuted: value.number == nil)
        barTop += thickness
      }
      rows.append((rowTop, rowTop + row))
      y = rowTop + row + gap
    }
    if let short = shortSentence(lengths, areTexts: true) { sentences.append(short) }
    sketch.zeroLine(frame, rows)
    return y - gap + 3
  }
}
