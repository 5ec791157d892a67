extension ChoroplethMap {
  /// The map laid out for a width; its height follows from what it shows.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let ranked = ranked
    let places = Dictionary(
      outline.regions.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let onMap = ranked.filter { places[$0.code] != nil }
    if onMap.isEmpty {
      y = sketch.note(words.empty, y: y)
    } else {
      let paints = paints(onMap, theme)
      let (view, frame) = view(
        onMap.compactMap { places[$0.code].map { outline.regions[$0] } }, on: sketch, y: y)
      let drawing = MapDrawing(outline, view: view, frame: frame)
      let items = zip(onMap, paints.of).compactMap { region, paint in
        places[region.code].map { MapLabels.Item(index: $0, region: region, fill: paint.fill) }
      }
      let valued = Dictionary(items.map { ($0.index, $0.fill) }, uniquingKeysWith: { $1 })
      draw(drawing, valued, on: &sketch)
      let blank = blank(drawing, valued)
      var labels = MapLabels(self, drawing, on: sketch)
      labels.drawCircles(items)
      labels.write(items)
      labels.writeNames(blank)
      sketch = labels.sketch
      y = frame.maxY + 8
      if !words.measure.isEmpty {
        y = sketch.paragraph(words.measure, y: y, lines: 2, theme.small, theme.mutedInk) + 2
      }
      let key = paints.key + (blank.isEmpty ? [] : [(words.noData, theme.noData)])
      y = sketch.key(key.map { (name: $0.name, swatch: .bar($0.paint)) }, y: y)
      for note in notes(items, blank: blank, named: labels.named) {
        y = sketch.list(note, y: y) + 2
      }
    }
    if let elsewhere = elsewhereNote { y = sketch.list(elsewhere, y: y) + 2 }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// The fill of each region, in their order, and the key to them.
  private func paints(
    _ regions: [Region], _ theme: Theme
  ) -> (of: [BarPaint], key: [(name: String, paint: BarPaint)]) {
    // Borders are drawn over all fills; in the key, each box has its own.
    func solid(_ colour: Colour) -> BarPaint {
      BarPaint(fill: colour, stroke: Stroke(theme.axis, width: 0.5))
    }
    switch colouring {
    case .numbers:
      let numbers = regions.compactMap(\.value.number)
      let classes = ColourClasses(numbers, theme: theme)
      return (
        regions.map { solid($0.value.number.flatMap { classes($0) }?.colour ?? theme.nothing) },
        classes.key(numbers, format: format).map { ($0.text, solid($0.colour)) }
      )
    case .groups(let groups):
      let palette = theme.series + theme.outlinedSeries
      let held = Set(regions.compactMap(\.group))
      let shown = groups.filter(held.contains)
      let paintOf = Dictionary(
        zip(shown, palette.map(solid)), uniquingKeysWith: { first, _ in first })
      let rest = held.count - paintOf.count
      return (
        regions.map { $0.group.flatMap { paintOf[$0] } ?? solid(theme.neutral) },
        shown.compactMap { group in paintOf[group].map { (group, $0) } }
          + (rest > 0 ? [("\(rest) more", solid(theme.neutral))] : [])
      )
    }
  }

  /// The part of the outline's plane that is shown, and where on the canvas.
  ///
  /// It holds the bulk of every region with a number and some land around; if that is most of the
  /// outline, then all of it.
  private func view(
    _ regions: [MapOutline.Region], on sketch: Sketch, y: Double
  ) -> (view: Rect, frame: Rect) {
    let whole = outline.bounds
    let bulks = regions.map(\.bulk)
    var view = bulks.dropFirst().reduce(bulks.first ?? whole) { $0.union($1) }
    let isWhole = outline.projection == .albersUSA || view.width > 0.55 * whole.width
    if isWhole {
      // Room in the sea for names.
      view = whole.inset(byX: outline.projection == .albersUSA ? -0.07 * whole.width : 0, y: 0)
    } else {
      // No nearer than half of Europe: outlines of a small country alone look crude, and its
      // neighbours say where it is.
      let least = 0.4
      let margin = 0.06 * max(view.width, view.height)
      view = view.inset(by: -margin)
      view = view.inset(
        byX: min(0, (view.width - least) / 2), y: min(0, (view.height - 0.6 * least) / 2))
    }
    // As flat as the world, at most nearly as high as wide.
    let (flattest, highest) = (0.48, 0.95)
    let shape = view.height / view.width
    if shape > highest {
      view = view.inset(byX: (view.width - view.height / highest) / 2, y: 0)
    } else if shape < flattest, !isWhole {
      view = view.inset(byX: 0, y: (view.height - view.width * flattest) / 2)
    }
    return (
      view,
      Rect(
        x: sketch.left, y: y, width: sketch.innerWidth,
        height: sketch.innerWidth * view.height / view.width)
    )
  }

  /// Regions without a number that show, the largest first.
  private func blank(_ drawing: MapDrawing, _ valued: [Int: Colour]) -> [MapDrawing.Shape] {
    drawing.shapes.filter {
      valued[$0.region] == nil && !$0.rings.isEmpty && names[outline.regions[$0.region].code] != nil
    }.sorted { ($1.area, $0.region) < ($0.area, $1.region) }
  }

  /// Fills, then hatching, then every border once.
  private func draw(_ drawing: MapDrawing, _ valued: [Int: Colour], on sketch: inout Sketch) {
    let theme = sketch.theme
    let blank = drawing.shapes.filter { valued[$0.region] == nil }.flatMap(\.rings)
    if !blank.isEmpty {
      sketch.path(PathMark(closed(blank), hatch: theme.noData.hatch))
    }
    for shape in drawing.shapes where !shape.rings.isEmpty {
      guard let fill = valued[shape.region] else { continue }
      sketch.path(PathMark(closed(shape.rings), fill: fill))
    }
    let borders = drawing.borders.flatMap { line in
      line.enumerated().map { $0 == 0 ? PathMark.Element.move($1) : .line($1) }
    }
    if !borders.isEmpty {
      sketch.path(PathMark(borders, stroke: Stroke(theme.axis, width: 0.6)))
    }
    if drawing.isCut { sketch.rect(drawing.frame, stroke: Stroke(theme.grid)) }
  }

  private func closed(_ rings: [[Point]]) -> [PathMark.Element] {
    rings.flatMap { ring in
      ring.enumerated().map { $0 == 0 ? PathMark.Element.move($1) : .line($1) } + [.close]
    }
  }

  /// What the map could not write into itself.
  private func notes(
    _ items: [MapLabels.Item], blank: [MapDrawing.Shape], named: Set<Int>
  ) -> [MapNote] {
    let unlabelled = items.filter { !named.contains($0.index) }.map(\.region)
    let unnamed = blank.filter { !named.contains($0.region) }
    var notes = [
      MapNote(
        "Not written on the map: ",
        unlabelled.map { region in
          "\(name(region.code)) \(region.value.text)" + (region.group.map { " (\($0))" } ?? "")
        }),
      MapNote("Also hatched: ", unnamed.map { name(outline.regions[$0.region].code) }),
    ]
    if outline.projection == .albersUSA {
      let scale = Int((100 * MapProjection.alaskaScale).rounded())
      notes.append(MapNote("Alaska is drawn at \(scale) % of the scale.", []))
    }
    return notes
  }
}

/// A sentence below a map that lists as many things as four lines hold, and counts the others.
struct MapNote {
  let lead: String
  let items: [String]
  /// What stands at the end in any case.
  let end: String

  init(_ lead: String, _ items: [String], end: String = "") {
    self.lead = lead
    self.items = items
    self.end = end
  }

  /// The sentence with some of the things.
  func text(_ count: Int) -> String {
    guard !items.isEmpty else { return lead }
    let others = count < items.count ? ["and \(items.count - count) more"] : []
    return lead + (items.prefix(count) + others).joined(separator: ", ") + end + "."
  }
}

extension Sketch {
  /// Writes a note below the plot; gives the y below it.
  fileprivate mutating func list(_ note: MapNote, y: Double) -> Double {
    guard !note.items.isEmpty || note.lead.hasSuffix(".") else { return y - 2 }
    let most = min(8, note.items.count)
    let count = stride(from: most, to: 0, by: -1).first { count in
      measurer.wrapped(note.text(count), to: innerWidth, lines: 5, style: theme.small).count < 5
    }
    return self.note(note.text(count ?? min(1, most)), y: y)
  }
}

extension Rect {
  /// The rectangle with its vertical edges moved inwards by one distance and the others by another.
  func inset(byX horizontal: Double, y vertical: Double) -> Rect {
    Rect(
      x: x + horizontal, y: y + vertical, width: width - 2 * horizontal,
      height: height - 2 * vertical)
  }
}
