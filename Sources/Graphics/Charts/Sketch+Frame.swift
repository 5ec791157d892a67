/// A plot with numbers in both directions, its grid already drawn.
struct PlotFrame {
  /// Numbers to the right.
  var across: ValueScale
  /// Numbers upwards.
  var up: ValueScale
  /// The room between the axes.
  var plot: Rect
  /// The y below the axis and its texts.
  var bottom: Double
}

extension Sketch {
  /// Numbers from zero to beyond the largest and below the smallest, on whole ticks where there
  /// are some.
  static func domain(_ numbers: [Double], includesZero: Bool = true) -> ClosedRange<Double> {
    let known = numbers.filter(\.isFinite)
    var (low, high) = (known.min() ?? 0, known.max() ?? 0)
    if includesZero || low == high { (low, high) = (min(0, low), max(0, high)) }
    let ticks = low < high ? Ticks.values(for: low...high, count: 5) : []
    return min(low, ticks.first ?? low)...max(high, ticks.last ?? high)
  }

  /// A frame with numbers in both directions: grid lines, texts at the left and below, axis names.
  ///
  /// `across` and `up` make the scales between places, for each chart knows whether its own are of
  /// numbers or of ratios.
  mutating func plotFrame(
    y top: Double, height: Double = 220,
    across: (_ from: Double, _ to: Double) -> ValueScale,
    up: (_ from: Double, _ to: Double) -> ValueScale,
    formats: (across: (Double) -> String, up: (Double) -> String),
    names: (across: String, up: String) = ("", "")
  ) -> PlotFrame {
    var top = top
    if !names.up.isEmpty {
      top = paragraph(names.up, y: top, lines: 1, theme.small, theme.mutedInk) + 4
    }
    let upwards = up(top + 6 + height, top + 6)
    let axis = drawTicks(
      upwards.ticks(count: 5).filter(upwards.domain.contains), scale: upwards, format: formats.up)
    let plot = Rect(x: left + axis, y: top + 6, width: innerWidth - axis, height: height)
    let sideways = across(plot.x + 4, plot.maxX - 4)
    line(Point(plot.x, plot.maxY), Point(plot.maxX, plot.maxY), theme.axis)
    let wanted = max(2, Int(plot.width / 90))
    let ticks = sideways.ticks(count: wanted).filter(sideways.domain.contains)
    let places = ticks.compactMap { tick in sideways(tick).map { ($0, formats.across(tick)) } }
    for (x, _) in places {
      line(Point(x, plot.maxY), Point(x, plot.maxY + 4), theme.axis)
    }
    var bottom = spreadLabels(places, y: plot.maxY + 8)
    if !names.across.isEmpty {
      bottom = paragraph(names.across, y: bottom + 4, lines: 1, theme.small, theme.mutedInk)
    }
    return PlotFrame(across: sideways, up: upwards, plot: plot, bottom: bottom)
  }
}

/// Which part of a list a chart shows where it cannot show all.
enum Cut: String {
  case largest
  case last
  case first

  /// "The 30 largest of 412 accounts are shown."; empty where nothing was left out.
  ///
  /// `what` is the plural of the items; without it the numbers stand alone.
  func sentence(shown: Int, of all: Int, what: String = "") -> String {
    guard shown < all else { return "" }
    let of = what.isEmpty ? "\(all)" : "\(all) \(what)"
    switch self {
    case .largest where shown == 1: return "The largest of \(of) is shown."
    case .largest: return "The \(shown) largest of \(of) are shown."
    case .first where shown == 1, .last where shown == 1:
      return "The \(rawValue) of \(of) is shown."
    case .first, .last: return "The \(rawValue) \(shown) of \(of) are shown."
    }
  }
}
