extension TreeDiagram {
  private static let padding = 8.0
  private static let strip = 6.0
  private static let levelGap = 36.0

  /// The tree in its natural size; `width` is the least width, for the heading.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    let folded = folded(maximum: maximum)
    let boxes = folded.boxes.map { content($0, theme: theme, measurer: measurer) }
    let layout = TreeLayout(
      folded.shape, sizes: boxes.map(\.size), direction: direction,
      siblingGap: direction == .horizontal ? 10 : 16, levelGap: Self.levelGap)

    let needed = layout.size.width + 2 * theme.margin
    var sketch = Sketch(width: max(width, needed), theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let paints = groupPaints(theme)
    y = sketch.key(keyEntries(paints, theme: theme), y: y) + 4

    let origin = Point(sketch.left, y)
    for parent in folded.shape.preorder {
      let edges = layout.edges(
        from: parent, to: folded.shape.children(of: parent), levelGap: Self.levelGap)
      guard !edges.isEmpty else { continue }
      let steps = edges.flatMap { edge -> [PathMark.Element] in
        [
          .move(Point(edge.from.x + origin.x, edge.from.y + origin.y)),
          .line(Point(edge.to.x + origin.x, edge.to.y + origin.y)),
        ]
      }
      sketch.path(PathMark(steps, stroke: Stroke(theme.axis)))
    }
    for (index, box) in boxes.enumerated() {
      var rect = layout.boxes[index]
      rect.x += origin.x
      rect.y += origin.y
      draw(box, in: rect, paints: paints, on: &sketch)
    }
    return sketch.scene(
      height: y + layout.size.height + theme.margin, title: heading.title,
      textAlternative: textAlternative)
  }

  /// The text of a box, broken and measured.
  private struct Content {
    struct Line {
      var text: String
      var style: TextStyle
      var colour: Colour
      var extent: TextExtent
    }

    var lines: [Line]
    var size: Size
    var group: String?
    var isDashed: Bool
  }

  private func content(
    _ box: Folded.Box, theme: Theme, measurer: any TextMeasurer
  ) -> Content {
    let room = boxWidth - 2 * Self.padding - Self.strip
    func lines(_ texts: [String], first: TextStyle) -> [Content.Line] {
      texts.enumerated().flatMap { index, text in
        let style = index == 0 ? first : theme.small
        return measurer.wrapped(text, to: room, lines: index == 0 ? 2 : 1, style: style).map {
          Content.Line(
            text: $0, style: style, colour: index == 0 ? theme.ink : theme.mutedInk,
            extent: measurer.extent(of: $0, style: style))
        }
      }
    }
    var content: Content
    switch box {
    case .node(let index):
      let node = nodes[index]
      content = Content(
        lines: lines(node.lines, first: node.isPlaceholder ? theme.label : theme.title),
        size: Size(0, 0), group: node.group, isDashed: node.isPlaceholder)
    case .rest(_, let count, let sum):
      content = Content(
        lines: lines(foldLines(count, sum), first: theme.label), size: Size(0, 0), group: nil,
        isDashed: true)
    }
    let width = content.lines.reduce(40) { max($0, $1.extent.width) }
    let height = content.lines.reduce(0) { $0 + $1.extent.height + 1 }
    content.size = Size(
      (width + 2 * Self.padding + Self.strip).rounded(.up),
      max(24, height + 2 * Self.padding - 5).rounded(.up))
    return content
  }

  private func draw(
    _ box: Content, in rect: Rect, paints: [String: BarPaint], on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    sketch.rect(
      rect, fill: box.isDashed ? theme.background : theme.surface,
      stroke: Stroke(theme.axis, dash: box.isDashed ? [3, 3] : []), radius: 3, role: .box)
    if let group = box.group {
      let paint = paints[group] ?? BarPaint(fill: theme.neutral)
      sketch.rect(
        Rect(x: rect.x, y: rect.y, width: Self.strip, height: rect.height), fill: paint.fill,
        stroke: paint.stroke)
    }
    let height = box.lines.reduce(0) { $0 + $1.extent.height + 1 } - 1
    var y = rect.y + (rect.height - height) / 2
    for line in box.lines {
      sketch.text(
        line.text, at: Point(rect.x + Self.strip + Self.padding, y + line.extent.ascent), .start,
        line.style, line.colour)
      y += line.extent.height + 1
    }
  }

  /// The groups in the order of their number of nodes, then by name.
  private var groups: [String] {
    var counts: [String: Int] = [:]
    for node in nodes { if let group = node.group { counts[group, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private func groupPaints(_ theme: Theme) -> [String: BarPaint] {
    Dictionary(uniqueKeysWithValues: zip(groups, theme.groupPaints))
  }

  private func keyEntries(
    _ paints: [String: BarPaint], theme: Theme
  ) -> [(name: String, swatch: Sketch.Swatch)] {
    let groups = groups
    var entries = groups.compactMap { group in
      paints[group].map { (name: group, swatch: Sketch.Swatch.bar($0)) }
    }
    let others = groups.count - entries.count
    if others > 0 { entries.append((otherGroups(others), .bar(BarPaint(fill: theme.neutral)))) }
    return entries
  }
}
