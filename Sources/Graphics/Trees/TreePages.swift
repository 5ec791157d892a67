/// The paper that a tree is printed on, in points.
public enum TreePaper: String, Sendable, CaseIterable {
  case a4
  case letter

  /// The sheet on its long side.
  var size: Size { self == .a4 ? Size(842, 595) : Size(792, 612) }
}

/// What pages and posters say about where a tree goes on.
public struct TreePageWords: Sendable {
  /// The foot of a page.
  public var page: @Sendable (_ number: Int, _ of: Int) -> String
  /// What pages are called in references, from a number: "page 7" or "column 7".
  public var place: @Sendable (_ number: Int) -> String
  /// In a box whose branch stands elsewhere.
  public var goesOn: @Sendable (_ place: String) -> String
  /// In a box that begins a branch which stood elsewhere.
  public var comesFrom: @Sendable (_ place: String) -> String
  /// In a box whose further children stand elsewhere.
  public var more: @Sendable (_ place: String) -> String

  /// English words for pages.
  public static let pages = TreePageWords(
    page: { "Page \($0) of \($1)" }, place: { "page \($0)" }, goesOn: { "goes on: \($0) ▸" },
    comesFrom: { "◂ from \($0)" }, more: { "more below it: \($0) ▸" })

  /// English words for a poster in columns.
  public static let columns = TreePageWords(
    page: { "Column \($0) of \($1)" }, place: { "column \($0)" }, goesOn: { "goes on: \($0) ▸" },
    comesFrom: { "◂ from \($0)" }, more: { "more below it: \($0) ▸" })
}

extension TreeDiagram {
  /// The tree on sheets of paper, every branch with the page on which it goes on.
  ///
  /// Nodes beyond `maximum` are folded as in a picture. Letters are three quarters of the theme's,
  /// which is what a page is read at.
  ///
  /// - Parameters:
  ///   - paper: the sheet, which lies on its long side.
  ///   - words: what feet and references say.
  ///   - theme: colours, fonts and sizes.
  ///   - measurer: what says how long a text is.
  /// - Returns: a scene a page, at least one.
  public func pages(
    _ paper: TreePaper, words: TreePageWords = .pages, theme: Theme, measurer: any TextMeasurer
  ) -> [Scene] {
    let theme = theme.scaled(by: 0.75)
    var diagram = self
    diagram.boxWidth = (boxWidth * 0.75).rounded()
    let print = TreePrint(diagram, words: words, theme: theme, measurer: measurer)

    // Every page has the heading's room of the first, so that pages are alike.
    var head = Sketch(width: paper.size.width, theme: theme, measurer: measurer)
    let top = print.head(on: &head)
    let foot = theme.small.size * 2.2
    let room = Size(
      paper.size.width - 2 * theme.margin, paper.size.height - top - foot - theme.margin)
    let sheets = print.filled(room: room)
    return sheets.enumerated().map { index, pieces in
      var sketch = head
      for piece in pieces { print.draw(piece, at: Point(sketch.left, top), on: &sketch) }
      let text = words.page(index + 1, sheets.count)
      sketch.text(
        text, at: Point(sketch.right, paper.size.height - theme.margin), .end, theme.small,
        theme.mutedInk)
      return sketch.scene(
        height: paper.size.height, title: heading.title,
        textAlternative: index == 0 ? textAlternative : "\(heading.title). \(text).")
    }
  }

  /// The whole tree as one large page.
  ///
  /// A tree that would be longer than anyone can print, or so long that its letters vanish on the
  /// largest page of a PDF, stands in columns side by side with references between them.
  ///
  /// - Parameters:
  ///   - words: what heads of columns and references say.
  ///   - theme: colours, fonts and sizes.
  ///   - measurer: what says how long a text is.
  /// - Returns: the scene, in its natural size.
  public func poster(
    words: TreePageWords = .columns, theme: Theme, measurer: any TextMeasurer
  ) -> Scene {
    let print = TreePrint(self, words: words, theme: theme, measurer: measurer)
    if print.natural <= Self.longestPoster { return scene(print.folded, width: 480, print) }
    let levels = print.posterLevels
    let along = Double(levels) * print.levelExtent
    // As many columns of one height as make the poster about square.
    let height = max(print.total * along, 1).squareRoot() + print.largest
    let vertical = direction == .vertical
    let room = vertical ? Size(height, along) : Size(along, height)
    let columns = print.filled(room: room)

    let gap = 60.0
    let widths = columns.map { pieces in
      pieces.reduce(0) { max($0, $1.origin.x + $1.layout.size.width) } + gap
    }
    let width = widths.reduce(0, +) - gap + 2 * theme.margin
    var sketch = Sketch(width: max(480, width), theme: theme, measurer: measurer)
    let top = print.head(on: &sketch)
    let names = sketch.rowHeight([words.page(1, 1)], theme.takeaway) + 8
    var (x, bottom) = (sketch.left, top)
    for (index, pieces) in columns.enumerated() {
      sketch.text(
        words.page(index + 1, columns.count), at: Point(x, top + names / 2), .start,
        theme.takeaway, theme.mutedInk)
      for piece in pieces {
        print.draw(piece, at: Point(x, top + names), on: &sketch)
        bottom = max(bottom, top + names + piece.origin.y + piece.layout.size.height)
      }
      x += widths[index]
    }
    return sketch.scene(
      height: bottom + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// Up to this length a tree is drawn in one; on the largest page its letters are 4 points high.
  static let longestPoster = 36_000.0

  private func scene(_ folded: Folded, width: Double, _ print: TreePrint) -> Scene {
    scene(folded, width: width, theme: print.theme, measurer: print.measurer)
  }
}

extension Theme {
  /// The same colours with smaller or larger letters and margins.
  func scaled(by factor: Double) -> Theme {
    var theme = self
    func scaled(_ style: TextStyle) -> TextStyle {
      TextStyle(style.size * factor, style.weight)
    }
    theme.takeaway = scaled(takeaway)
    theme.title = scaled(title)
    theme.label = scaled(label)
    theme.small = scaled(small)
    theme.margin = (24 * factor).rounded()
    return theme
  }
}
