import CCairo
import Synchronization

/// Shapes text with Pango: one font map, one context, and a layout a style.
///
/// Its objects are only touched inside `FontLibrary.locked`, hence `@unchecked Sendable`. Making and
/// freeing one takes the lock itself; every method wants to be called with the lock held.
final class Shaper: @unchecked Sendable {
  private let families: String
  private let fontMap: UnsafeMutablePointer<PangoFontMap>
  private let context: OpaquePointer
  private var layouts: [TextStyle: OpaquePointer] = [:]
  /// The scripts of letters measured so far that no font has.
  private(set) var scriptsWithoutFont: Set<String> = []
  private var lineHeights: [TextStyle: (ascent: Double, descent: Double)] = [:]
  /// What typesetters have set that are at work no more.
  private let shelves = Mutex<[TypeShelf]>([])

  init?(families: [String]) {
    let made: Made? = FontLibrary.locked {
      guard let fontMap = pango_cairo_font_map_new() else { return nil }
      guard let context = pango_font_map_create_context(fontMap) else {
        g_object_unref(UnsafeMutableRawPointer(fontMap))
        return nil
      }
      Shaper.prepare(context)
      return Made(fontMap: fontMap, context: context)
    }
    guard let made else { return nil }
    self.families = families.joined(separator: ",")
    self.fontMap = made.fontMap
    self.context = made.context
  }

  deinit {
    FontLibrary.locked {
      for layout in layouts.values { g_object_unref(UnsafeMutableRawPointer(layout)) }
      g_object_unref(UnsafeMutableRawPointer(context))
      g_object_unref(UnsafeMutableRawPointer(fontMap))
    }
  }

  /// New objects of Pango on their way out of the lock; nobody else knows them yet.
  private struct Made: @unchecked Sendable {
    var fontMap: UnsafeMutablePointer<PangoFontMap>
    var context: OpaquePointer
  }

  /// Whether the machine has at least one of the families.
  func has(oneOf wanted: [String]) -> Bool {
    var list: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
    var count: Int32 = 0
    pango_font_map_list_families(fontMap, &list, &count)
    // The array is ours to free; the families in it stay Pango's.
    defer { g_free(list) }
    let names = Set(wanted.map { $0.lowercased() })
    return (0..<Int(count)).contains { index in
      guard let family = list?[index], let name = pango_font_family_get_name(family) else {
        return false
      }
      return names.contains(String(cString: name).lowercased())
    }
  }

  /// A context of the same fonts; the caller gives it back to GObject.
  func newContext() -> OpaquePointer? {
    guard let context = pango_font_map_create_context(fontMap) else { return nil }
    Shaper.prepare(context)
    return context
  }

  /// A context of the same fonts for drawing on a surface; the caller gives it back to GObject.
  func drawingContext(for cairo: OpaquePointer) -> OpaquePointer? {
    guard let context = newContext() else { return nil }
    pango_cairo_update_context(cairo, context)
    return context
  }

  /// A shelf that no other typesetter uses, with what stands on it; nil where memory does not suffice.
  ///
  /// It takes the lock itself, as giving back does.
  func takeShelf() -> TypeShelf? {
    if let shelf = shelves.withLock({ $0.popLast() }) { return shelf }
    let made: NewContext? = FontLibrary.locked { newContext().map(NewContext.init) }
    return made.map { TypeShelf(context: $0.context) }
  }

  /// Keeps a shelf for the next typesetter, unless it is full.
  func giveBack(_ shelf: TypeShelf) {
    guard shelf.known.count <= TypeShelf.room else { return }
    shelves.withLock { $0.append(shelf) }
  }

  /// A context on its way out of the lock; nobody else knows it yet.
  private struct NewContext: @unchecked Sendable {
    var context: OpaquePointer
  }

  /// Remembers the scripts of the letters in a layout that no font has.
  func noteUnknown(in layout: OpaquePointer) {
    guard pango_layout_get_unknown_glyphs_count(layout) > 0 else { return }
    for index in 0..<pango_layout_get_line_count(layout) {
      guard let line = pango_layout_get_line_readonly(layout, index) else { continue }
      scriptsWithoutFont.formUnion(Shaper.scriptsWithoutFont(on: line))
    }
  }

  /// A layout of one style without text; the caller gives it back to GObject.
  func layout(_ style: TextStyle, in context: OpaquePointer) -> OpaquePointer? {
    guard let layout = pango_layout_new(context) else { return nil }
    guard let font = pango_font_description_new() else { return layout }
    defer { pango_font_description_free(font) }
    pango_font_description_set_family(font, families)
    pango_font_description_set_weight(
      font, style.weight == .bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, font)
    pango_layout_set_single_paragraph_mode(layout, 1)
    return layout
  }

  /// The room of a line of text, without looking at what was measured before.
  func measure(_ text: String, _ style: TextStyle) -> TextExtent {
    let line = lineHeight(style)
    guard !text.isEmpty, let raw = rawExtents(text, style) else {
      return TextExtent(width: 0, ascent: line.ascent, descent: line.descent)
    }
    let scale = Double(PANGO_SCALE)
    let (ink, logical) = raw
    // Ink may stand out of the advance (italics, swashes) and of the font's line (stacked accents,
    // other scripts): the box must hold both.
    let width = max(logical.width, ink.x + ink.width)
    return TextExtent(
      width: Double(width) / scale, ascent: max(line.ascent, -Double(ink.y) / scale),
      descent: max(line.descent, Double(ink.y + ink.height) / scale))
  }

  private func lineHeight(_ style: TextStyle) -> (ascent: Double, descent: Double) {
    if let known = lineHeights[style] { return known }
    let scale = Double(PANGO_SCALE)
    let height =
      rawExtents("x", style).map {
        (-Double($0.logical.y) / scale, Double($0.logical.y + $0.logical.height) / scale)
      } ?? (style.size, style.size / 4)
    lineHeights[style] = height
    return height
  }

  private func rawExtents(
    _ text: String, _ style: TextStyle
  ) -> (ink: PangoRectangle, logical: PangoRectangle)? {
    let known = layouts[style] ?? layout(style, in: context)
    guard let layout = known else { return nil }
    layouts[style] = layout
    pango_layout_set_text(layout, text, -1)
    guard let line = pango_layout_get_line_readonly(layout, 0) else { return nil }
    var (ink, logical) = (PangoRectangle(), PangoRectangle())
    pango_layout_line_get_extents(line, &ink, &logical)
    noteUnknown(in: layout)
    return (ink, logical)
  }

  /// No hinting and no rounding, so that a text is as wide at 1× as at 2× and in print.
  private static func prepare(_ context: OpaquePointer) {
    let options = cairo_font_options_create()
    defer { cairo_font_options_destroy(options) }
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(context, options)
    pango_context_set_round_glyph_positions(context, 0)
    // The language of the machine would choose between Chinese and Japanese forms.
    pango_context_set_language(context, pango_language_from_string("en"))
  }
}
