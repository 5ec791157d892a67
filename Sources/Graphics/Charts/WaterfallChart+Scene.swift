extension WaterfallChart {
  /// A step with where it begins and ends, in the unit of the chart.
  struct Bar {
    var label: String
    var text: String
    var from: Double
    var to: Double
    var isKnown: Bool
    var paint: BarPaint
    /// Whether the number stands on the side of the smaller numbers.
    var isBelow: Bool
  }

  /// Levels from zero, movements from where the step before them ended.
  func bars(_ steps: [Step], _ theme: Theme) -> [Bar] {
    var reached = 0.0
    return steps.map { step in
      let number = step.value?.number ?? 0
      let isLevel = step.kind == .level
      let from = isLevel ? 0 : reached
      reached = isLevel ? number : reached + number
      let tone = tone(step)
      let colour = theme.colour(tone) ?? (isLevel ? theme.seriesColour(0) : theme.neutral)
      // Where rises and falls have colours of their own, levels are the ink of the page.
      let fill = isLevel && tone == .plain && moreIsBetter != nil ? theme.mutedInk : colour
      return Bar(
        label: step.label, text: shape(step) + text(step), from: from,
        to: reached, isKnown: step.value?.number != nil,
        paint: theme.paint(step.notation, colour: fill), isBelow: number < 0)
    }
  }

  /// Whether every number fits over its column and every label below it.
  func stands(_ bars: [Bar], _ sketch: Sketch) -> Bool {
    let style = sketch.theme.small
    let bands = BandScale(count: bars.count, from: sketch.left, to: sketch.right)
    guard sketch.widest(bars.map(\.text.onOneLine), style) + 4 <= bands.step else { return false }
    let room = bands.step - 6
    return room >= 64
      || bars.allSatisfy { bar in
        sketch.measurer.wrapped(bar.label, to: room, lines: 2, style: style)
          .joined(separator: " ") == bar.label.onOneLine
      }
  }

  private func domain(_ bars: [Bar]) -> ClosedRange<Double> {
    let ends = bars.flatMap { [$0.from, $0.to] }
    return min(0, ends.min() ?? 0)...max(0, ends.max() ?? 0)
  }

  /// Whether the number of a fall that ends near zero would stand below the line at zero.
  private func hasTextBelowZero(_ bars: [Bar]) -> Bool {
    let near = 0.15 * domain(bars).upperBound
    return bars.contains { $0.isBelow && $0.to < near }
  }

  /// Which way a movement went, for readers who see no colours; a level went nowhere.
  private func shape(_ step: Step) -> String {
    guard step.kind == .movement, let number = step.value?.number, moreIsBetter != nil else {
      return ""
    }
    return number > 0 ? Tone.good.shape : number < 0 ? Tone.bad.shape : ""
  }

  /// Standing steps; gives the y below them.
  func drawColumns(_ bars: [Bar], on sketch: inout Sketch, y top: Double) -> Double {
    let frame = sketch.barColumns(
      count: bars.count, texts: bars.map(\.text), domain: domain(bars),
      textsBelow: hasTextBelowZero(bars), format: format, y: top)
    let half = frame.width / 2
    for (index, bar) in bars.enumerated() {
      let centre = frame.bands.centre(index)
      let area = Rect(
        from: Point(centre - half, frame.scale(bar.from)),
        to: Point(centre + half, frame.scale(bar.to)))
      if bar.isKnown { sketch.rect(area, paint: bar.paint, role: .bar) }
      if index + 1 < bars.count {
        let level = frame.scale(bar.to)
        sketch.line(
          Point(centre + half, level), Point(frame.bands.centre(index + 1) - half, level),
          sketch.theme.axis)
      }
      sketch.columnText(
        bar.text, x: centre, end: bar.isBelow ? area.maxY : area.y, isBelow: bar.isBelow,
        isMuted: !bar.isKnown)
    }
    sketch.baseline(frame)
    return sketch.bandLabels(bars.map(\.label), bands: frame.bands, y: frame.bottom)
  }

  /// Lying steps; gives the y below them.
  func drawBars(_ bars: [Bar], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    // A number stands right of its bar, or left of one that lies wholly below zero.
    let ends = bars.map { BarEnd($0.text, isBelowZero: max($0.from, $0.to) <= 0 && $0.to < 0) }
    let frame = sketch.barRows(
      labels: bars.map(\.label), ends: ends, domain: domain(bars), endStyle: theme.label,
      // A line that connects two bars must not run through a label.
      mayStack: false)
    let height = max(
      18, sketch.rowHeight(frame.ends, theme.label) + 2,
      sketch.rowHeight(frame.labels, theme.label))
    let gap = 7.0
    var y = top
    var rows: [(top: Double, bottom: Double)] = []
    for (index, bar) in bars.enumerated() {
      let (from, to) = (frame.scale(bar.from), frame.scale(bar.to))
      y = sketch.rowLabel(frame, index, y: y, height: height)
      let middle = y + height / 2
      if bar.isKnown {
        sketch.rect(
          Rect(from: Point(from, y + 1), to: Point(to, y + height - 1)), paint: bar.paint,
          role: .bar)
      }
      if index + 1 < bars.count {
        sketch.line(
          Point(to, y + height - 1), Point(to, y + height + gap + 1), theme.axis)
      }
      let isBelow = ends[index].isBelowZero
      sketch.endText(
        frame.ends[index], x: isBelow ? min(from, to) : max(from, to), middle: middle,
        isBelowZero: isBelow, style: theme.label, isMuted: !bar.isKnown)
      rows.append((y, y + height))
      y += height + gap
    }
    sketch.zeroLine(frame, rows)
    return y - gap + 3
  }
}
