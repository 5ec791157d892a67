extension TreeDiagram {
  /// The tree in its natural size; `width` is the least width, for the heading.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    scene(folded(maximum: maximum), width: width, theme: theme, measurer: measurer)
  }

  func scene(
    _ folded: Folded, width: Double, theme: Theme, measurer: any TextMeasurer
  ) -> Scene {
    let boxes = zip(folded.boxes, folded.marked).map {
      box($0, marked: $1, theme: theme, measurer: measurer)
    }
    let layout = TreeLayout(
      folded.shape, sizes: boxes.map(\.size), direction: direction,
      siblingGap: Self.siblingGap(direction), levelGap: Self.levelGap)

    let needed = layout.size.width + 2 * theme.margin
    var sketch = Sketch(width: max(width, needed), theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let groups = Self.groups(of: nodes)
    let paints = paints(theme, groups: groups)
    y = sketch.key(keyEntries(groups, paints, theme: theme), y: y) + 4
    sketch.tree(
      folded.shape, layout, boxes: boxes, paints: paints, at: Point(sketch.left, y))
    return sketch.scene(
      height: y + layout.size.height + theme.margin, title: heading.title,
      textAlternative: textAlternative)
  }
}
