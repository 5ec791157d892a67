/// A document on sheets of paper, as a value: what stands where, and what it is.
///
/// The layout is whoever makes it's own; `CairoCanvas.pdf` only draws. Lengths are points from the
/// upper left corner of a page.
public struct PaperDocument {
  /// What the file is called by readers.
  public var title: String
  /// Who made it, such as the organisation.
  public var author: String
  /// What it is about.
  public var subject: String
  /// The language as a tag of BCP 47, such as `en-US`.
  public var language: String
  /// The date of the file, for example `2026-11-20`.
  public var created: String
  /// The sheets in reading order; at least one.
  public var pages: [PaperPage]
  /// The headings for the list beside the pages, in reading order.
  public var outline: [PaperHeading]

  /// A document from its parts.
  public init(
    title: String, author: String, subject: String, language: String, created: String,
    pages: [PaperPage], outline: [PaperHeading]
  ) {
    self.title = title
    self.author = author
    self.subject = subject
    self.language = language
    self.created = created
    self.pages = pages
    self.outline = outline
  }
}

/// A heading in the list beside the pages.
public struct PaperHeading: Sendable, Hashable {
  /// The words.
  public var title: String
  /// How deep it stands, 1 at the top; no deeper than one below the heading before it.
  public var level: Int
  /// The page, from 1.
  public var page: Int
  /// The upper edge on the page.
  public var top: Double

  /// A heading by its words and its place.
  public init(title: String, level: Int, page: Int, top: Double) {
    self.title = title
    self.level = level
    self.page = page
    self.top = top
  }
}

/// One sheet: its size and what is drawn on it, in this order.
public struct PaperPage {
  /// Width and height.
  public var size: Size
  /// What is drawn, between beginnings and ends of tags, which may lie on different pages.
  public var marks: [PaperMark]

  /// A sheet.
  public init(size: Size, marks: [PaperMark] = []) {
    self.size = size
    self.marks = marks
  }
}

/// Where a line stands in the width it is given.
public enum PaperAlignment: Sendable, Hashable {
  case start
  case end
}

/// One thing on a page.
public enum PaperMark {
  /// What follows is part of something, up to the matching end.
  case begin(PaperTag)
  case end
  /// Lines of a text below each other; their width is what they are aligned in.
  case text(SetText, lines: Range<Int>, at: Point, width: Double, PaperAlignment)
  case rect(RectMark)
  /// The part of a picture within a window, as large as a scale makes it.
  case picture(Scene, window: Rect, at: Point, scale: Double)

  /// The same mark moved.
  public func moved(by offset: Point) -> PaperMark {
    switch self {
    case .begin(.place(let name, let point)):
      return .begin(.place(name, Point(point.x + offset.x, point.y + offset.y)))
    case .begin, .end: return self
    case .text(let text, let lines, let point, let width, let alignment):
      return .text(
        text, lines: lines, at: Point(point.x + offset.x, point.y + offset.y), width: width,
        alignment)
    case .rect(var mark):
      mark.rect.x += offset.x
      mark.rect.y += offset.y
      return .rect(mark)
    case .picture(let scene, let window, let point, let scale):
      return .picture(
        scene, window: window, at: Point(point.x + offset.x, point.y + offset.y), scale: scale)
    }
  }
}

/// What a part of a document is, for readers who do not see the page.
///
/// Text stands in the innermost of them only: a paragraph has words, a row has cells.
public enum PaperTag: Sendable, Hashable {
  case document
  case section
  case division
  case heading(Int)
  case paragraph
  case quote
  case list
  case item
  case table
  case row
  case columnHead
  case rowHead
  case cell
  case caption
  /// A picture with what a reader who does not see it is told.
  case figure(alternative: String)
  /// A place that links lead to.
  case place(String, Point)

  /// The name of the structure element in PDF.
  var name: String {
    switch self {
    case .document: "Document"
    case .section: "Sect"
    case .division: "Div"
    case .heading(let level): "H\(min(max(level, 1), 6))"
    case .paragraph: "P"
    case .quote: "BlockQuote"
    case .list: "L"
    case .item: "LI"
    case .table: "Table"
    case .row: "TR"
    case .columnHead, .rowHead: "TH"
    case .cell: "TD"
    case .caption: "Caption"
    case .figure: "Figure"
    case .place: "cairo.dest"
    }
  }
}
