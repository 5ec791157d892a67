extension Sketch {
  /// A strip of a ramp with texts below its ends, and below its middle where one is given.
  ///
  /// What has no data gets a hatched box beside it with its own text. Gives the y below.
  mutating func rampKey(
    _ ramp: ColourRamp, low: String, middle: String = "", high: String, noData: String = "",
    y: Double
  ) -> Double {
    let style = theme.small
    let width = min(innerWidth, 240)
    let steps = 48
    let step = width / Double(steps)
    for index in 0..<steps {
      // A hair wider than a step, for the seams of anti-aliasing would show.
      let seam = index == steps - 1 ? 0 : 0.5
      rect(
        Rect(x: left + Double(index) * step, y: y, width: step + seam, height: 10),
        fill: ramp((Double(index) + 0.5) / Double(steps)))
    }
    let room = width / (middle.isEmpty ? 2 : 3) - 8
    let texts = [low, middle, high].map { measurer.shortened($0, to: room, style: style) }
    let height = rowHeight(texts, style) + 2
    let baseline = y + 12 + height / 2 + drop(style)
    text(texts[0], at: Point(left, baseline), .start, style, theme.mutedInk)
    text(texts[1], at: Point(left + width / 2, baseline), .middle, style, theme.mutedInk)
    text(texts[2], at: Point(left + width, baseline), .end, style, theme.mutedInk)
    let bottom = y + 12 + height + 6
    guard !noData.isEmpty else { return bottom }
    return key([(name: noData, swatch: .bar(theme.noData))], y: bottom)
  }
}
