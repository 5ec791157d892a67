extension BarChart {
  /// Lying stacks with their totals; gives the y below them.
  func drawStackedBars(
    _ items: [Item], on sketch: inout Sketch, y top: Double, sentences: inout [String]
  ) -> Double {
    let theme = sketch.theme
    let stacks = items.map(stack)
    let isDiverging = arrangement == .diverging
    let style = isDiverging ? theme.small : theme.label
    let totals = stacks.map { totalText($0.total) }
    let ends = stacks.map { stack in
      isDiverging
        ? sides(stack).map { BarEnd($0.text, isBelowZero: $0.number < 0) }
        : [BarEnd(stack.total.text, isBelowZero: stack.high == 0 && stack.low < 0)]
    }
    var y = top
    if isDiverging { y = sketch.rightHead(totalName, right: sketch.right, y: y) }
    let frame = sketch.barRows(
      labels: items.map(\.label), ends: ends.joined().map { $0 },
      column: isDiverging ? totals : [], domain: stackedDomain(stacks), endStyle: style)
    let row = max(
      18, sketch.rowHeight(stacks.flatMap(\.parts).map(\.text), theme.small) + 3,
      sketch.rowHeight(
        frame.ends + frame.column + (frame.lead > 0 ? [] : frame.labels), theme.label))
    var rows: [(top: Double, bottom: Double)] = []
    var hidden = 0
    var texts = frame.ends[...]
    for (index, stack) in stacks.enumerated() {
      y = sketch.rowLabel(frame, index, y: y, height: row)
      let middle = y + row / 2
      let areas = stack.parts.map {
        Rect(
          from: Point(frame.scale($0.from), y + 1), to: Point(frame.scale($0.to), y + row - 1))
      }
      hidden += draw(stack, areas, on: &sketch)
      for end in ends[index] {
        sketch.endText(
          texts.popFirst() ?? "", x: frame.scale(end.isBelowZero ? stack.low : stack.high),
          middle: middle, isBelowZero: end.isBelowZero, style: style,
          isMuted: stack.parts.isEmpty)
      }
      if isDiverging {
        sketch.text(
          frame.column[index], at: Point(sketch.right, middle + sketch.drop(theme.label)), .end,
          theme.label, stack.parts.isEmpty ? theme.mutedInk : theme.ink)
      }
      rows.append((y, y + row))
      y += row + 7
    }
    sketch.zeroLine(frame, rows)
    sentences += remarks(stacks, hidden: hidden)
    return y - 4
  }

  /// Standing stacks with their totals, or an axis where those do not fit; gives the y below them.
  func drawStackedColumns(
    _ items: [Item], on sketch: inout Sketch, y top: Double, sentences: inout [String]
  ) -> Double {
    let stacks = items.map(stack)
    let isDiverging = arrangement == .diverging
    let texts = stacks.map { stack in
      isDiverging ? sides(stack).map(\.text) : [stack.total.text]
    }
    let frame = sketch.barColumns(
      count: items.count, texts: texts.flatMap { $0 }, domain: stackedDomain(stacks),
      format: format, y: top)
    var hidden = 0
    for (index, stack) in stacks.enumerated() {
      let centre = frame.bands.centre(index)
      let x = (centre - frame.width / 2, centre + frame.width / 2)
      let areas = stack.parts.map {
        Rect(from: Point(x.0, frame.scale($0.from)), to: Point(x.1, frame.scale($0.to)))
      }
      hidden += draw(stack, areas, on: &sketch)
      if isDiverging, let net = stack.total.number {
        sketch.rect(
          Rect(x: x.0 - 2, y: frame.scale(net) - 1.5, width: frame.width + 4, height: 3),
          fill: sketch.theme.ink)
      }
      guard frame.labelled else { continue }
      let sides = isDiverging ? sides(stack).map(\.number) : [stack.high > 0 ? 1 : stack.low]
      for (side, text) in zip(sides, texts[index]) {
        sketch.columnText(
          text, x: centre, end: frame.scale(side < 0 ? stack.low : stack.high),
          isBelow: side < 0, isMuted: stack.parts.isEmpty)
      }
    }
    sketch.baseline(frame)
    // Where an axis is read, nobody expects a number in each part.
    sentences += remarks(stacks, hidden: frame.labelled ? hidden : 0)
    return sketch.bandLabels(items.map(\.label), bands: frame.bands, y: frame.bottom)
  }

  /// The parts of one stack; gives how many of them are too small to carry their number.
  private func draw(_ stack: Stack, _ areas: [Rect], on sketch: inout Sketch) -> Int {
    let theme = sketch.theme
    let paints = paints(theme)
    let alone = arrangement == .diverging ? sides(stack).count : 1
    let visible = stack.parts.count { $0.from != $0.to }
    var hidden = 0
    for (part, area) in zip(stack.parts, areas) {
      let paint = paints[part.series]
      sketch.rect(area, paint: paint, role: .bar)
      // A part that is a whole side has its number at the end already.
      if visible == alone || part.from == part.to { continue }
      if !sketch.textInside(part.text, area, paint) { hidden += 1 }
    }
    // Neighbours are set apart by a thin line, so that lengths stay true.
    for (part, area) in zip(stack.parts, areas) where part.from != 0 && part.from != part.to {
      let isBar = orientation == .bars
      let isForward = part.to > part.from
      let edge =
        isBar ? (isForward ? area.x : area.maxX) : (isForward ? area.maxY : area.y)
      sketch.line(
        isBar ? Point(edge, area.y) : Point(area.x, edge),
        isBar ? Point(edge, area.maxY) : Point(area.maxX, edge), theme.background)
    }
    return hidden
  }

  private func stackedDomain(_ stacks: [Stack]) -> ClosedRange<Double> {
    min(0, stacks.map(\.low).min() ?? 0)...max(0, stacks.map(\.high).max() ?? 0)
  }

  private func remarks(_ stacks: [Stack], hidden: Int) -> [String] {
    var sentences: [String] = []
    if hidden > 0 {
      let all = stacks.reduce(0) { $0 + $1.parts.count }
      sentences.append(
        hidden == 1
          ? "One part is too small to carry its number."
          : "\(hidden) of \(all) parts are too small to carry their number.")
    }
    let undefined = stacks.reduce(0) { $0 + $1.undefined }
    if undefined > 0, undefined < stacks.reduce(0, { $0 + $1.parts.count + $1.undefined }) {
      sentences.append(
        undefined == 1
          ? "One part is undefined and in no total."
          : "\(undefined) parts are undefined and in no total.")
    }
    return sentences
  }
}
