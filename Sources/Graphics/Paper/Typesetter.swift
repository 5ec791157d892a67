import CCairo

extension CairoCanvas {
  /// A typesetter with the fonts of this canvas, for one document.
  ///
  /// - Throws: `GraphicsError.refused` where memory does not suffice.
  public func typesetter() throws(GraphicsError) -> Typesetter {
    guard let typesetter = Typesetter(shaper: shaper) else {
      throw .refused(format: "PDF", reason: "out of memory")
    }
    return typesetter
  }
}

/// Sets text for paper: runs of several looks, broken into lines where Unicode allows it.
///
/// What it has set is kept for the documents after it, which show many of the same names: a text that
/// occurs often costs once. It serves one thread; Pango is called with the lock of `FontLibrary` held.
public final class Typesetter {
  private let shaper: Shaper
  private let shelf: TypeShelf

  init?(shaper: Shaper) {
    guard let shelf = shaper.takeShelf() else { return nil }
    self.shaper = shaper
    self.shelf = shelf
  }

  deinit { shaper.giveBack(shelf) }

  /// The runs one behind the other, broken into lines no wider than a width where one is given.
  ///
  /// Lines break between words, and inside a word that alone is too wide. Left to right is the
  /// direction of the whole; names in other directions keep theirs inside it.
  ///
  /// - Throws: `GraphicsError.refused` where memory does not suffice.
  public func set(_ runs: [PaperRun], width: Double? = nil) throws(GraphicsError) -> SetText {
    let runs = runs.map(\.withFlagsAsLetters)
    guard let width else { return try set(runs, within: nil) }
    // What fits on one line is the same in the columns of every table.
    if runs.reduce(0, { $0 + $1.text.utf8.count }) <= Typesetter.longestCell {
      let whole = try set(runs, within: nil)
      if whole.size.width <= width { return whole }
    }
    return try set(runs, within: width)
  }

  /// Longer texts hardly ever fit on one line; in bytes.
  private static let longestCell = 100

  private func set(_ runs: [PaperRun], within width: Double?) throws(GraphicsError) -> SetText {
    let key = TypeShelf.Key(runs: runs, width: width)
    if let set = shelf.known[key] { return SetText(owner: self, runs: runs, set: set) }
    let context = shelf.context
    guard let set = FontLibrary.locked({ shaper.set(runs, width, in: context) }) else {
      throw .refused(format: "PDF", reason: "out of memory")
    }
    shelf.known[key] = set
    return SetText(owner: self, runs: runs, set: set)
  }
}

/// Texts that are set in the fonts of one canvas, kept from document to document.
///
/// One typesetter at a time works with it, and Pango's objects are only touched inside
/// `FontLibrary.locked`, hence `@unchecked Sendable`.
final class TypeShelf: @unchecked Sendable {
  /// So many texts are kept at most after a document; one takes about two kilobytes.
  static let room = 20_000

  struct Key: Hashable {
    var runs: [PaperRun]
    var width: Double?
  }

  /// A text by Pango's layout, which the shelf frees, and its lines.
  struct Text: @unchecked Sendable {
    var layout: OpaquePointer
    var lines: [SetText.Line]
    var size: Size
  }

  let context: OpaquePointer
  var known: [Key: Text] = [:]

  /// - Parameter context: Pango's context, which becomes the shelf's.
  init(context: OpaquePointer) {
    self.context = context
  }

  deinit {
    // All at once: each frees fonts, which wants the lock.
    FontLibrary.locked {
      for text in known.values { g_object_unref(UnsafeMutableRawPointer(text.layout)) }
      g_object_unref(UnsafeMutableRawPointer(context))
    }
  }
}

extension Shaper {
  /// The runs as a layout with its lines; nil where memory does not suffice.
  fileprivate func set(
    _ runs: [PaperRun], _ width: Double?, in context: OpaquePointer
  ) -> TypeShelf.Text? {
    guard let layout = layout(runs, width: width, in: context) else { return nil }
    var lines: [SetText.Line] = []
    var top = 0.0
    let scale = Double(PANGO_SCALE)
    for index in 0..<pango_layout_get_line_count(layout) {
      guard let line = pango_layout_get_line_readonly(layout, index) else { continue }
      var (ink, logical) = (PangoRectangle(), PangoRectangle())
      pango_layout_line_get_extents(line, &ink, &logical)
      // Stacked accents stand out of the font's line, swashes out of the advance.
      let above = max(-logical.y, ink.height > 0 ? -ink.y : 0)
      let below = max(logical.y + logical.height, ink.height > 0 ? ink.y + ink.height : 0)
      let height = Double(above + below) / scale
      lines.append(
        SetText.Line(
          top: top, height: height, ascent: Double(above) / scale,
          width: Double(max(logical.width, ink.x + ink.width)) / scale))
      top += height
    }
    noteUnknown(in: layout)
    let size = Size(lines.reduce(0) { max($0, $1.width) }, lines.reduce(0) { $0 + $1.height })
    return TypeShelf.Text(layout: layout, lines: lines, size: size)
  }

  /// A layout of several looks; the caller gives it back to GObject.
  func layout(_ runs: [PaperRun], width: Double?, in context: OpaquePointer) -> OpaquePointer? {
    let first = runs.first?.style ?? TextStyle(10)
    guard let layout = layout(first, in: context) else { return nil }
    guard let attributes = pango_attr_list_new() else { return layout }
    defer { pango_attr_list_unref(attributes) }
    // A ligature is one glyph for two letters: readers of the text of a PDF stumble over it.
    add(pango_attr_font_features_new("liga=0, clig=0"), to: attributes)
    var text = ""
    var start: UInt32 = 0
    for run in runs {
      text += run.text
      let end = start + UInt32(run.text.utf8.count)
      if runs.count > 1 {
        // The colour is set while drawing; here it parts the runs, whose links then stay apart.
        let shade = UInt16(run.colour.red) << 8
        add(pango_attr_foreground_new(shade, 0, 0), to: attributes, start, end)
      }
      if run.style.weight != first.weight {
        let weight = run.style.weight == .bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL
        add(pango_attr_weight_new(weight), to: attributes, start, end)
      }
      if run.style.size != first.size {
        let size = Int32((run.style.size * Double(PANGO_SCALE)).rounded())
        add(pango_attr_size_new_absolute(size), to: attributes, start, end)
      }
      if run.isItalic {
        add(pango_attr_style_new(PANGO_STYLE_ITALIC), to: attributes, start, end)
      }
      start = end
    }
    pango_layout_set_attributes(layout, attributes)
    pango_layout_set_auto_dir(layout, 0)
    if let width {
      pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
      pango_layout_set_width(layout, Int32((width * Double(PANGO_SCALE)).rounded(.up)))
    }
    pango_layout_set_text(layout, text, -1)
    return layout
  }

  /// Hands an attribute over to a list, for bytes from a start to an end.
  private func add(
    _ attribute: UnsafeMutablePointer<PangoAttribute>?, to list: OpaquePointer,
    _ start: UInt32 = 0, _ end: UInt32 = UInt32.max
  ) {
    guard let attribute else { return }
    attribute.pointee.start_index = start
    attribute.pointee.end_index = end
    pango_attr_list_insert(list, attribute)
  }
}
