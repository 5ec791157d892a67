import Foundation

/// Puts names, numbers and circles on a map where they have room.
struct MapLabels {
  /// A region with a number, and its fill.
  struct Item {
    /// Its place in the outline.
    let index: Int
    let region: ChoroplethMap.Region
    let fill: Colour
  }

  let map: ChoroplethMap
  let drawing: MapDrawing
  private(set) var sketch: Sketch
  private var raster: MapRaster
  /// The middles of the circles that stand for small regions.
  private var circles: [Int: Point] = [:]
  /// The regions whose name is on the map.
  private(set) var named: Set<Int> = []

  /// A text that a region could carry, in lines.
  private struct Label {
    let lines: [(text: String, style: TextStyle)]
    let size: Size
  }

  init(_ map: ChoroplethMap, _ drawing: MapDrawing, on sketch: Sketch) {
    self.map = map
    self.drawing = drawing
    self.sketch = sketch
    raster = MapRaster(drawing)
  }

  /// Draws circles on the places of regions that are too small to be seen.
  ///
  /// One that would cover another moves to the nearest free place, and a line leads from there to
  /// where the region is.
  mutating func drawCircles(_ items: [Item]) {
    let radius = min(4, max(2.5, drawing.frame.width / 160))
    // On a telephone's map of the world half of Europe would be circles.
    let least = drawing.frame.width < 500 ? 12.0 : 24
    for item in items where drawing.shapes[item.index].area < least {
      let home = drawing.place(map.outline.regions[item.index].centre)
      func square(_ point: Point) -> Rect {
        Rect(x: point.x, y: point.y, width: 0, height: 0).inset(by: -radius - 1)
      }
      var spot: Point?
      for offset in [Point(0, 0)] + MapDirections.around where spot == nil {
        let point = Point(home.x + offset.x, home.y + offset.y)
        if raster.isUntaken(square(point)) { spot = point }
      }
      guard let spot else { continue }
      if spot != home { sketch.line(home, spot, sketch.theme.ink, width: 0.75) }
      sketch.dot(spot, radius: radius, fill: item.fill, stroke: Stroke(sketch.theme.ink))
      raster.take(square(spot))
      circles[item.index] = spot
    }
  }

  /// Writes names with numbers, the first items first: in their region, in the sea beside it, or for
  /// the largest farther out at the end of a line.
  mutating func write(_ items: [Item]) {
    for item in items {
      // In a region without room for its name, its code may have some.
      let labels = labels(item)
      let inside = labels + codeLabel(item)
      if circles[item.index] == nil, let (label, box) = room(inside, item.index) {
        write(label, in: box, sketch.theme.ink(on: item.fill))
        named.insert(item.index)
      } else if let (label, box) = seaRoom(labels, item.index) {
        write(label, in: box, sketch.theme.ink)
        named.insert(item.index)
      }
    }
    for item in items.prefix(12) where !named.contains(item.index) {
      guard let (label, box, from, to) = farRoom(labels(item), item.index) else { continue }
      sketch.line(from, to, sketch.theme.ink, width: 0.75)
      if circles[item.index] == nil { sketch.dot(from, radius: 1.5, fill: sketch.theme.ink) }
      raster.take(from: from, to: to)
      write(label, in: box, sketch.theme.ink)
      named.insert(item.index)
    }
  }

  /// Writes the names of hatched regions that have room, on a ground that hides the hatching.
  mutating func writeNames(_ shapes: [MapDrawing.Shape]) {
    for shape in shapes {
      let style = sketch.theme.small
      let name = label([(map.name(map.outline.regions[shape.region].code), style)])
      guard let (label, box) = room([name], shape.region) else { continue }
      sketch.rect(box, fill: sketch.theme.background)
      write(label, in: box, sketch.theme.mutedInk)
      named.insert(shape.region)
    }
  }

  /// What stands below the name: the number, and the group where no colour of its own says it.
  private func values(of item: Item) -> [String] {
    let (value, group) = (item.region.value, item.region.group)
    let shown = value.number == nil && group != nil ? nil : value.text
    return [shown, item.fill == sketch.theme.neutral ? group : nil].compactMap { $0 }
      .filter { !$0.isEmpty }
  }

  private func codeLabel(_ item: Item) -> [Label] {
    guard let value = values(of: item).first, drawing.shapes[item.index].area > 400 else {
      return []
    }
    let style = sketch.theme.small
    return [label([(item.region.code, style), (value, TextStyle(style.size, .bold))])]
  }

  private func label(_ lines: [(String, TextStyle)]) -> Label {
    let extents = lines.map { sketch.measurer.extent(of: $0.0, style: $0.1) }
    return Label(
      lines: lines.map { (text: $0.0, style: $0.1) },
      size: Size(
        extents.map(\.width).max() ?? 0,
        zip(lines, extents).reduce(0) { $0 + max($1.1.height, $1.0.1.size) }))
  }

  /// What a label can be, the most telling first: all lines, the first two, the name on the first.
  private func labels(_ item: Item) -> [Label] {
    let name = map.name(item.region.code)
    let style = sketch.theme.small
    let values = values(of: item)
    guard let first = values.first else { return [label([(name, style)])] }
    let bold = TextStyle(style.size, .bold)
    let all = label([(name, style)] + values.map { ($0, bold) })
    // A name without its number would be half a label; the notes have both.
    return values.count > 1 ? [all] : [all, label([("\(name) \(first)", style)])]
  }

  private func room(_ labels: [Label], _ region: Int) -> (Label, Rect)? {
    for label in labels {
      if let box = room(label, region) { return (label, box) }
    }
    return nil
  }

  /// The place for a label in a region, as near to its middle as can be; nil where it has no room.
  private func room(_ label: Label, _ region: Int) -> Rect? {
    guard let ring = drawing.shapes[region].rings.first else { return nil }
    let bounds = Rect(around: ring)
    let (width, height) = (label.size.width + 4, label.size.height)
    guard width <= bounds.width, height <= bounds.height else { return nil }
    let centre = drawing.place(map.outline.regions[region].centre)
    let isShown = drawing.frame.contains(Rect(x: centre.x, y: centre.y, width: 0, height: 0))
    let middle = isShown ? centre : bounds.centre
    let steps = 10
    var candidates = [middle]
    for row in 0...steps {
      for column in 0...steps {
        candidates.append(
          Point(
            bounds.x + width / 2 + (bounds.width - width) * Double(column) / Double(steps),
            bounds.y + height / 2 + (bounds.height - height) * Double(row) / Double(steps)))
      }
    }
    func distance(_ point: Point) -> Double {
      let (x, y) = (point.x - middle.x, point.y - middle.y)
      return x * x + y * y
    }
    return candidates.enumerated().sorted {
      (distance($0.element), $0.offset) < (distance($1.element), $1.offset)
    }.lazy.map {
      Rect(
        x: $0.element.x - width / 2, y: $0.element.y - height / 2, width: width, height: height)
    }.first { raster.isFree($0, in: Int32(region)) }
  }

  /// The place for one of some labels in the sea beside its region, nil where none has room.
  private func seaRoom(_ labels: [Label], _ region: Int) -> (Label, Rect)? {
    let circle = circles[region]
    let anchors = circle.map { [$0] } ?? MapDirections.thinned(drawing.shapes[region].rings.first)
    let gap = circle == nil ? 3.0 : 7
    for label in labels {
      let (width, height) = (label.size.width + 4, label.size.height)
      for side in MapDirections.sides {
        for anchor in anchors {
          let box = Rect(
            x: anchor.x + side.x * (width / 2 + gap) - width / 2,
            y: anchor.y + side.y * (height / 2 + gap) - height / 2, width: width, height: height)
          if raster.isFree(box, in: MapRaster.sea) { return (label, box) }
        }
      }
    }
    return nil
  }

  /// The place for one of some labels in the sea farther out, and the line that leads there.
  ///
  /// The line crosses no other label.
  private func farRoom(
    _ labels: [Label], _ region: Int
  ) -> (label: Label, box: Rect, from: Point, to: Point)? {
    let from = circles[region] ?? drawing.place(map.outline.regions[region].centre)
    for distance in stride(from: 25.0, through: 150, by: 12.5) {
      for label in labels {
        let (width, height) = (label.size.width + 4, label.size.height)
        for side in MapDirections.compass {
          let centre = Point(
            from.x + side.x * (distance + width / 2), from.y + side.y * (distance + height / 2))
          let box = Rect(
            x: centre.x - width / 2, y: centre.y - height / 2, width: width, height: height)
          // The line ends at the side of the box that looks at the region.
          let end = Point(
            min(max(from.x, box.x), box.maxX), min(max(from.y, box.y), box.maxY))
          if raster.isFree(box, in: MapRaster.sea), raster.isUntaken(from: from, to: end) {
            return (label, box, from, end)
          }
        }
      }
    }
    return nil
  }

  private mutating func write(_ label: Label, in box: Rect, _ colour: Colour) {
    raster.take(box)
    var y = box.y
    for line in label.lines {
      let extent = sketch.measurer.extent(of: line.text, style: line.style)
      sketch.text(
        line.text, at: Point(box.centre.x, y + extent.ascent), .middle, line.style, colour)
      y += max(extent.height, line.style.size)
    }
  }
}

/// Where to look for room around a point.
enum MapDirections {
  /// Right, left, above, below, and the corners.
  static let sides = [
    Point(1, 0), Point(-1, 0), Point(0, -1), Point(0, 1), Point(1, -1), Point(1, 1), Point(-1, 1),
    Point(-1, -1),
  ]

  /// Sixteen directions; sideways first, where text reads best.
  static let compass: [Point] = [0, 15, 1, 8, 7, 9, 14, 2, 6, 10, 13, 3, 11, 5, 12, 4].map {
    let angle = Double($0) * .pi / 8
    return Point(cos(angle), sin(angle))
  }

  /// Offsets on rings of eight around a point, the nearest first.
  static let around: [Point] = {
    let eight = [
      Point(1, 0), Point(-1, 0), Point(0, -1), Point(0, 1), Point(0.7, -0.7), Point(0.7, 0.7),
      Point(-0.7, -0.7), Point(-0.7, 0.7),
    ]
    return [10.0, 15, 20].flatMap { far in eight.map { Point($0.x * far, $0.y * far) } }
  }()

  /// At most 24 points of a ring, evenly taken.
  static func thinned(_ ring: [Point]?) -> [Point] {
    let count = 24
    guard let ring, ring.count > count else { return ring ?? [] }
    return (0..<count).map { ring[$0 * ring.count / count] }
  }
}
