/// The same tree twice, before and after a change, with every box in the same place.
///
/// Boxes that changed have a thick border and a line that says what changed; colour alone would be
/// lost to some readers and on paper.
public struct TreePair: Chart {
  /// The tree as it is; its heading is that of the pair.
  public let before: TreeDiagram
  /// The tree as it will be.
  public let after: TreeDiagram
  /// What stands over each of the two.
  public let titles: (before: String, after: String)

  /// A pair of trees of one shape; nil where they are of different shapes.
  ///
  /// A folded rest is folded in both, by the values of the first.
  ///
  /// - Parameters:
  ///   - before: the tree as it is.
  ///   - after: the same nodes in the same order as they will be.
  ///   - titles: what stands over each of the two.
  public init?(
    before: TreeDiagram, after: TreeDiagram, titles: (before: String, after: String)
  ) {
    guard before.shape == after.shape else { return nil }
    self.before = before
    self.after = after
    self.titles = titles
  }

  public var heading: ChartHeading { before.heading }

  public var textAlternative: String {
    "\(before.textAlternative) \(titles.after): \(after.textAlternative)"
  }

  /// Both trees, side by side where they grow sideways, else one below the other.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    let folded = before.folded(maximum: before.maximum)
    let marked = after.folded(maximum: before.maximum).marked
    func boxes(_ diagram: TreeDiagram, _ marked: [Int]) -> [TreeBox] {
      zip(folded.boxes, marked).map {
        diagram.box($0, marked: $1, theme: theme, measurer: measurer)
      }
    }
    let (old, new) = (boxes(before, folded.marked), boxes(after, marked))
    // One layout for both: each place is as large as the larger of its two boxes.
    let sizes = zip(old, new).map { old, new in
      Size(max(old.size.width, new.size.width), max(old.size.height, new.size.height))
    }
    let direction = before.direction
    let layout = TreeLayout(
      folded.shape, sizes: sizes, direction: direction,
      siblingGap: TreeDiagram.siblingGap(direction), levelGap: TreeDiagram.levelGap)

    let isBeside = direction == .horizontal
    let gap = 48.0
    let panel = max(layout.size.width, 160)
    let needed = (isBeside ? 2 * panel + gap : panel) + 2 * theme.margin
    var sketch = Sketch(width: max(width, needed), theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let groups = TreeDiagram.groups(of: before.nodes + after.nodes)
    let paints = before.paints(theme, groups: groups)
    y = sketch.key(before.keyEntries(groups, paints, theme: theme), y: y) + 4

    let titleHeight = sketch.rowHeight([titles.before, titles.after], theme.title) + 6
    var bottom = y
    for (index, side) in [(titles.before, old), (titles.after, new)].enumerated() {
      let x = sketch.left + (isBeside ? Double(index) * (panel + gap) : 0)
      let top = isBeside ? y : bottom
      let title = measurer.shortened(
        side.0, to: isBeside ? panel : sketch.innerWidth, style: theme.title)
      sketch.text(
        title, at: Point(x, top + titleHeight / 2 + sketch.drop(theme.title)), .start,
        theme.title,
        theme.ink)
      let origin = Point(x, top + titleHeight + 4)
      sketch.tree(folded.shape, layout, boxes: side.1, paints: paints, at: origin)
      bottom = origin.y + layout.size.height + (isBeside || index == 1 ? 0 : 32)
    }
    return sketch.scene(
      height: bottom + theme.margin, title: heading.title, textAlternative: textAlternative)
  }
}
