import CCairo

extension CairoCanvas {
  /// The document as a tagged PDF with outline, links and alternative texts.
  ///
  /// The same document gives the same bytes: its date is the only one in the file.
  ///
  /// - Throws: `GraphicsError.refused` where the date is none or Cairo cannot write.
  public func pdf(_ document: PaperDocument) throws(GraphicsError) -> [UInt8] {
    try CairoCanvas.checkDate(document.created)
    let drawn = FontLibrary.locked { draw(document) }
    let bytes = try drawn.get()
    return TaggedPDF(language: document.language, tags: document.tags).completed(bytes)
  }

  private func draw(_ document: PaperDocument) -> Result<[UInt8], GraphicsError> {
    let sink = ByteSink()
    // The sink outlives the surface: see `withExtendedLifetime` below.
    guard let surface = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.pointer, 1, 1)
    else { return .failure(.refused(format: "PDF", reason: "out of memory")) }
    defer { cairo_surface_destroy(surface) }
    for (key, text) in [
      (CAIRO_PDF_METADATA_CREATE_DATE, document.created),
      (CAIRO_PDF_METADATA_TITLE, document.title), (CAIRO_PDF_METADATA_AUTHOR, document.author),
      (CAIRO_PDF_METADATA_SUBJECT, document.subject),
      (CAIRO_PDF_METADATA_CREATOR, "Cadastre"),
    ] { cairo_pdf_surface_set_metadata(surface, key, text) }
    guard let cairo = cairo_create(surface),
      let painter = Painter(cairo: cairo, shaper: shaper)
    else { return .failure(.refused(format: "PDF", reason: "out of memory")) }
    var printer = PaperPrinter(cairo: cairo, painter: painter)
    for page in document.pages {
      cairo_pdf_surface_set_size(surface, page.size.width, page.size.height)
      for mark in page.marks { printer.print(mark) }
      cairo_surface_show_page(surface)
    }
    PaperPrinter.outline(document.outline, on: surface)
    let status = cairo_status(cairo)
    cairo_destroy(cairo)
    // Fonts are embedded now, which reads them: the lock is still held.
    cairo_surface_finish(surface)
    for status in [status, cairo_surface_status(surface)] {
      if let failure = CairoCanvas.failure(of: status, format: "PDF") { return .failure(failure) }
    }
    return .success(withExtendedLifetime(sink) { $0.bytes })
  }
}

/// Puts the marks of a page on a Cairo context, the font lock held.
struct PaperPrinter {
  private let cairo: OpaquePointer
  private let painter: Painter
  /// The names of the tags that have begun.
  private var open: [String] = []

  init(cairo: OpaquePointer, painter: Painter) {
    self.cairo = cairo
    self.painter = painter
  }

  mutating func print(_ mark: PaperMark) {
    switch mark {
    case .begin(let tag): begin(tag.name, tag.attributes)
    case .end: end()
    case .rect(let rect): painter.paint(rect)
    case .picture(let scene, let window, let point, let scale):
      cairo_save(cairo)
      cairo_translate(cairo, point.x - window.x * scale, point.y - window.y * scale)
      cairo_scale(cairo, scale, scale)
      cairo_rectangle(cairo, window.x, window.y, window.width, window.height)
      cairo_clip(cairo)
      painter.paint(scene)
      cairo_restore(cairo)
    case .text(let text, let lines, let point, let width, let alignment):
      draw(text, lines, at: point, width, alignment)
    }
  }

  private mutating func begin(_ name: String, _ attributes: String) {
    cairo_tag_begin(cairo, name, attributes)
    open.append(name)
  }

  private mutating func end() {
    guard let name = open.popLast() else { return }
    cairo_tag_end(cairo, name)
  }

  private mutating func draw(
    _ text: SetText, _ lines: Range<Int>, at point: Point, _ width: Double,
    _ alignment: PaperAlignment
  ) {
    var y = point.y
    // A paragraph with a link is no longer an innermost part: all its words then stand in spans.
    let hasLinks = text.runs.contains { $0.link != nil }
    var current: Inline?
    for index in lines {
      let measured = text.lines[index]
      defer { y += measured.height }
      guard let line = pango_layout_get_line_readonly(text.layout, Int32(index)) else { continue }
      let x = alignment == .end ? point.x + width - measured.width : point.x
      let baseline = y + measured.ascent
      if text.runs.count == 1, !hasLinks, let run = text.runs.first {
        set(run.colour)
        cairo_move_to(cairo, x, baseline)
        pango_cairo_show_layout_line(cairo, line)
      } else {
        draw(line, of: text, at: Point(x, baseline), index, hasLinks, &current)
      }
    }
    if current != nil { end() }
    // The current point would otherwise join the next path.
    cairo_new_path(cairo)
  }

  /// What a piece of a line is tagged as.
  private enum Inline: Equatable {
    case words
    case link(run: Int, line: Int)
  }

  private mutating func draw(
    _ line: UnsafeMutablePointer<PangoLayoutLine>, of text: SetText, at point: Point,
    _ index: Int, _ hasLinks: Bool, _ current: inout Inline?
  ) {
    let bytes = pango_layout_get_text(text.layout)
    var x = point.x
    // Pango's list of pieces, in the order of the page, lives as long as the layout.
    var next = line.pointee.runs
    while let piece = next {
      next = piece.pointee.next
      guard let glyphs = piece.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self),
        let item = glyphs.pointee.item, let (place, run) = text.run(at: Int(item.pointee.offset))
      else { continue }
      if hasLinks {
        let wanted = run.link == nil ? Inline.words : .link(run: place, line: index)
        if current != wanted {
          if current != nil { end() }
          begin(run.link == nil ? "Span" : "Link", run.link?.attributes ?? "")
          current = wanted
        }
      }
      let width = Double(pango_glyph_string_get_width(glyphs.pointee.glyphs)) / Double(PANGO_SCALE)
      set(run.colour)
      cairo_move_to(cairo, x, point.y)
      pango_cairo_show_glyph_item(cairo, bytes, glyphs)
      cairo_new_path(cairo)
      if let colour = run.underline {
        set(colour)
        let thin = max(0.4, run.style.size / 20)
        cairo_rectangle(cairo, x, point.y + run.style.size * 0.14, width, thin)
        cairo_fill(cairo)
      }
      x += width
    }
  }

  private func set(_ colour: Colour) {
    cairo_set_source_rgb(
      cairo, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255)
  }

  static func outline(_ headings: [PaperHeading], on surface: OpaquePointer) {
    // The last heading of each level, the root first.
    var parents = [Int32(CAIRO_PDF_OUTLINE_ROOT)]
    for heading in headings {
      let level = min(max(heading.level, 1), parents.count)
      parents.removeSubrange(level...)
      parents.append(
        cairo_pdf_surface_add_outline(
          surface, parents[level - 1], heading.title,
          "page=\(heading.page) pos=[0 \(heading.top)]", CAIRO_PDF_OUTLINE_FLAG_OPEN))
    }
  }
}

extension SetText {
  /// The run that holds a byte of the text, with its number.
  fileprivate func run(at byte: Int) -> (Int, PaperRun)? {
    var end = 0
    for (place, run) in runs.enumerated() {
      end += run.text.utf8.count
      if byte < end { return (place, run) }
    }
    return nil
  }
}

extension PaperLink {
  /// What Cairo is told about the link.
  fileprivate var attributes: String {
    switch self {
    // Cairo 1.16 writes an address as it is, where these end or bend a text of PDF.
    case .address(let address):
      "uri='"
        + PaperTag.quoted(
          address.replacing("\\", with: "%5C").replacing("(", with: "%28")
            .replacing(")", with: "%29")) + "'"
    case .place(let name): "dest='\(PaperTag.quoted(name))'"
    }
  }
}

extension PaperTag {
  /// What Cairo is told about the tag.
  fileprivate var attributes: String {
    guard case .place(let name, let point) = self else { return "" }
    return "name='\(PaperTag.quoted(name))' x=\(point.x) y=\(point.y)"
  }

  /// A text for between single quotes.
  fileprivate static func quoted(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
