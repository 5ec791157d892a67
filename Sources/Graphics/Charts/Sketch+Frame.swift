/// A plot with values upwards and bands from left to right, its grid already drawn.
struct ColumnFrame {
  /// Values upwards.
  var values: LinearScale
  /// One band an item.
  var bands: BandScale
  /// The room of the plot between its axis texts and the right edge.
  var plot: Rect
}

/// A plot with values to the right and rows from top to bottom.
struct RowFrame {
  /// Values to the right.
  var values: LinearScale
  /// One band a row, downwards.
  var bands: BandScale
  /// The labels as they fit; `drawRowLabels` has drawn them.
  var labels: [String]
  /// The room of the plot right of the labels.
  var plot: Rect
}

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

  /// A frame of columns: grid lines with texts at the left, and bands to their right.
  ///
  /// Draw the columns in it, then `closeColumns` for the zero line and the labels below.
  mutating func columnFrame(
    count: Int, domain: ClosedRange<Double>, y top: Double, height: Double = 180,
    gap: Double = 0.3, format: (Double) -> String
  ) -> ColumnFrame {
    let scale = LinearScale(domain: domain, from: top + 6 + height, to: top + 6)
    let ticks =
      domain.lowerBound < domain.upperBound
      ? Ticks.values(for: domain, count: 5).filter(domain.contains) : []
    let axis = drawTicks(ticks, scale: scale, format: format)
    return ColumnFrame(
      values: scale,
      bands: BandScale(count: count, from: left + axis, to: right, gap: gap),
      plot: Rect(x: left + axis, y: top + 6, width: innerWidth - axis, height: height))
  }

  /// The zero line over the columns and the labels below them; gives the y below.
  mutating func closeColumns(_ frame: ColumnFrame, labels: [String]) -> Double {
    if frame.values.domain.contains(0) {
      let zero = frame.values(0)
      line(Point(frame.plot.x, zero), Point(frame.plot.maxX, zero), theme.axis)
    }
    return bandLabels(labels, bands: frame.bands, y: frame.plot.maxY + 10)
  }

  /// A frame of rows with their labels at the left, drawn.
  ///
  /// - Parameters:
  ///   - labels: One a row; shortened to 40 % of the width.
  ///   - domain: What the values lie between.
  ///   - top: Where the first row begins.
  ///   - row: The least height of a row, in points.
  ///   - gap: The share of a row's height that is left empty.
  ///   - room: What texts left of the smallest and right of the largest value need, in points.
  /// - Returns: Scales and room; the next thing goes below `plot.maxY`.
  mutating func rowFrame(
    labels: [String], domain: ClosedRange<Double>, y top: Double, row: Double = 25,
    gap: Double = 0.28, room: (before: Double, after: Double) = (0, 0)
  ) -> RowFrame {
    let style = theme.label
    let limit = min(
      0.4 * innerWidth, max(0.15 * innerWidth, 0.8 * innerWidth - 12 - room.before - room.after))
    let labelWidth = min(limit, widest(labels.map(\.onOneLine), style))
    let short = measurer.shortenedApart(labels, to: labelWidth, style: style)
    let x = left + labelWidth + (labelWidth > 0 ? 12 : 0)
    let step = max(row, rowHeight(short, style) + 2)
    let bands = BandScale(
      count: labels.count, from: top, to: top + step * Double(labels.count), gap: gap)
    for (index, label) in short.enumerated() {
      text(label, at: Point(left, bands.centre(index) + drop(style)), .start, style, theme.ink)
    }
    return RowFrame(
      values: LinearScale(domain: domain, from: x + room.before, to: right - room.after),
      bands: bands, labels: short,
      plot: Rect(x: x, y: top, width: right - x, height: bands.end - bands.start))
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

  /// Texts of the finest fiscal level that fits, centred below their days; gives the y below.
  mutating func timeLabels(_ ticks: TimeTicks, scale: LinearScale, y: Double) -> Double {
    let style = theme.small
    let chosen = ticks.fitting(scale) { textWidth($0, style) }
    for tick in chosen {
      line(Point(scale(tick.position), y), Point(scale(tick.position), y + 4), theme.axis)
    }
    return spreadLabels(chosen.map { (scale($0.position), $0.label) }, y: y + 6)
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
