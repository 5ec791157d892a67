extension LineChart {
  /// The height of the plot, in points.
  static let plotHeight = 200.0

  /// Axis, lines and labels; gives the y below them.
  func draw(_ lines: [Line], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    // Beyond the palette lines are grey: they are named only where there is room for every name.
    let pairs = lines.map { (name: $0.series.name, value: $0.series.lastText) }
    let capacity = sketch.endCapacity(pairs, height: Self.plotHeight)
    let named =
      lines.count <= capacity
      ? Array(lines.indices)
      : Array(lines.indices.filter { lines[$0].colour != theme.neutral }.prefix(capacity))
    let texts = sketch.endTexts(named.map { pairs[$0] })

    let numbers = lines.flatMap { $0.series.numbers.prefix(positions.count) }.compactMap { $0 }
    let start = forecastStart
    let plotTop = start == nil ? top : top + sketch.rowHeight([forecastName], theme.small)
    let height = Self.plotHeight
    let shading = sketch.reserve()
    let plane = sketch.plane(
      domain: Sketch.domain(numbers, includesZero: includesZero), positions: positions,
      top: plotTop,
      height: height, labels: texts.width + 2, format: format)
    if let start { shade(from: start, plane: plane, top: top, below: shading, on: &sketch) }

    // Later series are drawn first, so that the first one, the most important, lies on top.
    for line in lines.reversed() { draw(line, plane: plane, on: &sketch) }
    let ends = named.map { index in
      (
        at: plane(positions[lines[index].last], lines[index].lastNumber),
        colour: lines[index].colour
      )
    }
    sketch.place(
      texts, ends: ends, x: plane.area.maxX, within: (plane.up.end - 6)...(plane.up.start + 6))

    var y = sketch.positionLabels(ticks, below: plane)
    if named.count < lines.count {
      y = sketch.note(
        "\(named.count) of \(lines.count) lines are named; the others are grey.", y: y + 6)
    }
    return y
  }

  /// The ground of what is expected but not measured, with its name above it.
  private func shade(
    from start: Int, plane: Plane, top: Double, below place: Int, on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    // Between the last measured position and the first expected one.
    let x =
      start > 0
      ? plane.across((positions[start - 1] + positions[start]) / 2) : plane.area.x
    let area = Rect(from: Point(x, plane.area.y), to: Point(plane.area.maxX, plane.area.maxY))
    if let band = theme.bands.last {
      sketch.insert(.rect(RectMark(area, fill: band)), at: place)
    }
    let name = sketch.measurer.shortened(
      forecastName, to: sketch.innerWidth / 2, style: theme.small)
    let half = sketch.textWidth(name, theme.small) / 2
    let middle = min(max(area.centre.x, plane.area.x + half), sketch.right - half)
    let height = sketch.rowHeight([name], theme.small)
    sketch.text(
      name, at: Point(middle, top + height / 2 + sketch.drop(theme.small)), .middle, theme.small,
      theme.mutedInk)
  }

  /// One line, its end marked by a dot.
  func draw(_ line: Line, plane: Plane, radius: Double = 3.5, on sketch: inout Sketch) {
    let points = zip(positions, line.series.numbers).map { position, number in
      number.map { plane(position, $0) }
    }
    let expected = line.series.forecastFrom ?? points.count
    for run in line.runs {
      if run.count == 1, let only = points[run.lowerBound] {
        if run.lowerBound != line.last {
          dot(only, radius: 2.5, line, isExpected: run.lowerBound >= expected, on: &sketch)
        }
        continue
      }
      let turn = min(max(run.lowerBound, expected - 1), run.upperBound)
      let measured = points[run.lowerBound..<min(turn + 1, run.upperBound)].compactMap { $0 }
      let ahead = points[turn..<run.upperBound].compactMap { $0 }
      if measured.count > 1 {
        sketch.path(PathMark(through: measured, stroke: line.stroke))
      }
      if ahead.count > 1 {
        var stroke = line.stroke
        stroke.dash = Self.expectedDash
        sketch.path(PathMark(through: ahead, stroke: stroke))
      }
    }
    if let end = points[line.last] {
      dot(end, radius: radius, line, isExpected: line.last >= expected, on: &sketch)
    }
  }

  /// What is only expected ends in a hollow dot.
  private func dot(
    _ centre: Point, radius: Double, _ line: Line, isExpected: Bool, on sketch: inout Sketch
  ) {
    sketch.dot(
      centre, radius: radius, fill: isExpected ? sketch.theme.background : line.colour,
      stroke: isExpected ? Stroke(line.colour, width: 1.5) : nil)
  }

  private static let expectedDash: [Double] = [6, 3]
}
