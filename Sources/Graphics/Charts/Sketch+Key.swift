/// How a bar of a series is filled, hatched and outlined.
struct BarPaint: Equatable {
  var fill: Colour
  var hatch: Hatch?
  var stroke: Stroke?

  /// The colour that a reader sees as the bar's own: of the hatching where there is one.
  var colour: Colour { hatch?.colour ?? fill }
}

extension Theme {
  /// The paint of a bar after its notation; among several actual series each has its own colour.
  ///
  /// Actual is solid, prior lighter, plan outlined, forecast hatched in the colour given.
  func paint(_ notation: Notation, colour: Colour) -> BarPaint {
    switch notation {
    case .actual: BarPaint(fill: colour)
    case .prior: BarPaint(fill: prior)
    case .plan: BarPaint(fill: background, stroke: Stroke(ink, width: 1.5))
    case .forecast:
      BarPaint(fill: background, hatch: Hatch(colour), stroke: Stroke(colour))
    }
  }

  /// The paint of what has no data, where an empty place would read as a small number.
  var noData: BarPaint {
    BarPaint(fill: background, hatch: Hatch(grid, width: 1.5), stroke: Stroke(axis, width: 0.5))
  }

  /// One paint a group: plain colours first, then those that need an outline.
  var groupPaints: [BarPaint] {
    series.map { BarPaint(fill: $0) }
      + outlinedSeries.map { BarPaint(fill: $0, stroke: Stroke(ink)) }
  }

  /// The colours of a list of series: actual ones take the palette in turn, and a forecast has the
  /// colour of the actual series before it.
  func colours(_ notations: [Notation]) -> [Colour] {
    var next = 0
    return notations.map { notation in
      switch notation {
      case .actual:
        next += 1
        return seriesColour(next - 1)
      case .prior: return prior
      case .plan: return ink
      case .forecast: return seriesColour(max(0, next - 1))
      }
    }
  }
}

extension Sketch {
  /// What a key shows beside a name.
  enum Swatch {
    case bar(BarPaint)
    case tick(Colour)
    case level(Colour)
    case line(Stroke)
    case upright(Stroke)
    case marker(Marker, Colour)
  }

  /// Names with what they look like, in as many rows as they need; gives the y below.
  mutating func key(_ entries: [(name: String, swatch: Swatch)], y: Double) -> Double {
    let style = theme.small
    let names = entries.map {
      measurer.shortened($0.name, to: innerWidth - 18, style: style)
    }
    let height = rowHeight(names, style) + 4
    var (x, y) = (left, y)
    for (entry, name) in zip(entries, names) {
      let width = 18 + textWidth(name, style)
      if x > left, x + width > right {
        x = left
        y += height
      }
      let middle = y + height / 2
      switch entry.swatch {
      case .bar(let paint):
        rect(
          Rect(x: x, y: middle - 5, width: 12, height: 10), paint: paint)
      case .tick(let colour):
        rect(Rect(x: x + 4.5, y: middle - 6, width: 3, height: 12), fill: colour)
      case .level(let colour):
        rect(Rect(x: x, y: middle - 1.5, width: 12, height: 3), fill: colour)
      case .line(let stroke):
        path(PathMark(through: [Point(x, middle), Point(x + 12, middle)], stroke: stroke))
      case .upright(let stroke):
        path(
          PathMark(through: [Point(x + 6, middle - 6), Point(x + 6, middle + 6)], stroke: stroke))
      case .marker(let shape, let colour):
        marker(shape, at: Point(x + 6, middle), radius: 4.5, fill: colour)
      }
      text(name, at: Point(x + 18, middle + drop(style)), .start, style, theme.ink)
      x += width + 16
    }
    return entries.isEmpty ? y : y + height + 6
  }
}
