import CCairo
import Synchronization

/// Draws scenes as SVG, PNG and PDF, and measures text with the fonts that it draws with.
///
/// One canvas serves any number of threads. Text not measured before and the drawing itself take a
/// lock of the whole process (`FontLibrary`), everything else runs side by side. Making a canvas
/// looks fonts up, which takes milliseconds; make one and keep it. The same scene gives the same
/// bytes, on machines with the same libraries and fonts.
public final class CairoCanvas: TextMeasurer, Sendable {
  let shaper: Shaper
  private let measured = Mutex<[MeasureKey: TextExtent]>([:])

  private struct MeasureKey: Hashable {
    var text: String
    var style: TextStyle
  }

  /// A canvas that writes in the first family that has the letters.
  ///
  /// Scripts that none of the families has are written in whatever font of the machine has them.
  ///
  /// - Throws: `GraphicsError.noFont` where none of the families is installed.
  public init(families: [String] = Theme.defaultFontFamilies) throws(GraphicsError) {
    guard let shaper = Shaper(families: families),
      FontLibrary.locked({ shaper.has(oneOf: families) })
    else { throw .noFont(families: families) }
    self.shaper = shaper
  }

  /// The room of a text in the fonts of this canvas.
  public func extent(of text: String, style: TextStyle) -> TextExtent {
    let key = MeasureKey(text: text, style: style)
    if let known = measured.withLock({ $0[key] }) { return known }
    let extent = FontLibrary.locked { shaper.measure(text, style) }
    measured.withLock {
      // A bound, so that a long run over many families stays flat in memory.
      if $0.count > 50_000 { $0.removeAll(keepingCapacity: true) }
      $0[key] = extent
    }
    return extent
  }

  /// Codes of scripts some of whose letters were measured and have no font.
  var scriptsWithoutFont: Set<String> { FontLibrary.locked { shaper.scriptsWithoutFont } }

  /// Paints a scene on a surface that is already as large as it must be, the font lock held.
  ///
  /// A unit of the scene takes `scale` units of the surface.
  func paint(
    _ scene: Scene, on surface: OpaquePointer, scale: Double, format: String
  ) -> GraphicsError? {
    guard let cairo = cairo_create(surface) else {
      return .refused(format: format, reason: "out of memory")
    }
    defer { cairo_destroy(cairo) }
    cairo_scale(cairo, scale, scale)
    guard let painter = Painter(cairo: cairo, shaper: shaper) else {
      return .refused(format: format, reason: "out of memory")
    }
    painter.paint(scene)
    return CairoCanvas.failure(of: cairo_status(cairo), format: format)
  }

  static func failure(of status: cairo_status_t, format: String) -> GraphicsError? {
    guard status != CAIRO_STATUS_SUCCESS else { return nil }
    // Cairo's own sentence for the status, a constant of the library.
    let reason = cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown"
    return .refused(format: format, reason: reason)
  }
}

/// Collects what Cairo writes; handed to C as a raw pointer for as long as the surface lives.
final class ByteSink {
  var bytes: [UInt8] = []

  /// The pointer that Cairo passes back to `write`; the sink must outlive the surface.
  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let write: cairo_write_func_t = { sink, data, length in
    guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue().bytes
      .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
