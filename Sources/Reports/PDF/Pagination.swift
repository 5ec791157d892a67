import Graphics

/// Puts pieces on pages.
///
/// A page is full when the next piece, with all that it must stay together with, has no room.
struct Pagination {
  let format: PaperFormat
  private(set) var pages: [PaperPage] = []
  private(set) var outline: [PaperHeading] = []
  private var isLandscape = false
  private var y = 0.0
  private var bottom: Double { format.sheet(isLandscape: isLandscape).height - PaperFormat.bottom }
  private var isAtTop: Bool { y <= PaperFormat.margin }

  init(_ flow: PaperFlow, on format: PaperFormat) {
    self.format = format
    let pieces = Pagination.turned(flow.pieces)
    var index = 0
    while index < pieces.count {
      let last = Pagination.chain(in: pieces, from: index)
      let chain = pieces[index...last]
      let height = chain.reduce(0) { $0 + $1.before + $1.height } - pieces[index].before
      let turns = pieces[index].isLandscape != isLandscape
      let before = isAtTop ? 0 : pieces[index].before
      if pages.isEmpty || turns || (!isAtTop && y + before + height > bottom) {
        begin(isLandscape: pieces[index].isLandscape)
        if let head = pieces[index].head { place(flow.heads[head]) }
      }
      place(pieces[index])
      for piece in chain.dropFirst() {
        // A chain longer than a page parts where it must.
        if y + piece.before + piece.height > bottom, !isAtTop {
          begin(isLandscape: piece.isLandscape)
          if let head = piece.head { place(flow.heads[head]) }
        }
        place(piece)
      }
      index = last + 1
    }
    if pages.isEmpty { begin(isLandscape: false) }
  }

  /// The pieces with everything that leads to one on its long side turned as well.
  private static func turned(_ pieces: [PaperPiece]) -> [PaperPiece] {
    var pieces = pieces
    for index in pieces.indices.dropLast().reversed()
    where pieces[index].keepsWithNext && pieces[index + 1].isLandscape {
      pieces[index].isLandscape = true
    }
    return pieces
  }

  /// The last of the pieces that stay with one.
  private static func chain(in pieces: [PaperPiece], from first: Int) -> Int {
    var last = first
    while last + 1 < pieces.count, pieces[last].keepsWithNext,
      pieces[last + 1].isLandscape == pieces[first].isLandscape
    { last += 1 }
    return last
  }

  private mutating func begin(isLandscape: Bool) {
    self.isLandscape = isLandscape
    pages.append(PaperPage(size: format.sheet(isLandscape: isLandscape)))
    y = PaperFormat.margin
  }

  private mutating func place(_ piece: PaperPiece) {
    if !isAtTop { y += piece.before }
    let corner = Point(PaperFormat.margin, y)
    pages[pages.count - 1].marks += piece.marks.map { $0.moved(by: corner) }
    outline += piece.headings.map {
      PaperHeading(title: $0.title, level: $0.level, page: pages.count, top: y + $0.top)
    }
    y += piece.height
  }

  /// Adds marks to every page, each of which knows its number.
  mutating func addFeet(
    _ foot: (_ page: Int, _ of: Int, _ size: Size) throws(GraphicsError) -> [PaperMark]
  ) throws(GraphicsError) {
    for index in pages.indices {
      pages[index].marks += try foot(index + 1, pages.count, pages[index].size)
    }
  }
}
