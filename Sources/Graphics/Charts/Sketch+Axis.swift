extension Sketch {
  /// Grid lines with their texts at the left; gives the width that the texts take.
  mutating func drawTicks(
    _ ticks: [Double], scale: LinearScale, format: (Double) -> String, until end: Double? = nil
  ) -> Double {
    drawTicks(ticks, scale: .linear(scale), format: format, until: end)
  }

  /// The same on a scale of numbers or of ratios; ticks without a place are left out.
  mutating func drawTicks(
    _ ticks: [Double], scale: ValueScale, format: (Double) -> String, until end: Double? = nil
  ) -> Double {
    let style = theme.small
    let texts = ticks.map {
      measurer.shortened(format($0), to: 0.25 * innerWidth, style: style)
    }
    let width = widest(texts, style) + (texts.isEmpty ? 0 : 8)
    var last: Rect?
    for (tick, label) in zip(ticks, texts) {
      guard let y = scale(tick) else { continue }
      line(Point(left + width, y), Point(end ?? right, y), theme.grid)
      let origin = Point(left + width - 8, y + drop(style))
      let area = box(label, at: origin, .end, style)
      // Where the scripts of a format are tall, a text gives way rather than overlap.
      if let last, last.intersects(area.inset(by: -1)) { continue }
      last = area
      text(label, at: origin, .end, style, theme.mutedInk)
    }
    return width
  }

  /// Labels centred below bands: whole, on two lines, or thinned; gives the y below them.
  mutating func bandLabels(_ labels: [String], bands: BandScale, y: Double) -> Double {
    let style = theme.small
    let room = bands.step - 6
    if widest(labels.map(\.onOneLine), style) > room, room >= 24 {
      let lines = measurer.wrappedApart(labels, to: room, style: style)
      let whole = zip(lines, labels).allSatisfy { $0.joined(separator: " ") == $1 }
      if whole || room >= 64 { return stackedBandLabels(lines, bands: bands, y: y) }
    }
    return spreadLabels(labels.indices.map { (bands.centre($0), labels[$0]) }, y: y)
  }

  private mutating func stackedBandLabels(
    _ lines: [[String]], bands: BandScale, y: Double
  ) -> Double {
    let style = theme.small
    let height = rowHeight(lines.joined(), style) + 1
    for (index, label) in lines.enumerated() {
      for (place, line) in label.enumerated() {
        let middle = y + height * (Double(place) + 0.5)
        text(
          line, at: Point(bands.centre(index), middle + drop(style)), .middle, style,
          theme.mutedInk)
      }
    }
    return y + height * Double(lines.map(\.count).max() ?? 0)
  }

  /// Labels at places along the width, every n-th where all would collide, the last one always.
  mutating func spreadLabels(_ labels: [(x: Double, text: String)], y: Double) -> Double {
    let style = theme.small
    let longest = min(
      widest(labels.map(\.text.onOneLine), style), max(96, innerWidth / 5))
    let short = labels.map {
      (x: $0.x, text: measurer.shortened($0.text, to: longest, style: style))
    }
    let height = rowHeight(short.map(\.text), style)
    let baseline = y + height / 2 + drop(style)
    func area(_ label: (x: Double, text: String)) -> Rect {
      let half = textWidth(label.text, style) / 2
      let x = max(left + half, min(right - half, label.x))
      return box(label.text, at: Point(x, baseline), .middle, style)
    }
    // The smallest step at which no label touches the next, counted from the last label.
    let areas = short.map(area)
    let step = (1...max(1, short.count)).first { step in
      let kept = stride(from: areas.count - 1, through: 0, by: -step).map { areas[$0] }
      return zip(kept, kept.dropFirst()).allSatisfy { $1.maxX + 6 <= $0.x }
    }
    for index in stride(from: short.count - 1, through: 0, by: -(step ?? 1)) {
      text(
        short[index].text, at: Point(areas[index].centre.x, baseline), .middle, style,
        theme.mutedInk)
    }
    return y + height
  }
}
