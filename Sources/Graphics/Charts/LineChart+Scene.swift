extension LineChart {
  /// The height of the plot, in points.
  private static let plotHeight = 200.0

  /// Axis, lines and labels; gives the y below them.
  func draw(_ lines: [Line], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let style = theme.small
    let domain = domain(lines)
    let ticks = Ticks.values(for: domain, count: 5)
    let shown =
      min(
        domain.lowerBound, ticks.first ?? domain.lowerBound)...max(
        domain.upperBound, ticks.last ?? domain.upperBound)
    let scale = LinearScale(domain: shown, from: top + 6 + Self.plotHeight, to: top + 6)

    // Beyond the palette lines are grey: they are named only where there is room for every name.
    let height =
      sketch.rowHeight(lines.flatMap { [$0.series.name, $0.series.lastText] }, style) + 1
    let capacity = max(1, Int((Self.plotHeight + 12) / height))
    let named =
      lines.count <= capacity
      ? Array(lines.indices)
      : Array(lines.indices.filter { lines[$0].colour != theme.neutral }.prefix(capacity))
    let labels = labels(named.map { lines[$0] }, sketch)
    let labelWidth =
      labels.reduce(0) { max($0, $1.nameWidth + sketch.textWidth($1.value, style)) } + 20
    let plotRight = sketch.right - labelWidth
    let axisWidth = sketch.drawTicks(ticks, scale: scale, format: format, until: plotRight)
    let plotLeft = sketch.left + axisWidth
    if shown.contains(0) {
      sketch.line(Point(plotLeft, scale(0)), Point(plotRight, scale(0)), theme.axis)
    }

    let across = positionScale(from: plotLeft + 5, to: plotRight - 5)
    // Later series are drawn first, so that the first one, the most important, lies on top.
    for line in lines.reversed() { draw(line, across: across, scale: scale, on: &sketch) }
    place(
      labels, of: named.map { lines[$0] }, height: height, across: across, scale: scale,
      x: plotRight, on: &sketch)

    var y = scale.start + 10
    y = sketch.spreadLabels(
      self.ticks.filter { across.domain.contains($0.position) }
        .map { (across($0.position), $0.label) }, y: y)
    if named.count < lines.count {
      y = sketch.note(
        "\(named.count) of \(lines.count) lines are named; the others are grey.", y: y + 6)
    }
    return y
  }

  /// What stands at the end of a line: the name as far as there is room, and the whole value.
  private struct Label {
    var name: String
    /// The width of the name with the gap behind it.
    var nameWidth: Double
    var value: String
  }

  private func labels(_ lines: [Line], _ sketch: Sketch) -> [Label] {
    let style = sketch.theme.small
    let values = lines.map {
      sketch.measurer.shortened($0.series.lastText, to: 0.25 * sketch.innerWidth, style: style)
    }
    let room = 0.4 * sketch.innerWidth - sketch.widest(values, style)
    let names = sketch.measurer.shortenedApart(
      lines.map(\.series.name), to: room, style: style)
    return zip(names, values).map { name, value in
      Label(
        name: name, nameWidth: name.isEmpty ? 0 : sketch.textWidth(name, style) + 8, value: value)
    }
  }

  private func domain(_ lines: [Line]) -> ClosedRange<Double> {
    let numbers = lines.flatMap { $0.series.numbers.prefix(positions.count) }.compactMap { $0 }
    var low = numbers.min() ?? 0
    var high = numbers.max() ?? 0
    if includesZero || low == high {
      low = min(0, low)
      high = max(0, high)
    }
    return low...high
  }

  private func positionScale(from left: Double, to right: Double) -> LinearScale {
    let first = positions.first ?? 0
    let last = max(first, positions.last ?? 0)
    // A single position stands in the middle.
    return first == last
      ? LinearScale(domain: (first - 1)...(first + 1), from: left, to: right)
      : LinearScale(domain: first...last, from: left, to: right)
  }

  private func draw(
    _ line: Line, across: LinearScale, scale: LinearScale, on sketch: inout Sketch
  ) {
    let points = zip(positions, line.series.numbers).map { position, number in
      number.map { Point(across(position), scale($0)) }
    }
    for run in line.runs {
      let known = points[run].compactMap { $0 }
      if known.count > 1 {
        sketch.path(PathMark(through: known, stroke: line.stroke))
      } else if let only = known.first, run.lowerBound != line.last {
        sketch.dot(only, radius: 2.5, fill: line.colour)
      }
    }
    if let end = points[line.last] { sketch.dot(end, radius: 3.5, fill: line.colour) }
  }

  /// Names and values at the ends of lines, moved apart; the name and the value are two texts, so
  /// that a name written from right to left leaves the number alone.
  private func place(
    _ labels: [Label], of lines: [Line], height: Double, across: LinearScale, scale: LinearScale,
    x: Double, on sketch: inout Sketch
  ) {
    let (style, ink) = (sketch.theme.small, sketch.theme.ink)
    let order = lines.indices.sorted {
      (lines[$1].lastNumber, $0) < (lines[$0].lastNumber, $1)
    }
    let wanted = order.map { scale(lines[$0].lastNumber) }
    let middles = Self.spread(
      wanted, distance: height, within: (scale.end - 6)...(scale.start + 6))
    for (index, middle) in zip(order, middles) {
      let line = lines[index]
      let end = Point(across(positions[line.last]), scale(line.lastNumber))
      sketch.path(
        PathMark(
          through: [Point(end.x + 3, end.y), Point(x + 4, end.y), Point(x + 14, middle)],
          stroke: Stroke(line.colour, width: 1, dash: end.x + 10 < x ? [1, 2] : [])))
      let (label, baseline) = (labels[index], middle + sketch.drop(style))
      sketch.text(label.name, at: Point(x + 18, baseline), .start, style, ink)
      sketch.text(label.value, at: Point(x + 18 + label.nameWidth, baseline), .start, style, ink)
    }
  }

  /// Places at least a distance apart and within bounds, as near as can be to those wanted.
  ///
  /// Wanted places come in rising order. Neighbours that collide join into one block around the
  /// mean of their wishes, which is the least-squares answer (pool adjacent violators).
  static func spread(
    _ wanted: [Double], distance: Double, within bounds: ClosedRange<Double>
  ) -> [Double] {
    var blocks: [(sum: Double, count: Int)] = []
    // Taking the distance off makes the question one of order alone.
    for (index, place) in wanted.enumerated() {
      blocks.append((place - Double(index) * distance, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let low = bounds.lowerBound + distance / 2
    let high = bounds.upperBound - distance / 2 - Double(wanted.count - 1) * distance
    let free = blocks.flatMap {
      Array(repeating: min(max($0.sum / Double($0.count), low), max(low, high)), count: $0.count)
    }
    return free.enumerated().map { $0.element + Double($0.offset) * distance }
  }
}
