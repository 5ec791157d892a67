extension LorenzChart {
  /// The longest side of the plot, the room of a bracket, and the least room for words beside it,
  /// in points.
  private static let sizes = (side: 320.0, bracket: 14.0, words: 130.0)

  /// The curves laid out for a width; the plot is a square.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    // Beyond the palette curves would be told apart by nothing.
    let shown = series.prefix(theme.series.count)
    let spreads = shown.compactMap(spread)
    if spreads.isEmpty {
      let reasons = series.isEmpty ? [empty] : shown.map(whyWithout)
      y = sketch.note(reasons.joined(separator: " "), y: y)
    } else {
      y = draw(spreads, on: &sketch, y: y)
      var sentences = spreads.flatMap(remarks)
      sentences += shown.filter { spread($0) == nil }.map(whyWithout)
      sentences.append(Cut.first.sentence(shown: shown.count, of: series.count))
      y = sketch.notes(sentences, y: y)
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private func draw(_ spreads: [Spread], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let style = theme.small
    let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    let texts = ticks.map(rate)
    let axis = sketch.widest(texts, style) + 8
    let left = sketch.left + axis
    let bracket = Self.sizes.bracket
    let hasWords = sketch.right - left - 200 - bracket - 12 >= Self.sizes.words
    let side = min(
      Self.sizes.side,
      sketch.right - left - bracket - (hasWords ? 12 + Self.sizes.words : 0))
    let lowest = min(0, spreads.flatMap(\.shares).min() ?? 0)
    let y = sketch.paragraph("Share of the total", y: top, lines: 1, style, theme.mutedInk) + 8
    let up = LinearScale(domain: lowest...1, from: y + side, to: y)
    let across = LinearScale(domain: 0...1, from: left, to: left + side)
    _ = sketch.drawTicks(ticks, scale: up, format: rate, until: left + side)
    sketch.line(Point(left, up(0)), Point(left + side, up(0)), theme.axis)
    drawEquality(across, up, on: &sketch)

    let colours = theme.colours(spreads.map(\.series.notation))
    for (spread, colour) in zip(spreads, colours).reversed() {
      draw(spread, colour, across, up, on: &sketch)
    }
    if let first = spreads.first { drawTop(first, colours[0], across, up, on: &sketch) }

    var bottom = sketch.spreadLabels(
      zip(ticks, texts).map { (across($0), $1) }, y: y + side + 8)
    bottom = sketch.paragraph(
      "Share of the \(what), the smallest first", y: bottom + 4, lines: 2, style, theme.mutedInk)
    let words = spreads.map { spread in
      (spreads.count > 1 ? [spread.series.name] : []) + self.words(spread)
    }
    guard hasWords else {
      bottom += 6
      for (lines, colour) in zip(words, colours) {
        bottom = drawWords(
          lines, colour, x: sketch.left, isKey: spreads.count > 1, on: &sketch, y: bottom)
      }
      return bottom
    }
    var beside = up(1)
    for (lines, colour) in zip(words, colours) {
      beside = drawWords(
        lines, colour, x: left + side + bracket + 12, isKey: spreads.count > 1, on: &sketch,
        y: beside)
    }
    return max(bottom, beside)
  }

  /// Where everybody has the same, named above the line.
  private func drawEquality(
    _ across: LinearScale, _ up: LinearScale, on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    let style = theme.small
    sketch.line(
      Point(across(0), up(0)), Point(across(1), up(1)), theme.mutedInk, dash: [4, 3])
    let room = across(0.5) - across(0) - 12
    let text = sketch.measurer.shortened("All equal", to: room, style: style)
    sketch.text(text, at: Point(across(0.5) - 10, up(0.5)), .end, style, theme.mutedInk)
  }

  private func draw(
    _ spread: Spread, _ colour: Colour, _ across: LinearScale, _ up: LinearScale,
    on sketch: inout Sketch
  ) {
    // A curve of more points than the plot has pixels would only be slow.
    let step = max(1, spread.count / 1000)
    let places = stride(from: 0, to: spread.count, by: step).map { $0 } + [spread.count]
    let points = places.map {
      Point(across(Double($0) / Double(spread.count)), up(spread.shares[$0]))
    }
    let stroke =
      switch spread.series.notation {
      case .actual: Stroke(colour, width: 2)
      case .prior: Stroke(colour, width: 1.5)
      case .plan: Stroke(colour, width: 1.5, dash: [4, 3])
      case .forecast: Stroke(colour, width: 2, dash: [2, 2])
      }
    sketch.path(PathMark(through: points, stroke: stroke))
  }

  /// The point from which on the top hold their share, and a bracket over that share.
  private func drawTop(
    _ spread: Spread, _ colour: Colour, _ across: LinearScale, _ up: LinearScale,
    on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    let place = spread.count - spread.topCount
    let point = Point(across(Double(place) / Double(spread.count)), up(spread.shares[place]))
    let x = across(1) + 6
    sketch.line(point, Point(x, point.y), theme.mutedInk, dash: [1, 2])
    sketch.dot(point, radius: 3.5, fill: colour)
    sketch.path(
      PathMark(
        through: [
          Point(x, up(1)), Point(x + 5, up(1)), Point(x + 5, point.y), Point(x, point.y),
        ], stroke: Stroke(theme.ink)))
  }

  /// The words on one spread, the first line bold; gives the y below them.
  private func drawWords(
    _ lines: [String], _ colour: Colour, x: Double, isKey: Bool, on sketch: inout Sketch,
    y: Double
  ) -> Double {
    let theme = sketch.theme
    let bold = TextStyle(theme.label.size, .bold)
    let indent = isKey ? 18.0 : 0
    var y = y
    for (place, line) in lines.enumerated() {
      let style = place == 0 ? bold : theme.label
      let wrapped = sketch.measurer.wrapped(
        line, to: sketch.right - x - indent, lines: place == 0 ? 2 : 4, style: style)
      for (row, text) in wrapped.enumerated() {
        let height = sketch.rowHeight([text], style) + 2
        let middle = y + height / 2
        if isKey, place == 0, row == 0 {
          sketch.rect(Rect(x: x, y: middle - 1.5, width: 12, height: 3), fill: colour)
        }
        sketch.text(
          text, at: Point(x + indent, middle + sketch.drop(style)), .start, style, theme.ink)
        y += height
      }
    }
    return y + 8
  }
}
