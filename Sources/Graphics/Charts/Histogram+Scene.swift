extension Histogram {
  /// The height of the tallest column, the gap before an open bin and the widest column, in points.
  private static let sizes = (plot: 180.0, apart: 10.0, widest: 120.0)

  /// The histogram laid out for a width; its plot is 180 points high.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let known = known
    if known.isEmpty {
      y = sketch.note(whyEmpty, y: y)
    } else {
      let bins = bins(known)
      y = draw(bins, known, on: &sketch, y: y)
      y = sketch.notes(remarks(known, bins), y: y)
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// Where each bin lies along the width.
  private struct Places {
    var areas: [(from: Double, to: Double)]
    var scale: ValueScale?
    var bins: [Bin]

    /// The place of a number: on the scale, or in the middle of its open bin.
    func callAsFunction(_ number: Double) -> Double {
      let open: Int? =
        if let first = bins.first, first.low == nil,
          first.high.map({ number < $0 }) ?? true, !first.isToZero || number <= 0
        {
          0
        } else if let last = bins.last, last.high == nil, let low = last.low, number >= low {
          bins.count - 1
        } else {
          nil
        }
      if let open { return (areas[open].from + areas[open].to) / 2 }
      return scale?(number) ?? areas.first?.from ?? 0
    }
  }

  private func places(_ bins: [Bin], from left: Double, to right: Double) -> Places {
    let closed = bins.filter { $0.low != nil && $0.high != nil }
    let isOpen = (before: bins.first?.low == nil, after: bins.last?.high == nil && bins.count > 1)
    let opens = (isOpen.before ? 1 : 0) + (isOpen.after ? 1.0 : 0)
    // An open bin is as wide as the others are on average, and a little apart.
    let right = min(
      right, left + Self.sizes.widest * (Double(closed.count) + opens) + opens * Self.sizes.apart)
    let room = right - left - (closed.isEmpty ? 0 : opens * Self.sizes.apart)
    let width = room / (Double(closed.count) + opens)
    let start = left + (isOpen.before && !closed.isEmpty ? width + Self.sizes.apart : 0)
    let end = right - (isOpen.after && !closed.isEmpty ? width + Self.sizes.apart : 0)
    var scale: ValueScale?
    if let low = closed.first?.low, let high = closed.last?.high {
      switch spacing {
      case .even: scale = .linear(LinearScale(domain: low...high, from: start, to: end))
      case .ratios: scale = LogScale(domain: low...high, from: start, to: end).map { .log($0) }
      }
    }
    let areas = bins.map { bin -> (from: Double, to: Double) in
      guard let low = bin.low else { return (left, left + width) }
      guard let high = bin.high else { return (right - width, right) }
      return (scale?(low) ?? start, scale?(high) ?? end)
    }
    return Places(areas: areas, scale: scale, bins: bins)
  }

  private func draw(
    _ bins: [Bin], _ known: [Double], on sketch: inout Sketch, y top: Double
  ) -> Double {
    let theme = sketch.theme
    let style = theme.small
    let texts = bins.map { count($0.count) }
    let most = bins.map(\.count).max() ?? 0
    let open = places(bins, from: sketch.left, to: sketch.right)
    let labelled = zip(texts, open.areas).allSatisfy { text, area in
      sketch.textWidth(text, style) + 2 <= area.to - area.from
    }
    let ticks =
      labelled
      ? [] : Ticks.values(for: 0...Double(most), count: 5).filter { $0 == $0.rounded() }
    let textHeight = sketch.rowHeight(texts, style) + 4
    let plotTop = top + (labelled ? textHeight : 6)
    let up = LinearScale(
      domain: 0...max(Double(most), ticks.last ?? 0), from: plotTop + Self.sizes.plot,
      to: plotTop)
    let axis = sketch.drawTicks(ticks, scale: up) { self.count(Int($0)) }
    let places = places(bins, from: sketch.left + axis, to: sketch.right)
    for (index, bin) in bins.enumerated() {
      let area = Rect(
        from: Point(places.areas[index].from, up(0)),
        to: Point(places.areas[index].to, up(Double(bin.count))))
      let isOpen = bin.low == nil || bin.high == nil
      sketch.rect(area, fill: isOpen ? theme.neutral : theme.seriesColour(0), role: .bar)
      // Columns touch; a thin line tells them apart.
      if !isOpen, area.width >= 4, index > 0, bins[index - 1].low != nil {
        let height = min(area.height, up(0) - up(Double(bins[index - 1].count)))
        sketch.line(
          Point(area.x, up(0) - height), Point(area.x, up(0)), theme.background)
      }
      if labelled, bin.count > 0 {
        sketch.columnText(
          texts[index], x: area.centre.x, end: area.y, isBelow: false, isMuted: false)
      }
    }
    sketch.line(
      Point(sketch.left + axis, up(0)), Point(sketch.right, up(0)), theme.axis)
    return drawAxis(bins, known, places, on: &sketch, y: up(0))
  }

  /// The strip with median and middle half, the edges of the bins, and what the strip means.
  private func drawAxis(
    _ bins: [Bin], _ known: [Double], _ places: Places, on sketch: inout Sketch, y: Double
  ) -> Double {
    let theme = sketch.theme
    let quartiles = [0.25, 0.5, 0.75].map { places(Self.quantile($0, of: known)) }
    let spread = spread(known)
    if spread.half != nil {
      sketch.rect(
        Rect(x: quartiles[0], y: y + 6.5, width: quartiles[2] - quartiles[0], height: 3),
        fill: theme.neutral)
    }
    sketch.rect(Rect(x: quartiles[1] - 1.5, y: y + 3, width: 3, height: 10), fill: theme.ink)

    var labels: [(x: Double, text: String)] = []
    func middle(_ index: Int) -> Double {
      (places.areas[index].from + places.areas[index].to) / 2
    }
    for (index, bin) in bins.enumerated() {
      switch (bin.low, bin.high) {
      case (nil, nil): labels.append((middle(index), "≤ \(format(0))"))
      case (nil, let high?):
        labels.append((middle(index), bin.isToZero ? "≤ \(format(0))" : "< \(format(high))"))
      case (let low?, nil): labels.append((middle(index), "≥ \(format(low))"))
      case (let low?, let high?):
        if index == 0 || bins[index - 1].low == nil {
          labels.append((places.areas[index].from, format(low)))
        }
        labels.append((places.areas[index].to, format(high)))
      }
    }
    let below = sketch.spreadLabels(labels, y: y + 18)
    var entries: [(name: String, swatch: Sketch.Swatch)] = [(spread.median, .tick(theme.ink))]
    if let half = spread.half { entries.append((half, .level(theme.neutral))) }
    return sketch.key(entries, y: below + 6) - 6
  }
}
