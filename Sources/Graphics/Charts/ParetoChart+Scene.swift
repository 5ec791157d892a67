extension ParetoChart {
  /// The width from which the share so far is drawn as well as written, in points, and its panel.
  private static let widths = (panelFrom: 600.0, panel: 220.0)

  /// The chart laid out for a width; its height follows from the number of bars.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let ranking = ranking
    if ranking.items.isEmpty {
      y = sketch.note(whyEmpty(ranking), y: y)
    } else {
      let rows = rows(ranking)
      y = draw(rows, ranking, on: &sketch, y: y)
      y = sketch.notes([point(ranking)] + remarks(ranking, rows), y: y)
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private func draw(
    _ rows: [Row], _ ranking: Ranking, on sketch: inout Sketch, y top: Double
  ) -> Double {
    let theme = sketch.theme
    let hasPanel = sketch.innerWidth >= Self.widths.panelFrom && rows.count > 1
    let panelLeft = sketch.right - Self.widths.panel
    let end = hasPanel ? panelLeft - 16 : sketch.right
    let numbers = rows.filter { hasBar($0, rows) }.compactMap(\.item.value.number)
    let y = sketch.rightHead("Together", right: end, y: top)
    let frame = sketch.barRows(
      labels: rows.map(\.item.label), ends: rows.map { BarEnd($0.item.value) },
      column: rows.map { Share.text($0.share, by: rate) }, domain: 0...(numbers.max() ?? 0),
      endStyle: theme.label, until: end)
    let height = max(
      18, sketch.rowHeight(frame.ends + frame.column, theme.label) + 2,
      frame.lead > 0 ? 0 : sketch.rowHeight(frame.labels, theme.label))
    let step = frame.lead + height + 7
    let zero = frame.scale(0)
    // The mark is drawn first, so that it lies under what it crosses.
    if ranking.reaching <= rows.count, rows[ranking.reaching - 1].isRest == false {
      let mark = y + step * Double(ranking.reaching) - 3.5
      sketch.line(
        Point(sketch.left, mark), Point(sketch.right, mark), theme.mutedInk, dash: [4, 3])
    }
    var spans: [(top: Double, bottom: Double)] = []
    for (index, row) in rows.enumerated() {
      let rowTop = sketch.rowLabel(frame, index, y: y + step * Double(index), height: height)
      let middle = rowTop + height / 2
      let hasBar = hasBar(row, rows)
      let barEnd = hasBar ? row.item.value.number.map { frame.scale($0) } ?? zero : zero
      let colour = theme.colour(row.item.value.tone) ?? theme.seriesColour(0)
      if hasBar {
        sketch.rect(
          Rect(from: Point(zero, rowTop + 1), to: Point(barEnd, rowTop + height - 1)),
          fill: colour, role: .bar)
      }
      sketch.endText(
        frame.ends[index], x: barEnd, middle: middle, isBelowZero: false, style: theme.label,
        isMuted: !hasBar)
      sketch.text(
        frame.column[index], at: Point(end, middle + sketch.drop(theme.label)), .end,
        theme.label, theme.ink)
      spans.append((rowTop, rowTop + height))
    }
    let bottom = y + step * Double(rows.count) - 4
    sketch.zeroLine(frame, spans)
    guard hasPanel else { return bottom }
    let middles = rows.indices.map { y + step * Double($0) + frame.lead + height / 2 }
    return drawPanel(
      zip(rows.map(\.share), middles).map { (share: $0, y: $1) }, from: panelLeft, top: y,
      bottom: bottom, on: &sketch)
  }

  /// The share so far as a line down the same rows, on a scale from nothing to all.
  private func drawPanel(
    _ points: [(share: Double, y: Double)], from left: Double, top: Double, bottom: Double,
    on sketch: inout Sketch
  ) -> Double {
    let theme = sketch.theme
    let scale = LinearScale(domain: 0...1, from: left + 12, to: sketch.right - 20)
    for share in [0, threshold, 1] {
      sketch.line(
        Point(scale(share), top - 3), Point(scale(share), bottom),
        share == threshold ? theme.axis : theme.grid, dash: share == threshold ? [4, 3] : [])
    }
    let places = points.map { Point(scale($0.share), $0.y) }
    sketch.path(PathMark(through: places, stroke: Stroke(theme.seriesColour(0), width: 1.5)))
    for place in places { sketch.dot(place, radius: 2.5, fill: theme.seriesColour(0)) }
    let style = theme.small
    let texts = [0, threshold, 1].map(rate)
    let height = sketch.rowHeight(texts, style)
    var last = -Double.infinity
    for (share, text) in zip([0, threshold, 1], texts) {
      let half = sketch.textWidth(text, style) / 2
      let x = min(scale(share), sketch.right - half)
      // The threshold is what the line is read against: 100 % gives way to it.
      guard x - half >= last + 4 else { continue }
      last = x + half
      sketch.text(
        text, at: Point(x, bottom + 6 + height / 2 + sketch.drop(style)), .middle, style,
        theme.mutedInk)
    }
    return bottom + 6 + height
  }
}
