/// A box of a tree with its text broken into lines and measured.
struct TreeBox {
  struct Line {
    var text: String
    var style: TextStyle
    var colour: Colour
    var extent: TextExtent
  }

  /// What the border says.
  enum Border {
    case plain
    /// The box stands for others.
    case dashed
    /// Something is special about the box, and a line in it says what.
    case thick
  }

  static let padding = 8.0
  /// Round corners are a third of the work of a large poster, on which nobody sees them.
  static let mostRound = 5_000
  /// The width of the strip that shows the group.
  static let strip = 6.0

  private(set) var lines: [Line] = []
  private(set) var size = Size(0, 0)
  var group: String?
  var border = Border.plain

  /// A box without text yet.
  init(group: String?, border: Border) {
    self.group = group
    self.border = border
  }

  /// Adds a text on as many lines as it may take, within the widest box.
  mutating func add(
    _ text: String, lines maximum: Int = 1, _ style: TextStyle, _ colour: Colour,
    widest: Double, _ measurer: any TextMeasurer
  ) {
    let room = widest - 2 * Self.padding - Self.strip
    for text in measurer.wrapped(text, to: room, lines: maximum, style: style) {
      lines.append(
        Line(
          text: text, style: style, colour: colour,
          extent: measurer.extent(of: text, style: style)))
    }
    let width = lines.reduce(40) { max($0, $1.extent.width) }
    size = Size(
      (width + 2 * Self.padding + Self.strip).rounded(.up),
      max(24, textHeight + 2 * Self.padding - 4).rounded(.up))
  }

  private var textHeight: Double { lines.reduce(-1) { $0 + $1.extent.height + 1 } }

  /// Draws the box in a rectangle of its size or a larger one.
  func draw(
    in rect: Rect, radius: Double, paints: [String: BarPaint], on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    let stroke =
      switch border {
      case .plain: Stroke(theme.axis)
      case .dashed: Stroke(theme.axis, dash: [3, 3])
      case .thick: Stroke(theme.ink, width: 2.5)
      }
    sketch.rect(
      rect, fill: border == .dashed ? theme.background : theme.surface, stroke: stroke,
      radius: radius, role: .box)
    if let group {
      let paint = paints[group] ?? BarPaint(fill: theme.neutral)
      let edge = border == .thick ? 2.5 : 0
      sketch.rect(
        Rect(
          x: rect.x + edge, y: rect.y + edge, width: Self.strip, height: rect.height - 2 * edge),
        fill: paint.fill, stroke: paint.stroke)
    }
    var y = rect.y + (rect.height - textHeight) / 2
    let x = rect.x + Self.strip + Self.padding
    for line in lines {
      let extent = line.extent
      sketch.text(
        TextMark(
          line.text, at: Point(x, y + extent.ascent), anchor: .start, style: line.style,
          colour: line.colour,
          box: Rect(x: x, y: y, width: extent.width, height: extent.height)))
      y += extent.height + 1
    }
  }
}

extension TreeDiagram {
  static let levelGap = 36.0

  static func siblingGap(_ direction: TreeLayout.Direction) -> Double {
    direction == .horizontal ? 10 : 16
  }

  /// The box of a node or of a folded rest.
  func box(
    _ box: Folded.Box, marked: Int, theme: Theme, measurer: any TextMeasurer
  ) -> TreeBox {
    var made: TreeBox
    let texts: [String]
    let mark: String?
    switch box {
    case .node(let index):
      let node = nodes[index]
      (texts, mark) = (node.lines, node.mark)
      let border: TreeBox.Border = node.isPlaceholder ? .dashed : mark == nil ? .plain : .thick
      made = TreeBox(group: node.group, border: border)
    case .rest(_, let count, let sum):
      texts = foldLines(count, sum)
      mark = marked > 0 ? foldMark(marked) : nil
      made = TreeBox(group: nil, border: .dashed)
    }
    let first = made.border == .dashed ? theme.label : theme.title
    for (index, text) in texts.enumerated() {
      made.add(
        text, lines: index < 2 ? 2 : 1, index == 0 ? first : theme.small,
        index == 0 ? theme.ink : theme.mutedInk, widest: boxWidth, measurer)
    }
    if let mark {
      made.add(
        mark, lines: 2, TextStyle(theme.small.size, .bold), theme.ink, widest: boxWidth, measurer)
    }
    return made
  }

  /// The paint of every group that has a colour of its own, largest groups first.
  func paints(_ theme: Theme, groups: [String]) -> [String: BarPaint] {
    Dictionary(uniqueKeysWithValues: zip(groups, theme.groupPaints))
  }

  /// The groups of some nodes in the order of their number of nodes, then by name.
  static func groups(of nodes: some Sequence<Node>) -> [String] {
    var counts: [String: Int] = [:]
    for node in nodes { if let group = node.group { counts[group, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// What the key says: each group with a colour, and how many share the last one.
  func keyEntries(
    _ groups: [String], _ paints: [String: BarPaint], theme: Theme
  ) -> [(name: String, swatch: Sketch.Swatch)] {
    var entries = groups.compactMap { group in
      paints[group].map { (name: group, swatch: Sketch.Swatch.bar($0)) }
    }
    let others = groups.count - entries.count
    if others > 0 { entries.append((otherGroups(others), .bar(BarPaint(fill: theme.neutral)))) }
    return entries
  }
}

extension Sketch {
  /// The lines and boxes of a tree from a point on.
  mutating func tree(
    _ shape: TreeShape, _ layout: TreeLayout, boxes: [TreeBox], paints: [String: BarPaint],
    at origin: Point, isLarge: Bool = false
  ) {
    for parent in shape.preorder {
      let edges = layout.edges(
        from: parent, to: shape.children(of: parent), levelGap: TreeDiagram.levelGap)
      guard !edges.isEmpty else { continue }
      let steps = edges.flatMap { edge -> [PathMark.Element] in
        [
          .move(Point(edge.from.x + origin.x, edge.from.y + origin.y)),
          .line(Point(edge.to.x + origin.x, edge.to.y + origin.y)),
        ]
      }
      path(PathMark(steps, stroke: Stroke(theme.axis)))
    }
    let radius = isLarge ? 0.0 : 3
    for (box, place) in zip(boxes, layout.boxes) {
      var rect = place
      rect.x += origin.x
      rect.y += origin.y
      box.draw(in: rect, radius: radius, paints: paints, on: &self)
    }
  }
}
