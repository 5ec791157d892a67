extension ScatterChart {
  /// Beyond so many items, those that lie close together share a dot.
  private static let crowd = 400
  /// The side of the squares that share one, in points.
  private static let nearness = 8.0

  /// A dot of the plot.
  private struct Dot {
    var at: Point
    var radius: Double
    var group: Int?
    /// How many items it stands for.
    var count = 1

    var box: Rect {
      Rect(x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius)
    }
  }

  /// Key, axes, dots and names; gives the y below them.
  func draw(_ plotted: [Plotted], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let groups = groups(plotted)
    let y = sketch.key(keyEntries(plotted, groups, theme), y: top)
    let height = min(280, max(200, 0.6 * sketch.innerWidth))
    let frame = sketch.plotFrame(
      y: y, height: height,
      across: { self.x.scale(plotted.map(\.x), from: $0, to: $1) },
      up: { self.y.scale(plotted.map(\.y), from: $0, to: $1) },
      formats: (x.format, self.y.format), names: (x.name, self.y.name))
    drawReferences(frame, on: &sketch)

    let single = dots(plotted, groups, frame)
    let isCrowded = plotted.count > Self.crowd
    let dots = isCrowded ? Self.gathered(single) : single
    // The large below the small, so that none hides another.
    for dot in dots.sorted(by: { $0.radius > $1.radius }) {
      let (shape, colour) = look(dot.group, isGrouped: !groups.isEmpty, theme)
      sketch.marker(
        shape, at: dot.at, radius: dot.radius, fill: colour,
        stroke: dot.radius >= 3 ? Stroke(theme.background, width: 0.75) : nil)
    }
    let written = name(plotted, single: single, dots: dots, frame, on: &sketch)

    var bottom = frame.bottom
    var notes: [String] = []
    if written < plotted.count {
      notes.append(
        written == 0
          ? "None of \(plotted.count) \(plural) has room for its name."
          : "\(written) of \(plotted.count) \(plural) \(written == 1 ? "is" : "are") named, from those "
            + "farthest from the middle.")
    }
    if isCrowded {
      let most = dots.map(\.count).max() ?? 1
      notes.append(
        "A dot stands for all \(plural) around it, a larger one for more: \(most) at most.")
    } else if let largest = sizes(plotted).max(by: { ($0.number ?? 0) < ($1.number ?? 0) }) {
      notes.append("The area of a dot is its \(sizeName.lowercasedFirst), \(largest.text) at most.")
    }
    for note in notes { bottom = sketch.note(note, y: bottom + 6) }
    return bottom
  }

  private func drawReferences(_ frame: PlotFrame, on sketch: inout Sketch) {
    let stroke = Self.referenceStroke(sketch.theme)
    if let number = x.reference?.number, let place = frame.across(number) {
      sketch.path(
        PathMark(
          through: [Point(place, frame.plot.y), Point(place, frame.plot.maxY)], stroke: stroke))
    }
    if let number = y.reference?.number, let place = frame.up(number) {
      sketch.path(
        PathMark(
          through: [Point(frame.plot.x, place), Point(frame.plot.maxX, place)], stroke: stroke))
    }
  }

  /// The room that names leave to the lines across the plot.
  private func referenceBoxes(_ frame: PlotFrame) -> [Rect] {
    let upright = x.reference.flatMap { frame.across($0.number) }.map {
      Rect(x: $0 - 1, y: frame.plot.y, width: 2, height: frame.plot.height)
    }
    let level = y.reference.flatMap { frame.up($0.number) }.map {
      Rect(x: frame.plot.x, y: $0 - 1, width: frame.plot.width, height: 2)
    }
    return [upright, level].compactMap { $0 }
  }

  private static func referenceStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.mutedInk, width: 1, dash: [4, 3])
  }

  private func keyEntries(
    _ plotted: [Plotted], _ groups: [String], _ theme: Theme
  ) -> [(name: String, swatch: Sketch.Swatch)] {
    let stroke = Self.referenceStroke(theme)
    var entries: [(name: String, swatch: Sketch.Swatch)] = []
    if groups.count > 1 {
      let shown = groups.prefix(theme.series.count)
      for (place, group) in shown.enumerated() {
        let (shape, colour) = look(place, isGrouped: true, theme)
        entries.append((name: group, swatch: .marker(shape, colour)))
      }
      let others = groups.count - shown.count
      let none = plotted.contains { items[$0.index].group == nil }
      let names = [
        others == 0 ? nil : others == 1 ? "1 other group" : "\(others) other groups",
        none ? "no group" : nil,
      ].compactMap { $0 }
      if !names.isEmpty {
        entries.append(
          (name: names.joined(separator: ", "), swatch: .marker(.circle, theme.neutral)))
      }
    }
    if let reference = x.reference, x.holds(reference.number) {
      entries.append((name: reference.name, swatch: .upright(stroke)))
    }
    if let reference = y.reference, y.holds(reference.number) {
      entries.append((name: reference.name, swatch: .line(stroke)))
    }
    return entries
  }

  /// The groups of the dots, the one with most dots first.
  private func groups(_ plotted: [Plotted]) -> [String] {
    let counts = Dictionary(
      plotted.compactMap { items[$0.index].group }.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private func look(
    _ group: Int?, isGrouped: Bool, _ theme: Theme
  ) -> (shape: Marker, colour: Colour) {
    guard isGrouped else { return (.circle, theme.seriesColour(0)) }
    guard let group, theme.series.indices.contains(group) else { return (.circle, theme.neutral) }
    return (Marker.allCases[group % Marker.allCases.count], theme.series[group])
  }

  private func sizes(_ plotted: [Plotted]) -> [ChartValue] {
    plotted.compactMap { items[$0.index].size }.filter { ($0.number ?? 0) > 0 }
  }

  private func dots(_ plotted: [Plotted], _ groups: [String], _ frame: PlotFrame) -> [Dot] {
    let places = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    let largest = sizes(plotted).compactMap(\.number).max()
    let plain = plotted.count <= 60 ? 4.5 : 3.2
    return plotted.map { dot in
      let item = items[dot.index]
      var radius = plain
      if let largest {
        // An unknown or negative size has no area, but the item is there.
        radius = max(2, 12 * (max(0, item.size?.number ?? 0) / largest).squareRoot())
      }
      return Dot(
        at: Point(frame.across(dot.x) ?? frame.plot.x, frame.up(dot.y) ?? frame.plot.maxY),
        radius: radius, group: item.group.flatMap { places[$0] })
    }
  }

  /// One dot for those within a square of the canvas, at their mean, its area for their count.
  private static func gathered(_ dots: [Dot]) -> [Dot] {
    struct Square: Hashable {
      var x: Int
      var y: Int
      var group: Int?
    }
    var order: [Square] = []
    var members: [Square: [Dot]] = [:]
    for dot in dots {
      let square = Square(
        x: Int(dot.at.x / nearness), y: Int(dot.at.y / nearness), group: dot.group)
      if members[square] == nil { order.append(square) }
      members[square, default: []].append(dot)
    }
    let most = Double(members.values.map(\.count).max() ?? 1)
    return order.compactMap { square in
      guard let dots = members[square] else { return nil }
      let count = Double(dots.count)
      return Dot(
        at: Point(
          dots.reduce(0) { $0 + $1.at.x } / count, dots.reduce(0) { $0 + $1.at.y } / count),
        radius: max(1.5, 5 * (count / most).squareRoot()), group: square.group, count: dots.count)
    }
  }

  /// Names beside the dots farthest from the middle, where there is room; gives how many.
  private func name(
    _ plotted: [Plotted], single: [Dot], dots: [Dot], _ frame: PlotFrame, on sketch: inout Sketch
  ) -> Int {
    let style = sketch.theme.small
    let boxes = dots.map(\.box)
    var taken: [Rect] = []
    let lines = referenceBoxes(frame)
    // Nearer to the middle, a name would say nothing: those far out had no room for theirs.
    for place in outliers(plotted).prefix(2 * max(1, named)) {
      guard taken.count < max(1, named) else { break }
      let dot = single[place]
      let text = sketch.measurer.shortened(
        items[plotted[place].index].label, to: 0.4 * frame.plot.width, style: style)
      guard !text.isEmpty else { continue }
      let extent = sketch.measurer.extent(of: text, style: style)
      let own = Rect(x: dot.at.x, y: dot.at.y, width: 0, height: 0)
      let (gap, middle) = (dot.radius + 3, dot.at.y + sketch.drop(style))
      let origins: [(Point, TextMark.Anchor)] = [
        (Point(dot.at.x + gap, middle), .start), (Point(dot.at.x - gap, middle), .end),
        (Point(dot.at.x, dot.at.y - gap - extent.descent), .middle),
        (Point(dot.at.x, dot.at.y + gap + extent.ascent), .middle),
      ]
      for (origin, anchor) in origins {
        let box = sketch.box(text, at: origin, anchor, style)
        guard frame.plot.contains(box),
          !(taken + lines).contains(where: { $0.intersects(box) }),
          !boxes.contains(where: { $0.intersects(box.inset(by: 1)) && !$0.contains(own) })
        else { continue }
        sketch.text(text, at: origin, anchor, style, sketch.theme.ink)
        taken.append(box.inset(by: -2))
        break
      }
    }
    return taken.count
  }
}
