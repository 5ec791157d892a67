/// A tree as boxes with text: a company family, or the territories of a model.
///
/// Colour shows the group of a box, its territory; groups beyond the palette share one colour and
/// are counted in the key. A tree with more nodes than the diagram shows is folded by value: see
/// `folded(maximum:)`.
public struct TreeDiagram: Chart {
  /// One node of the tree.
  public struct Node: Sendable, Equatable {
    /// The index of its parent; the root has none.
    public var parent: Int?
    /// What the box says: the name first, then details, one a line.
    public var lines: [String]
    /// The node's own value without its descendants, in the smallest unit of the caller.
    public var value: Int64
    /// The name of its group, shown by colour; nil for a box without.
    public var group: String?
    /// Whether the box stands for what lies elsewhere, as in "+3 accounts elsewhere".
    public var isPlaceholder: Bool
    /// What is special about the node, as in "was West" or "vacant"; its box has a thick border too.
    public var mark: String?

    /// A node with the lines of its box; the root has no parent.
    public init(
      parent: Int?, lines: [String], value: Int64 = 0, group: String? = nil,
      isPlaceholder: Bool = false, mark: String? = nil
    ) {
      self.parent = parent
      self.lines = lines
      self.value = value
      self.group = group
      self.isPlaceholder = isPlaceholder
      self.mark = mark
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The nodes, in the order of their indices.
  public let nodes: [Node]
  /// Who stands under whom.
  public let shape: TreeShape
  /// Which way the tree grows.
  public var direction: TreeLayout.Direction
  /// The most boxes shown, folded ones included.
  public var maximum: Int
  /// The widest a box may be, in points.
  public var boxWidth: Double
  /// The lines of a folded box, from how many nodes are in it and the exact sum of their values.
  public var foldLines: @Sendable (_ count: Int, _ sum: Int128) -> [String]
  /// The mark of a folded box, from how many marked nodes are in it.
  public var foldMark: @Sendable (_ marked: Int) -> String
  /// The words in the key for groups beyond the palette, from their number.
  public var otherGroups: @Sendable (_ count: Int) -> String

  /// A diagram of nodes in any order; siblings are drawn in the order given.
  ///
  /// At most `maximum` boxes are shown, folded ones included, and never fewer than two. `foldLines`
  /// gives the lines of a folded box, for example "+312 subsidiaries" and "$4.1 M". Throws a
  /// `TreeError` unless the nodes are one tree.
  public init(
    heading: ChartHeading, nodes: [Node], direction: TreeLayout.Direction = .horizontal,
    maximum: Int = 60, boxWidth: Double = 200,
    foldLines: @escaping @Sendable (_ count: Int, _ sum: Int128) -> [String],
    foldMark: @escaping @Sendable (_ marked: Int) -> String = { "\($0) of them marked" },
    otherGroups: @escaping @Sendable (_ count: Int) -> String = { "\($0) others" }
  ) throws(TreeError) {
    self.heading = heading
    self.nodes = nodes
    self.shape = try TreeShape(parents: nodes.map(\.parent))
    self.direction = direction
    self.maximum = maximum
    self.boxWidth = boxWidth
    self.foldLines = foldLines
    self.foldMark = foldMark
    self.otherGroups = otherGroups
  }

  /// The groups in the order in which they take colours: by their number of nodes, then by name.
  public var groups: [String] { Self.groups(of: nodes) }

  /// The heading, the size of the tree and the names directly below its root.
  public var textAlternative: String {
    let name = nodes[shape.root].lines.first ?? ""
    let levels = (shape.depths.max() ?? 0) + 1
    var sentences = [
      heading.spoken,
      "A tree of \(nodes.count) \(nodes.count == 1 ? "box" : "boxes") under \(name), "
        + "\(levels) \(levels == 1 ? "level" : "levels") deep.",
    ]
    let below = shape.children(of: shape.root).prefix(12).compactMap { nodes[$0].lines.first }
    if !below.isEmpty {
      let rest = shape.children(of: shape.root).count - below.count
      let more = rest > 0 ? "; and \(rest) more" : ""
      sentences.append(
        ChartHeading.sentence("Directly below: " + below.joined(separator: "; ") + more))
    }
    let marked = nodes.filter { $0.mark != nil }
    if !marked.isEmpty {
      let names = marked.prefix(12).compactMap { node in
        node.mark.map { "\(node.lines.first ?? "") (\($0))" }
      }
      let more = marked.count > names.count ? "; and \(marked.count - names.count) more" : ""
      sentences.append(
        ChartHeading.sentence("Marked: " + names.joined(separator: "; ") + more))
    }
    return sentences.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
