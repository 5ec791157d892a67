import CCairo
import CPNG

extension CairoCanvas {
  /// The most pixels on a side of a PNG; Cairo itself ends at 32,767.
  static let largestSide = 16_384.0

  /// The scene as an opaque PNG without a time stamp.
  ///
  /// A scale of 1 gives the size of the scene in pixels, 2 twice that for sharp screens. Throws
  /// `GraphicsError.tooLarge` beyond 16,384 pixels on a side, `GraphicsError.refused` where memory
  /// does not suffice.
  public func png(_ scene: Scene, scale: Int = 2) throws(GraphicsError) -> [UInt8] {
    let pixels = Size(
      (scene.width * Double(scale)).rounded(.up), (scene.height * Double(scale)).rounded(.up))
    guard pixels.width <= Self.largestSide, pixels.height <= Self.largestSide else {
      throw .tooLarge(width: pixels.width, height: pixels.height, limit: Self.largestSide)
    }
    let (width, height) = (max(1, Int(pixels.width)), max(1, Int(pixels.height)))
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    else { throw .refused(format: "PNG", reason: "out of memory") }
    defer { cairo_surface_destroy(surface) }
    // Rounded up, the canvas may end within the last pixel: white paper, not transparent black.
    var whole = scene
    whole.width = Double(width) / Double(scale)
    whole.height = Double(height) / Double(scale)
    let failure = FontLibrary.locked {
      let failure = paint(whole, on: surface, scale: Double(scale), format: "PNG")
      cairo_surface_flush(surface)
      return failure
    }
    if let failure { throw failure }
    // The pixels belong to the surface, which lives until this function returns.
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .refused(format: "PNG", reason: "out of memory")
    }
    return try CairoCanvas.encode(
      data, width: width, height: height, stride: Int(cairo_image_surface_get_stride(surface)))
  }

  /// Compresses rows of Cairo's pixels; the C of it is in CPNG's header, and says why.
  private static func encode(
    _ pixels: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int
  ) throws(GraphicsError) -> [UInt8] {
    var out = cadastre_png()
    let written = cadastre_png_write(&out, pixels, UInt32(width), UInt32(height), stride)
    defer { free(out.bytes) }
    guard written != 0, let bytes = out.bytes else {
      let message = withUnsafeBytes(of: out.reason) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .refused(format: "PNG", reason: message)
    }
    return Array(UnsafeBufferPointer(start: bytes, count: out.count))
  }
}
