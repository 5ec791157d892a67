extension SmallMultiples {
  /// Lengths in points: the least width of a panel, the height of its plot, the room between two.
  private static let lengths = (width: 112.0, plot: 68.0, gap: 18.0)

  /// Key, panels in rows, and what is left out; gives the y below them.
  func draw(on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let shown = panels.prefix(max(1, maximum))
    let (domain, ticks) = axis(shown)
    let axis =
      sketch.widest(
        ticks.map {
          sketch.measurer.shortened(format($0), to: 0.25 * sketch.innerWidth, style: theme.small)
        },
        theme.small) + (ticks.isEmpty ? 0 : 8)
    let room = sketch.innerWidth - axis
    let gap = Self.lengths.gap
    // A value is never cut for the sake of one more panel beside it.
    let least = max(
      Self.lengths.width, sketch.widest(shown.map(\.lastText.onOneLine), theme.small) + 48)
    let columns = max(1, min(shown.count, Int((room + gap) / (least + gap))))
    let width = min(280, (room + gap) / Double(columns) - gap)

    var y = key(shown, on: &sketch, y: top)
    let titleStyle = TextStyle(theme.small.size, .bold)
    let header =
      max(
        sketch.rowHeight(shown.map(\.title.onOneLine), titleStyle),
        sketch.rowHeight(shown.map(\.lastText), theme.small)) + 2
    for row in stride(from: 0, to: shown.count, by: columns) {
      let members = shown.dropFirst(row).prefix(columns)
      let up = LinearScale(
        domain: domain, from: y + header + 4 + Self.lengths.plot, to: y + header + 4)
      let taken = sketch.drawTicks(
        ticks, scale: up, format: format, until: sketch.left + axis + width)
      for (column, panel) in members.enumerated() {
        let x = sketch.left + taken + Double(column) * (width + gap)
        let area = Rect(x: x, y: up.end, width: width, height: Self.lengths.plot)
        // The axis has drawn the grid of the first panel.
        for tick in ticks where column > 0 {
          sketch.line(Point(x, up(tick)), Point(area.maxX, up(tick)), theme.grid)
        }
        draw(panel, in: area, header: y, up: up, on: &sketch)
      }
      y = up.start + 6
      // The time stands below the lowest panel of each column.
      let isLast = row + columns >= shown.count
      let below = isLast ? 0 : max(0, row + 2 * columns - shown.count)
      var bottom = y
      for column in members.indices.map({ $0 - members.startIndex })
      where isLast || column >= columns - below {
        let x = sketch.left + taken + Double(column) * (width + gap)
        bottom = max(bottom, times(from: x, to: x + width, y: y, on: &sketch))
      }
      y = bottom + 12
    }
    y -= 12
    let note = Cut.first.sentence(shown: shown.count, of: panels.count, what: plural)
    return note.isEmpty ? y : sketch.note(note, y: y + 8)
  }

  /// The numbers of all panels on few ticks, for the plots are low.
  private func axis(_ shown: ArraySlice<Panel>) -> (ClosedRange<Double>, ticks: [Double]) {
    let numbers = shown.flatMap { $0.shown(content) }.flatMap(\.numbers).compactMap { $0 }
    let (low, high) = (min(0, numbers.min() ?? 0), max(0, numbers.max() ?? 0))
    let ticks = Ticks.values(for: low...high, count: 4)
    return (min(low, ticks.first ?? low)...max(high, ticks.last ?? high), ticks)
  }

  /// Title, last value, marks and zero line of a panel.
  private func draw(
    _ panel: Panel, in area: Rect, header: Double, up: LinearScale, on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    let (style, bold) = (theme.small, TextStyle(theme.small.size, .bold))
    let value = sketch.measurer.shortened(panel.lastText, to: area.width, style: style)
    let title = sketch.measurer.shortened(
      panel.title, to: area.width - sketch.textWidth(value, style) - 8, style: bold)
    let middle = header + (area.y - 4 - header) / 2
    sketch.text(title, at: Point(area.x, middle + sketch.drop(bold)), .start, bold, theme.ink)
    sketch.text(value, at: Point(area.maxX, middle + sketch.drop(style)), .end, style, theme.ink)
    switch content {
    case .lines:
      let chart = LineChart(
        heading: heading, positions: positions, ticks: ticks, series: panel.series, format: format)
      let plane = Plane(
        across: Sketch.positionScale(positions, from: area.x + 3, to: area.maxX - 4), up: up,
        area: area)
      for line in chart.lines(theme).reversed() {
        chart.draw(line, plane: plane, radius: 2.5, on: &sketch)
      }
    case .columns: drawColumns(panel, in: area, up: up, on: &sketch)
    }
    let zero = up.domain.contains(0) ? up(0) : area.maxY
    sketch.line(Point(area.x, zero), Point(area.maxX, zero), theme.axis)
  }

  private func drawColumns(
    _ panel: Panel, in area: Rect, up: LinearScale, on sketch: inout Sketch
  ) {
    guard let series = panel.series.first else { return }
    let theme = sketch.theme
    let colour = theme.colours([series.notation])[0]
    let bands = BandScale(count: positions.count, from: area.x, to: area.maxX, gap: 0.25)
    for (index, number) in series.numbers.prefix(positions.count).enumerated() {
      guard let number else { continue }
      let isExpected = series.forecastFrom.map { index >= $0 } ?? false
      let paint = theme.paint(isExpected ? .forecast : series.notation, colour: colour)
      sketch.rect(
        Rect(
          from: Point(bands(index), up(0)),
          to: Point(bands(index) + bands.bandwidth, up(number))), paint: paint, role: .bar)
    }
  }

  /// The names of several series, once over all panels.
  private func key(
    _ shown: ArraySlice<Panel>, on sketch: inout Sketch, y: Double
  ) -> Double {
    guard content == .lines,
      let most = shown.max(by: { $0.series.count < $1.series.count }), most.series.count > 1
    else { return y }
    let chart = LineChart(
      heading: heading, positions: positions, ticks: ticks, series: most.series, format: format)
    return sketch.key(
      chart.lines(sketch.theme).map { (name: $0.series.name, swatch: .line($0.stroke)) }, y: y)
  }

  /// The first and the last tick below a panel, or the last alone; gives the y below them.
  private func times(
    from left: Double, to right: Double, y: Double, on sketch: inout Sketch
  ) -> Double {
    let style = sketch.theme.small
    guard let last = ticks.last else { return y }
    let text = sketch.measurer.shortened(last.label, to: right - left, style: style)
    let first = ticks.count > 1 ? ticks.first.map(\.label.onOneLine) ?? "" : ""
    let height = sketch.rowHeight([first, text], style)
    let baseline = y + height / 2 + sketch.drop(style)
    sketch.text(text, at: Point(right, baseline), .end, style, sketch.theme.mutedInk)
    if sketch.textWidth(first, style) + sketch.textWidth(text, style) + 8 <= right - left {
      sketch.text(first, at: Point(left, baseline), .start, style, sketch.theme.mutedInk)
    }
    return y + height
  }
}
