import CCairo

/// Puts the marks of a scene on a Cairo context.
final class Painter {
  private let cairo: OpaquePointer
  private let shaper: Shaper
  private let context: OpaquePointer
  private var layouts: [TextStyle: OpaquePointer] = [:]

  init?(cairo: OpaquePointer, shaper: Shaper) {
    guard let context = shaper.drawingContext(for: cairo) else { return nil }
    self.cairo = cairo
    self.shaper = shaper
    self.context = context
  }

  deinit {
    for layout in layouts.values { g_object_unref(UnsafeMutableRawPointer(layout)) }
    g_object_unref(UnsafeMutableRawPointer(context))
  }

  func paint(_ scene: Scene) {
    // First of all an opaque background: Cairo 1.16 is quadratic in the marks without it.
    set(scene.background)
    cairo_rectangle(cairo, 0, 0, scene.width, scene.height)
    cairo_fill(cairo)
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
    for mark in scene.marks {
      switch mark {
      case .rect(let rect): paint(rect)
      case .path(let path): paint(path)
      case .text(let text): paint(text)
      }
    }
  }

  func paint(_ mark: RectMark) {
    guard mark.rect.width > 0, mark.rect.height > 0 else { return }
    if let fill = mark.fill {
      set(fill)
      trace(mark.rect, radius: mark.cornerRadius)
      cairo_fill(cairo)
    }
    if let lines = mark.hatch {
      trace(mark.rect, radius: mark.cornerRadius)
      hatch(lines)
    }
    if let stroke = mark.stroke {
      let thin = min(stroke.width, mark.rect.width, mark.rect.height)
      set(Stroke(stroke.colour, width: thin, dash: stroke.dash))
      trace(mark.rect.inset(by: thin / 2), radius: max(0, mark.cornerRadius - thin / 2))
      cairo_stroke(cairo)
    }
  }

  private func trace(_ rect: Rect, radius: Double) {
    let radius = min(radius, rect.width / 2, rect.height / 2)
    guard radius > 0 else {
      cairo_rectangle(cairo, rect.x, rect.y, rect.width, rect.height)
      return
    }
    cairo_new_sub_path(cairo)
    let quarter = Double.pi / 2
    cairo_arc(cairo, rect.maxX - radius, rect.y + radius, radius, -quarter, 0)
    cairo_arc(cairo, rect.maxX - radius, rect.maxY - radius, radius, 0, quarter)
    cairo_arc(cairo, rect.x + radius, rect.maxY - radius, radius, quarter, 2 * quarter)
    cairo_arc(cairo, rect.x + radius, rect.y + radius, radius, 2 * quarter, 3 * quarter)
    cairo_close_path(cairo)
  }

  private func paint(_ mark: PathMark) {
    for element in mark.elements {
      switch element {
      case .move(let point): cairo_move_to(cairo, point.x, point.y)
      case .line(let point): cairo_line_to(cairo, point.x, point.y)
      case .curve(let a, let b, let end):
        cairo_curve_to(cairo, a.x, a.y, b.x, b.y, end.x, end.y)
      case .close: cairo_close_path(cairo)
      }
    }
    if let fill = mark.fill {
      set(fill)
      cairo_fill_preserve(cairo)
    }
    if let lines = mark.hatch {
      let outline = cairo_copy_path(cairo)
      defer { cairo_path_destroy(outline) }
      hatch(lines)
      cairo_append_path(cairo, outline)
    }
    if let stroke = mark.stroke {
      set(stroke)
      cairo_stroke_preserve(cairo)
    }
    cairo_new_path(cairo)
  }

  /// Draws slanting lines inside the current path, which is gone afterwards.
  private func hatch(_ hatch: Hatch) {
    var (left, top, right, bottom) = (0.0, 0.0, 0.0, 0.0)
    cairo_path_extents(cairo, &left, &top, &right, &bottom)
    cairo_save(cairo)
    defer { cairo_restore(cairo) }
    cairo_clip(cairo)
    // A line is where x + y is a whole number of steps, counted from the corner of the canvas.
    let step = hatch.spacing * 2.0.squareRoot()
    let (first, last) = (
      ((left + top) / step).rounded(.down), ((right + bottom) / step).rounded(.up)
    )
    guard last - first < 100_000 else { return }
    for line in stride(from: first, through: last, by: 1) {
      cairo_move_to(cairo, line * step - top + hatch.width, top - hatch.width)
      cairo_line_to(cairo, line * step - bottom - hatch.width, bottom + hatch.width)
    }
    set(Stroke(hatch.colour, width: hatch.width))
    cairo_stroke(cairo)
  }

  private func paint(_ mark: TextMark) {
    let known = layouts[mark.style] ?? shaper.layout(mark.style, in: context)
    guard let layout = known else { return }
    layouts[mark.style] = layout
    pango_layout_set_text(layout, mark.text, -1)
    guard let line = pango_layout_get_line_readonly(layout, 0) else { return }
    set(mark.colour)
    // The box was measured with the same fonts, so its left edge is where the line begins.
    cairo_move_to(cairo, mark.box.x, mark.origin.y)
    pango_cairo_show_layout_line(cairo, line)
    // The current point would otherwise join the next path.
    cairo_new_path(cairo)
  }

  private func set(_ colour: Colour) {
    cairo_set_source_rgb(
      cairo, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255)
  }

  private func set(_ stroke: Stroke) {
    set(stroke.colour)
    cairo_set_line_width(cairo, stroke.width)
    cairo_set_dash(cairo, stroke.dash, Int32(stroke.dash.count), 0)
  }
}
