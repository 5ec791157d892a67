import CCairo

extension CairoCanvas {
  /// The largest page of PDF 1.5, 200 inches; larger scenes are drawn smaller.
  static let largestPage = 14_400.0

  /// The scenes as a PDF, one page each, in vectors.
  ///
  /// `created` is the date of the file in ISO 8601, for example `2026-11-20`; nothing else in the
  /// file depends on the day, so the same date gives the same bytes. A file without a title takes
  /// that of its first scene. Throws `GraphicsError.refused` where Cairo cannot write.
  public func pdf(
    _ scenes: [Scene], created: String, title: String? = nil
  ) throws(GraphicsError) -> [UInt8] {
    let sink = ByteSink()
    // The sink outlives the surface: see `withExtendedLifetime` below.
    guard let surface = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.pointer, 1, 1)
    else { throw .refused(format: "PDF", reason: "out of memory") }
    defer { cairo_surface_destroy(surface) }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
    cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_TITLE, title ?? scenes.first?.title ?? "")
    for scene in scenes {
      let scale = min(1, Self.largestPage / max(scene.width, scene.height, 1))
      cairo_pdf_surface_set_size(surface, scene.width * scale, scene.height * scale)
      try paint(scene, on: surface, scale: scale, format: "PDF")
      cairo_surface_show_page(surface)
    }
    cairo_surface_finish(surface)
    if let failure = CairoCanvas.failure(of: cairo_surface_status(surface), format: "PDF") {
      throw failure
    }
    return withExtendedLifetime(sink) { $0.bytes }
  }
}
