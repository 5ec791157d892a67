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

  /// A box as large as it is with a number of lines of reference.
  private func size(_ index: Int, references: Int) -> Size {
    let size = boxes[index].size
    guard references > 0 else { return size }
    let frame = 2 * TreeBox.padding + TreeBox.strip
    return Size(
      max(size.width, (reference.width + frame).rounded(.up)),
      size.height + (Double(references) * reference.height).rounded(.up))
  }

  /// A box as large as it may become: where it has children, its branch may go on elsewhere.
  private func largest(_ index: Int) -> Size {
    size(index, references: folded.shape.children(of: index).isEmpty ? 0 : 1)
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
      at: Point(corner.x + piece.origin.x, corner.y + piece.origin.y),
      isLarge: boxes.count > TreeBox.mostRound)
  }

  /// The tree on sheets with a room each, pieces in reading order, in columns on each sheet.
  ///
  /// Deep pieces leave the room beside shallow ones empty, short ones stand in two columns: whichever
  /// takes fewer sheets is used.
  func filled(room: Size) -> [[Placed]] {
    let levels = Int((along(room) + TreeDiagram.levelGap) / levelExtent)
    let deep = filled(room: room, levels: levels)
    guard levels > 3, deep.count > 1 else { return deep }
    let short = filled(room: room, levels: levels / 2)
    return short.count < deep.count ? short : deep
  }

  private func filled(room: Size, levels: Int) -> [[Placed]] {
    let cut = TreeCut(
      folded.shape, breadths: boxes.indices.map { across(largest($0)) + gap },
      room: across(room) + gap, levels: levels)
    // References are as long as can be until it is known where each piece stands.
    let laidOut = cut.pieces.compactMap(laidOut)
    let sheets = places(of: laidOut.map(\.layout.size), room: room)
    guard laidOut.count == cut.pieces.count, let last = sheets.last else { return [] }
    var filled = [[Placed]](repeating: [], count: last.sheet + 1)
    for (index, piece) in cut.pieces.enumerated() {
      var placed = laidOut[index]
      placed.origin = sheets[index].origin
      for (place, references) in references(of: piece).enumerated() {
        for reference in references {
          placed.boxes[place].add(
            reference.words(words.place(sheets[reference.piece].sheet + 1)),
            Self.referenceStyle(theme), theme.ink, widest: .infinity, measurer)
        }
      }
      filled[sheets[index].sheet].append(placed)
    }
    return filled
  }

  /// The sheet of each piece and its place there: below the one before, else in a column beside it.
  private func places(of sizes: [Size], room: Size) -> [(sheet: Int, origin: Point)] {
    var places: [(sheet: Int, origin: Point)] = []
    var (sheet, column, columnEnd, place) = (0, 0.0, 0.0, 0.0)
    for size in sizes {
      if place > 0, place + across(size) > across(room) {
        (column, place) = (columnEnd + TreeDiagram.levelGap, 0)
        columnEnd = column
      }
      if column > 0, column + along(size) > along(room) {
        sheet += 1
        (column, columnEnd, place) = (0, 0, 0)
      }
      places.append((sheet, isVertical ? Point(place, column) : Point(column, place)))
      place += across(size) + 2 * gap
      columnEnd = max(columnEnd, column + along(size))
    }
    return places
  }

  /// Which piece a box refers to, and in which words.
  private struct Reference {
    var piece: Int
    var words: @Sendable (String) -> String
  }

  /// The references in each box of a piece.
  private func references(of piece: TreeCut.Piece) -> [[Reference]] {
    var references = [[Reference]](repeating: [], count: piece.nodes.count)
    if let from = piece.from {
      references[0].append(Reference(piece: from, words: words.comesFrom))
    }
    if let next = piece.next { references[0].append(Reference(piece: next, words: words.more)) }
    for (place, branch) in piece.branches {
      references[place].append(Reference(piece: branch, words: words.goesOn))
    }
    return references
  }

  /// A piece with room for its references.
  private func laidOut(_ piece: TreeCut.Piece) -> Placed? {
    var places: [Int: Int] = [:]
    for (place, node) in piece.nodes.enumerated() { places[node] = place }
    let parents = piece.nodes.enumerated().map { place, node in
      place == 0 ? nil : folded.shape.parents[node].flatMap { places[$0] }
    }
    // A piece is a tree by how it was cut.
    guard let shape = try? TreeShape(parents: parents) else { return nil }
    let references = references(of: piece)
    let layout = TreeLayout(
      shape,
      sizes: piece.nodes.enumerated().map { size($1, references: references[$0].count) },
      direction: diagram.direction, siblingGap: gap, levelGap: TreeDiagram.levelGap)
    return Placed(
      shape: shape, layout: layout, boxes: piece.nodes.map { boxes[$0] }, origin: Point(0, 0))
  }
}
