import CCairo

extension CairoCanvas {
  /// The largest page of PDF 1.5, 200 inches; larger scenes are drawn smaller.
  static let largestPage = 14_400.0

  /// The scenes as a PDF, one page each, in vectors.
  ///
  /// `created` is the date of the file in ISO 8601, for example `2026-11-20`; nothing else in the
  /// file depends on the day, so the same date gives the same bytes. A file without a title takes
  /// that of its first scene. Throws `GraphicsError.refused` where the date is none or Cairo cannot
  /// write.
  public func pdf(
    _ scenes: [Scene], created: String, title: String? = nil
  ) throws(GraphicsError) -> [UInt8] {
    try CairoCanvas.checkDate(created)
    let drawn = FontLibrary.locked { draw(scenes, created: created, title: title) }
    return try drawn.get()
  }

  /// Throws where the date of a file is none; Cairo would pass over it and take the clock's.
  static func checkDate(_ created: String) throws(GraphicsError) {
    guard created.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?/) != nil
    else {
      throw .refused(format: "PDF", reason: "“\(created)” is not a date like 2026-11-20")
    }
  }

  private func draw(
    _ scenes: [Scene], created: String, title: String?
  ) -> Result<[UInt8], GraphicsError> {
    let sink = ByteSink()
    // The sink outlives the surface: see `withExtendedLifetime` below.
    guard let surface = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.pointer, 1, 1)
    else { return .failure(.refused(format: "PDF", reason: "out of memory")) }
    defer { cairo_surface_destroy(surface) }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
    cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_TITLE, title ?? scenes.first?.title ?? "")
    for scene in scenes {
      let scale = min(1, Self.largestPage / max(scene.width, scene.height, 1))
      cairo_pdf_surface_set_size(surface, scene.width * scale, scene.height * scale)
      if let failure = paint(scene, on: surface, scale: scale, format: "PDF") {
        return .failure(failure)
      }
      cairo_surface_show_page(surface)
    }
    // Fonts are embedded now, which reads them: the lock is still held.
    cairo_surface_finish(surface)
    if let failure = CairoCanvas.failure(of: cairo_surface_status(surface), format: "PDF") {
      return .failure(failure)
    }
    return .success(withExtendedLifetime(sink) { $0.bytes })
  }
}
