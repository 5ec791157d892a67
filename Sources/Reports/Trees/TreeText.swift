import Graphics
import Records

/// A tree as text: a row a node, its lines drawn before its name, its figures in columns.
///
/// Columns are aligned by what characters take on a terminal. Details give way first where the tree
/// is wider than the terminal, then long names are cut with an ellipsis; figures never are.
public struct TreeText {
  private let document: TreeDocument
  private let maximum: Int?
  private let width: Int

  /// Deeper levels are drawn with their number and the last lines only.
  static let deepest = 12
  /// Names keep at least so many cells, however narrow the terminal is.
  static let narrowest = 24

  /// - Parameters:
  ///   - document: the tree.
  ///   - maximum: the most rows, the rest folded by value; nil: all.
  ///   - width: cells of the terminal.
  public init(_ document: TreeDocument, maximum: Int?, width: Int) {
    self.document = document
    self.maximum = maximum
    self.width = width
  }

  /// The heading, the tree, and what is folded.
  ///
  /// - Throws: `TreeError` unless the nodes are one tree.
  public func text() throws(TreeError) -> String {
    let diagram = try document.diagram(maximum: maximum)
    let folded = diagram.folded(maximum: diagram.maximum)
    var lines = [document.title, document.takeaway, document.legend].flatMap {
      WrappedText.lines(CleanText.of($0), to: width)
    }
    lines.append("")
    lines += TextGrid(columns: columns(folded), width: width).lines
    if folded.hidden > 0 {
      let shown = document.nodes.count - folded.hidden
      lines.append("")
      lines += WrappedText.lines(
        "\(document.formatter.count(Int128(shown)).text) of "
          + "\(document.formatter.count(Int128(document.nodes.count)).text) stand in rows of their "
          + "own; rows that begin with + hold the rest, to the cent. --max-boxes shows more.",
        to: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func columns(_ folded: TreeDiagram.Folded) -> [TextGrid.Column] {
    let order = folded.shape.preorder
    let rows = order.map { folded.boxes[$0] }
    let prefixes = TreeText.prefixes(folded.shape)
    func node(_ box: TreeDiagram.Folded.Box) -> TreeDocument.Node? {
      if case .node(let index) = box { document.nodes[index] } else { nil }
    }
    func texts(_ heading: String, _ text: (TreeDocument.Node) -> String?) -> TextGrid.Column {
      TextGrid.Column(
        heading: heading, cells: rows.map { node($0).flatMap(text) ?? "" }, isFigure: false)
    }
    /// The tree in a number of cells; only names are ever cut.
    func names(to room: Int) -> [String] {
      zip(order, rows).map { place, box -> String in
        let prefix = prefixes[place]
        switch box {
        case .node(let index):
          let name = CleanText.unmarked(document.nodes[index].name)
          let left = max(8, room - DisplayWidth.of(prefix))
          return prefix + DisplayWidth.fittedInTheMiddle(name, to: left)
        case .rest(_, let count, _): return prefix + document.folded(count)
        }
      }
    }
    var tree = TextGrid.Column(
      heading: document.headings.node, cells: names(to: .max), isFigure: false)
    let details = document.headings.details.enumerated().map { index, heading in
      texts(heading) { $0.details[index] }
    }
    let hasGroups = document.nodes.contains { document.groupLine($0) != nil }
    var rest: [TextGrid.Column] =
      hasGroups ? [texts(document.headings.groups) { document.groupLine($0) }] : []
    for (index, measure) in document.measures.enumerated() { rest += figures(rows, index, measure) }
    if document.nodes.contains(where: { $0.mark != nil }) { rest.append(marks(rows, folded)) }
    // What says least gives way first: details, then further territories, then parts of names.
    func extent(_ columns: [TextGrid.Column]) -> Int {
      columns.reduce(0) { sum, column in
        sum + 2
          + ([column.heading] + column.cells).reduce(0) { max($0, DisplayWidth.of($1)) }
      }
    }
    var kept = details
    while !kept.isEmpty, extent([tree] + kept + rest) > width + 2 { kept.removeLast() }
    if hasGroups, extent([tree] + rest) > width + 2 {
      rest[0] = texts(document.headings.groups) { node in
        node.groups.count < 2
          ? document.groupLine(node) : "\(node.groups[0]) +\(node.groups.count - 1)"
      }
    }
    let room = max(Self.narrowest, width - extent(rest))
    if kept.isEmpty { tree.cells = names(to: room) }
    return ([tree] + kept + rest).map { column in
      var column = column
      column.cells = column.cells.map(CleanText.unmarked)
      return column
    }
  }

  private func figures(
    _ rows: [TreeDiagram.Folded.Box], _ index: Int, _ measure: TreeDocument.Measure
  ) -> [TextGrid.Column] {
    let hasChildren = document.hasChildren
    func cells(_ amount: (TreeDiagram.Folded.Box) -> Int128?) -> [String] {
      rows.map { box in amount(box).map { document.text($0, measure, isShort: false) } ?? "" }
    }
    let currency = document.formatter.currency
    // ISO 4217's code for "no currency" says nothing to a reader.
    let unit = measure.isMoney && currency != "XXX" ? " (\(currency))" : ""
    return [
      TextGrid.Column(
        heading: "\(measure.title), own\(unit)",
        cells: cells { box in
          if case .node(let node) = box { document.nodes[node].own[index] } else { nil }
        }, isFigure: true),
      TextGrid.Column(
        heading: "in all",
        cells: cells { box in
          switch box {
          case .node(let node):
            hasChildren[node] ? document.nodes[node].rolledUp[index] : nil
          case .rest(_, _, let sum): index == 0 ? sum : nil
          }
        }, isFigure: true),
    ]
  }

  private func marks(
    _ rows: [TreeDiagram.Folded.Box], _ folded: TreeDiagram.Folded
  ) -> TextGrid.Column {
    let marked = folded.shape.preorder.map { folded.marked[$0] }
    return TextGrid.Column(
      heading: "Mark",
      cells: zip(rows, marked).map { box, marked in
        switch box {
        case .node(let node): document.nodes[node].mark ?? ""
        case .rest: marked > 0 ? document.markedWords(marked) : ""
        }
      }, isFigure: false)
  }

  /// The lines before each name, by node.
  static func prefixes(_ shape: TreeShape) -> [String] {
    var isLast = [Bool](repeating: true, count: shape.count)
    for node in shape.preorder {
      for child in shape.children(of: node).dropLast() { isLast[child] = false }
    }
    return (0..<shape.count).map { node in
      let depth = shape.depths[node]
      guard depth > 0 else { return "" }
      // Guides of the ancestors, the nearest last; of very deep ones only the last few.
      let isDeep = depth > Self.deepest
      var guides: [String] = [isLast[node] ? "└─ " : "├─ "]
      var ancestor = shape.parents[node]
      while let above = ancestor, shape.depths[above] > 0,
        guides.count < (isDeep ? 4 : Self.deepest)
      {
        guides.append(isLast[above] ? "   " : "│  ")
        ancestor = shape.parents[above]
      }
      return (isDeep ? "(level \(depth)) " : "") + guides.reversed().joined()
    }
  }
}

extension DisplayWidth {
  /// The text, its middle cut with an ellipsis where it is wider than a number of cells.
  ///
  /// Companies of a family begin with one name and end with what tells them apart.
  static func fittedInTheMiddle(_ text: String, to widest: Int) -> String {
    guard of(text) > widest else { return text }
    let letters = Array(text)
    var (head, tail) = (0, letters.count)
    var used = 1
    while head < tail {
      let atHead = head <= letters.count - tail
      let next = of(String(letters[atHead ? head : tail - 1]))
      guard used + next <= widest else { break }
      used += next
      if atHead { head += 1 } else { tail -= 1 }
    }
    return String(letters[..<head]) + "…" + String(letters[tail...])
  }
}
