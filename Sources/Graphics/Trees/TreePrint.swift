/// A tree made ready for paper: measured, cut into pieces, and the pieces put on sheets.
struct TreePrint {
  let diagram: TreeDiagram
  let words: TreePageWords
  let theme: Theme
  let measurer: any TextMeasurer
  let folded: TreeDiagram.Folded
  private let boxes: [TreeBox]
  private let groups: [String]
  private let paints: [String: BarPaint]
  /// What a line of reference adds to a box, at most.
  private let reference: Size

  /// A piece with its place on a sheet.
  struct Placed {
    var shape: TreeShape
    var layout: TreeLayout
    var boxes: [TreeBox]
    var origin: Point
  }

  init(
    _ diagram: TreeDiagram, words: TreePageWords, theme: Theme, measurer: any TextMeasurer
  ) {
    self.diagram = diagram
    self.words = words
    self.theme = theme
    self.measurer = measurer
    let folded = diagram.folded(maximum: diagram.maximum)
    self.folded = folded
    boxes = zip(folded.boxes, folded.marked).map {
      diagram.box($0, marked: $1, theme: theme, measurer: measurer)
    }
    groups = TreeDiagram.groups(of: diagram.nodes)
    paints = diagram.paints(theme, groups: groups)
    let place = words.place(99_999)
    let longest = [words.goesOn(place), words.comesFrom(place), words.more(place)].map {
      measurer.extent(of: $0, style: Self.referenceStyle(theme))
    }
    reference = longest.reduce(Size(0, 0)) {
      Size(max($0.width, $1.width), max($0.height, $1.height + 1))
    }
  }

  private static func referenceStyle(_ theme: Theme) -> TextStyle {
    TextStyle(theme.small.size, .bold)
  }

  private var isVertical: Bool { diagram.direction == .vertical }
  private var gap: Double { TreeDiagram.siblingGap(diagram.direction) }

  private func across(_ size: Size) -> Double { isVertical ? size.width : size.height }
  private func along(_ size: Size) -> Double { isVertical ? size.height : size.width }

  /// A box as large as it is with all references it may come to hold.
  private func largest(_ index: Int) -> Size {
    let size = boxes[index].size
    guard !folded.shape.children(of: index).isEmpty else { return size }
    let frame = 2 * TreeBox.padding + TreeBox.strip
    return Size(
      max(size.width, (reference.width + frame).rounded(.up)),
      size.height + (2 * reference.height).rounded(.up))
  }

  /// What a level takes at most, its gap included.
  var levelExtent: Double {
    boxes.indices.reduce(0) { max($0, along(largest($1))) } + TreeDiagram.levelGap
  }

  /// What all boxes without children take one after another.
  var total: Double {
    folded.shape.preorder.reduce(0) { sum, node in
      folded.shape.children(of: node).isEmpty ? sum + across(boxes[node].size) + gap : sum
    } + Double(folded.shape.depths.max() ?? 0) * 4
  }

  /// What the largest box takes.
  var largest: Double { boxes.indices.reduce(0) { max($0, across(largest($1))) } + gap }

  /// About how long the tree is if it is drawn in one.
  var natural: Double {
    max(total, Double((folded.shape.depths.max() ?? 0) + 1) * levelExtent)
  }

  /// How many levels a column of a poster has.
  var posterLevels: Int { min(12, (folded.shape.depths.max() ?? 0) + 1) }

  /// The heading and the key; gives the y below.
  func head(on sketch: inout Sketch) -> Double {
    let y = sketch.heading(diagram.heading)
    return sketch.key(diagram.keyEntries(groups, paints, theme: theme), y: y) + 4
  }

  func draw(_ piece: Placed, at corner: Point, on sketch: inout Sketch) {
    sketch.tree(
      piece.shape, piece.layout, boxes: piece.boxes, paints: paints,
      at: Point(corner.x + piece.origin.x, corner.y + piece.origin.y))
  }

  /// The tree on sheets with a room each, pieces in reading order.
  func filled(room: Size) -> [[Placed]] {
    let levels = Int((along(room) + TreeDiagram.levelGap) / levelExtent)
    let cut = TreeCut(
      folded.shape, breadths: boxes.indices.map { across(largest($0)) + gap },
      room: across(room) + gap, levels: levels)

    // Where each piece stands must be known before any is drawn: references are as long as can be.
    let between = 2 * gap
    var sheets: [Int] = []
    var (sheet, used) = (0, 0.0)
    for (index, piece) in cut.pieces.enumerated() {
      let extent = extent(of: piece)
      if index > 0, used + extent > across(room) {
        sheet += 1
        used = 0
      }
      used += extent + between
      sheets.append(sheet)
    }
    var filled = [[Placed]](repeating: [], count: sheet + 1)
    var place = 0.0
    for (index, piece) in cut.pieces.enumerated() {
      if index == 0 || sheets[index] != sheets[index - 1] { place = 0 }
      guard var placed = placed(piece, sheets) else { continue }
      placed.origin = isVertical ? Point(place, 0) : Point(0, place)
      place += across(placed.layout.size) + between
      filled[sheets[index]].append(placed)
    }
    return filled
  }

  /// What a piece takes across, no less than it will.
  private func extent(of piece: TreeCut.Piece) -> Double {
    var places: [Int: Int] = [:]
    for (place, node) in piece.nodes.enumerated() { places[node] = place }
    var below = [Double](repeating: 0, count: piece.nodes.count)
    for (place, node) in piece.nodes.enumerated().reversed() {
      below[place] = max(below[place], across(largest(node)) + gap)
      if place > 0, let parent = folded.shape.parents[node].flatMap({ places[$0] }) {
        below[parent] += below[place]
      }
    }
    return (below.first ?? gap) - gap
  }

  private func placed(_ piece: TreeCut.Piece, _ sheets: [Int]) -> Placed? {
    var places: [Int: Int] = [:]
    for (place, node) in piece.nodes.enumerated() { places[node] = place }
    let parents = piece.nodes.enumerated().map { place, node in
      place == 0 ? nil : folded.shape.parents[node].flatMap { places[$0] }
    }
    // A piece is a tree by how it was cut.
    guard let shape = try? TreeShape(parents: parents) else { return nil }
    let style = Self.referenceStyle(theme)
    func name(_ piece: Int) -> String { words.place(sheets[piece] + 1) }
    let drawn = piece.nodes.enumerated().map { place, node in
      var box = boxes[node]
      var texts: [String] = []
      if place == 0, let from = piece.from { texts.append(words.comesFrom(name(from))) }
      if place == 0, let next = piece.next { texts.append(words.more(name(next))) }
      if let branch = piece.branches[place] { texts.append(words.goesOn(name(branch))) }
      for text in texts {
        box.add(text, style, theme.ink, widest: max(diagram.boxWidth, reference.width + 30), measurer)
      }
      return box
    }
    let layout = TreeLayout(
      shape, sizes: drawn.map(\.size), direction: diagram.direction, siblingGap: gap,
      levelGap: TreeDiagram.levelGap)
    return Placed(shape: shape, layout: layout, boxes: drawn, origin: Point(0, 0))
  }
}
