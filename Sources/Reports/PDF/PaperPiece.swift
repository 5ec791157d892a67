import Graphics

/// A part of a document that stays together on one page, such as a row, a tile or a picture.
struct PaperPiece {
  var height: Double
  /// What is drawn, from the upper left corner of the piece.
  var marks: [PaperMark]
  /// The room above it, which falls away at the top of a page.
  var before: Double = 0
  /// Whether it must not be the last on a page, as a heading.
  var keepsWithNext = false
  var isLandscape = false
  /// The number of the head that is repeated above it where a page begins with it.
  var head: Int?
  /// The headings in it, for the outline.
  var headings: [Heading] = []

  struct Heading {
    var title: String
    var level: Int
    /// The upper edge in the piece.
    var top: Double
  }
}

/// The pieces of a document in reading order.
struct PaperFlow {
  var pieces: [PaperPiece] = []
  /// Heads of tables for the pages after the first.
  var heads: [PaperPiece] = []

  /// All height, as if it stood on one endless page.
  var height: Double {
    pieces.enumerated().reduce(0) {
      $0 + $1.element.height + ($1.offset > 0 ? $1.element.before : 0)
    }
  }

  /// Adds another flow at the end, with room above it.
  mutating func append(_ other: PaperFlow, before: Double? = nil) {
    let first = pieces.count
    pieces += other.pieces.map { piece in
      var piece = piece
      piece.head = piece.head.map { $0 + heads.count }
      return piece
    }
    heads += other.heads
    if let before, pieces.indices.contains(first) { pieces[first].before = before }
  }

  mutating func append(_ piece: PaperPiece) { pieces.append(piece) }

  /// Makes everything from a piece on part of one thing.
  mutating func tag(_ tag: PaperTag, from first: Int = 0) {
    guard pieces.indices.contains(first) else { return }
    pieces[first].marks.insert(.begin(tag), at: 0)
    pieces[pieces.count - 1].marks.append(.end)
  }

  /// Keeps everything but the last piece with what follows it.
  mutating func keepTogether() {
    for index in pieces.indices.dropLast() { pieces[index].keepsWithNext = true }
  }

  /// A flow as one piece, as far as it fits nowhere but side by side with others.
  func joined(at x: Double) -> PaperPiece {
    var joined = PaperPiece(height: 0, marks: [])
    for (index, piece) in pieces.enumerated() {
      if index > 0 { joined.height += piece.before }
      joined.marks += piece.marks.map { $0.moved(by: Point(x, joined.height)) }
      joined.headings += piece.headings.map {
        PaperPiece.Heading(title: $0.title, level: $0.level, top: $0.top + joined.height)
      }
      joined.height += piece.height
    }
    return joined
  }
}
