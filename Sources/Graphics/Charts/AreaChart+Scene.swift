extension AreaChart {
  /// Axis, areas and labels; gives the y below them.
  func draw(on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let height = LineChart.plotHeight
    let paints = theme.groupPaints
    let all = series.map { (name: $0.name, value: $0.lastText) }
    let capacity = sketch.endCapacity(all, height: height)
    let stack = stack(maximum: min(paints.count + 1, capacity - 1))
    guard let last = stack.last else { return top }
    let isStacked = stack.layers.count > 1

    var pairs = stack.layers.map { (name: $0.name, value: $0.lastText) }
    if isStacked {
      pairs.append((name: "Total", value: totalText ?? format(stack.totals[last])))
    }
    let texts = sketch.endTexts(pairs)
    let plane = sketch.plane(
      domain: Sketch.domain(stack.totals), positions: positions, top: top,
      height: height, labels: texts.width + 2, format: format)

    var base = Array(repeating: 0.0, count: stack.totals.count)
    var ends: [(at: Point, colour: Colour)] = []
    for (index, layer) in stack.layers.enumerated() {
      let paint = layer.isRest ? BarPaint(fill: theme.neutral) : paints[index]
      let upper = zip(base, layer.numbers).map { $0 + ($1 ?? 0) }
      for run in stack.runs {
        let shape = outline(run, lower: base, upper: upper, plane: plane)
        let seam = Stroke(isStacked ? theme.background : paint.fill, width: isStacked ? 1 : 2)
        sketch.path(
          PathMark(
            shape,
            fill: isStacked ? paint.fill : paint.fill.mixed(with: theme.background, share: 0.7),
            stroke: isStacked ? paint.stroke ?? seam : nil))
        if !isStacked { edge(run, upper, plane, seam, on: &sketch) }
      }
      ends.append(
        (
          at: plane(positions[last], isStacked ? (base[last] + upper[last]) / 2 : upper[last]),
          colour: paint.stroke == nil ? paint.fill : theme.ink
        ))
      base = upper
    }
    if isStacked {
      for run in stack.runs {
        edge(run, stack.totals, plane, Stroke(theme.ink, width: 1.5), on: &sketch)
      }
      ends.append((at: plane(positions[last], stack.totals[last]), colour: theme.ink))
    }
    sketch.line(
      Point(plane.area.x, plane.up(0)), Point(plane.area.maxX, plane.up(0)), theme.axis)
    sketch.place(
      texts, ends: ends, x: plane.area.maxX, within: (plane.up.end - 6)...(plane.up.start + 6))

    var y = sketch.positionLabels(ticks, below: plane)
    for note in notes(stack) { y = sketch.note(note, y: y + 6) }
    return y
  }

  private func notes(_ stack: Stack) -> [String] {
    guard stack.layers.count > 1 else { return [] }
    let order =
      order == .largest
      ? "Stacked by their sums, the largest at the bottom"
      : "Stacked in their own order, the first at the bottom"
    let rest = stack.layers.last?.isRest == true ? "; the smallest are one area on top." : "."
    return [order + rest]
      + (stack.missing > 0
        ? ["Where an area has no number (\(stack.missing) times), it adds nothing to the total."]
        : [])
  }

  /// The upper edge of an area over a run of positions; one position alone is a short stroke.
  private func edge(
    _ run: Range<Int>, _ numbers: [Double], _ plane: Plane, _ stroke: Stroke,
    on sketch: inout Sketch
  ) {
    var points = run.map { plane(positions[$0], numbers[$0]) }
    if points.count == 1 {
      points = [-Self.half, Self.half].map { Point(points[0].x + $0, points[0].y) }
    }
    sketch.path(PathMark(through: points, stroke: stroke))
  }

  /// Half the width at which a single position is drawn, in points.
  private static let half = 4.0

  private func outline(
    _ run: Range<Int>, lower: [Double], upper: [Double], plane: Plane
  ) -> [PathMark.Element] {
    var above = run.map { plane(positions[$0], upper[$0]) }
    var below = run.map { plane(positions[$0], lower[$0]) }
    if run.count == 1 {
      above = [-Self.half, Self.half].map { Point(above[0].x + $0, above[0].y) }
      below = [-Self.half, Self.half].map { Point(below[0].x + $0, below[0].y) }
    }
    let points = above + below.reversed()
    return points.enumerated().map { $0.offset == 0 ? .move($0.element) : .line($0.element) }
      + [.close]
  }
}
