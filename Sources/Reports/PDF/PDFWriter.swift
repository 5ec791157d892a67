import Graphics

/// Writes a document as a PDF: paged, tagged, with outline and links, its text as text.
///
/// Pages are those of the locale: Letter in the United States, A4 everywhere else; a table or
/// picture that needs it turns its pages. The same document gives the same bytes.
public struct PDFWriter: Sendable {
  private let colours: ReportTheme.Colouring
  private let canvas: CairoCanvas

  /// A writer of PDFs.
  ///
  /// - Parameters:
  ///   - templates: whose theme has the colours; those on white are for print.
  ///   - canvas: what sets the text and draws the pictures, in the fonts of the same theme.
  public init(templates: Templates, canvas: CairoCanvas) {
    colours = templates.theme.light
    self.canvas = canvas
  }

  /// The bytes of a document.
  ///
  /// - Throws: `GraphicsError` where it cannot be drawn.
  public func bytes(of document: ReportDocument) throws(GraphicsError) -> [UInt8] {
    let format = PaperFormat(locale: document.locale)
    let text = PaperText(
      typesetter: try canvas.typesetter(), colours: colours,
      defined: Set(document.definitions.map(\.id)))
    let parts = PaperParts(
      text: text, words: PaperWords(document.words), format: format, appendix: document.appendixNumbers)
    var flow = try parts.front(document)
    flow.append(try parts.sections(document.sections), before: 18)
    flow.append(try parts.back(document), before: 22)
    flow.tag(.document)
    var pagination = Pagination(flow, on: format)
    let foot = PaperFoot(document, text: text, words: parts.words, canvas: canvas)
    try pagination.addFeet(foot.marks)
    return try canvas.pdf(
      PaperDocument(
        title: HTMLWriter.title(of: document), author: document.organisation,
        subject: document.title, language: document.locale.languageTag,
        created: document.asOf.data, pages: pagination.pages, outline: pagination.outline))
  }
}

/// The foot of every page: report, edition, day, and which page of how many.
struct PaperFoot {
  private let text: PaperText
  private let words: PaperWords
  private let canvas: CairoCanvas
  private let left: String
  private let day: String

  init(
    _ document: ReportDocument, text: PaperText, words: PaperWords, canvas: CairoCanvas
  ) {
    self.text = text
    self.words = words
    self.canvas = canvas
    left = "\(document.title) · \(PaperText.isolated(document.edition.name.text))"
    day = "\(words.asOf) \(document.asOf.text)"
  }

  func marks(page: Int, of pages: Int, size: Size) throws(GraphicsError) -> [PaperMark] {
    let look = text.look(7.25, text.muted)
    let width = size.width - 2 * PaperFormat.margin
    let y = size.height - PaperFormat.bottom + 16
    let x = PaperFormat.margin
    let end = try text.typesetter.set(
      [text.words("\(day) · \(words.page(page, pages))", look)])
    let short = canvas.shortened(left, to: width - end.size.width - 20, style: look.style)
    let start = try text.typesetter.set([text.words(short, look)])
    return [
      .rect(RectMark(Rect(x: x, y: y - 5, width: width, height: 0.4), fill: text.rule)),
      .text(start, lines: 0..<1, at: Point(x, y), width: width, .start),
      .text(end, lines: 0..<1, at: Point(x, y), width: width, .end),
    ]
  }
}
